import { describe, expect, it } from 'vitest';
import { createClock, type Measured } from '../../../src/exchange/clock.ts';

/** A computer whose wall clock can be set, and an exchange whose clock cannot. */
function computer(options: { memory?: Measured; serverTime?: () => Promise<number> } = {}) {
  let passed = 0;
  let wall = 1_000_000;
  let asked = 0;
  let kept = options.memory;
  const clock = createClock({
    now: () => wall + passed,
    monotonic: () => passed,
    serverTime:
      options.serverTime ??
      (async () => {
        asked += 1;
        return 5_000_000 + passed;
      }),
    memory: {
      get: async () => kept,
      set: async (measured) => {
        kept = measured;
      },
    },
  });
  return {
    clock,
    asked: () => asked,
    pass: (ms: number) => {
      passed += ms;
    },
    setWall: (ms: number) => {
      wall += ms;
    },
  };
}

describe('the clock', () => {
  it('is measured once and serves for five minutes', async () => {
    const { clock, asked, pass } = computer();
    expect(await clock.offset()).toBe(4_000_000);
    pass(299_000);
    await clock.offset();
    expect(asked()).toBe(1);
    pass(2_000);
    await clock.offset();
    expect(asked()).toBe(2);
  });

  it.each([3_600_000, -3_600_000, 2_000])(
    'is measured anew when the computer was set by %d ms',
    async (ms) => {
      const { clock, asked, setWall } = computer();
      await clock.offset();
      setWall(ms);
      expect(await clock.offset()).toBe(4_000_000 - ms);
      expect(asked()).toBe(2);
    },
  );

  it('asks once, however many wait', async () => {
    const { clock, asked } = computer();
    await Promise.all([clock.offset(), clock.offset(), clock.refresh()]);
    expect(asked()).toBe(1);
  });

  it('takes over what an earlier worker measured', async () => {
    const { clock, asked } = computer({ memory: { offsetMs: 7, at: 999_000 } });
    expect(await clock.offset()).toBe(7);
    expect(asked()).toBe(0);
  });

  it('serves the last offset, or none, when the exchange does not say its time', async () => {
    const silent = () => Promise.reject(new TypeError('connection cut'));
    expect(await computer({ serverTime: silent }).clock.offset()).toBe(0);
    const old = { offsetMs: 7, at: 1 };
    expect(await computer({ serverTime: silent, memory: old }).clock.offset()).toBe(7);
  });
});
