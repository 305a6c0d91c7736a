import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from '../schema.ts';

/** `GET /wapi/v1/history/dust`: a small balance that was turned into USDC. */
export const dustConversion = v.looseObject({
  id: idText,
  symbol: v.string(),
  quantity: decimal,
  usdcReceived: maybe(decimal),
  timestamp: maybe(moment),
});
export const dustConversions = v.array(dustConversion);

/** `GET /wapi/v1/history/settlement`. */
export const settlements = v.array(
  v.looseObject({
    quantity: decimal,
    source: v.string(),
    timestamp: maybe(moment),
    ...each(maybe(idText), 'positionId', 'engineSequence'),
  }),
);

/** `GET /wapi/v1/history/funding`. `quantity` above zero was received, below zero paid. */
export const fundingPayments = v.array(
  v.looseObject({
    symbol: v.string(),
    quantity: decimal,
    fundingRate: maybe(decimal),
    intervalEndTimestamp: maybe(moment),
  }),
);

/** `GET /wapi/v1/history/position`. */
export const pastPositions = v.array(
  v.looseObject({
    id: idText,
    symbol: v.string(),
    state: maybe(v.string()),
    ...each(maybe(moment), 'openedAt', 'closedAt'),
    ...each(
      maybe(decimal),
      'netQuantity',
      'netExposureQuantity',
      'netExposureNotional',
      'netCost',
      'markPrice',
      'entryPrice',
      'cumulativePnlRealized',
      'unrealizedPnl',
      'fundingQuantity',
      'interest',
      'liquidated',
      'imf',
      'fees',
      'closedVolume',
      'liquidationFees',
      'closingPrice',
      'accountLeverage',
    ),
  }),
);
