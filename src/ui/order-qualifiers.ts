import * as v from 'valibot';
import { isList } from '../core/canonical.ts';
import { type OrderParams, orderParams } from '../exchange/instructions/orders.ts';
import type { AnyPrepared } from '../messaging/requests.ts';
import { type MessageKey, t } from './text.ts';

/** The params as an order's, if they are. */
export function orderOf({
  instruction,
  params,
}: Pick<AnyPrepared, 'instruction' | 'params'>): OrderParams | undefined {
  if (instruction !== 'orderExecute' || isList(params)) return undefined;
  const given = Object.entries(params).filter(([, value]) => value !== null);
  const order = v.safeParse(orderParams, Object.fromEntries(given));
  return order.success ? order.output : undefined;
}

const TIMES = {
  GTC: 'qualifierGoodTillCancelled',
  IOC: 'qualifierImmediateOrCancel',
  FOK: 'qualifierFillOrKill',
} as const;

const FLAGS = [
  ['postOnly', 'qualifierPostOnly'],
  ['reduceOnly', 'qualifierReduceOnly'],
  ['autoBorrow', 'qualifierAutoBorrow'],
  ['autoBorrowRepay', 'qualifierAutoBorrowRepay'],
  ['autoLend', 'qualifierAutoLend'],
  ['autoLendRedeem', 'qualifierAutoLendRedeem'],
] as const satisfies readonly (readonly [keyof OrderParams, MessageKey])[];

function slippageWords({ slippageTolerance, slippageToleranceType }: OrderParams) {
  if (slippageTolerance === undefined) return undefined;
  const isPercent = slippageToleranceType === 'Percent';
  return t(isPercent ? 'qualifierSlippagePercent' : 'qualifierSlippageTicks', slippageTolerance);
}

/** What the sentence leaves out and what changes how an order acts: `limit, good till cancelled, post only`. */
export function qualifiersOf(order: OrderParams): string {
  const { stopLossTriggerBy, takeProfitTriggerBy, selfTradePrevention } = order;
  const limit = order.orderType === 'Limit';
  const time = order.timeInForce ?? (limit ? 'GTC' : undefined);
  const words = [
    t(limit ? 'qualifierLimit' : 'qualifierMarket'),
    time && t(TIMES[time]),
    order.triggerPrice !== undefined && t(`qualifierTrigger${order.triggerBy ?? 'Any'}`),
    stopLossTriggerBy && t(`qualifierStopLoss${stopLossTriggerBy}`),
    takeProfitTriggerBy && t(`qualifierTakeProfit${takeProfitTriggerBy}`),
    slippageWords(order),
    selfTradePrevention && t(`qualifier${selfTradePrevention}`),
    ...FLAGS.map(([flag, key]) => order[flag] && t(key)),
  ];
  return words.filter((word) => typeof word === 'string').join(', ');
}
