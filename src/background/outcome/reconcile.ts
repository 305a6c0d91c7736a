import { isAppError } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import { type Journal, KEPT } from '../records/journal.ts';
import type { JournalEntry, Seeming } from '../records/journal-entry.ts';
import { GRACE, type Reads } from './finding.ts';
import { type Sweep, sweep } from './outcomes.ts';
import { madeBy, rivalsOf } from './rivals.ts';

export interface ReconcilerDependencies {
  journal: Journal;
  /** Reads as that account. @throws LOCKED, or INVALID_INPUT if the account is no longer there. */
  reads: (account: string) => Promise<Reads>;
  sleep: (ms: number) => Promise<void>;
  isUnderWay: (id: string) => boolean;
  /** Something is being looked for, or nothing any more: keeps an alarm that wakes a stopped worker. */
  busy: (looking: boolean) => void;
}

export interface Reconciler {
  /** Finds out what became of one request. Resolves once it has its end, or nobody can look any more for now. */
  track(entry: JournalEntry): Promise<void>;
  /** At wake and at unlock: takes up everything that is not settled. */
  resume(): Promise<void>;
}

/** Why the order of an edit was not sent: the worker that held it was stopped, or locked. */
const stopped = ({ replaces }: JournalEntry): Pick<JournalEntry, 'error'> =>
  replaces === undefined
    ? {}
    : { error: { code: 'NOT_REPLACED', data: { reason: 'interrupted' } } };

/**
 * The exchange will not have itself be asked for it: asking again would go on for ever. What was found before stays, of the rest
 * nobody can know.
 */
const refusedLook =
  ({ parts }: JournalEntry) =>
  (error: unknown): Sweep => {
    if (!isAppError(error, 'EXCHANGE') || !REFUSED.has(error.data.status)) throw error;
    const seems = (parts ?? [{ outcome: undefined }]).map(({ outcome }) =>
      outcome === undefined ? ('unknown' as const) : undefined,
    );
    const ended = parts?.map((part) => ({
      ...part,
      outcome: part.outcome ?? ('unknown' as const),
    }));
    const atLast = { outcome: 'unknown', ...(ended && { parts: ended }) } as const;
    return { known: {}, seems, atLast };
  };
const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 422]);

/** One sweep alone says of something that it is absent: the one before had its doubts. */
const isOnlyNowAbsent = (
  before: JournalEntry['seemed'] = [],
  now: readonly (Seeming | undefined)[],
): boolean => now.some((each, index) => each === 'absent' && before[index] !== 'absent');

/** Two sweeps that count must be this far apart: a history may lag behind the book. */
const SPACING = 5_000;
const SLOWEST = 30_000;

/**
 * Finds the truth about requests whose answer is missing, by looking at the exchange. It only reads: nothing that moves
 * money is ever resent.
 */
export function createReconciler(deps: ReconcilerDependencies): Reconciler {
  const { journal, sleep } = deps;
  const looking = new Map<string, Promise<void>>();
  const serial = createQueue();

  /** Other requests of the same kind: a client id may have been used before, an address more than once. */
  const othersThan = async ({ id, account, instruction }: JournalEntry) =>
    (await journal.recent(KEPT)).filter(
      (other) => other.id !== id && other.account === account && other.instruction === instruction,
    );

  /** One sweep; the entry as it stands after it. */
  const lookOnce = async (entry: JournalEntry): Promise<JournalEntry> => {
    const reads = await deps.reads(entry.account);
    const { timestamp = entry.recordedAt, window = 0 } = entry;
    // By the exchange's own clock, since ours may be set at any time; and before the sweep, since only a look that began
    // after the request's time was up proves anything by finding nothing.
    const at = await reads.exchange.market('time', {});
    const others = await othersThan(entry);
    const made = new Set(others.flatMap(madeBy));
    const found = await sweep({ ...reads, at }, entry, made, rivalsOf(entry, others)).catch(
      refusedLook(entry),
    );
    if (found.seems === undefined) return journal.settle({ ...entry, ...found.known });
    const looked = { ...entry, ...found.known };
    const isSpaced = at - (entry.sweptAt ?? 0) >= SPACING;
    if (at <= timestamp + window + GRACE || !isSpaced) {
      return Object.keys(found.known).length === 0 ? entry : journal.put(looked);
    }
    const emptySweeps = (entry.emptySweeps ?? 0) + 1;
    const swept = { ...looked, emptySweeps, sweptAt: at, seemed: found.seems };
    return emptySweeps < 2 || isOnlyNowAbsent(entry.seemed, found.seems)
      ? journal.put(swept)
      : journal.settle({ ...swept, ...found.atLast });
  };

  const look = async (first: JournalEntry): Promise<void> => {
    let entry = first;
    for (let attempt = 0; entry.state !== 'settled'; attempt += 1) {
      await sleep(Math.min(500 * 2 ** Math.min(attempt, 4), SPACING + 500));
      try {
        entry = await lookOnce(entry);
      } catch (error) {
        // Locked: taken up again at the next unlock. Internal: it has its end already, or was erased.
        if (isAppError(error, 'LOCKED') || isAppError(error, 'INTERNAL')) return;
        if (isAppError(error, 'INVALID_INPUT')) {
          // The account was removed: nobody is left to ask as.
          entry = await journal.settle({ ...entry, outcome: 'unknown' });
        } else {
          await sleep(Math.min(1000 * 2 ** Math.min(attempt, 5), SLOWEST));
        }
      }
    }
  };

  const track = (entry: JournalEntry): Promise<void> => {
    const same = looking.get(entry.id);
    if (same !== undefined) return same;
    // A failing write (locked meanwhile, disk full) ends the look; the entry is taken up again at the next wake.
    const found = look(entry)
      .catch(() => undefined)
      .finally(() => {
        looking.delete(entry.id);
        if (looking.size === 0) deps.busy(false);
      });
    looking.set(entry.id, found);
    deps.busy(true);
    return found;
  };

  /** Takes up what an earlier worker left behind, each state on its own terms. */
  const takeUp = async (id: string): Promise<void> => {
    // Asked before it is read: who holds it now writes its end, and who held it until now has written it.
    if (deps.isUnderWay(id) || looking.has(id)) return;
    const entry = await journal.find(id);
    if (entry === undefined || entry.state === 'settled') return;
    const { state, outcome } = entry;
    if (state === 'recorded')
      await journal.settle({ ...entry, outcome: 'notSent', ...stopped(entry) });
    else if (state === 'refused' || (state === 'answered' && outcome !== 'pending')) {
      await journal.settle(entry);
    } else if (state === 'sent') void track(await journal.put({ ...entry, state: 'unknown' }));
    else void track(entry);
  };

  return {
    track,
    resume: () =>
      serial(async () => {
        for (const { id } of await journal.unsettled()) await takeUp(id);
      }),
  };
}
