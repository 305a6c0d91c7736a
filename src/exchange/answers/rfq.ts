import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from '../schema.ts';

// Live answers have their times in Unix ms, histories as text: both are `moment`s.

const rfqFields = {
  rfqId: idText,
  ...each(v.string(), 'symbol', 'side', 'status'),
  clientId: maybe(v.number()),
  ...each(maybe(decimal), 'price', 'quantity', 'quoteQuantity'),
  ...each(maybe(moment), 'submissionTime', 'expiryTime', 'createdAt'),
  ...each(maybe(v.string()), 'executionMode', 'systemOrderType'),
};

/** A request for quotes: the answer to making, accepting, prolonging and cancelling one. */
export const rfq = v.looseObject(rfqFields);
export type Rfq = v.InferOutput<typeof rfq>;

/** `GET /wapi/v1/history/rfq`. */
export const pastRfqs = v.array(
  v.looseObject({ ...rfqFields, deferredSettlementQuoteId: maybe(idText) }),
);

const quoteFields = {
  ...each(idText, 'rfqId', 'quoteId'),
  clientId: maybe(v.number()),
  ...each(decimal, 'bidPrice', 'askPrice'),
  status: v.string(),
  createdAt: maybe(moment),
};

/** A maker's two prices for a request. */
export const quote = v.looseObject(quoteFields);
export type Quote = v.InferOutput<typeof quote>;

/** `GET /wapi/v1/history/quote`. */
export const pastQuotes = v.array(
  v.looseObject({ ...quoteFields, deferredSettlement: maybe(v.boolean()) }),
);

/** `GET /api/v1/rfqs`: the account's open requests, each with what makers offer. */
export const openRfqs = v.array(v.looseObject({ rfq, quotes: v.array(quote) }));

const fillFields = {
  ...each(idText, 'rfqId', 'quoteId'),
  ...each(v.string(), 'symbol', 'side'),
  clientId: maybe(v.number()),
  fillPrice: decimal,
  quantity: maybe(decimal),
  ...each(maybe(moment), 'createdAt', 'filledAt'),
};

/** `GET /wapi/v1/history/rfq/fill`. */
export const rfqFills = v.array(
  v.looseObject({
    ...fillFields,
    quoteQuantity: maybe(decimal),
    systemOrderType: maybe(v.string()),
  }),
);

/** `GET /wapi/v1/history/quote/fill`. */
export const quoteFills = v.array(
  v.looseObject({ ...fillFields, fee: maybe(decimal), feeSymbol: maybe(v.string()) }),
);
