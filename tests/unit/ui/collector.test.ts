import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { HistoricOrder } from '../../../src/exchange/types.ts';
import { type Collector, createCollector } from '../../../src/ui/state/collector.ts';
import { orderSource } from '../../../src/ui/state/history-sources.ts';
import { createReads } from '../../../src/ui/state/reads.ts';
import { NO_FILTER } from '../../../src/ui/state/walk.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { openOrder } from './exchange-answers.ts';

const COUNT = 12_345;
let offsets: number[];
let pauses: number[];
let fake: FakeBackground;
let collector: Collector<HistoricOrder>;
/** Called before each page is answered. */
let before: (offset: number) => void;

beforeEach(() => {
  offsets = [];
  pauses = [];
  before = () => undefined;
  fake = fakeBackground({
    'exchange.read': ({ params }) => {
      const offset = Number(params.offset);
      const limit = Number(params.limit);
      before(offset);
      offsets.push(offset);
      const length = Math.max(0, Math.min(limit, COUNT - offset));
      return {
        at: 1,
        answer: Array.from({ length }, (_, index) =>
          openOrder(String(offset + index), { createdAt: '2026-01-01T00:00:00.000' }),
        ),
        total: COUNT,
      };
    },
  });
  const reads = createReads(fake.call, () => account(1).id);
  collector = createCollector(
    orderSource,
    reads,
    () => NO_FILTER,
    async (ms) => {
      pauses.push(ms);
    },
  );
});

describe('a collector', () => {
  it('brings together every row, and says how far it is', async () => {
    const seen: unknown[] = [];
    before = () => seen.push(collector.state.value);
    const rows = await collector.run();
    expect(rows?.map(({ id }) => Number(id))).toEqual(Array.from({ length: COUNT }, (_, i) => i));
    expect(seen[2]).toEqual({ status: 'running', looked: 2000, total: COUNT });
    expect(collector.state.value).toEqual({ status: 'idle' });
  });

  it('goes at less than thirty pages a minute once ten have come', async () => {
    await collector.run();
    expect(offsets).toHaveLength(13);
    expect(pauses).toEqual([2100, 2100, 2100]);
  });

  it('stops when it is told, and forgets', async () => {
    before = (offset) => {
      if (offset === 3000) collector.cancel();
    };
    expect(await collector.run()).toBeUndefined();
    expect(offsets).toEqual([0, 1000, 2000, 3000]);
    expect(collector.state.value).toEqual({ status: 'idle' });
  });

  it('goes on where it failed', async () => {
    let fails = true;
    before = (offset) => {
      if (offset === 5000 && fails) throw new AppError('NETWORK', { kind: 'timeout' });
    };
    expect(await collector.run()).toBeUndefined();
    expect(collector.state.value).toMatchObject({ status: 'failed', looked: 5000, total: COUNT });
    fails = false;
    offsets = [];
    expect(await collector.run()).toHaveLength(COUNT);
    expect(offsets[0]).toBe(5000);
  });

  it('runs once at a time', async () => {
    const [first, second] = await Promise.all([collector.run(), collector.run()]);
    expect([first?.length, second]).toEqual([COUNT, undefined]);
  });
});
