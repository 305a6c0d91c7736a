import { describe } from 'vitest';
import { neverTwice } from '../unit/background/never-twice.ts';
import { neverTwiceKinds } from '../unit/background/never-twice-kinds.ts';

const numberOf = (name: string, otherwise: number): number => {
  const given = Number(process.env[name] ?? otherwise);
  if (!Number.isSafeInteger(given) || given < 0) throw new Error(`${name} must be a whole number`);
  return given;
};

/** How many runs of each, and from which seed on: the same again with the same two. */
const count = numberOf('SOAK_SEEDS', 5_000);
const first = numberOf('SOAK_FIRST', Math.floor(Math.random() * 1e9));

console.log(`seeds ${first} to ${first + count - 1} (SOAK_FIRST=${first} SOAK_SEEDS=${count})`);

describe('never twice, never lost', () => {
  neverTwice(first, first + count);
  neverTwiceKinds(first, first + count);
});
