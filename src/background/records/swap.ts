import type { UseStore } from 'idb-keyval';

/** Something to be written only if nobody else has written meanwhile. */
export interface Swap {
  /** The record that it was worked out from, and what stood there then; `undefined`: nothing. */
  key: IDBValidKey;
  was: unknown;
  put?: readonly (readonly [key: IDBValidKey, value: unknown])[];
  remove?: readonly IDBValidKey[];
}

/**
 * Writes all of it in one transaction, or nothing if what stands at `key` is no longer what it was. Encrypting is slower than
 * a transaction lives, so what is to be written is sealed before and compared here: two workers never both succeed.
 * Resolves when it is on disk.
 */
export function swap(store: UseStore, { key, was, put = [], remove = [] }: Swap): Promise<boolean> {
  return store(
    'readwrite',
    (objects) =>
      new Promise<boolean>((resolve, reject) => {
        let written = false;
        const { transaction } = objects;
        transaction.oncomplete = () => resolve(written);
        transaction.onabort = () => reject(transaction.error);
        const reading = objects.get(key);
        reading.onsuccess = () => {
          if (!isSame(reading.result, was)) return;
          for (const [each, value] of put) objects.put(value, each);
          for (const each of remove) objects.delete(each);
          written = true;
        };
      }),
  );
}

/** Sealed boxes are small JSON records, and no two writes of one are the same. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
