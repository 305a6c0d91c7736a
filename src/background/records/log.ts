import type { UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { listOf } from '../../core/canonical.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import type { AnswerOf } from '../../messaging/contract.ts';
import { type LogEntry, logEntry } from '../../messaging/log.ts';
import {
  createChain,
  digestOf,
  type Found,
  type Head,
  LOST,
  type LogDraft,
  START,
} from './log-chain.ts';
import type { Seals } from './seals.ts';

export type { LogDraft };

export interface Log {
  /** Writes the next entry. It is on disk when the promise resolves. @throws LOCKED, and nothing is written. */
  append(draft: LogDraft): Promise<LogEntry>;
  /** The same for what no signature waits for, such as a rejection: while locked it is kept in memory until the next unlock. */
  note(draft: LogDraft): Promise<void>;
  /** At unlock: writes what was kept in memory. */
  catchUp(): Promise<void>;
  read(asked: {
    before?: number | undefined;
    limit: number;
    search?: string | undefined;
  }): Promise<AnswerOf<'log.read'>>;
  verify(from?: number): Promise<AnswerOf<'log.verify'>>;
  /** Drops everything from memory, on lock. */
  forget(): void;
}

export interface LogDependencies {
  store: UseStore;
  seals: Seals;
  /** Memory that outlives this worker, not the browser. */
  waiting: { get(): Promise<unknown>; set(drafts: readonly LogDraft[]): Promise<void> };
}

/** How many entries one call opens at most, and how many at a time. */
export const SCANNED = 2000;
const CHUNK = 200;
/** What is rejected beyond this many, all while locked, is not kept. */
const WAITING = 200;
/** Each means that another worker wrote in between; there is hardly ever one. */
const ATTEMPTS = 5;

const drafts = v.array(v.omit(logEntry, ['number']));

/** What was decided, in sequence: appended before anything is signed, never changed. */
export function createLog({ store, seals, waiting }: LogDependencies): Log {
  const chain = createChain({ store, seals });
  const serial = createQueue();
  const waitingSerial = createQueue();
  let known: Head | undefined;

  /** One at a time, or two entries would both be the next one. */
  const append = (draft: LogDraft): Promise<LogEntry> =>
    serial(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const added = await chain.add(known ?? (await chain.head()), draft);
        known = added?.head;
        if (added !== undefined) return added.entry;
      }
      throw new AppError('INTERNAL', undefined);
    });

  const kept = async (): Promise<readonly LogDraft[]> => {
    const found = v.safeParse(drafts, await waiting.get());
    return found.success ? found.output : [];
  };

  return {
    append,

    async note(draft) {
      try {
        await append(draft);
      } catch (error) {
        if (!isAppError(error, 'LOCKED')) throw error;
        await waitingSerial(async () => {
          await waiting.set([...(await kept()), draft].slice(0, WAITING));
        });
      }
    },

    catchUp: () =>
      waitingSerial(async () => {
        for (let left = await kept(); left.length > 0; left = left.slice(1)) {
          const [first] = left;
          if (first !== undefined) await append(first);
          await waiting.set(left.slice(1));
        }
      }),

    async read({ before, limit, search }) {
      const { count: total } = await chain.head();
      const words = search?.trim().toLowerCase() ?? '';
      const entries: LogEntry[] = [];
      const damaged: number[] = [];
      const newest = Math.min(total, (before ?? total + 1) - 1);
      const oldest = Math.max(1, newest - SCANNED + 1);
      const step = words === '' ? Math.min(CHUNK, limit) : CHUNK;
      let last = newest;
      while (last >= oldest && entries.length < limit) {
        const first = Math.max(oldest, last - step + 1);
        const found = await chain.range(first, last);
        for (let number = last; number >= first && entries.length < limit; number -= 1) {
          const each = found[number - first];
          if (typeof each === 'object') {
            if (matches(each.entry, words)) entries.push(each.entry);
          } else damaged.push(number);
          last = number - 1;
        }
      }
      return { entries, total, damaged, ...(last >= 1 ? { next: last + 1 } : {}) };
    },

    async verify(from = 1) {
      const { count: total, digest: end } = await chain.head();
      const first = Math.max(1, Math.trunc(from));
      const [before] = first === 1 ? [] : await chain.range(first - 1, first - 1);
      let previous = first === 1 ? START : await digestIn(before);
      const last = Math.min(total, first + SCANNED - 1);
      const broken = (number: number, kind: 'damaged' | 'missing' | 'rolled-back') => ({
        checked: number - 1,
        total,
        problem: { number, kind },
      });
      for (let start = first; start <= last; start += CHUNK) {
        const found = await chain.range(start, Math.min(last, start + CHUNK - 1));
        for (const [i, each] of found.entries()) {
          const number = start + i;
          if (typeof each === 'string') return broken(number, each);
          if (each.record.previous === LOST) return broken(number, 'rolled-back');
          // Both open in their places, yet this one was written after another one than that.
          if (each.record.previous !== previous)
            return broken(Math.max(1, number - 1), 'rolled-back');
          previous = await digestOf(each.record);
        }
      }
      if (last < total) return { checked: last, total, next: last + 1 };
      if (end === LOST) return broken(total + 1, 'missing');
      return previous === end ? { checked: total, total } : broken(total, 'rolled-back');
    },

    forget() {
      known = undefined;
    },
  };
}

const digestIn = async (found: Found | undefined): Promise<string> =>
  typeof found === 'object' ? digestOf(found.record) : LOST;

/** `words` in lower case; none match everything. */
function matches({ origin, what, instruction, decision, params }: LogEntry, words: string) {
  const where = listOf(params ?? {}).flatMap(({ symbol, address }) => [symbol, address]);
  return [origin, what, instruction, decision, ...where].some(
    (text) => typeof text === 'string' && text.toLowerCase().includes(words),
  );
}
