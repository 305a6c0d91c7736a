import * as v from 'valibot';
import { field } from './schema.ts';
import { assets, markets, markPrices, tickers } from './types.ts';

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
} as const;

export type PublicName = keyof typeof publicData;
export type PublicAnswer<N extends PublicName> = v.InferOutput<(typeof publicData)[N]['answer']>;
