import { promisifyRequest, type UseStore } from 'idb-keyval';
import { AppError } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';
import { type JournalEntry, viewOf } from './journal-entry.ts';
import { readable } from './readable.ts';
import type { Seals } from './seals.ts';

export interface Journal {
  /** Writes new entries, all or none. `false`, and nothing written, if one of the ids is already there. */
  add(...entries: readonly JournalEntry[]): Promise<boolean>;
  /**
   * Overwrites an entry that is not settled, and yields it.
   * @throws INTERNAL, and nothing is written, if it is not open: an end is final, and what was erased stays so.
   */
  put(entry: JournalEntry): Promise<JournalEntry>;
  /** Writes an entry's end: it moves to the settled ones. @throws INTERNAL as `put`. */
  settle(entry: JournalEntry): Promise<JournalEntry>;
  /** @throws VAULT_DAMAGED if it is there and does not open: nothing is known then of what became of it. */
  find(id: string): Promise<JournalEntry | undefined>;
  /** Entries that are not settled, oldest first. */
  unsettled(): Promise<readonly JournalEntry[]>;
  /** All unsettled ones and the last `count` settled ones, newest first. */
  recent(count: number): Promise<readonly JournalEntry[]>;
}

/** How many settled entries are kept. */
export const KEPT = 500;
const PURPOSE = 'journal';

// Keys tell what is open without decrypting anything: open/<id>, done/<recordedAt>/<id>.
const openKey = (id: string): string => `open/${id}`;
const doneKey = (entry: JournalEntry): string =>
  `done/${String(entry.recordedAt).padStart(15, '0')}/${entry.id}`;
const isOpenKey = (key: string): boolean => key.startsWith('open/');
const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** A record as it lies on disk. */
interface Stored {
  id: string;
  sealed: unknown;
}

export interface JournalDependencies {
  store: UseStore;
  seals: Seals;
  now: () => number;
  /** An entry was written. */
  moved: (view: RequestView) => void;
}

export function createJournal({ store, seals, now, moved }: JournalDependencies): Journal {
  /**
   * The records under the keys that `choose` picks of all, sorted. Listed and read in one transaction: an entry that is given its
   * end moves to another key, and in between it would seem never to have been there.
   */
  const select = (choose: (keys: string[]) => string[]): Promise<Stored[]> =>
    store('readonly', async (objects) => {
      const all = (await promisifyRequest(objects.getAllKeys())).map(String).sort();
      const read = async (key: string): Promise<Stored> => ({
        id: idOf(key),
        sealed: await promisifyRequest<unknown>(objects.get(key)),
      });
      return Promise.all(choose(all).map(read));
    });

  // Sealed by us under this id: nobody without the vault's key can have written it.
  const open = async ({ id, sealed }: Stored): Promise<JournalEntry> =>
    (await seals.open(PURPOSE, id, sealed)) as JournalEntry;
  const openAll = async (found: readonly Stored[]): Promise<JournalEntry[]> => {
    const opened = await Promise.all(found.map((each) => readable(open(each))));
    return opened.filter((entry) => entry !== undefined);
  };

  /** One transaction, done only when it is on disk. `change` says what to write once it has seen the keys. */
  const transact = (change: (store: IDBObjectStore, keys: string[]) => void): Promise<void> =>
    store('readwrite', (objects) => {
      const listing = objects.getAllKeys();
      listing.onsuccess = () => change(objects, listing.result.map(String));
      return new Promise<void>((resolve, reject) => {
        objects.transaction.oncomplete = () => resolve();
        objects.transaction.onabort = () => reject(objects.transaction.error);
      });
    });

  const put = async (entry: JournalEntry): Promise<JournalEntry> => {
    const sealed = await seals.seal(PURPOSE, entry.id, entry);
    let isOpen = false;
    await transact((objects, present) => {
      isOpen = present.includes(openKey(entry.id));
      if (!isOpen) return;
      if (entry.state !== 'settled') {
        objects.put(sealed, openKey(entry.id));
        return;
      }
      objects.delete(openKey(entry.id));
      objects.put(sealed, doneKey(entry));
      const done = present.filter((key) => key.startsWith('done/')).sort();
      for (const key of done.slice(0, Math.max(0, done.length + 1 - KEPT))) objects.delete(key);
    });
    if (!isOpen) throw new AppError('INTERNAL', undefined);
    moved(viewOf(entry));
    return entry;
  };

  return {
    put,
    settle: (entry) => put({ ...entry, state: 'settled', settledAt: now() }),
    async add(...entries) {
      const sealed = await Promise.all(
        entries.map(
          async (entry) => [await seals.seal(PURPOSE, entry.id, entry), entry.id] as const,
        ),
      );
      let added = false;
      await transact((objects, present) => {
        if (present.some((key) => entries.some(({ id }) => idOf(key) === id))) return;
        for (const [box, id] of sealed) objects.put(box, openKey(id));
        added = true;
      });
      if (added) for (const entry of entries) moved(viewOf(entry));
      return added;
    },
    async find(id) {
      const [found] = await select((keys) => keys.filter((key) => idOf(key) === id));
      return found && open(found);
    },
    async unsettled() {
      const found = await openAll(await select((keys) => keys.filter(isOpenKey)));
      return found.sort((a, b) => a.recordedAt - b.recordedAt);
    },
    async recent(count) {
      const found = await select((keys) => {
        const done = keys.filter((key) => key.startsWith('done/'));
        return [...done.slice(-count), ...keys.filter(isOpenKey)];
      });
      return (await openAll(found)).sort((a, b) => b.recordedAt - a.recordedAt);
    },
  };
}
