import * as v from 'valibot';
import { decimal, maybe, moment } from './schema.ts';

/** One price of an order book and what stands there, such as `["176.55", "12.00"]`. */
export const level = v.tuple([decimal, decimal]);
export type Level = v.InferOutput<typeof level>;

/**
 * An order book. **Both** sides come by ascending price: the best bid is the last one. Compare prices by value: streams
 * write more digits. `timestamp` in µs.
 */
export const depth = v.object({
  asks: v.array(level),
  bids: v.array(level),
  lastUpdateId: v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.safeInteger()),
  timestamp: v.number(),
});
export type Depth = v.InferOutput<typeof depth>;

/** A candle. `start` and `end` are UTC text without a zone, `2025-07-19 13:09:00`, read with `utcTime`; nothing was traded without prices. */
export const kline = v.object({
  start: moment,
  end: moment,
  open: maybe(decimal),
  high: maybe(decimal),
  low: maybe(decimal),
  close: maybe(decimal),
  volume: decimal,
  quoteVolume: maybe(decimal),
});
export const klines = v.array(kline);
export type Kline = v.InferOutput<typeof kline>;
