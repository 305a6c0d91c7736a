import { amount, plain } from './decimal.ts';
import { type Endpoint, endpoint, json } from './endpoint.ts';
import { naive } from './order.ts';
import { fits, page, paging } from './paging.ts';
import { decimal, flag, oneOf, optional, text, u16, u32, u64Id } from './params.ts';
import { refuse } from './refusal.ts';
import type { Quote, Rfq } from './rfq.ts';
import { knownMarket } from './rules.ts';

const side = oneOf('Side', 'Bid', 'Ask');
const status = oneOf(
  'OrderStatus',
  'Cancelled',
  'Expired',
  'Filled',
  'New',
  'PartiallyFilled',
  'TriggerPending',
  'TriggerFailed',
);
const margin = {
  autoLend: optional(flag),
  autoLendRedeem: optional(flag),
  autoBorrow: optional(flag),
  autoBorrowRepay: optional(flag),
};
const which = { rfqId: optional(text), clientId: optional(u32) };
const orNull = (value: Parameters<typeof plain>[0] | undefined) => (value ? plain(value) : null);

/** `time` writes moments: a number in live answers, text in histories. */
const rfqAnswer = (rfq: Rfq, time: (ms: number) => number | string): object => ({
  rfqId: rfq.rfqId,
  clientId: rfq.clientId ?? null,
  symbol: rfq.market.symbol,
  side: rfq.side,
  price: orNull(rfq.price),
  quantity: orNull(rfq.quantity),
  quoteQuantity: orNull(rfq.quoteQuantity),
  submissionTime: time(rfq.createdAt),
  systemOrderType: null,
  expiryTime: time(rfq.expiryTime),
  status: rfq.status,
  executionMode: rfq.executionMode,
  createdAt: time(rfq.createdAt),
});
const quoteAnswer = (quote: Quote, time: (ms: number) => number | string): object => ({
  rfqId: quote.rfq.rfqId,
  quoteId: quote.quoteId,
  clientId: quote.clientId ?? null,
  bidPrice: plain(quote.bidPrice),
  askPrice: plain(quote.askPrice),
  status: quote.status,
  createdAt: time(quote.createdAt),
});
const live = (ms: number): number => ms;

function fillAnswer(rfq: Rfq, clientId: number | undefined): object[] {
  if (!rfq.fill) return [];
  const { quote, price, at } = rfq.fill;
  return [
    {
      rfqId: rfq.rfqId,
      clientId: clientId ?? null,
      quoteId: quote.quoteId,
      symbol: rfq.market.symbol,
      side: rfq.side,
      quantity: plain(rfq.quantity ?? (rfq.quoteQuantity ?? amount(0)).div(price)),
      fillPrice: plain(price),
      createdAt: naive(rfq.createdAt),
      filledAt: naive(at),
    },
  ];
}

export const rfqEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/rfq',
    instruction: 'rfqSubmit',
    payload: 'RequestForQuotePayload',
    params: {
      clientId: optional(u32),
      quantity: optional(decimal),
      quoteQuantity: optional(decimal),
      price: optional(decimal),
      symbol: text,
      side,
      executionMode: optional(oneOf('RfqExecutionMode', 'AwaitAccept', 'Immediate')),
      ...margin,
    },
    handle({ params, account, world }) {
      const { clientId, price, quantity, quoteQuantity, executionMode = 'AwaitAccept' } = params;
      if ((quantity === undefined) === (quoteQuantity === undefined))
        throw refuse('INVALID_QUANTITY', 'Must specify exactly one of quantity or quoteQuantity');
      if ((price !== undefined) !== (executionMode === 'Immediate'))
        throw refuse('INVALID_PRICE', 'Price goes with immediate execution only');
      const rfq = world.desks.rfqs.submit(account, {
        clientId,
        market: knownMarket(params.symbol),
        side: params.side,
        price: price === undefined ? undefined : amount(price),
        quantity: quantity === undefined ? undefined : amount(quantity),
        quoteQuantity: quoteQuantity === undefined ? undefined : amount(quoteQuantity),
        executionMode,
      });
      return json(rfqAnswer(rfq, live));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/rfqs',
    instruction: 'rfqQuery',
    params: {
      symbol: optional(text),
      rfqId: optional(u64Id),
      deferredSettlement: optional(flag),
      subaccountId: optional(u16),
    },
    handle({ params, account, world }) {
      const open = world.desks.rfqs
        .of(account)
        .filter(
          (rfq) =>
            rfq.status === 'New' &&
            (params.symbol ?? rfq.market.symbol) === rfq.market.symbol &&
            (params.rfqId ?? rfq.rfqId) === rfq.rfqId,
        );
      return json(
        open.map((rfq) => ({
          rfq: rfqAnswer(rfq, live),
          quotes: rfq.quotes
            .filter((quote) => quote.status === 'New')
            .map((quote) => quoteAnswer(quote, live)),
        })),
      );
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/rfq/accept',
    instruction: 'quoteAccept',
    payload: 'QuoteAcceptPayload',
    params: { ...which, quoteId: text },
    handle: ({ params, account, world }) =>
      json(rfqAnswer(world.desks.rfqs.accept(account, params, params.quoteId), live)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/rfq/refresh',
    instruction: 'rfqRefresh',
    payload: 'RequestForQuoteRefreshPayload',
    params: { rfqId: text },
    handle: ({ params, account, world }) =>
      json(rfqAnswer(world.desks.rfqs.refresh(account, params.rfqId), live)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/rfq/cancel',
    instruction: 'rfqCancel',
    payload: 'RequestForQuoteCancelPayload',
    params: which,
    handle: ({ params, account, world }) =>
      json(rfqAnswer(world.desks.rfqs.cancel(account, params), live)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/rfq/quote',
    instruction: 'quoteSubmit',
    payload: 'QuotePayload',
    params: {
      rfqId: text,
      clientId: optional(u32),
      bidPrice: decimal,
      askPrice: decimal,
      ...margin,
    },
    handle({ params, account, world }) {
      const quote = world.desks.rfqs.quote(account, params.rfqId, {
        clientId: params.clientId,
        bidPrice: amount(params.bidPrice),
        askPrice: amount(params.askPrice),
      });
      return json(quoteAnswer(quote, live));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/rfq',
    instruction: 'rfqHistoryQueryAll',
    params: {
      rfqId: optional(text),
      symbol: optional(text),
      status: optional(status),
      side: optional(side),
      deferredSettlement: optional(flag),
      ...paging,
    },
    handle({ params, account, world }) {
      const { rfqId, symbol } = params;
      const rows = world.desks.rfqs
        .of(account)
        .filter(({ changedAt }) => changedAt <= world.historyEnd())
        .map((rfq) => ({ ...rfqAnswer(rfq, naive), deferredSettlementQuoteId: null }))
        .filter((row) => fits(row, { rfqId, symbol, status: params.status, side: params.side }));
      return page(rows, params);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/quote',
    instruction: 'quoteHistoryQueryAll',
    params: {
      quoteId: optional(text),
      symbol: optional(text),
      status: optional(status),
      deferredSettlement: optional(flag),
      ...paging,
    },
    handle({ params, account, world }) {
      const { quoteId, symbol } = params;
      const rows = world.desks.rfqs
        .quotesOf(account)
        .filter(
          ({ changedAt, rfq }) =>
            changedAt <= world.historyEnd() && (symbol ?? rfq.market.symbol) === rfq.market.symbol,
        )
        .map((quote) => ({ ...quoteAnswer(quote, naive), deferredSettlement: false }))
        .filter((row) => fits(row, { quoteId, status: params.status }));
      return page(rows, params);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/rfq/fill',
    instruction: 'rfqFillHistoryQueryAll',
    params: {
      quoteId: optional(text),
      symbol: optional(text),
      side: optional(side),
      fillType: optional(oneOf('RfqFillType', 'User', 'CollateralConversion')),
      deferredSettlement: optional(flag),
      ...paging,
    },
    handle({ params, account, world }) {
      const { quoteId, symbol } = params;
      const rows = world.desks.rfqs
        .of(account)
        .filter(({ changedAt }) => changedAt <= world.historyEnd())
        .flatMap((rfq) => fillAnswer(rfq, rfq.clientId))
        .map((row) => ({ ...row, quoteQuantity: null, systemOrderType: null }))
        .filter((row) => fits(row, { quoteId, symbol, side: params.side }));
      return page(params.fillType === 'CollateralConversion' ? [] : rows, params);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/wapi/v1/history/quote/fill',
    instruction: 'quoteFillHistoryQueryAll',
    params: { quoteId: optional(text), symbol: optional(text), side: optional(side), ...paging },
    handle({ params, account, world }) {
      const { quoteId, symbol } = params;
      const rows = world.desks.rfqs
        .quotesOf(account)
        .filter(({ status, changedAt }) => status === 'Filled' && changedAt <= world.historyEnd())
        .flatMap(({ rfq, clientId }) => fillAnswer(rfq, clientId))
        .map((row) => ({ ...row, fee: '0', feeSymbol: 'USDC' }))
        .filter((row) => fits(row, { quoteId, symbol, side: params.side }));
      return page(rows, params);
    },
  }),
];
