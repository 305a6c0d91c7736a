import type { OneParams } from '../../../messaging/shapes.ts';
import { type MessageKey, t } from '../../text.ts';

export interface ReviewField {
  key: string;
  label: string;
  value: string;
}

/** Known fields in the order in which a person reads them. */
const LABELS: ReadonlyMap<string, MessageKey> = new Map([
  ['symbol', 'market'],
  ['side', 'side'],
  ['orderType', 'orderType'],
  ['price', 'price'],
  ['quantity', 'quantity'],
  ['quoteQuantity', 'quoteQuantity'],
  ['triggerPrice', 'triggerPrice'],
  ['triggerQuantity', 'triggerQuantity'],
  ['triggerBy', 'triggerBy'],
  ['stopLossTriggerPrice', 'stopLossTriggerPrice'],
  ['stopLossLimitPrice', 'stopLossLimitPrice'],
  ['stopLossTriggerBy', 'stopLossTriggerBy'],
  ['takeProfitTriggerPrice', 'takeProfitTriggerPrice'],
  ['takeProfitLimitPrice', 'takeProfitLimitPrice'],
  ['takeProfitTriggerBy', 'takeProfitTriggerBy'],
  ['slippageTolerance', 'slippageTolerance'],
  ['slippageToleranceType', 'slippageToleranceType'],
  ['timeInForce', 'timeInForce'],
  ['postOnly', 'postOnly'],
  ['reduceOnly', 'reduceOnly'],
  ['selfTradePrevention', 'selfTradePrevention'],
  ['autoBorrow', 'autoBorrow'],
  ['autoBorrowRepay', 'autoBorrowRepay'],
  ['autoLend', 'autoLend'],
  ['autoLendRedeem', 'autoLendRedeem'],
  ['clientId', 'clientId'],
]);

const FLAGS = [
  'postOnly',
  'reduceOnly',
  'autoBorrow',
  'autoBorrowRepay',
  'autoLend',
  'autoLendRedeem',
] as const;
const TRIGGERS = ['triggerBy', 'stopLossTriggerBy', 'takeProfitTriggerBy'] as const;

const VALUES: ReadonlyMap<string, MessageKey> = new Map([
  ['side Bid', 'buy'],
  ['side Ask', 'sell'],
  ['orderType Limit', 'limit'],
  ['orderType Market', 'marketOrder'],
  ['timeInForce GTC', 'goodTillCancelled'],
  ['timeInForce IOC', 'immediateOrCancel'],
  ['timeInForce FOK', 'fillOrKill'],
  ['selfTradePrevention RejectTaker', 'rejectTaker'],
  ['selfTradePrevention RejectMaker', 'rejectMaker'],
  ['selfTradePrevention RejectBoth', 'rejectBoth'],
  ['slippageToleranceType Percent', 'inPercent'],
  ['slippageToleranceType TickSize', 'inTicks'],
  ...TRIGGERS.flatMap((key): [string, MessageKey][] => [
    [`${key} MarkPrice`, 'markPrice'],
    [`${key} LastPrice`, 'lastPrice'],
    [`${key} IndexPrice`, 'indexPrice'],
  ]),
  ...FLAGS.flatMap((key): [string, MessageKey][] => [
    [`${key} true`, 'yes'],
    [`${key} false`, 'no'],
  ]),
]);

/** Every member of a request in words. One without words shows under its own name: nothing that is signed is left out. */
export function fieldsOf(params: OneParams): readonly ReviewField[] {
  const known = [...LABELS.keys()].filter((key) => Object.hasOwn(params, key));
  const others = Object.keys(params).filter((key) => !LABELS.has(key));
  return [...known, ...others].map((key) => {
    const label = LABELS.get(key);
    const value = String(params[key]);
    const word = VALUES.get(`${key} ${value}`);
    return { key, label: label ? t(label) : key, value: word ? t(word) : value };
  });
}
