import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from '../schema.ts';

/** What is borrowed or lent of one asset now: `netQuantity` is negative for a loan taken. */
export const borrowLendPosition = v.looseObject({
  id: idText,
  symbol: v.string(),
  netQuantity: decimal,
  ...each(
    maybe(decimal),
    'cumulativeInterest',
    'imf',
    'mmf',
    'markPrice',
    'netExposureQuantity',
    'netExposureNotional',
    'estLiquidationPrice',
  ),
});
export const borrowLendPositions = v.array(borrowLendPosition);
export type BorrowLendPosition = v.InferOutput<typeof borrowLendPosition>;

/** `GET /wapi/v1/history/borrowLend`: one movement, whoever caused it (`source`). */
export const borrowLendMovement = v.looseObject({
  ...each(v.string(), 'eventType', 'symbol'),
  quantity: decimal,
  source: maybe(v.string()),
  timestamp: maybe(moment),
  ...each(maybe(idText), 'positionId', 'spotMarginOrderId'),
  positionQuantity: maybe(decimal),
});
export const borrowLendMovements = v.array(borrowLendMovement);
export type BorrowLendMovement = v.InferOutput<typeof borrowLendMovement>;

/** `GET /wapi/v1/history/borrowLend/positions`. */
export const borrowLendHistory = v.array(
  v.looseObject({
    positionId: idText,
    symbol: v.string(),
    quantity: decimal,
    ...each(maybe(v.string()), 'source', 'side'),
    ...each(maybe(decimal), 'cumulativeInterest', 'avgInterestRate'),
    createdAt: maybe(moment),
  }),
);

/** `GET /wapi/v1/history/interest`. `interval` in ms. */
export const interestPayments = v.array(
  v.looseObject({
    quantity: decimal,
    symbol: v.string(),
    ...each(maybe(v.string()), 'paymentType', 'marketSymbol'),
    interestRate: maybe(decimal),
    interval: maybe(v.number()),
    positionId: maybe(idText),
    timestamp: maybe(moment),
  }),
);
