import type { Params } from '../../core/canonical.ts';
import type { Strategy } from '../../exchange/answers/strategies.ts';
import {
  earliest,
  type Find,
  notDone,
  type Reads,
  read,
  rowsSince,
  sameAmount,
  thatOne,
  timeOf,
} from './finding.ts';
import { endOfNamed, madeAmong } from './searches.ts';

/** Is this strategy what `params` ask for? */
export const isAskedStrategy = (params: Params, strategy: Strategy): boolean =>
  strategy.clientStrategyId === params.clientStrategyId &&
  strategy.symbol === params.symbol &&
  strategy.side === params.side &&
  sameAmount(params.quantity, strategy.quantity) &&
  (strategy.duration ?? params.duration) === params.duration &&
  (strategy.interval ?? params.interval) === params.interval;

/** Is it the strategy that a cancel names? */
export const isNamedStrategy = (params: Params, strategy: Strategy): boolean =>
  strategy.symbol === params.symbol &&
  (params.strategyId === undefined
    ? strategy.clientStrategyId === params.clientStrategyId
    : strategy.id === params.strategyId);

const ofStrategies = {
  idOf: ({ id }: Strategy) => id,
  under: 'clientStrategyId',
  isAsked: isAskedStrategy,
} as const;

const history = (reads: Reads, oldest: number, only: { symbol: string; strategyId?: string }) =>
  rowsSince<Strategy>(
    oldest,
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'strategyHistoryQueryAll', { ...only, ...page }),
  );

/** By client id: the running ones, then the history. */
export const findStrategy: Find = async (reads, entry, others) => {
  const symbol = String(entry.params.symbol);
  const running = await read(reads, 'strategyQueryAll', { symbol });
  const { rows, isWhole } = await history(reads, earliest(entry), { symbol });
  return madeAmong(entry, others, { rows: [...running, ...rows], isWhole }, ofStrategies);
};

/** A strategy that runs no longer was cancelled, or came to its end first: its history tells. */
export const findStrategyCancelled: Find = async (reads, entry) => {
  const symbol = String(entry.params.symbol);
  const { strategyId, clientStrategyId } = entry.params;
  const byId = typeof strategyId === 'string';
  const which = byId ? { strategyId } : { clientStrategyId: Number(clientStrategyId) };
  const end = await endOfNamed<Strategy>(reads, entry, {
    byId,
    isNamed: isNamedStrategy,
    open: () => thatOne(read(reads, 'strategyQuery', { symbol, ...which })),
    past: async () => (await history(reads, 0, byId ? { symbol, strategyId } : { symbol })).rows,
  });
  if (end === 'open') return notDone(entry);
  // Running in a history that lags, though nothing runs any more: nothing is proved.
  if (end === undefined || end.status === 'Running') return { seems: 'unknown' };
  return { is: { outcome: end.status === 'Cancelled' ? 'done' : 'absent' } };
};

/** Took effect once nothing runs in the market that ran when it was sent. */
export const findAllStrategiesCancelled: Find = async (reads, entry) => {
  const running = await read(reads, 'strategyQueryAll', { symbol: String(entry.params.symbol) });
  const left = running.filter(({ createdAt }) => !(timeOf(createdAt) > (entry.timestamp ?? 0)));
  return left.length === 0 ? { is: { outcome: 'done' } } : notDone(entry);
};
