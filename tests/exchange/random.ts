/** Numbers in [0, 1) that depend on the seed alone (the mulberry32 recurrence). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Order ids: strings of digits, about half of them beyond 2^53 and so close together that a client which turns
 * them into numbers confuses one with the next.
 */
export function createIds(random: () => number): () => string {
  let count = 0n;
  return () => {
    count += 1n;
    const jitter = BigInt(Math.floor(random() * 3));
    const base = random() < 0.5 ? 8_284_661_092n : 114_575_813_313_101_824n;
    return String(base + count * 3n + jitter);
  };
}
