import type { Params } from '../../core/canonical.ts';
import type { Quote, Rfq } from '../../exchange/answers/rfq.ts';
import type { OneEntry } from '../records/journal-entry.ts';
import {
  earliest,
  type Find,
  type Finding,
  isLater,
  isOfItsTime,
  mayBeAnother,
  notDone,
  type Reads,
  read,
  rowsSince,
  sameAmount,
  timeOf,
} from './finding.ts';

/** Is this request for quotes what `params` ask for? */
export const isAskedRfq = (params: Params, rfq: Rfq): boolean =>
  rfq.clientId === params.clientId &&
  rfq.symbol === params.symbol &&
  rfq.side === params.side &&
  sameAmount(params.price, rfq.price) &&
  sameAmount(params.quantity, rfq.quantity) &&
  sameAmount(params.quoteQuantity, rfq.quoteQuantity);

/** Is it the request that an acceptance or a cancel names? */
export const isNamedRfq = ({ rfqId, clientId }: Params, rfq: Rfq): boolean =>
  rfqId === undefined ? rfq.clientId === clientId : rfq.rfqId === rfqId;

export const isAskedQuote = (params: Params, quote: Quote): boolean =>
  quote.rfqId === params.rfqId &&
  quote.clientId === params.clientId &&
  sameAmount(params.bidPrice, quote.bidPrice) &&
  sameAmount(params.askPrice, quote.askPrice);

const history = (reads: Reads, oldest: number, only: { symbol?: string; rfqId?: string }) =>
  rowsSince<Rfq>(
    oldest,
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'rfqHistoryQueryAll', { ...only, ...page }),
  );

/** By client id: the open ones, then the history. */
export const findRfq: Find = async (reads, entry, others) => {
  const { params } = entry;
  const symbol = String(params.symbol);
  const open = (await read(reads, 'rfqQuery', { symbol })).map(({ rfq }) => rfq);
  const { rows, isWhole } = await history(reads, earliest(entry), { symbol });
  const ours = [...open, ...rows].filter(
    (each) =>
      each.clientId === params.clientId &&
      isOfItsTime(entry, timeOf(each.createdAt)) &&
      !others.has(each.rfqId),
  );
  const found = ours.find((each) => isAskedRfq(params, each));
  if (found) return { is: { outcome: 'placed', madeId: found.rfqId } };
  return { seems: ours.length === 0 && isWhole ? 'absent' : 'unknown' };
};

/** By client id. Nothing lists the quotes that are open, so not to find one proves nothing. */
export const findQuote: Find = async (reads, entry, others) => {
  const { rows } = await rowsSince<Quote>(
    earliest(entry),
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'quoteHistoryQueryAll', page),
  );
  const found = rows.find(
    (each) =>
      isAskedQuote(entry.params, each) &&
      isOfItsTime(entry, timeOf(each.createdAt)) &&
      !others.has(each.quoteId),
  );
  return found ? { is: { outcome: 'placed', madeId: found.quoteId } } : { seems: 'unknown' };
};

/** How the named request ended; `open` while it is. Unknown where more than one answers to the same client id. */
async function endOf(reads: Reads, entry: OneEntry): Promise<Rfq | 'open' | undefined> {
  const { rfqId } = entry.params;
  const byId = rfqId !== undefined;
  const isNamed = (each: Rfq): boolean => isNamedRfq(entry.params, each);
  const isAnother = (each: Rfq): boolean => !byId && isLater(entry, each);
  const only = typeof rfqId === 'string' ? { rfqId } : {};
  const open = (await read(reads, 'rfqQuery', only)).map(({ rfq }) => rfq);
  const named = open.filter(isNamed);
  if (named.some(isAnother) || (!byId && named.length > 1)) return undefined;
  if (named.length > 0) return 'open';
  if (!byId && mayBeAnother(reads, entry)) return undefined;
  const { rows } = await history(reads, 0, only);
  const [over, ...more] = rows.filter(isNamed);
  return more.length > 0 || (over && isAnother(over)) ? undefined : over;
}

const ENDED: ReadonlySet<string> = new Set(['Cancelled', 'Expired', 'Filled']);

/** Done with a trade by that very quote; not done if the request is still open, or ended without a trade. */
export const findAccepted: Find = async (reads, entry): Promise<Finding> => {
  const { params } = entry;
  const quoteId = String(params.quoteId);
  const fills = await read(reads, 'rfqFillHistoryQueryAll', { quoteId });
  if (fills.some((fill) => fill.quoteId === quoteId)) return { is: { outcome: 'done' } };
  const end = await endOf(reads, entry);
  if (end === 'open') return notDone(entry);
  // Filled, though not yet by this quote: the history of trades may lag behind.
  const isOver = end !== undefined && ENDED.has(end.status) && end.status !== 'Filled';
  return isOver ? { is: { outcome: 'absent' } } : { seems: 'unknown' };
};

/** Cancelled, unless it was filled or expired first. */
export const findRfqCancelled: Find = async (reads, entry): Promise<Finding> => {
  const end = await endOf(reads, entry);
  if (end === 'open') return notDone(entry);
  if (end === undefined || !ENDED.has(end.status)) return { seems: 'unknown' };
  return { is: { outcome: end.status === 'Cancelled' ? 'done' : 'absent' } };
};

/** How long a request stays open says nothing about who prolonged it. A person looks at the request itself. */
export const cannotBeFound: Find = async () => ({ seems: 'unknown' });
