import type { UseStore } from 'idb-keyval';

const STORES = ['vault', 'session', 'journal', 'sealed', 'clear', 'grants', 'log'] as const;
/** Rises with each new store: what an older version of Buckle has written stays. */
const VERSION = 2;
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
      const request = indexedDB.open(name, VERSION);
      request.onupgradeneeded = () => {
        const { result: database } = request;
        for (const store of STORES) {
          if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
        }
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
  // At once, so that it is open when somebody first needs it, who is told if it could not be.
  connect().catch(() => undefined);
  return (store) => async (mode, callback) => {
    const database = await connect();
    const options = { durability: 'strict' } as const;
    return callback(database.transaction(store, mode, options).objectStore(store));
  };
}
