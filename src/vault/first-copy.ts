import { clear, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import type { VaultRecord } from './envelope.ts';
import { positive, uuid } from './fields.ts';
import { storing } from './storage.ts';

const RECORD = 'record';
const MARK = 'written';

/**
 * The highest revision that was written here, and of which vault. It lies beside the record: if that is damaged, gone or put
 * back from earlier, this still tells.
 */
const mark = v.strictObject({ vaultId: uuid, revision: positive });
export type Mark = v.InferOutput<typeof mark>;

/** The vault record in the database. */
export interface FirstCopy {
  /** What is there, as it is, and its mark. */
  read(): Promise<{ stored: unknown; mark: Mark | undefined }>;
  /** Writes `next` and its mark if `allows` says so of what is there: one transaction. */
  write(next: VaultRecord, allows: (stored: unknown) => boolean): Promise<boolean>;
  /** Deletes it, and the mark with it. */
  clear(): Promise<void>;
}

export const createFirstCopy = (records: UseStore): FirstCopy => ({
  read: () =>
    storing(
      records('readonly', (store) =>
        settled(store, () => {
          const reading = [store.get(RECORD), store.get(MARK)] as const;
          return () => ({ stored: reading[0].result, mark: markIn(reading[1].result) });
        }),
      ),
    ),
  write: (next, allows) =>
    storing(
      records('readwrite', (store) =>
        settled(store, () => {
          let written = false;
          const reading = [store.get(RECORD), store.get(MARK)] as const;
          // Requests are answered in their order: the record is here by then.
          reading[1].onsuccess = () => {
            if (!allows(reading[0].result)) return;
            store.put(next, RECORD);
            store.put(markAfter(next, markIn(reading[1].result)), MARK);
            written = true;
          };
          return () => written;
        }),
      ),
    ),
  clear: () => storing(clear(records)),
});

/** Begins requests at once; yields what they came to when their transaction is complete. */
function settled<T>({ transaction }: IDBObjectStore, begin: () => () => T): Promise<T> {
  const result = begin();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(result());
    transaction.onabort = () => reject(transaction.error);
  });
}

function markIn(stored: unknown): Mark | undefined {
  const found = v.safeParse(mark, stored);
  return found.success ? found.output : undefined;
}

/** It never falls for one vault: what was known once stays known. */
const markAfter = ({ vaultId, revision }: VaultRecord, before: Mark | undefined): Mark => ({
  vaultId,
  revision: Math.max(revision, before?.vaultId === vaultId ? before.revision : 0),
});

/** The revision that something stored claims; what claims none matches none. */
export function revisionOf(stored: unknown): number {
  const isRecord = typeof stored === 'object' && stored !== null && 'revision' in stored;
  return isRecord && typeof stored.revision === 'number' ? stored.revision : Number.NaN;
}
