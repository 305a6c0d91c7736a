import * as v from 'valibot';
import type { Params } from '../../core/canonical.ts';
import { both, decodeParams, field, needs, one, rule } from '../schema.ts';
import { splitSymbol, tradedName } from '../symbols.ts';
import { fills, historicOrders, order, orders as orderList } from '../types.ts';
import { entry, type Phrase } from './entry.ts';
import { mayRest, ofMarket, page, sideWord, span, trading } from './parts.ts';

const triggerBy = v.optional(v.picklist(['MarkPrice', 'LastPrice', 'IndexPrice']));

/** Either an amount or a percentage of the position, such as `50%`: more than nothing, at most all of it. */
const triggerQuantity = v.union([
  field.amount,
  v.pipe(
    v.string(),
    v.regex(
      /^0{0,24}(?:100(?:\.0{1,8})?|(?!0+(?:\.0*)?%)[1-9]?\d(?:\.\d{1,8})?)%$/,
      'number-format',
    ),
  ),
]);

/** The body of an order. @see https://docs.backpack.exchange/#tag/Order/operation/execute_order */
export const orderParams = v.pipe(
  v.strictObject({
    symbol: field.symbol,
    side: field.side,
    orderType: v.picklist(['Limit', 'Market']),
    quantity: v.optional(field.amount),
    quoteQuantity: v.optional(field.amount),
    clientId: v.optional(field.u32),
    ...trading,
    triggerPrice: v.optional(field.amount),
    triggerQuantity: v.optional(triggerQuantity),
    triggerBy,
    // Attached orders. Each is a market order once it fires, unless it has a limit price.
    stopLossTriggerPrice: v.optional(field.amount),
    stopLossLimitPrice: v.optional(field.amount),
    stopLossTriggerBy: triggerBy,
    takeProfitTriggerPrice: v.optional(field.amount),
    takeProfitLimitPrice: v.optional(field.amount),
    takeProfitTriggerBy: triggerBy,
  }),
  rule('price', 'required', (o) => o.orderType === 'Market' || o.price !== undefined),
  rule('price', 'conflict', (o) => o.orderType === 'Limit' || o.price === undefined),
  rule('triggerQuantity', 'conflict', (o) => both(o.triggerPrice, o.triggerQuantity)),
  rule('triggerBy', 'conflict', (o) => needs(o.triggerBy, o.triggerPrice)),
  // A trigger order's size is its `triggerQuantity`; any other order has exactly one size.
  rule('quantity', 'required', (o) =>
    o.triggerPrice === undefined
      ? one(o.quantity, o.quoteQuantity)
      : o.quantity === undefined && o.quoteQuantity === undefined,
  ),
  rule(
    'quoteQuantity',
    'conflict',
    (o) => o.orderType === 'Market' || o.quoteQuantity === undefined,
  ),
  rule('postOnly', 'conflict', (o) => !o.postOnly || (o.orderType === 'Limit' && mayRest(o))),
  rule('stopLossLimitPrice', 'conflict', (o) =>
    needs(o.stopLossLimitPrice, o.stopLossTriggerPrice),
  ),
  rule('stopLossTriggerBy', 'conflict', (o) => needs(o.stopLossTriggerBy, o.stopLossTriggerPrice)),
  rule('takeProfitLimitPrice', 'conflict', (o) =>
    needs(o.takeProfitLimitPrice, o.takeProfitTriggerPrice),
  ),
  rule('takeProfitTriggerBy', 'conflict', (o) =>
    needs(o.takeProfitTriggerBy, o.takeProfitTriggerPrice),
  ),
  rule('slippageTolerance', 'required', (o) => both(o.slippageTolerance, o.slippageToleranceType)),
);
export type OrderParams = v.InferOutput<typeof orderParams>;

/** Exactly one of the two ids names the order. */
const whichOrder = v.pipe(
  v.strictObject({
    symbol: field.symbol,
    orderId: v.optional(field.id),
    clientId: v.optional(field.u32),
  }),
  rule('orderId', 'conflict', (o) => one(o.orderId, o.clientId)),
);

const fillType = v.picklist([
  'User',
  'BookLiquidation',
  'Adl',
  'Backstop',
  'Liquidation',
  'AllLiquidation',
  'CollateralConversion',
  'CollateralConversionAndSpotLiquidation',
]);

/** An order of a batch is answered by itself: placed, or refused with its own reason. */
export const batchPart = v.variant('operation', [
  v.looseObject({ operation: v.literal('Ok'), ...order.entries }),
  v.looseObject({ operation: v.literal('Err'), code: v.string(), message: v.string() }),
]);

/** As many markets as a sentence can name. */
const NAMED = 2;

/** `3 orders on SOL_USDC`; a batch of one reads like its order. */
function batchWords(list: readonly Params[]): Phrase {
  const [only] = list;
  if (list.length === 1 && only) return orderWords(decodeParams(orderParams, only));
  const markets = [...new Set(list.map(({ symbol }) => String(symbol)))];
  const where = markets.length <= NAMED ? markets.join(', ') : String(markets.length);
  const key = markets.length <= NAMED ? 'wordsOrders' : 'wordsOrdersMarkets';
  return { key, values: [String(list.length), where] };
}

/** What an order says of the one that is attached to it; nothing where there is none. */
function attached(kind: 'StopLoss' | 'TakeProfit', trigger: string, limit: string) {
  if (trigger === '') return [];
  return limit === ''
    ? [{ key: `words${kind}`, values: [trigger] }]
    : [{ key: `words${kind}Limit`, values: [trigger, limit] }];
}

/**
 * Chooses the sentence of an order by its side, its type and how its size is given. Values: the size with its unit, the
 * price and the trigger price with theirs, and what is traded.
 */
function orderWords(o: OrderParams) {
  const traded = tradedName(o.symbol);
  const { quote } = splitSymbol(o.symbol);
  const priced = (price: string | undefined) => (price === undefined ? '' : `${price} ${quote}`);
  const size = o.triggerQuantity ?? o.quantity ?? o.quoteQuantity ?? '';
  const isShare = size.endsWith('%');
  const isQuote = o.quoteQuantity !== undefined;
  const trigger = o.triggerPrice === undefined ? '' : 'Trigger';
  const by = isShare ? 'Share' : isQuote ? 'Quote' : '';
  const unit = isQuote ? quote : traded;
  const more = [
    attached('StopLoss', priced(o.stopLossTriggerPrice), priced(o.stopLossLimitPrice)),
    attached('TakeProfit', priced(o.takeProfitTriggerPrice), priced(o.takeProfitLimitPrice)),
  ].flat();
  return {
    key: `wordsOrder${sideWord[o.side]}${o.orderType}${trigger}${by}`,
    values: [isShare ? size : `${size} ${unit}`, priced(o.price), priced(o.triggerPrice), traded],
    ...(more.length > 0 ? { more } : {}),
  };
}

export const orders = {
  orderQuery: entry({
    method: 'GET',
    path: '/api/v1/order',
    params: whichOrder,
    answer: order,
    scope: 'read',
    words: (p) => ({ key: 'wordsOrderQuery', values: [p.symbol] }),
  }),
  orderQueryAll: entry({
    method: 'GET',
    path: '/api/v1/orders',
    params: v.strictObject(ofMarket),
    answer: orderList,
    scope: 'read',
    words: () => ({ key: 'wordsOrderQueryAll', values: [] }),
  }),
  orderExecute: entry({
    method: 'POST',
    path: '/api/v1/order',
    params: orderParams,
    answer: order,
    scope: 'trade',
    outcome: 'byClientId',
    batch: {
      path: '/api/v1/orders',
      limit: 20,
      answer: v.array(batchPart),
      words: batchWords,
    },
    words: orderWords,
  }),
  orderCancel: entry({
    method: 'DELETE',
    path: '/api/v1/order',
    params: whichOrder,
    /** 202 has no body: taken, not done yet. */
    answer: v.optional(order),
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({
      key: 'wordsOrderCancel',
      values: [p.orderId ?? String(p.clientId), p.symbol],
    }),
  }),
  orderCancelAll: entry({
    method: 'DELETE',
    path: '/api/v1/orders',
    params: v.strictObject({
      symbol: field.symbol,
      orderType: v.optional(v.picklist(['RestingLimitOrder', 'ConditionalOrder'])),
    }),
    answer: v.optional(orderList),
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: 'wordsOrderCancelAll', values: [p.symbol] }),
  }),
  orderHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/orders',
    params: v.strictObject({
      orderId: v.optional(field.id),
      strategyId: v.optional(field.id),
      ...ofMarket,
      ...page,
    }),
    answer: historicOrders,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsOrderHistory', values: [] }),
  }),
  fillHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/fills',
    params: v.strictObject({
      orderId: v.optional(field.id),
      strategyId: v.optional(field.id),
      ...ofMarket,
      /** Without it also liquidations and conversions; `User` are the account's own orders. */
      fillType: v.optional(fillType),
      ...span,
      ...page,
    }),
    answer: fills,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsFillHistory', values: [] }),
  }),
};
