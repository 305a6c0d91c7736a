import * as v from 'valibot';
import { decimal, maybe } from '../schema.ts';
import { markPrice, order, position, ticker } from '../types.ts';

/**
 * What streams tell, decoded: fields have the names and spellings of REST. `at` is the exchange's engine time in **µs**
 * (16 digits), `createdAt` of an order is in ms.
 */

/** One trade of an order. */
const orderFill = v.object({
  tradeId: maybe(v.string()),
  quantity: maybe(decimal),
  price: maybe(decimal),
  isMaker: maybe(v.boolean()),
  fee: maybe(decimal),
  feeSymbol: maybe(v.string()),
});

/** An order after an event. Every update carries the whole order, so its last one says it all. */
export const orderUpdate = v.object({
  /** `orderAccepted`, `orderCancelled`, `orderExpired`, `orderFill`, `orderModified`, `triggerPlaced`, `triggerFailed`. */
  event: v.string(),
  at: v.number(),
  /** `createdAt` is the time of this event: only a read knows when an order was placed. */
  order,
  fill: maybe(orderFill),
});
export type OrderUpdate = v.InferOutput<typeof orderUpdate>;

/** A futures position after an event, or as it stood when the stream began. */
export const positionUpdate = v.object({
  /** `positionAdjusted`, `positionOpened`, `positionClosed`; none in the ones that a stream begins with. */
  event: maybe(v.string()),
  at: v.number(),
  position,
});
export type PositionUpdate = v.InferOutput<typeof positionUpdate>;

/** What an account has of one asset after an event. Without `staked`, that is as it was. */
export const balanceUpdate = v.object({
  at: v.number(),
  symbol: v.string(),
  available: decimal,
  locked: decimal,
  staked: maybe(decimal),
});
export type BalanceUpdate = v.InferOutput<typeof balanceUpdate>;

/** A market's last 24 hours, as the exchange's list of tickers has them. */
export const tickerUpdate = v.object({ at: v.number(), ticker });
export type TickerUpdate = v.InferOutput<typeof tickerUpdate>;

/** The mark price of a futures market. `fundingRate` is a fraction per interval, `nextFundingAt` Unix ms. */
export const markUpdate = v.object({
  at: v.number(),
  mark: v.object({
    ...markPrice.entries,
    indexPrice: maybe(decimal),
    fundingRate: maybe(decimal),
    nextFundingAt: maybe(v.number()),
  }),
});
export type MarkUpdate = v.InferOutput<typeof markUpdate>;
