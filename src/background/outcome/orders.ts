import type { Params } from '../../core/canonical.ts';
import { compare, isDecimal } from '../../core/decimal.ts';
import { utcTime } from '../../exchange/time.ts';
import type { Fill, HistoricOrder, Order } from '../../exchange/types.ts';
import { type OneEntry, orderFacts } from '../records/journal-entry.ts';
import {
  earliest,
  type Find,
  type Finding,
  isOfItsTime,
  notDone,
  type Reads,
  read,
  rowsSince,
  sameAmount,
  thatOne,
  timeOf,
} from './finding.ts';
import { endOfNamed } from './searches.ts';

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
function mayBeOf(entry: OneEntry, order: Order | HistoricOrder): boolean {
  const { params } = entry;
  const isSame = order.clientId === params.clientId && order.symbol === params.symbol;
  return isSame && isOfItsTime(entry, timeOf(order.createdAt));
}

const symbolOf = (entry: OneEntry): string => String(entry.params.symbol);

/** The orders of the entry's market, newest first, back to `oldest`. */
const history = (reads: Reads, entry: OneEntry, oldest: number) =>
  rowsSince<HistoricOrder>(
    oldest,
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'orderHistoryQueryAll', { symbol: symbolOf(entry), ...page }),
  );

const placed = (order: Order | HistoricOrder): Finding => ({
  is: { outcome: 'placed', ...orderFacts(order) },
});

/** Can an order like this have been filled so? Never at a worse price than its own, nor by more than it was for. */
function isFillOf({ side, price, quantity }: Params, fill: Fill): boolean {
  const exceeds = (found: string, own: unknown, by: 1 | -1): boolean =>
    typeof own === 'string' && isDecimal(own) && isDecimal(found) && compare(found, own) === by;
  return (
    fill.side === side &&
    !exceeds(fill.price, price, side === 'Bid' ? 1 : -1) &&
    !exceeds(fill.quantity, quantity, 1)
  );
}

/** By client id: resting orders first, then history, then fills, since an order only ever moves that way. */
export const findPlaced: Find = async (reads, entry, others) => {
  const symbol = symbolOf(entry);
  const isOurs = (order: Order | HistoricOrder) => mayBeOf(entry, order) && !others.has(order.id);
  const resting = await read(reads, 'orderQueryAll', { symbol });
  const ourResting = resting.filter(isOurs);
  const live = ourResting.find((order) => isAsked(entry.params, order));
  if (live) return placed(live);
  const from = earliest(entry);
  const { rows: past, isWhole } = await history(reads, entry, from);
  const ours = past.filter(isOurs);
  const over = ours.find((order) => isAsked(entry.params, order));
  if (over) return placed(over);
  // An order under our client id that is not what was asked for proves nothing either way.
  if (ourResting.length + ours.length > 0) return { seems: 'unknown' };
  const filled = await read(reads, 'fillHistoryQueryAll', { symbol, from, limit: 1000 });
  // An order that is told elsewhere is told whole there, and was found not to be the one.
  const told = new Set([...others, ...[...resting, ...past].map(({ id }) => id)]);
  const fill = filled.find(
    (each) =>
      each.clientId === String(entry.params.clientId) &&
      !told.has(each.orderId) &&
      utcTime(each.timestamp) >= from,
  );
  if (fill && isFillOf(entry.params, fill)) {
    return { is: { outcome: 'placed', orderId: fill.orderId } };
  }
  return { seems: isWhole && fill === undefined ? 'absent' : 'unknown' };
};

/** An order that rests no longer was cancelled, or filled before the cancel came: its history tells. */
export const findCancelled: Find = async (reads, entry) => {
  const { orderId, clientId } = entry.params;
  const symbol = symbolOf(entry);
  const byId = typeof orderId === 'string';
  const which = byId ? { orderId } : { clientId: Number(clientId) };
  const end = await endOfNamed<Order | HistoricOrder>(reads, entry, {
    byId,
    isNamed,
    open: () => thatOne(read(reads, 'orderQuery', { symbol, ...which })),
    past: async () =>
      byId
        ? read(reads, 'orderHistoryQueryAll', { orderId })
        : (await history(reads, entry, 0)).rows,
  });
  if (end === 'open') return notDone(entry);
  const isFilled = end?.status === 'Filled';
  if (end === undefined || !(isFilled || isOver(end.status))) return { seems: 'unknown' };
  return { is: { outcome: isFilled ? 'absent' : 'done', ...orderFacts(end) } };
};

/** Does it rest no longer, and was not filled? A history that lags may say otherwise of an order that rests no longer. */
export const isOver = (status: string): boolean => OVER.has(status);
const OVER: ReadonlySet<string> = new Set(['Cancelled', 'Expired', 'TriggerFailed']);

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
