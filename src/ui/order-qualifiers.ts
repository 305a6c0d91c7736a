import * as v from 'valibot';
import { type OrderParams, orderParams } from '../exchange/instructions/orders.ts';
import type { Prepared } from '../messaging/requests.ts';
import { t } from './text.ts';

/** The params as an order's, if they are. */
export function orderOf({
  instruction,
  params,
}: Pick<Prepared, 'instruction' | 'params'>): OrderParams | undefined {
  if (instruction !== 'orderExecute') return undefined;
  const given = Object.entries(params).filter(([, value]) => value !== null);
  const order = v.safeParse(orderParams, Object.fromEntries(given));
  return order.success ? order.output : undefined;
}

const TIMES = {
  GTC: 'qualifierGoodTillCancelled',
  IOC: 'qualifierImmediateOrCancel',
  FOK: 'qualifierFillOrKill',
} as const;

/** What the sentence leaves out and what changes how an order acts: `limit, good till cancelled, post only`. */
export function qualifiersOf(order: OrderParams): string {
  const limit = order.orderType === 'Limit';
  const time = order.timeInForce ?? (limit ? 'GTC' : undefined);
  const words = [
    t(limit ? 'qualifierLimit' : 'qualifierMarket'),
    time && t(TIMES[time]),
    order.postOnly && t('qualifierPostOnly'),
    order.reduceOnly && t('qualifierReduceOnly'),
    order.triggerPrice !== undefined && t('qualifierTrigger'),
  ];
  return words.filter((word) => typeof word === 'string').join(', ');
}
