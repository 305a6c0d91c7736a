import * as v from 'valibot';
import { divide, isZero, subtract } from '../../core/decimal.ts';
import { type Level, level } from '../market-shapes.ts';
import { decimal, maybe } from '../schema.ts';
import { amount, atOf, count, timed, times } from './frame.ts';
import type { MarkUpdate, TickerUpdate } from './updates.ts';

export const tickerFrame = v.pipe(
  v.object({
    ...times,
    s: v.string(),
    ...{ o: decimal, c: decimal, h: decimal, l: decimal },
    V: decimal,
  }),
  timed(),
  v.transform(
    (frame): TickerUpdate => ({
      at: atOf(frame),
      ticker: {
        symbol: frame.s,
        lastPrice: frame.c,
        priceChangePercent: isZero(frame.o)
          ? 'N/A'
          : divide(subtract(frame.c, frame.o), frame.o, 6),
        high: frame.h,
        low: frame.l,
        quoteVolume: frame.V,
      },
    }),
  ),
);

export const markFrame = v.pipe(
  v.object({ ...times, s: v.string(), p: decimal, i: amount, f: amount, n: maybe(count) }),
  timed(),
  v.transform((frame): MarkUpdate => {
    const { s: symbol, p: markPrice, i: indexPrice, f: fundingRate, n: nextFundingAt } = frame;
    return {
      at: atOf(frame),
      mark: { symbol, markPrice, indexPrice, fundingRate, nextFundingAt },
    };
  }),
);

/** A change of an order book: levels are absolute, quantity 0 takes one away. `first` and `last` are update ids. */
export interface DepthUpdate {
  at: number;
  symbol: string;
  first: number;
  last: number;
  bids: readonly Level[];
  asks: readonly Level[];
}

const levels = v.array(level);

export const depthFrame = v.pipe(
  v.object({
    ...times,
    s: v.string(),
    U: count,
    u: count,
    a: v.nullish(levels),
    b: v.nullish(levels),
  }),
  timed(),
  v.transform((frame): DepthUpdate => {
    const { s: symbol, U: first, u: last, a, b } = frame;
    return { at: atOf(frame), symbol, first, last, bids: b ?? [], asks: a ?? [] };
  }),
);
