import { get, set, type UseStore } from 'idb-keyval';
import { openDatabase } from './database.ts';

const FILE = 'vault.json';
/** In its place where there is no private file system. */
const DATABASE = 'buckle-second';

/** One text that is kept apart from Buckle's database. Whatever the browser refuses is its own error. */
export interface KeptText {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * A file in the extension's private file system, which is a folder of its own in the profile; a second database where the
 * browser gives none, as where it keeps nothing on disk. Nothing is opened before the first use: a worker that wakes to sign
 * has no need of it.
 * @see https://developer.mozilla.org/docs/Web/API/StorageManager/getDirectory
 */
export function createKeptText(): KeptText {
  let folder: Promise<FileSystemDirectoryHandle | undefined> | undefined;
  let database: UseStore | undefined;
  const inFolder = (): Promise<FileSystemDirectoryHandle | undefined> => {
    folder ??= openFolder();
    return folder;
  };
  const inDatabase = (): UseStore => {
    database ??= openDatabase(DATABASE)('vault');
    return database;
  };
  return {
    async read() {
      const found = await inFolder();
      if (found) return readFile(found);
      const kept: unknown = await get(FILE, inDatabase());
      return typeof kept === 'string' ? kept : undefined;
    },
    async write(text) {
      const found = await inFolder();
      if (found === undefined) return set(FILE, text, inDatabase());
      const file = await found.getFileHandle(FILE, { create: true });
      // Written beside the file, and put in its place when it is closed.
      const writing = await file.createWritable();
      await writing.write(text);
      await writing.close();
    },
    async remove() {
      const found = await inFolder();
      await found?.removeEntry(FILE).catch(unlessMissing);
      // In both places, whichever was used when.
      await deleteDatabase();
    },
  };
}

async function openFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  const { storage } = navigator;
  if (typeof storage?.getDirectory !== 'function') return undefined;
  // Refused for good where the browser keeps nothing on disk.
  return storage.getDirectory().catch(() => undefined);
}

async function readFile(folder: FileSystemDirectoryHandle): Promise<string | undefined> {
  const file = await folder.getFileHandle(FILE).catch(unlessMissing);
  return file && (await file.getFile()).text();
}

/** For a `catch`: what is not there is no error. */
function unlessMissing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
  throw error;
}

const deleteDatabase = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
