import 'fake-indexeddb/auto';
import { get, set } from 'idb-keyval';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/platform/database.ts';

it('adds the stores that an older version did not have, and keeps what that one wrote', async () => {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('older', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('vault').put('kept', 'record');
      request.result.createObjectStore('clear');
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
  });
  const store = openDatabase('older');
  expect(await get('record', store('vault'))).toBe('kept');
  await set(1, 'entry', store('log'));
  expect(await get(1, store('log'))).toBe('entry');
  expect(await get('any', store('grants'))).toBeUndefined();
});
