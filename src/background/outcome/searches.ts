import type { Params } from '../../core/canonical.ts';
import type { OneEntry } from '../records/journal-entry.ts';
import { type Finding, isLater, isOfItsTime, mayBeAnother, type Reads, timeOf } from './finding.ts';

// Orders, requests for quotes and strategies are open first and past then, and have a client id that may be used again.

interface Row {
  createdAt?: string | number | null | undefined;
}

/** How the things of one kind are told apart. */
interface Kind<R> {
  /** The exchange's own id. */
  idOf: (row: R) => string;
  /** The member of params and rows that holds the client id. */
  under: keyof R & string;
  /** Is it all that was asked for? */
  isAsked: (params: Params, row: R) => boolean;
}

/**
 * What a request made, among all that the exchange tells of.
 * @param isWhole - nothing is missing among the rows: only then does finding nothing say anything.
 */
export function madeAmong<R extends Row>(
  entry: OneEntry,
  others: ReadonlySet<string>,
  { rows, isWhole }: { rows: readonly R[]; isWhole: boolean },
  { idOf, under, isAsked }: Kind<R>,
): Finding {
  const { params } = entry;
  const ours = rows
    .filter((each) => each[under] === params[under] && !others.has(idOf(each)))
    .filter(({ createdAt }) => isOfItsTime(entry, timeOf(createdAt)));
  const found = ours.find((each) => isAsked(params, each));
  if (found) return { is: { outcome: 'placed', madeId: idOf(found) } };
  // Something under our client id that is not what was asked for proves nothing either way.
  return { seems: ours.length === 0 && isWhole ? 'absent' : 'unknown' };
}

/** Where to look for what a cancel or an acceptance names. */
interface Named<R> {
  /** It is named by the exchange's id, which nothing else ever has; if not, by a client id. */
  byId: boolean;
  isNamed: (params: Params, row: R) => boolean;
  /** What of that name is open. */
  open: () => Promise<readonly R[]>;
  /** The history that would hold it; asked for only where nothing is open. */
  past: () => Promise<readonly R[]>;
}

/**
 * How what an entry names ended; `open` while it has not. `undefined` where nothing tells, or where the client id may be
 * another's: of what was made later, or of one of many.
 */
export async function endOfNamed<R extends Row>(
  reads: Reads,
  entry: OneEntry,
  { byId, isNamed, open, past }: Named<R>,
): Promise<R | 'open' | undefined> {
  const isAnother = (each: R): boolean => !byId && isLater(entry, each);
  const live = await open();
  if (live.some(isAnother) || (!byId && live.length > 1)) return undefined;
  if (live.length > 0) return 'open';
  if (!byId && mayBeAnother(reads, entry)) return undefined;
  const [over, ...more] = (await past()).filter((each) => isNamed(entry.params, each));
  return more.length > 0 || (over && isAnother(over)) ? undefined : over;
}
