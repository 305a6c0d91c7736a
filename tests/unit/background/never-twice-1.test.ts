import { describe } from 'vitest';
import { neverTwice } from './never-twice.ts';

describe('never twice, never lost', () => neverTwice(0, 1000));
