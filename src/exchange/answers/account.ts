import * as v from 'valibot';
import { decimal, each, maybe } from '../schema.ts';

/** `GET /api/v1/account/limits/borrow`. */
export const maxBorrow = v.looseObject({ symbol: v.string(), maxBorrowQuantity: decimal });

/** `GET /api/v1/account/limits/order`: what can be traded now, with the question repeated. */
export const maxOrder = v.looseObject({
  ...each(v.string(), 'symbol', 'side'),
  maxOrderQuantity: decimal,
  price: maybe(decimal),
  ...each(maybe(v.boolean()), 'reduceOnly', 'autoBorrow', 'autoBorrowRepay', 'autoLendRedeem'),
});
export type MaxOrder = v.InferOutput<typeof maxOrder>;

const collateral = v.looseObject({
  symbol: v.string(),
  ...each(
    maybe(decimal),
    'assetMarkPrice',
    'totalQuantity',
    'balanceNotional',
    'collateralWeight',
    'collateralValue',
    'openOrderQuantity',
    'lendQuantity',
    'availableQuantity',
  ),
});

/** `GET /api/v1/capital/collateral`. Amounts in USD; `marginFraction` is absent while nothing is at risk. */
export const marginSummary = v.looseObject({
  netEquity: decimal,
  netEquityAvailable: decimal,
  collateral: v.array(collateral),
  ...each(
    maybe(decimal),
    'assetsValue',
    'borrowLiability',
    'imf',
    'unsettledEquity',
    'liabilitiesValue',
    'marginFraction',
    'mmf',
    'netEquityLocked',
    'netExposureFutures',
    'pnlUnrealized',
  ),
});
export type MarginSummary = v.InferOutput<typeof marginSummary>;
