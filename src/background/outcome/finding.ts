import { compare, isDecimal } from '../../core/decimal.ts';
import { isAppError } from '../../core/errors.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import type { AnswerOf, ParamsOf, ReadInstruction } from '../../exchange/instructions/index.ts';
import { utcTime } from '../../exchange/time.ts';
import type { JournalEntry, OneEntry, Seeming } from '../records/journal-entry.ts';

/**
 * What one look at the exchange says. `is`: how the request ended. `seems`: nothing was found, and what that comes to once
 * nothing more can come.
 */
export type Finding = { is: Partial<JournalEntry> } | { seems: Seeming };

/** Reads as the account that sent the request. */
export interface Reads {
  exchange: Exchange;
  identity: Identity;
  window: number;
  /** When this look began, by the exchange's clock. */
  at?: number;
}

/**
 * One look for what became of a request.
 * @param others - the exchange's ids of what other requests of the same instruction are known to have made.
 * @param rivals - those of them that may have made something, nobody knows which.
 * @throws NETWORK, EXCHANGE, BAD_ANSWER if it could not look: that counts as no look at all.
 */
export type Find = (
  reads: Reads,
  entry: OneEntry,
  others: ReadonlySet<string>,
  rivals: readonly OneEntry[],
) => Promise<Finding>;

/** After its window, a request can no longer take effect; this much more for clocks and queues. */
export const GRACE = 10_000;

/** How far a time may lie from its request's: how far ahead a timestamp may be is documented nowhere. */
export const marginOf = ({ window = 0 }: Pick<JournalEntry, 'window'>): number => window + GRACE;

export const read = async <I extends ReadInstruction>(
  { exchange, identity, window }: Reads,
  instruction: I,
  params: ParamsOf<I>,
): Promise<AnswerOf<I>> =>
  (await exchange.read(identity, instruction, params, { window, asker: 'wallet' })).answer;

/** Amounts are compared by value; one that is not given, or not told, rules nothing out. */
export const sameAmount = (sent: unknown, found: string | null | undefined): boolean =>
  sent === undefined ||
  found === undefined ||
  found === null ||
  (typeof sent === 'string' && isDecimal(sent) && isDecimal(found) && compare(sent, found) === 0);

/**
 * Is what a cancel finds under a client id still open to doubt? Client ids may be used again: until histories have had the time to
 * show the youngest, an older one may pose as it.
 */
export const mayBeAnother = ({ at = 0 }: Reads, entry: OneEntry): boolean =>
  at <= (entry.timestamp ?? 0) + marginOf(entry);

/** Was it made after the entry was sent? Then it has the client id that the entry names, and the entry meant another. */
export const isLater = (
  entry: OneEntry,
  { createdAt }: { createdAt?: string | number | null | undefined },
): boolean => timeOf(createdAt) > (entry.timestamp ?? 0);

/** What was taken, though not done yet, may still be done: the end of its window says nothing about it. */
export const notDone = ({ outcome }: OneEntry): Finding => ({
  seems: outcome === 'pending' ? 'unknown' : 'absent',
});

/** An instant of the exchange's; `NaN` if it is not told, or cannot be read. */
export const timeOf = (moment: string | number | null | undefined): number =>
  moment == null ? Number.NaN : utcTime(moment);

/** May this have been made by the entry? A time that is missing or cannot be read rules nothing out. */
export const isOfItsTime = (entry: OneEntry, at: number): boolean =>
  !(Math.abs(at - (entry.timestamp ?? 0)) > marginOf(entry));

/** When the earliest trace of the entry can be. */
export const earliest = (entry: OneEntry): number =>
  Math.max(0, (entry.timestamp ?? 0) - marginOf(entry));

/** A history page, and how many of them are searched. */
const PAGE = 100;
const MAX_PAGES = 50;

/** The rows of a history, newest first, back to `oldest`. `isWhole`: none of them was left out. */
export async function rowsSince<R>(
  oldest: number,
  at: (row: R) => number,
  page: (page: { limit: number; offset: number; sortDirection: 'Desc' }) => Promise<readonly R[]>,
): Promise<{ rows: readonly R[]; isWhole: boolean }> {
  const rows: R[] = [];
  for (let number = 0; number < MAX_PAGES; number += 1) {
    const found = await page({ limit: PAGE, offset: number * PAGE, sortDirection: 'Desc' });
    rows.push(...found);
    const last = found.at(-1);
    if (found.length < PAGE || last === undefined || at(last) < oldest) {
      return { rows, isWhole: true };
    }
  }
  return { rows, isWhole: false };
}

/** Yields `undefined` where there is no such thing. Only the exchange's own word counts: a proxy answers 404 as well. */
export async function orGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const isGone = isAppError(error, 'EXCHANGE') && error.data.status === 404;
    if (!isGone || error.data.code === '') throw error;
    return undefined;
  }
}

/** The same as a list: of that one, or of none. */
export async function thatOne<T>(reading: Promise<T>): Promise<readonly T[]> {
  const found = await orGone(reading);
  return found === undefined ? [] : [found];
}
