import type { Params } from '../core/canonical.ts';
import { compare, isDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import type { Exchange, Identity } from '../exchange/client.ts';
import type { ChangingInstruction } from '../exchange/instructions/index.ts';
import { utcTime } from '../exchange/time.ts';
import type { HistoricOrder, Order } from '../exchange/types.ts';
import { type JournalEntry, orderFacts } from './journal.ts';

/**
 * What one look at the exchange says. `is`: how the request ended. `seems`: nothing was found, and what that comes to once
 * nothing more can come.
 */
export type Finding = { is: Partial<JournalEntry> } | { seems: 'absent' | 'unknown' };

/** Reads as the account that sent the request. */
export interface Reads {
  exchange: Exchange;
  identity: Identity;
  window: number;
}

/** After its window, a request can no longer take effect; this much more for clocks and queues. */
export const GRACE = 10_000;
/** A history page, and how many of them are searched. */
const PAGE = 100;
const MAX_PAGES = 50;

const timeOf = (order: Order | HistoricOrder): number => utcTime(order.createdAt);

const sameAmount = (sent: unknown, found: string | null | undefined): boolean =>
  sent === undefined ||
  found === undefined ||
  found === null ||
  (typeof sent === 'string' && isDecimal(sent) && isDecimal(found) && compare(sent, found) === 0);

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

/** How far the time of an order may lie from its request's: how far ahead a timestamp may be is documented nowhere. */
const marginOf = ({ window = 0 }: JournalEntry): number => window + GRACE;

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
    };
    const { answer } = await read(reads, 'orderHistoryQueryAll', params);
    past.push(...answer);
    const last = answer.at(-1);
    if (answer.length < PAGE || last === undefined || timeOf(last) < oldest) {
      return { past, isWhole: true };
    }
  }
  return { past, isWhole: false };
}

const read = <
  I extends 'orderQueryAll' | 'orderHistoryQueryAll' | 'fillHistoryQueryAll' | 'orderQuery',
>(
  { exchange, identity, window }: Reads,
  instruction: I,
  params: Record<string, string | number>,
) => exchange.read(identity, instruction, params, { window, asker: 'wallet' });

const placed = (order: Order | HistoricOrder): Finding => ({
  is: { outcome: 'placed', ...orderFacts(order) },
});

/** By client id: resting orders first, then history, then fills, since an order only ever moves that way. */
async function findPlaced(
  reads: Reads,
  entry: JournalEntry,
  others: ReadonlySet<string>,
): Promise<Finding> {
  const symbol = symbolOf(entry);
  const isOurs = (order: Order | HistoricOrder) => mayBeOf(entry, order) && !others.has(order.id);
  const resting = (await read(reads, 'orderQueryAll', { symbol })).answer.filter(isOurs);
  const live = resting.find((order) => isAsked(entry.params, order));
  if (live) return placed(live);
  const from = Math.max(0, (entry.timestamp ?? 0) - marginOf(entry));
  const { past, isWhole } = await history(reads, entry, from);
  const ours = past.filter(isOurs);
  const over = ours.find((order) => isAsked(entry.params, order));
  if (over) return placed(over);
  // An order under our client id that is not what was asked for proves nothing either way.
  if (resting.length + ours.length > 0) return { seems: 'unknown' };
  const filled = (await read(reads, 'fillHistoryQueryAll', { symbol, from, limit: 1000 })).answer;
  const fill = filled.find(
    (each) =>
      each.clientId === String(entry.params.clientId) &&
      each.side === entry.params.side &&
      !others.has(each.orderId) &&
      utcTime(each.timestamp) >= from,
  );
  if (fill) return { is: { outcome: 'placed', orderId: fill.orderId } };
  return { seems: isWhole ? 'absent' : 'unknown' };
}

/** What was taken, though not done yet, may still be done: the end of its window says nothing about it. */
const notDone = ({ outcome }: JournalEntry): Finding => ({
  seems: outcome === 'pending' ? 'unknown' : 'absent',
});

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
async function findCancelled(reads: Reads, entry: JournalEntry): Promise<Finding> {
  if (await isResting(reads, entry)) return notDone(entry);
  const { orderId } = entry.params;
  const { past } =
    typeof orderId === 'string'
      ? { past: (await read(reads, 'orderHistoryQueryAll', { orderId })).answer }
      : await history(reads, entry, 0);
  const order = past.find((each) => isNamed(entry.params, each));
  if (order === undefined || OPEN.has(order.status)) return { seems: 'unknown' };
  const outcome = order.status === 'Filled' ? 'absent' : 'done';
  return { is: { outcome, ...orderFacts(order) } };
}

/** What a history that lags says of an order that rests no longer. */
const OPEN: ReadonlySet<string> = new Set(['New', 'PartiallyFilled', 'TriggerPending']);

/** Cancel-all took effect once nothing rests in the market that was there when it was sent. */
async function findAllCancelled(reads: Reads, entry: JournalEntry): Promise<Finding> {
  const resting = (await read(reads, 'orderQueryAll', { symbol: symbolOf(entry) })).answer;
  const { orderType } = entry.params;
  const left = resting.filter((order) => {
    const conditional = order.status === 'TriggerPending';
    const meant = orderType === undefined || (orderType === 'ConditionalOrder') === conditional;
    return meant && order.createdAt <= (entry.timestamp ?? 0);
  });
  return left.length === 0 ? { is: { outcome: 'done' } } : notDone(entry);
}

type Find = (reads: Reads, entry: JournalEntry, others: ReadonlySet<string>) => Promise<Finding>;

/** One for each instruction that changes something; a new one without a way to know its outcome does not compile. */
const finders: Readonly<Record<ChangingInstruction, Find>> = {
  orderExecute: findPlaced,
  orderCancel: findCancelled,
  orderCancelAll: findAllCancelled,
};

/**
 * One look at the exchange for what became of a request.
 * @param others - ids of orders that are known to be other requests'.
 * @throws NETWORK, EXCHANGE, BAD_ANSWER if it could not look: that counts as no look at all.
 */
export const sweep: Find = (reads, entry, others) =>
  finders[entry.instruction](reads, entry, others);
