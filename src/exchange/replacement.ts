import * as v from 'valibot';
import { assertDecimal, type Decimal, subtract } from '../core/decimal.ts';
import { EMPTY_DRAFT, type OrderDraft, TRIGGERS, type TriggerBy } from './order-draft.ts';
import { field } from './schema.ts';
import type { Order } from './types.ts';

const ZERO = assertDecimal('0');

export const executedOf = (order: Order): Decimal => order.executedQuantity ?? ZERO;

const byOf = (by: string | null | undefined): TriggerBy | '' =>
  TRIGGERS.find((each) => each === by) ?? '';

/** What of an order's size is left, as it would be typed. A stop's may be a share of the position. */
function sizeOf(order: Order, waits: boolean): Pick<OrderDraft, 'quantity' | 'sizeIn'> {
  const { quantity, triggerQuantity } = order;
  if (!waits) {
    const left = quantity == null ? '' : subtract(quantity, executedOf(order));
    return { quantity: left, sizeIn: 'base' };
  }
  const size = triggerQuantity ?? '';
  return size.endsWith('%')
    ? { quantity: size.slice(0, -1), sizeIn: 'share' }
    : { quantity: size, sizeIn: 'base' };
}

/**
 * An open order as it would stand in a form, with what is left of it: where an edit begins. `undefined` for what Buckle has no
 * form for. The exchange does not tell an order's slippage tolerance, nor what it may borrow and lend.
 */
export function draftOf(order: Order): OrderDraft | undefined {
  const { side, orderType, timeInForce, selfTradePrevention } = order;
  const waits = order.status === 'TriggerPending' && order.triggerPrice != null;
  if (!v.is(field.side, side)) return undefined;
  if (orderType !== 'Limit' && !(orderType === 'Market' && waits)) return undefined;
  const limit = orderType === 'Limit';
  const type = limit ? 'StopLimit' : 'StopMarket';
  return {
    ...EMPTY_DRAFT,
    ...{ symbol: order.symbol, side, orderType: waits ? type : 'Limit' },
    price: limit ? (order.price ?? '') : '',
    ...sizeOf(order, waits),
    timeInForce: v.is(field.timeInForce, timeInForce) ? timeInForce : 'GTC',
    postOnly: order.postOnly ?? false,
    reduceOnly: order.reduceOnly ?? false,
    ...(waits ? { triggerPrice: order.triggerPrice ?? '', triggerBy: byOf(order.triggerBy) } : {}),
    stopLossTriggerPrice: order.stopLossTriggerPrice ?? '',
    stopLossLimitPrice: order.stopLossLimitPrice ?? '',
    stopLossTriggerBy: byOf(order.stopLossTriggerBy),
    takeProfitTriggerPrice: order.takeProfitTriggerPrice ?? '',
    takeProfitLimitPrice: order.takeProfitLimitPrice ?? '',
    takeProfitTriggerBy: byOf(order.takeProfitTriggerBy),
    selfTradePrevention: v.is(field.selfTradePrevention, selfTradePrevention)
      ? selfTradePrevention
      : '',
  };
}
