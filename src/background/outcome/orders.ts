import type { Params } from '../../core/canonical.ts';
import { isAppError } from '../../core/errors.ts';
import { utcTime } from '../../exchange/time.ts';
import type { HistoricOrder, Order } from '../../exchange/types.ts';
import { type JournalEntry, orderFacts } from '../journal.ts';
import {
  type Find,
  type Finding,
  marginOf,
  notDone,
  type Reads,
  read,
  sameAmount,
} from './finding.ts';

/** A history page, and how many of them are searched. */
const PAGE = 100;
const MAX_PAGES = 50;

const timeOf = (order: Order | HistoricOrder): number => utcTime(order.createdAt);

/** Is this order what `params` ask for? Its time and whose it is are not looked at. */
export const isAsked = (params: Params, order: Order | HistoricOrder): boolean =>
  order.clientId === params.clientId &&
  order.symbol === params.symbol &&
  order.side === params.side &&
  order.orderType === params.orderType &&
  sameAmount(params.price, order.price) &&
  sameAmount(params.quantity, order.quantity) &&
  sameAmount(params.triggerPrice, order.triggerPrice);

/** Is it the order that a cancel names? */
export const isNamed = ({ symbol, orderId, clientId }: Params, order: Order | HistoricOrder) =>
  order.symbol === symbol &&
  (orderId === undefined ? order.clientId === clientId : order.id === orderId);

/** Was it made under the entry's client id, when the entry was sent? A time that cannot be read rules nothing out. */
function mayBeOf(entry: JournalEntry, order: Order | HistoricOrder): boolean {
  const { params, timestamp = 0 } = entry;
  const isElsewhen = Math.abs(timeOf(order) - timestamp) > marginOf(entry);
  return order.clientId === params.clientId && order.symbol === params.symbol && !isElsewhen;
}

const symbolOf = (entry: JournalEntry): string => String(entry.params.symbol);

/** The orders of the history, newest first, back to `oldest`. `isWhole`: none of them was left out. */
async function history(
  reads: Reads,
  entry: JournalEntry,
  oldest: number,
): Promise<{ past: readonly HistoricOrder[]; isWhole: boolean }> {
  const past: HistoricOrder[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = {
      symbol: symbolOf(entry),
      limit: PAGE,
      offset: page * PAGE,
      sortDirection: 'Desc',
    } as const;
    const answer = await read(reads, 'orderHistoryQueryAll', params);
    past.push(...answer);
    const last = answer.at(-1);
    if (answer.length < PAGE || last === undefined || timeOf(last) < oldest) {
      return { past, isWhole: true };
    }
  }
  return { past, isWhole: false };
}

const placed = (order: Order | HistoricOrder): Finding => ({
  is: { outcome: 'placed', ...orderFacts(order) },
});

/** By client id: resting orders first, then history, then fills, since an order only ever moves that way. */
export const findPlaced: Find = async (reads, entry, others) => {
  const symbol = symbolOf(entry);
  const isOurs = (order: Order | HistoricOrder) => mayBeOf(entry, order) && !others.has(order.id);
  const resting = (await read(reads, 'orderQueryAll', { symbol })).filter(isOurs);
  const live = resting.find((order) => isAsked(entry.params, order));
  if (live) return placed(live);
  const from = Math.max(0, (entry.timestamp ?? 0) - marginOf(entry));
  const { past, isWhole } = await history(reads, entry, from);
  const ours = past.filter(isOurs);
  const over = ours.find((order) => isAsked(entry.params, order));
  if (over) return placed(over);
  // An order under our client id that is not what was asked for proves nothing either way.
  if (resting.length + ours.length > 0) return { seems: 'unknown' };
  const filled = await read(reads, 'fillHistoryQueryAll', { symbol, from, limit: 1000 });
  const fill = filled.find(
    (each) =>
      each.clientId === String(entry.params.clientId) &&
      each.side === entry.params.side &&
      !others.has(each.orderId) &&
      utcTime(each.timestamp) >= from,
  );
  if (fill) return { is: { outcome: 'placed', orderId: fill.orderId } };
  return { seems: isWhole ? 'absent' : 'unknown' };
};

/** Does the order rest? Only the exchange's own word says that it does not: a proxy answers 404 as well. */
async function isResting(reads: Reads, { params }: JournalEntry): Promise<boolean> {
  const { symbol, orderId, clientId } = params;
  const which = typeof orderId === 'string' ? { orderId } : { clientId: Number(clientId) };
  try {
    await read(reads, 'orderQuery', { symbol: String(symbol), ...which });
    return true;
  } catch (error) {
    const isGone = isAppError(error, 'EXCHANGE') && error.data.status === 404;
    if (!isGone || error.data.code === '') throw error;
    return false;
  }
}

/** An order that rests no longer was cancelled, or filled before the cancel came: its history tells. */
export const findCancelled: Find = async (reads, entry) => {
  if (await isResting(reads, entry)) return notDone(entry);
  const { orderId } = entry.params;
  const { past } =
    typeof orderId === 'string'
      ? { past: await read(reads, 'orderHistoryQueryAll', { orderId }) }
      : await history(reads, entry, 0);
  const order = past.find((each) => isNamed(entry.params, each));
  if (order === undefined || OPEN.has(order.status)) return { seems: 'unknown' };
  const outcome = order.status === 'Filled' ? 'absent' : 'done';
  return { is: { outcome, ...orderFacts(order) } };
};

/** What a history that lags says of an order that rests no longer. */
const OPEN: ReadonlySet<string> = new Set(['New', 'PartiallyFilled', 'TriggerPending']);

/** Cancel-all took effect once nothing rests in the market that was there when it was sent. */
export const findAllCancelled: Find = async (reads, entry) => {
  const resting = await read(reads, 'orderQueryAll', { symbol: symbolOf(entry) });
  const { orderType } = entry.params;
  const left = resting.filter((order) => {
    const conditional = order.status === 'TriggerPending';
    const meant = orderType === undefined || (orderType === 'ConditionalOrder') === conditional;
    return meant && order.createdAt <= (entry.timestamp ?? 0);
  });
  return left.length === 0 ? { is: { outcome: 'done' } } : notDone(entry);
};
