import { describe, expect, it } from 'vitest';
import { later } from '../../../src/background/later.ts';

describe('what is made later', () => {
  it('is made when it is first wanted, once for everybody', async () => {
    let times = 0;
    const part = later(async () => {
      times += 1;
      return { times };
    });
    expect([times, part.isWanted(), part.made()]).toEqual([0, false, undefined]);
    const asked = [part.get(), part.get()];
    expect([part.isWanted(), part.made()]).toEqual([true, undefined]);
    const [first, second] = await Promise.all(asked);
    expect(first).toBe(second);
    expect(part.made()).toBe(first);
    expect(times).toBe(1);
  });

  it('tells everybody who waits that it could not be made, and tries again at the next call', async () => {
    const failure = new Error('the part cannot be read');
    let works = false;
    const part = later(async () => {
      if (!works) throw failure;
      return 'made';
    });
    const outcomes = await Promise.allSettled([part.get(), part.get()]);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ]);
    expect([part.isWanted(), part.made()]).toEqual([false, undefined]);
    works = true;
    expect(await part.get()).toBe('made');
  });
});
