import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../../src/core/decimal.ts';
import type { Depth, Level } from '../../../../src/exchange/market-shapes.ts';
import { createDepthBook } from '../../../../src/exchange/streams/depth-book.ts';
import type { DepthUpdate } from '../../../../src/exchange/streams/market-frames.ts';
import { createTimers } from './sockets.ts';

const level = (price: string | number, quantity: string | number): Level => [
  assertDecimal(String(price)),
  assertDecimal(String(quantity)),
];
const update = (first: number, last: number, given: Partial<DepthUpdate> = {}): DepthUpdate => ({
  ...{ at: 1_754_939_110_174_705, symbol: 'SOL_USDC', first, last, bids: [], asks: [] },
  ...given,
});

function world(snapshots: (Depth | Error)[]) {
  const timers = createTimers();
  let asked = 0;
  let changes = 0;
  const book = createDepthBook({
    async snapshot() {
      const answer = snapshots[asked] ?? snapshots.at(-1);
      asked += 1;
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('none');
      return answer;
    },
    changed: () => {
      changes += 1;
    },
    after: timers.after,
  });
  return { ...timers, book, asked: () => asked, changes: () => changes };
}
const snapshot = (lastUpdateId: number, given: Partial<Depth> = {}): Depth => ({
  ...{ lastUpdateId, timestamp: 1_754_939_110_000_000 },
  ...{ asks: [level('150.5', 1), level(151, 2)], bids: [level(149, 3), level('149.5', 4)] },
  ...given,
});

describe('an order book', () => {
  it('is nothing before its snapshot, and best first after it', async () => {
    const { book, settle } = world([snapshot(10)]);
    book.start();
    expect(book.best(20)).toBeUndefined();
    await settle();
    expect(book.best(20)).toEqual({
      at: 1_754_939_110_000,
      asks: [level('150.5', 1), level(151, 2)],
      bids: [level('149.5', 4), level(149, 3)],
    });
    expect(book.best(1)).toMatchObject({ asks: [level('150.5', 1)], bids: [level('149.5', 4)] });
  });

  it('follows, with prices by value and quantity 0 for what is gone', async () => {
    const { book, settle } = world([snapshot(10)]);
    book.start();
    await settle();
    book.apply(update(11, 12, { asks: [level('150.50', 0)], bids: [level('149.0', 7)] }));
    book.apply(update(13, 13, { asks: [level(152, 9)] }));
    expect(book.best(20)).toMatchObject({
      asks: [level(151, 2), level(152, 9)],
      bids: [level('149.5', 4), level('149.0', 7)],
      at: 1_754_939_110_174,
    });
  });

  it('puts on top of a snapshot what came before it, but for what is in it', async () => {
    const { book, settle, changes } = world([snapshot(10)]);
    book.start();
    book.apply(update(8, 9, { asks: [level(149, 1)] }));
    book.apply(update(10, 12, { asks: [level(150, 6)] }));
    await settle();
    expect(book.best(1)?.asks).toEqual([level(150, 6)]);
    expect(changes()).toBe(1);
  });

  it('reads anew where changes do not follow one upon the other', async () => {
    const { book, settle, asked } = world([snapshot(10), snapshot(20, { asks: [level(160, 1)] })]);
    book.start();
    await settle();
    book.apply(update(15, 15));
    expect(book.best(20)).toBeUndefined();
    book.apply(update(16, 21, { asks: [level(159, 1)] }));
    await settle();
    expect(asked()).toBe(2);
    expect(book.best(20)?.asks).toEqual([level(159, 1), level(160, 1)]);
  });

  it('waits before it reads again what is behind the stream, or did not come', async () => {
    const { book, settle, asked, pass } = world([new Error(), snapshot(10), snapshot(30)]);
    book.start();
    await settle();
    book.apply(update(29, 31));
    expect(asked()).toBe(1);
    await pass(600);
    expect([asked(), book.best(1)]).toEqual([2, undefined]);
    await pass(1200);
    expect(asked()).toBe(3);
    expect(book.best(1)).toBeDefined();
  });

  it('is over when it is stopped, whatever is still on its way', async () => {
    const { book, settle, waiting, changes } = world([snapshot(10)]);
    book.start();
    book.stop();
    await settle();
    expect([book.best(1), waiting(), changes()]).toEqual([undefined, 0, 0]);
  });

  it('ends as the exchange has it, whatever is lost, repeated or late', async () => {
    const step = fc.record({
      side: fc.constantFrom('bids', 'asks'),
      price: fc.integer({ min: 90, max: 110 }),
      quantity: fc.integer({ min: 0, max: 3 }),
      how: fc.constantFrom('through', 'through', 'through', 'twice', 'lost', 'pause'),
    });
    const run = fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const timers = createTimers();
      const truth = { bids: new Map<number, Level>(), asks: new Map<number, Level>() };
      const ascending = (side: Map<number, Level>): Level[] =>
        [...side.entries()].sort(([a], [b]) => a - b).map(([, each]) => each);
      let id = 100;
      const depth = (): Depth =>
        snapshot(id, { bids: ascending(truth.bids), asks: ascending(truth.asks) });
      const book = createDepthBook({
        snapshot: () =>
          new Promise((done) => {
            const answer = depth();
            timers.after(50, () => done(answer));
          }),
        changed: () => undefined,
        after: timers.after,
      });
      book.start();
      const change = ({ side, price, quantity }: (typeof steps)[number]): DepthUpdate => {
        id += 1;
        if (quantity === 0) truth[side].delete(price);
        else truth[side].set(price, level(price, quantity));
        return update(id, id, { [side]: [level(price, quantity)] });
      };
      for (const each of steps) {
        const told = change(each);
        if (each.how === 'lost') continue;
        if (each.how === 'pause') await timers.pass(120);
        book.apply(told);
        if (each.how === 'twice') book.apply(told);
      }
      // The next change shows a gap at the very end.
      book.apply(change({ side: 'bids', price: 95, quantity: 1, how: 'through' }));
      await timers.pass(60_000);
      expect(book.best(50)).toMatchObject({
        asks: ascending(truth.asks),
        bids: ascending(truth.bids).reverse(),
      });
    });
    await fc.assert(run, { numRuns: 60 });
  });
});
