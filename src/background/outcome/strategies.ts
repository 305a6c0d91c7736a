import type { Params } from '../../core/canonical.ts';
import type { Strategy } from '../../exchange/answers/strategies.ts';
import {
  earliest,
  type Find,
  isLater,
  isOfItsTime,
  mayBeAnother,
  notDone,
  orGone,
  type Reads,
  read,
  rowsSince,
  sameAmount,
  timeOf,
} from './finding.ts';

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

const history = (reads: Reads, oldest: number, only: { symbol: string; strategyId?: string }) =>
  rowsSince<Strategy>(
    oldest,
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'strategyHistoryQueryAll', { ...only, ...page }),
  );

/** By client id: the running ones, then the history. */
export const findStrategy: Find = async (reads, entry, others) => {
  const { params } = entry;
  const symbol = String(params.symbol);
  const running = await read(reads, 'strategyQueryAll', { symbol });
  const { rows, isWhole } = await history(reads, earliest(entry), { symbol });
  const ours = [...running, ...rows].filter(
    (each) =>
      each.clientStrategyId === params.clientStrategyId &&
      isOfItsTime(entry, timeOf(each.createdAt)) &&
      !others.has(each.id),
  );
  const found = ours.find((each) => isAskedStrategy(params, each));
  if (found) return { is: { outcome: 'placed', madeId: found.id } };
  return { seems: ours.length === 0 && isWhole ? 'absent' : 'unknown' };
};

/** A strategy that runs no longer was cancelled, or came to its end first: its history tells. */
export const findStrategyCancelled: Find = async (reads, entry) => {
  const { params } = entry;
  const symbol = String(params.symbol);
  const { strategyId, clientStrategyId } = params;
  const which =
    typeof strategyId === 'string'
      ? { strategyId }
      : { clientStrategyId: Number(clientStrategyId) };
  const byId = typeof strategyId === 'string';
  const isAnother = (each: Strategy): boolean => !byId && isLater(entry, each);
  const running = await orGone(read(reads, 'strategyQuery', { symbol, ...which }));
  if (running !== undefined) return isAnother(running) ? { seems: 'unknown' } : notDone(entry);
  if (!byId && mayBeAnother(reads, entry)) return { seems: 'unknown' };
  const only = byId ? { symbol, strategyId } : { symbol };
  const { rows } = await history(reads, 0, only);
  const [named, ...more] = rows.filter((each) => isNamedStrategy(params, each));
  // Another one under the same client id, or a history that lags: nothing is proved.
  if (named === undefined || more.length > 0 || isAnother(named) || named.status === 'Running') {
    return { seems: 'unknown' };
  }
  return { is: { outcome: named.status === 'Cancelled' ? 'done' : 'absent' } };
};

/** Took effect once nothing runs in the market that ran when it was sent. */
export const findAllStrategiesCancelled: Find = async (reads, entry) => {
  const running = await read(reads, 'strategyQueryAll', { symbol: String(entry.params.symbol) });
  const left = running.filter(({ createdAt }) => !(timeOf(createdAt) > (entry.timestamp ?? 0)));
  return left.length === 0 ? { is: { outcome: 'done' } } : notDone(entry);
};
