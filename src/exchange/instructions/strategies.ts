import * as v from 'valibot';
import { strategy, strategies as strategyList } from '../answers/strategies.ts';
import { both, field, one, rule } from '../schema.ts';
import { splitSymbol, tradedName } from '../symbols.ts';
import { entry } from './entry.ts';
import { mayRest, ofMarket, page, sideWord, trading } from './parts.ts';

const strategyType = v.picklist(['Scheduled']);
const time = v.pipe(field.count, v.minValue(1));

/** The exchange leaves size and times optional; nobody can confirm a strategy that does not say them. */
const creation = v.pipe(
  v.strictObject({
    symbol: field.symbol,
    side: field.side,
    strategyType,
    quantity: field.amount,
    /** All of it in this time, one part in each interval. Both in ms. */
    duration: time,
    interval: time,
    randomizedIntervalQuantity: v.optional(v.boolean()),
    clientStrategyId: v.optional(field.u32),
    ...trading,
  }),
  rule('interval', 'conflict', (s) => s.interval <= s.duration),
  rule('postOnly', 'conflict', (s) => !s.postOnly || (s.price !== undefined && mayRest(s))),
  rule('slippageTolerance', 'required', (s) => both(s.slippageTolerance, s.slippageToleranceType)),
);

/** Exactly one of the two ids names the strategy. */
const whichStrategy = v.pipe(
  v.strictObject({
    symbol: field.symbol,
    strategyId: v.optional(field.id),
    clientStrategyId: v.optional(field.u32),
  }),
  rule('strategyId', 'conflict', (s) => one(s.strategyId, s.clientStrategyId)),
);

/** 90000 ms → `90 s`, in the largest unit that says it exactly. */
function timeWords(ms: number): string {
  const [size, unit] = (
    [
      [60_000, 'min'],
      [1000, 's'],
    ] as const
  ).find(([each]) => ms % each === 0) ?? [1, 'ms'];
  return `${ms / size} ${unit}`;
}

/** Strategies go on trading long after they were confirmed, so a grant never lets one through. */
export const strategies = {
  strategyCreate: entry({
    method: 'POST',
    path: '/api/v1/strategy',
    params: creation,
    answer: strategy,
    scope: 'trade',
    outcome: 'byClientId',
    words: (s) => ({
      key: `wordsStrategy${sideWord[s.side]}${s.price === undefined ? '' : 'Limit'}`,
      values: [
        `${s.quantity} ${tradedName(s.symbol)}`,
        timeWords(s.duration),
        timeWords(s.interval),
        s.price === undefined ? '' : `${s.price} ${splitSymbol(s.symbol).quote}`,
      ],
    }),
  }),
  strategyQuery: entry({
    method: 'GET',
    path: '/api/v1/strategy',
    params: whichStrategy,
    answer: strategy,
    scope: 'read',
    words: (p) => ({ key: 'wordsStrategyQuery', values: [p.symbol] }),
  }),
  strategyCancel: entry({
    method: 'DELETE',
    path: '/api/v1/strategy',
    params: whichStrategy,
    /** 202 has no body: taken, not done yet. */
    answer: v.optional(strategy),
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({
      key: 'wordsStrategyCancel',
      values: [p.strategyId ?? String(p.clientStrategyId), p.symbol],
    }),
  }),
  strategyQueryAll: entry({
    method: 'GET',
    path: '/api/v1/strategies',
    params: v.strictObject({ ...ofMarket, strategyType: v.optional(strategyType) }),
    answer: strategyList,
    scope: 'read',
    words: () => ({ key: 'wordsStrategyQueryAll', values: [] }),
  }),
  strategyCancelAll: entry({
    method: 'DELETE',
    path: '/api/v1/strategies',
    params: v.strictObject({ symbol: field.symbol, strategyType: v.optional(strategyType) }),
    answer: v.optional(strategyList),
    scope: 'trade',
    outcome: 'byState',
    words: (p) => ({ key: 'wordsStrategyCancelAll', values: [p.symbol] }),
  }),
  strategyHistoryQueryAll: entry({
    method: 'GET',
    path: '/wapi/v1/history/strategies',
    params: v.strictObject({ strategyId: v.optional(field.id), ...ofMarket, ...page }),
    answer: strategyList,
    scope: 'read',
    paged: true,
    words: () => ({ key: 'wordsStrategyHistory', values: [] }),
  }),
};
