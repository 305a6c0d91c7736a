import { describe } from 'vitest';
import { neverTwiceKinds } from './never-twice-kinds.ts';

describe('never twice, never lost', () => neverTwiceKinds(0, 400));
