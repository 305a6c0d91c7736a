import type { UseStore } from 'idb-keyval';

const STORES = ['vault', 'session', 'journal', 'sealed', 'clear'] as const;
export type StoreName = (typeof STORES)[number];

/**
 * One IndexedDB database with a store for each kind of record, each usable with idb-keyval's functions.
 * Every write asks for strict durability, which idb-keyval's own store does not: what Buckle says it has written has
 * reached the disk.
 * @see https://developer.mozilla.org/docs/Web/API/IDBDatabase/transaction `durability`
 */
export function openDatabase(name = 'buckle'): (store: StoreName) => UseStore {
  let connection: Promise<IDBDatabase> | undefined;
  const connect = (): Promise<IDBDatabase> => {
    connection ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        for (const store of STORES) request.result.createObjectStore(store);
      };
      request.onsuccess = () => {
        // A connection that is closed, by the browser or by us, must not answer the next call.
        request.result.onclose = () => {
          connection = undefined;
        };
        request.result.onversionchange = () => {
          connection = undefined;
          request.result.close();
        };
        resolve(request.result);
      };
      request.onerror = () => {
        connection = undefined;
        reject(request.error);
      };
    });
    return connection;
  };
  return (store) => async (mode, callback) => {
    const database = await connect();
    const options = { durability: 'strict' } as const;
    return callback(database.transaction(store, mode, options).objectStore(store));
  };
}
