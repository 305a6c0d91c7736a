import { promisifyRequest, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { jsonDigest } from '../../core/bytes.ts';
import { type LogEntry, logEntry } from '../../messaging/log.ts';
import { readable } from './readable.ts';
import type { Seals } from './seals.ts';
import { swap } from './swap.ts';

/** An entry before it has its place in the sequence. */
export type LogDraft = Omit<LogEntry, 'number'>;

/** Where the log ends. `lost`: what is on disk does not say so, or says less than there is. */
export interface Head {
  count: number;
  /** Of the last record. */
  digest: string;
  /** The head as it stands on disk. */
  box: unknown;
}

export type Found = { entry: LogEntry; record: StoredEntry } | 'damaged' | 'missing';

/** `previous`: the digest of the record before it. It is sealed in, with the number, as the place of the box. */
const storedEntry = v.strictObject({ previous: v.string(), box: v.unknown() });
export type StoredEntry = v.InferOutput<typeof storedEntry>;

export interface Chain {
  /** The end as it is on disk. */
  head(): Promise<Head>;
  /** Writes the next entry after `head`; `undefined`, and nothing written, if that is no longer the end. */
  add(head: Head, draft: LogDraft): Promise<{ entry: LogEntry; head: Head } | undefined>;
  /** What stands at `first` to `last`, in this order. */
  range(first: number, last: number): Promise<readonly Found[]>;
}

/** What stands in place of a digest before the first entry, and before one that was written when the end was lost. */
export const START = 'start';
export const LOST = 'lost';

const ENTRY = 'log';
const HEAD = 'log-head';
/** Entries have their numbers for keys. */
const HEAD_KEY = 'head';
const headSealed = v.strictObject({ count: v.number(), digest: v.string() });
const placeOf = (number: number, previous: string): string => `${number}/${previous}`;

export const digestOf = (record: StoredEntry): Promise<string> => jsonDigest(record);

/**
 * The activity log on disk. Each entry is sealed with its number and the digest of the one before it, and a sealed head holds
 * the count and the last digest, so that an entry that was changed, exchanged, moved or taken away shows, and a cut end too.
 */
export function createChain({ store, seals }: { store: UseStore; seals: Seals }): Chain {
  /** Head and highest number in one transaction, or an entry written in between would look like one too many. */
  const ends = (): Promise<[box: unknown, highest: number]> =>
    store('readonly', (objects) =>
      Promise.all([
        promisifyRequest<unknown>(objects.get(HEAD_KEY)),
        // Numbers come before text among keys.
        promisifyRequest(
          objects.openKeyCursor(IDBKeyRange.upperBound(Number.MAX_SAFE_INTEGER), 'prev'),
        ).then((cursor) => (cursor === null ? 0 : Number(cursor.key))),
      ]),
    );

  const open = async (number: number, stored: unknown): Promise<Found> => {
    if (stored === undefined) return 'missing';
    const found = v.safeParse(storedEntry, stored);
    if (!found.success) return 'damaged';
    const { previous, box } = found.output;
    const opened = await readable(seals.open(ENTRY, placeOf(number, previous), box));
    const entry = v.safeParse(logEntry, opened);
    if (!entry.success || entry.output.number !== number) return 'damaged';
    return { entry: entry.output, record: { previous, box } };
  };

  return {
    async head() {
      const [box, highest] = await ends();
      if (box === undefined && highest === 0) return { count: 0, digest: START, box };
      const found = v.safeParse(headSealed, await readable(seals.open(HEAD, HEAD_KEY, box)));
      // An older head than the entries are: going on from it would write over them.
      if (!found.success || found.output.count < highest) {
        return { count: highest, digest: LOST, box };
      }
      return { ...found.output, box };
    },

    async add({ count, digest: previous, box: was }, draft) {
      const number = count + 1;
      const entry: LogEntry = { ...draft, number };
      const record = { previous, box: await seals.seal(ENTRY, placeOf(number, previous), entry) };
      const end = { count: number, digest: await digestOf(record) };
      const box = await seals.seal(HEAD, HEAD_KEY, end);
      const put = [
        [number, record],
        [HEAD_KEY, box],
      ] as const;
      const written = await swap(store, { key: HEAD_KEY, was, put });
      return written ? { entry, head: { ...end, box } } : undefined;
    },

    async range(first, last) {
      if (last < first) return [];
      const bounds = IDBKeyRange.bound(first, last);
      const [keys, values] = await store('readonly', (objects) =>
        Promise.all([
          promisifyRequest(objects.getAllKeys(bounds)),
          promisifyRequest<unknown[]>(objects.getAll(bounds)),
        ]),
      );
      const stored = new Map(keys.map((key, i) => [key, values[i]]));
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      return Promise.all(numbers.map((number) => open(number, stored.get(number))));
    },
  };
}
