import type { Surface } from '../drivers/driver.ts';

// The two copies of the vault, as they lie in the browser: a record in the database, a file in the private file system.

const IN_DATABASE = `(work) => new Promise((done, fail) => {
  const opening = indexedDB.open('buckle');
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const transaction = database.transaction('vault', 'readwrite');
    const asked = work(transaction.objectStore('vault'));
    transaction.oncomplete = () => { database.close(); done(asked.result); };
    transaction.onabort = () => fail(transaction.error);
  };
})`;

const IN_FOLDER = `async (work) => work(await navigator.storage.getDirectory())`;

/** The revision that each copy claims; `undefined` for one that is not there or is no record. */
export const revisions = async (
  surface: Surface,
): Promise<{ first: number | undefined; second: number | undefined }> => {
  const [first, second] = await Promise.all([
    surface.evaluate<{ revision?: number } | null>(
      `async () => (await (${IN_DATABASE})((store) => store.get('record'))) ?? null`,
    ),
    surface.evaluate<string>(`() => (${IN_FOLDER})(async (folder) => {
      try {
        return await (await (await folder.getFileHandle('vault.json')).getFile()).text();
      } catch (error) {
        if (error.name === 'NotFoundError') return '';
        throw error;
      }
    })`),
  ]);
  return { first: first?.revision, second: revisionIn(second) };
};

function revisionIn(text: string): number | undefined {
  try {
    const { revision } = JSON.parse(text) as { revision?: number };
    return revision;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Deletes the record in the database. */
export const deleteFirst = (surface: Surface): Promise<void> =>
  surface.evaluate(`async () => { await (${IN_DATABASE})((store) => store.delete('record')); }`);

/** Changes one letter of the record in the database. */
export const corruptFirst = (surface: Surface): Promise<void> =>
  surface.evaluate(`async () => {
    const record = await (${IN_DATABASE})((store) => store.get('record'));
    const { data } = record.directory;
    record.directory.data = (data[0] === 'A' ? 'B' : 'A') + data.slice(1);
    await (${IN_DATABASE})((store) => store.put(record, 'record'));
  }`);

/** Leaves only the first half of the file. */
export const cutSecond = (surface: Surface): Promise<void> =>
  surface.evaluate(`() => (${IN_FOLDER})(async (folder) => {
    const file = await folder.getFileHandle('vault.json');
    const text = await (await file.getFile()).text();
    const writing = await file.createWritable();
    await writing.write(text.slice(0, text.length / 2));
    await writing.close();
  })`);

/** Deletes the file. */
export const deleteSecond = (surface: Surface): Promise<void> =>
  surface.evaluate(`() => (${IN_FOLDER})((folder) => folder.removeEntry('vault.json'))`);
