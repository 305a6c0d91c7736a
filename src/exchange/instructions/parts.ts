import * as v from 'valibot';
import { field } from '../schema.ts';

// Members that several instructions take.

const flag = v.optional(v.boolean());

/** A page of a history, the newest row first unless asked otherwise. */
export const page = {
  limit: v.optional(v.pipe(field.count, v.maxValue(1000))),
  offset: v.optional(field.count),
  sortDirection: v.optional(v.picklist(['Asc', 'Desc'])),
};

/** Bounds in Unix ms, of the histories that take them. */
export const span = { from: v.optional(field.count), to: v.optional(field.count) };

/** What a spot trade may do with lent and borrowed funds on its own. */
export const margin = {
  autoLend: flag,
  autoLendRedeem: flag,
  autoBorrow: flag,
  autoBorrowRepay: flag,
};

/** How far from the price at hand an order may be filled; the two come together. */
export const slippage = {
  slippageTolerance: v.optional(field.amount),
  slippageToleranceType: v.optional(v.picklist(['TickSize', 'Percent'])),
};

/** What every way of trading takes. */
export const trading = {
  ...margin,
  ...slippage,
  /** Who gets the broker's credit. Buckle itself never sets it. */
  brokerId: v.optional(field.u16),
  postOnly: flag,
  reduceOnly: flag,
  price: v.optional(field.amount),
  selfTradePrevention: v.optional(field.selfTradePrevention),
  timeInForce: v.optional(field.timeInForce),
};

/** May what these ask for rest in the book? Only then has `postOnly` a meaning. */
export const mayRest = (given: { timeInForce?: string | undefined }): boolean =>
  given.timeInForce === undefined || given.timeInForce === 'GTC';

/** An account within the account, by its number. */
export const subaccountId = v.optional(field.u16);

export const ofMarket = {
  symbol: v.optional(field.symbol),
  marketType: v.optional(field.marketType),
};

export const sideWord = { Bid: 'Buy', Ask: 'Sell' } as const;
