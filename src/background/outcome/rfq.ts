import type { Params } from '../../core/canonical.ts';
import type { Quote, Rfq } from '../../exchange/answers/rfq.ts';
import type { OneEntry } from '../records/journal-entry.ts';
import {
  earliest,
  type Find,
  type Finding,
  notDone,
  type Reads,
  read,
  rowsSince,
  sameAmount,
  timeOf,
} from './finding.ts';
import { endOfNamed, madeAmong } from './searches.ts';

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

const ofRfqs = { idOf: ({ rfqId }: Rfq) => rfqId, under: 'clientId', isAsked: isAskedRfq } as const;
const ofQuotes = {
  idOf: ({ quoteId }: Quote) => quoteId,
  under: 'clientId',
  isAsked: isAskedQuote,
} as const;

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
  return madeAmong(entry, others, { rows: [...open, ...rows], isWhole }, ofRfqs);
};

/** By client id. Nothing lists the quotes that are open, so not to find one proves nothing. */
export const findQuote: Find = async (reads, entry, others) => {
  const { rows } = await rowsSince<Quote>(
    earliest(entry),
    ({ createdAt }) => timeOf(createdAt),
    (page) => read(reads, 'quoteHistoryQueryAll', page),
  );
  return madeAmong(entry, others, { rows, isWhole: false }, ofQuotes);
};

/** How the named request ended; `open` while it is. */
const endOf = (reads: Reads, entry: OneEntry): Promise<Rfq | 'open' | undefined> => {
  const { rfqId } = entry.params;
  const only = typeof rfqId === 'string' ? { rfqId } : {};
  return endOfNamed(reads, entry, {
    byId: rfqId !== undefined,
    isNamed: isNamedRfq,
    open: async () => {
      const open = await read(reads, 'rfqQuery', only);
      return open.map(({ rfq }) => rfq).filter((each) => isNamedRfq(entry.params, each));
    },
    past: async () => (await history(reads, 0, only)).rows,
  });
};

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
