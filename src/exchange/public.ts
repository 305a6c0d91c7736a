import * as v from 'valibot';
import { depth, klines } from './market-shapes.ts';
import { field } from './schema.ts';
import { assets, markets, markPrices, tickers } from './types.ts';

/** How long a candle is. `1month` is the one that does not follow the others. */
export const klineInterval = v.picklist([
  ...(['1s', '1m', '3m', '5m', '15m', '30m'] as const),
  ...(['1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1month'] as const),
]);
export type KlineInterval = v.InferOutput<typeof klineInterval>;

/** Public endpoints, which need no signature. All are GET; `maxAgeMs` says how long an answer may serve again. */
export const publicData = {
  time: {
    path: '/api/v1/time',
    params: v.strictObject({}),
    /** Unix ms, sent as bare digits. */
    answer: v.pipe(v.unknown(), v.transform(Number), v.safeInteger(), v.minValue(1)),
    maxAgeMs: 0,
  },
  markets: {
    path: '/api/v1/markets',
    params: v.strictObject({}),
    answer: markets,
    maxAgeMs: 10 * 60_000,
  },
  tickers: {
    path: '/api/v1/tickers',
    params: v.strictObject({}),
    answer: tickers,
    maxAgeMs: 2_000,
  },
  markPrices: {
    path: '/api/v1/markPrices',
    params: v.strictObject({ symbol: v.optional(field.symbol) }),
    answer: markPrices,
    maxAgeMs: 1_000,
  },
  assets: {
    path: '/api/v1/assets',
    params: v.strictObject({}),
    answer: assets,
    maxAgeMs: 24 * 60 * 60_000,
  },
  depth: {
    path: '/api/v1/depth',
    params: v.strictObject({
      symbol: field.symbol,
      /** Levels a side. */
      limit: v.optional(v.picklist([5, 10, 20, 50, 100, 500, 1000])),
    }),
    answer: depth,
    maxAgeMs: 0,
  },
  klines: {
    path: '/api/v1/klines',
    params: v.strictObject({
      symbol: field.symbol,
      interval: klineInterval,
      /** Unix **seconds**, unlike every other time. */
      startTime: field.count,
      endTime: v.optional(field.count),
      priceType: v.optional(v.picklist(['Last', 'Index', 'Mark'])),
    }),
    answer: klines,
    maxAgeMs: 0,
  },
} as const;

export type PublicName = keyof typeof publicData;
export type PublicAnswer<N extends PublicName> = v.InferOutput<(typeof publicData)[N]['answer']>;
