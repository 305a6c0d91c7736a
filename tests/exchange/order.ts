import type { Account } from './accounts.ts';
import { type Amount, plain, zero } from './decimal.ts';
import type { Market } from './markets.ts';
import {
  decimal,
  decimalOrPercent,
  flag,
  oneOf,
  optional,
  type Read,
  text,
  u16,
  u32,
} from './params.ts';

const reference = oneOf('TriggerBy', 'MarkPrice', 'LastPrice', 'IndexPrice');

/** The body of an order, and of each order of a batch. */
export const orderShape = {
  symbol: text,
  side: oneOf('Side', 'Bid', 'Ask'),
  orderType: oneOf('OrderTypeEnum', 'Limit', 'Market'),
  quantity: optional(decimal),
  quoteQuantity: optional(decimal),
  price: optional(decimal),
  timeInForce: optional(oneOf('TimeInForce', 'GTC', 'IOC', 'FOK')),
  postOnly: optional(flag),
  reduceOnly: optional(flag),
  selfTradePrevention: optional(
    oneOf('SelfTradePrevention', 'RejectTaker', 'RejectMaker', 'RejectBoth'),
  ),
  clientId: optional(u32),
  brokerId: optional(u16),
  triggerPrice: optional(decimal),
  triggerQuantity: optional(decimalOrPercent),
  triggerBy: optional(reference),
  stopLossTriggerPrice: optional(decimal),
  stopLossLimitPrice: optional(decimal),
  stopLossTriggerBy: optional(reference),
  takeProfitTriggerPrice: optional(decimal),
  takeProfitLimitPrice: optional(decimal),
  takeProfitTriggerBy: optional(reference),
  slippageTolerance: optional(decimal),
  slippageToleranceType: optional(oneOf('SlippageToleranceType', 'TickSize', 'Percent')),
  autoLend: optional(flag),
  autoLendRedeem: optional(flag),
  autoBorrow: optional(flag),
  autoBorrowRepay: optional(flag),
};
/** `strategyId` is the exchange's own mark on the orders of a strategy. */
export type Draft = Read<typeof orderShape> & { readonly strategyId?: string };
export type Side = Draft['side'];

export type OrderStatus =
  | 'New'
  | 'PartiallyFilled'
  | 'Filled'
  | 'Cancelled'
  | 'Expired'
  | 'TriggerPending'
  | 'TriggerFailed';
export type ExpiryReason =
  | 'FillOrKill'
  | 'ImmediateOrCancel'
  | 'InsufficientLiquidity'
  | 'InvalidQuantity'
  | 'PostOnlyTaker'
  | 'PriceImpact'
  | 'ReduceOnlyNotReduced'
  | 'SelfTradePrevention'
  | 'SlippageToleranceExceeded';

/** The part of an order that changes in its life and that its answers show. */
interface OrderState {
  /** Of a trigger order: 0 until it fires. Absent for an order by quote quantity. */
  quantity: Amount | undefined;
  executedQuantity: Amount;
  executedQuoteQuantity: Amount;
  status: OrderStatus;
  expiryReason: ExpiryReason | undefined;
}

/** An order inside the exchange. */
export interface Order extends OrderState {
  readonly id: string;
  readonly account: Account;
  readonly market: Market;
  readonly draft: Draft;
  readonly side: Side;
  readonly price: Amount | undefined;
  readonly quoteQuantity: Amount | undefined;
  /** Unix ms by the server's clock. */
  readonly createdAt: number;
  triggeredAt: number | undefined;
  /** Set on a trigger order: does it fire at or above its trigger price? */
  firesAbove: boolean | undefined;
  /** Of a stop loss or take profit: the order whose fills it closes. */
  readonly closes: Order | undefined;
  /** What of the account's balance is set aside for the rest of this order. */
  locked: Amount;
  /** Every state so far, each with the time it came about: a lagging history shows an old one. */
  readonly revisions: (OrderState & { readonly at: number })[];
}

/** An order as tests see it: the exchange's own truth. */
export interface PracticeOrder {
  readonly id: string;
  readonly clientId: number | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: 'Limit' | 'Market';
  readonly price: string | undefined;
  readonly quantity: string | undefined;
  readonly quoteQuantity: string | undefined;
  readonly executedQuantity: string;
  readonly executedQuoteQuantity: string;
  readonly status: OrderStatus;
  readonly expiryReason: ExpiryReason | undefined;
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK';
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly triggerPrice: string | undefined;
  readonly triggerQuantity: string | undefined;
  /** Unix ms by the server's clock. */
  readonly createdAt: number;
}

/** One side of one trade. */
export interface PracticeFill {
  readonly orderId: string;
  readonly clientId: number | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly price: string;
  readonly quantity: string;
  readonly fee: string;
  readonly feeSymbol: string;
  readonly isMaker: boolean;
  readonly tradeId: number;
  /** Unix ms by the server's clock. */
  readonly timestamp: number;
}

const shown = (value: Amount | undefined): string | undefined => value && plain(value);
export const remainingOf = (order: Order): Amount =>
  order.quantity?.minus(order.executedQuantity) ?? zero;
export const isOpen = (order: Order): boolean =>
  order.status === 'New' || order.status === 'PartiallyFilled' || order.status === 'TriggerPending';

/** UTC date-time without a zone mark, as all histories write time. */
export const naive = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

export const practiceOrder = (order: Order): PracticeOrder => ({
  id: order.id,
  clientId: order.draft.clientId,
  symbol: order.market.symbol,
  side: order.side,
  orderType: order.draft.orderType,
  price: shown(order.price),
  quantity: shown(order.quantity),
  quoteQuantity: shown(order.quoteQuantity),
  executedQuantity: plain(order.executedQuantity),
  executedQuoteQuantity: plain(order.executedQuoteQuantity),
  status: order.status,
  expiryReason: order.expiryReason,
  timeInForce: order.draft.timeInForce ?? 'GTC',
  postOnly: order.draft.postOnly ?? false,
  reduceOnly: order.draft.reduceOnly ?? false,
  triggerPrice: order.draft.triggerPrice,
  triggerQuantity: order.draft.triggerQuantity,
  createdAt: order.createdAt,
});

/** Fields that answers repeat as they were given, null when they were not. */
const repeated = [
  'clientId',
  'orderType',
  'triggerPrice',
  'triggerQuantity',
  'triggerBy',
  'stopLossTriggerPrice',
  'stopLossLimitPrice',
  'stopLossTriggerBy',
  'takeProfitTriggerPrice',
  'takeProfitLimitPrice',
  'takeProfitTriggerBy',
] as const;

/** What both answers, live and history, say the same way. */
const common = (order: Order): object => ({
  ...Object.fromEntries(repeated.map((name) => [name, order.draft[name] ?? null])),
  id: order.id,
  symbol: order.market.symbol,
  side: order.side,
  status: order.status,
  timeInForce: order.draft.timeInForce ?? 'GTC',
  selfTradePrevention: order.draft.selfTradePrevention ?? 'RejectTaker',
  quantity: shown(order.quantity) ?? null,
  executedQuantity: plain(order.executedQuantity),
  executedQuoteQuantity: plain(order.executedQuoteQuantity),
  strategyId: order.draft.strategyId ?? null,
});

/** The answer of the live endpoints: `createdAt` is a number. */
export function liveAnswer(order: Order): object {
  const shared = {
    ...common(order),
    createdAt: order.createdAt,
    reduceOnly: order.draft.reduceOnly ?? null,
    relatedOrderId: order.closes?.id ?? null,
    triggeredAt: order.triggeredAt ?? null,
  };
  return order.draft.orderType === 'Limit'
    ? { ...shared, price: shown(order.price), postOnly: order.draft.postOnly ?? false }
    : { ...shared, quoteQuantity: plain(order.quoteQuantity ?? order.executedQuoteQuantity) };
}

/** Remember the state an order is in now. */
export function revise(order: Order, at: number): void {
  const { quantity, executedQuantity, executedQuoteQuantity, status, expiryReason } = order;
  order.revisions.push({
    at,
    quantity,
    executedQuantity,
    executedQuoteQuantity,
    status,
    expiryReason,
  });
}

/** The row of the order history as of a moment, if the order was there: `createdAt` is text without a zone. */
export function historyAnswer(current: Order, end: number): object | undefined {
  const state = current.revisions.findLast(({ at }) => at <= end);
  if (!state) return undefined;
  const order = { ...current, ...state };
  return {
    ...common(order),
    createdAt: naive(order.createdAt),
    expiryReason: order.expiryReason ?? null,
    postOnly: order.draft.postOnly ?? false,
    price: shown(order.price) ?? null,
    quoteQuantity: shown(order.quoteQuantity) ?? null,
    slippageTolerance: order.draft.slippageTolerance ?? null,
    slippageToleranceType: order.draft.slippageToleranceType ?? null,
    systemOrderType: null,
  };
}
