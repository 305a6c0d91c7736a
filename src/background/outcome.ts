import { compare, type Decimal, isDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import type { Exchange, Identity } from '../exchange/client.ts';
import type { ChangingInstruction } from '../exchange/instructions/index.ts';
import { utcTime } from '../exchange/time.ts';
import type { HistoricOrder, Order } from '../exchange/types.ts';
import { type JournalEntry, orderFacts } from './journal.ts';

/** What a sweep found out about a request whose answer is missing. `undefined`: nothing yet. */
export type Finding = Partial<JournalEntry> | undefined;

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
const MAX_PAGES = 10;

const timeOf = (order: Order | HistoricOrder): number =>
  typeof order.createdAt === 'number' ? order.createdAt : utcTime(order.createdAt);

const sameAmount = (sent: unknown, found: Decimal | null | undefined): boolean =>
  sent === undefined ||
  found === undefined ||
  found === null ||
  (typeof sent === 'string' && isDecimal(sent) && compare(sent, found) === 0);

/** Is this the order that the entry asked for? A client id alone is not proof: others may have used it before. */
function isOrderOf(entry: JournalEntry, order: Order | HistoricOrder): boolean {
  const { params, timestamp = 0, window = 0 } = entry;
  const at = timeOf(order);
  return (
    order.clientId === params.clientId &&
    order.symbol === params.symbol &&
    order.side === params.side &&
    order.orderType === params.orderType &&
    sameAmount(params.price, order.price) &&
    (params.quantity === undefined || sameAmount(params.quantity, order.quantity)) &&
    at >= timestamp - GRACE &&
    at <= timestamp + window + GRACE
  );
}

const symbolOf = (entry: JournalEntry): string => String(entry.params.symbol);

/** The orders of the history back to the time of the request, newest first. */
async function* history(reads: Reads, entry: JournalEntry): AsyncGenerator<HistoricOrder> {
  const oldest = (entry.timestamp ?? 0) - GRACE;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = {
      symbol: symbolOf(entry),
      limit: PAGE,
      offset: page * PAGE,
      sortDirection: 'Desc',
    };
    const { answer } = await read(reads, 'orderHistoryQueryAll', params);
    yield* answer;
    const last = answer.at(-1);
    if (answer.length < PAGE || last === undefined || timeOf(last) < oldest) return;
  }
}

const read = <
  I extends 'orderQueryAll' | 'orderHistoryQueryAll' | 'fillHistoryQueryAll' | 'orderQuery',
>(
  { exchange, identity, window }: Reads,
  instruction: I,
  params: Record<string, string | number>,
) => exchange.read(identity, instruction, params, { window, asker: 'wallet' });

/** By client id: resting orders first, then history, then fills, since an order only ever moves that way. */
async function findPlaced(reads: Reads, entry: JournalEntry): Promise<Finding> {
  const symbol = symbolOf(entry);
  const resting = (await read(reads, 'orderQueryAll', { symbol })).answer;
  const live = resting.find((order) => isOrderOf(entry, order));
  if (live) return { outcome: 'placed', ...orderFacts(live) };
  for await (const order of history(reads, entry)) {
    if (isOrderOf(entry, order)) return { outcome: 'placed', ...orderFacts(order) };
  }
  const from = Math.max(0, (entry.timestamp ?? 0) - GRACE);
  const filled = (await read(reads, 'fillHistoryQueryAll', { symbol, from, limit: 1000 })).answer;
  const fill = filled.find(
    (each) =>
      each.clientId === String(entry.params.clientId) &&
      each.side === entry.params.side &&
      utcTime(each.timestamp) >= from,
  );
  return fill && { outcome: 'placed', orderId: fill.orderId };
}

/** A cancel took effect once the order no longer rests. What it became instead comes from the history, if it is there yet. */
async function findCancelled(reads: Reads, entry: JournalEntry): Promise<Finding> {
  const { orderId, clientId } = entry.params;
  const which = typeof orderId === 'string' ? { orderId } : { clientId: Number(clientId) };
  try {
    await read(reads, 'orderQuery', { symbol: symbolOf(entry), ...which });
    return undefined;
  } catch (error) {
    if (!isAppError(error, 'EXCHANGE') || error.data.status !== 404) throw error;
  }
  for await (const order of history(reads, entry)) {
    const same = orderId === undefined ? order.clientId === clientId : order.id === orderId;
    if (same) return { outcome: 'done', ...orderFacts(order) };
  }
  return { outcome: 'done' };
}

/** Cancel-all took effect once nothing rests in the market that was there when it was sent. */
async function findAllCancelled(reads: Reads, entry: JournalEntry): Promise<Finding> {
  const resting = (await read(reads, 'orderQueryAll', { symbol: symbolOf(entry) })).answer;
  const { orderType } = entry.params;
  const left = resting.filter((order) => {
    const conditional = order.status === 'TriggerPending';
    const meant = orderType === undefined || (orderType === 'ConditionalOrder') === conditional;
    return meant && order.createdAt <= (entry.timestamp ?? 0);
  });
  return left.length === 0 ? { outcome: 'done' } : undefined;
}

type Find = (reads: Reads, entry: JournalEntry) => Promise<Finding>;

/** One for each instruction that changes something; a new one without a way to know its outcome does not compile. */
const finders: Readonly<Record<ChangingInstruction, Find>> = {
  orderExecute: findPlaced,
  orderCancel: findCancelled,
  orderCancelAll: findAllCancelled,
};

/**
 * One look at the exchange for what became of a request.
 * @throws NETWORK, EXCHANGE, BAD_ANSWER if it could not look: that counts as no look at all.
 */
export function sweep(reads: Reads, entry: JournalEntry): Promise<Finding> {
  return finders[entry.instruction](reads, entry);
}
