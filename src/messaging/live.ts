import * as v from 'valibot';
import { level } from '../exchange/market-shapes.ts';
import { field } from '../exchange/schema.ts';
import {
  balanceUpdate,
  markUpdate,
  orderUpdate,
  positionUpdate,
  tickerUpdate,
} from '../exchange/streams/updates.ts';
import { done, id, message } from './shapes.ts';

/**
 * - `off`: nobody watches, or Buckle is locked.
 * - `connecting`: on its way for the first time.
 * - `live`: what the exchange says is told at once.
 * - `down`: broken; it is tried again by itself.
 */
const liveState = v.picklist(['off', 'connecting', 'live', 'down']);
export type LiveState = v.InferOutput<typeof liveState>;

export const liveContract = {
  /**
   * Says what a visible surface shows: at once when that changes, and every ten seconds. A surface not heard of for 25
   * seconds is gone; when none is left, or at a lock, the streams end. What streams tell comes as events.
   * @param depth - Whether the market's order book is on screen.
   */
  'live.watch': message(
    v.strictObject({
      surface: id,
      account: v.optional(id),
      market: v.optional(field.symbol),
      depth: v.optional(v.boolean()),
    }),
    v.object({ account: liveState, market: liveState }),
  ),
  /** The surface hides or closes. */
  'live.leave': message(v.strictObject({ surface: id }), done),
  /**
   * How many requests the account may still make at once, of how many. The bucket fills evenly over a minute; until
   * `pausedUntil` (Unix ms) nothing is sent because the exchange asked for it.
   */
  'rate.read': message(
    v.strictObject({ account: id }),
    v.object({ left: v.number(), capacity: v.number(), pausedUntil: v.optional(v.number()) }),
  ),
};

/** What streams tell, at most one of each kind every 100 ms, in order of arrival. */
export const liveEvents = [
  /**
   * The state of an account's or a market's stream changed. `repair`: something may have been missed, so orders,
   * positions and balances are to be read once.
   */
  v.object({
    name: v.literal('live'),
    account: v.optional(id),
    market: v.optional(v.string()),
    state: liveState,
    repair: v.optional(v.boolean()),
  }),
  v.object({ name: v.literal('liveOrders'), account: id, updates: v.array(orderUpdate) }),
  v.object({ name: v.literal('livePositions'), account: id, updates: v.array(positionUpdate) }),
  v.object({ name: v.literal('liveBalances'), account: id, updates: v.array(balanceUpdate) }),
  v.object({ name: v.literal('liveTicker'), market: v.string(), ...tickerUpdate.entries }),
  v.object({ name: v.literal('liveMark'), market: v.string(), ...markUpdate.entries }),
  /** The best 20 prices of each side, the best first. `at` in Unix ms. */
  v.object({
    name: v.literal('liveDepth'),
    market: v.string(),
    at: v.number(),
    bids: v.array(level),
    asks: v.array(level),
  }),
] as const;
