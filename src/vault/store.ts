import { clear, get, set, type UseStore } from 'idb-keyval';
import { decodeRecord, type VaultRecord } from './envelope.ts';
import type { KdfParameters } from './kdf.ts';
import { storing } from './storage.ts';

const RECORD = 'record';

/** Where the vault record is kept: how many copies there are, and their repair, is nobody else's business. */
export interface RecordStore {
  /** `undefined` if there is none, `damaged` if what is there cannot be read. */
  load(): Promise<VaultRecord | 'damaged' | undefined>;
  /** Writes `next` if what is stored still has this revision (`undefined`: nothing), in one transaction. */
  replace(revision: number | undefined, next: VaultRecord): Promise<boolean>;
  /** Writes over whatever is there, for a restore that a person asked for. */
  overwrite(next: VaultRecord): Promise<void>;
  erase(): Promise<void>;
}

export function createRecordStore(records: UseStore, floor: KdfParameters): RecordStore {
  return {
    async load() {
      const stored: unknown = await storing(get(RECORD, records));
      if (stored === undefined) return undefined;
      return (await decodeRecord(stored, floor)) ?? 'damaged';
    },
    replace: (revision, next) =>
      storing(records('readwrite', (store) => replaceIn(store, revision, next))),
    overwrite: (next) => storing(set(RECORD, next, records)),
    erase: () => storing(clear(records)),
  };
}

function replaceIn(
  store: IDBObjectStore,
  revision: number | undefined,
  next: VaultRecord,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let replaced = false;
    const { transaction } = store;
    transaction.oncomplete = () => resolve(replaced);
    transaction.onabort = () => reject(transaction.error);
    const reading = store.get(RECORD);
    reading.onsuccess = () => {
      const stored: unknown = reading.result;
      if (stored === undefined ? revision !== undefined : revisionOf(stored) !== revision) return;
      store.put(next, RECORD);
      replaced = true;
    };
  });
}

/** The revision that something stored claims; what claims none matches none. */
function revisionOf(stored: unknown): unknown {
  const isRecord = typeof stored === 'object' && stored !== null && 'revision' in stored;
  return isRecord ? stored.revision : Number.NaN;
}
