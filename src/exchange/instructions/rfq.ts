import * as v from 'valibot';
import {
  openRfqs,
  pastQuotes,
  pastRfqs,
  quote,
  quoteFills,
  rfq as rfqAnswer,
  rfqFills,
} from '../answers/rfq.ts';
import { field, one, rule } from '../schema.ts';
import { splitSymbol, tradedName } from '../symbols.ts';
import { entry } from './entry.ts';
import { margin, page, sideWord, subaccountId } from './parts.ts';

const symbol = v.optional(field.symbol);
const side = v.optional(field.side);
const deferredSettlement = v.optional(v.boolean());

const submission = v.pipe(
  v.strictObject({
    symbol: field.symbol,
    side: field.side,
    quantity: v.optional(field.amount),
    quoteQuantity: v.optional(field.amount),
    price: v.optional(field.amount),
    /** `Immediate` takes the first quote within `price`; left out, a person accepts one. */
    executionMode: v.optional(v.picklist(['AwaitAccept', 'Immediate'])),
    clientId: v.optional(field.u32),
    ...margin,
  }),
  rule('quantity', 'required', (r) => one(r.quantity, r.quoteQuantity)),
  rule('price', 'conflict', (r) => r.price === undefined || r.executionMode === 'Immediate'),
  rule('price', 'required', (r) => r.price !== undefined || r.executionMode !== 'Immediate'),
);

/** Exactly one of the two ids names the request. */
const whichRfq = { rfqId: v.optional(field.id), clientId: v.optional(field.u32) };
type Which = { rfqId?: string | undefined; clientId?: number | undefined };
const oneRfq = (which: Which): boolean => one(which.rfqId, which.clientId);
const nameOf = ({ rfqId, clientId }: Which): string => rfqId ?? String(clientId);

function submissionWords(r: v.InferOutput<typeof submission>) {
  const { quote: paid } = splitSymbol(r.symbol);
  const traded = tradedName(r.symbol);
  const by = r.quantity === undefined ? 'Quote' : '';
  const size = r.quantity === undefined ? `${r.quoteQuantity} ${paid}` : `${r.quantity} ${traded}`;
  const mode = r.price === undefined ? '' : 'Immediate';
  return {
    key: `wordsRfq${sideWord[r.side]}${mode}${by}`,
    values: [size, r.price === undefined ? '' : `${r.price} ${paid}`, traded],
  };
}

/**
 * Trading by quotes. Whoever quotes or asks may be the caller's accomplice, and no order book bounds the price: a bad quote
 * hands money over at once. So none of these ever goes through without a person's look at it.
 */
export const rfq = {
  rfqSubmit: entry({
    method: 'POST',
    path: '/api/v1/rfq',
    params: submission,
    answer: rfqAnswer,
    scope: 'trade',
    outcome: 'byClientId',
    words: submissionWords,
  }),
  rfqQuery: entry({
    method: 'GET',
    path: '/api/v1/rfqs',
    params: v.strictObject({
      symbol,
      rfqId: v.optional(field.id),
      deferredSettlement,
      subaccountId,
    }),
    answer: openRfqs,
    scope: 'read',
    words: () => ({ key: 'wordsRfqQuery', values: [] }),
  }),
  quoteAccept: entry({
    method: 'POST',
    path: '/api/v1/rfq/accept',
    params: v.pipe(
      v.strictObject({ ...whichRfq, quoteId: field.id }),
      rule('rfqId', 'conflict', (given) => oneRfq(given)),
    ),
    answer: rfqAnswer,
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: 'wordsQuoteAccept', values: [p.quoteId, nameOf(p)] }),
  }),
  /** Moves no money by itself; what it did to the time of expiry cannot be told from the request's state. */
  rfqRefresh: entry({
    method: 'POST',
    path: '/api/v1/rfq/refresh',
    params: v.strictObject({ rfqId: field.id }),
    answer: rfqAnswer,
    scope: 'trade',
    outcome: 'cannot',
    words: (p) => ({ key: 'wordsRfqRefresh', values: [p.rfqId] }),
  }),
  rfqCancel: entry({
    method: 'POST',
    path: '/api/v1/rfq/cancel',
    params: v.pipe(v.strictObject(whichRfq), rule('rfqId', 'conflict', oneRfq)),
    answer: rfqAnswer,
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: 'wordsRfqCancel', values: [nameOf(p)] }),
  }),
  quoteSubmit: entry({
    method: 'POST',
    path: '/api/v1/rfq/quote',
    params: v.strictObject({
      rfqId: field.id,
      clientId: v.optional(field.u32),
      bidPrice: field.amount,
      askPrice: field.amount,
      ...margin,
    }),
    answer: quote,
    scope: 'trade',
    outcome: 'byClientId',
    words: (p) => ({ key: 'wordsQuoteSubmit', values: [p.bidPrice, p.askPrice, p.rfqId] }),
  }),
  rfqHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/rfq',
    params: v.strictObject({
      rfqId: v.optional(field.id),
      symbol,
      status: v.optional(field.orderStatus),
      side,
      deferredSettlement,
      ...page,
    }),
    answer: pastRfqs,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsRfqHistory', values: [] }),
  }),
  quoteHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/quote',
    params: v.strictObject({
      quoteId: v.optional(field.id),
      symbol,
      status: v.optional(field.orderStatus),
      deferredSettlement,
      ...page,
    }),
    answer: pastQuotes,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsQuoteHistory', values: [] }),
  }),
  rfqFillHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/rfq/fill',
    params: v.strictObject({
      quoteId: v.optional(field.id),
      symbol,
      side,
      fillType: v.optional(v.picklist(['User', 'CollateralConversion'])),
      deferredSettlement,
      ...page,
    }),
    answer: rfqFills,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsRfqFillHistory', values: [] }),
  }),
  quoteFillHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/quote/fill',
    params: v.strictObject({ quoteId: v.optional(field.id), symbol, side, ...page }),
    answer: quoteFills,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsQuoteFillHistory', values: [] }),
  }),
};
