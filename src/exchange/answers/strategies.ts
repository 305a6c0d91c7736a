import * as v from 'valibot';
import { decimal, each, idText, maybe, moment } from '../schema.ts';

/** A scheduled order, running or over. `duration` and `interval` in ms; `createdAt` is text in the history. */
export const strategy = v.looseObject({
  id: idText,
  ...each(v.string(), 'symbol', 'side', 'status'),
  clientStrategyId: maybe(v.number()),
  createdAt: moment,
  quantity: maybe(decimal),
  ...each(maybe(v.number()), 'duration', 'interval'),
  ...each(maybe(decimal), 'executedQuantity', 'executedQuoteQuantity', 'slippageTolerance'),
  ...each(maybe(v.boolean()), 'randomizedIntervalQuantity', 'reduceOnly'),
  ...each(
    maybe(v.string()),
    'strategyType',
    'timeInForce',
    'selfTradePrevention',
    'slippageToleranceType',
    'cancelReason',
  ),
});
export const strategies = v.array(strategy);
export type Strategy = v.InferOutput<typeof strategy>;
