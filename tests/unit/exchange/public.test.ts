import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { publicData } from '../../../src/exchange/public.ts';
import { utcTime } from '../../../src/exchange/time.ts';

// The answers are those of the exchange's documents and of recordings.

describe('candles', () => {
  const [kline] = JSON.parse(
    `[{"start":"2025-07-19 13:09:00","end":"2025-07-19 13:12:00","open":"118238","high":"118297.6","low":"118237.5",
    "close":"118294.6","volume":"0.03473","quoteVolume":"4106.558156","trades":"12"}]`,
  );

  it('are read, those without a trade too', () => {
    const empty = { ...kline, open: null, high: null, low: null, close: null, volume: 0 };
    const read = v.parse(publicData.klines.answer, [kline, empty, { ...kline, extra: true }]);
    expect(read).toMatchObject([{ high: '118297.6' }, { open: null, volume: '0' }, {}]);
    expect(utcTime(read[0]?.start ?? '')).toBe(Date.UTC(2025, 6, 19, 13, 9));
    // What crosses to a page is read once more there.
    expect(v.parse(publicData.klines.answer, read)).toEqual(read);
  });

  it('are asked for in seconds, at the intervals that there are', () => {
    const params = { symbol: 'SOL_USDC', interval: '1month', startTime: 1_752_930_540 };
    expect(v.is(publicData.klines.params, params)).toBe(true);
    expect(v.is(publicData.klines.params, { ...params, interval: '1M' })).toBe(false);
    expect(v.is(publicData.klines.params, { ...params, startTime: '1752930540' })).toBe(false);
  });
});

describe('an order book', () => {
  const depth = JSON.parse(
    `{"asks":[["64575.2","0.24612"],["64576.8","0.77429"]],"bids":[["64574.3","0.77413"],["64575.1","3.57196"]],
    "lastUpdateId":"5796499452","timestamp":1785948116439400}`,
  );

  it('is read, its update id as a number whichever way it comes', () => {
    const read = v.parse(publicData.depth.answer, depth);
    expect(read).toMatchObject({ lastUpdateId: 5_796_499_452, bids: [['64574.3', '0.77413'], {}] });
    expect(v.parse(publicData.depth.answer, read)).toEqual(read);
    expect(v.is(publicData.depth.answer, { ...depth, asks: [], bids: [] })).toBe(true);
    expect(v.is(publicData.depth.answer, { ...depth, asks: [['64575.2']] })).toBe(false);
  });

  it('has as many levels as the exchange has a word for', () => {
    expect(v.is(publicData.depth.params, { symbol: 'SOL_USDC', limit: 20 })).toBe(true);
    expect(v.is(publicData.depth.params, { symbol: 'SOL_USDC', limit: 25 })).toBe(false);
  });
});
