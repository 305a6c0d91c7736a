import { decrypt, isEncrypted, isEncryptedSession, sessionCommands } from './chromium-crypt.ts';
import { gzipStreams } from './gzip.ts';
import { isTable, logRecords, tableEntries } from './leveldb.ts';
import { isMozLz4, unMozLz4 } from './lz4.ts';
import { fieldsOf, isSqlite, sqliteRecords } from './sqlite.ts';

/** A file of a browser's profile. */
export interface ProfileFile {
  /** Relative to the profile, with forward slashes. */
  path: string;
  bytes: Uint8Array;
  /** The write-ahead log of a database. */
  wal?: Uint8Array | undefined;
}

export interface View {
  /** How the bytes came to be: "raw", "mozLz4". */
  how: string;
  bytes: Uint8Array;
  /** Where in it values start that may be compressed with Snappy. */
  values?: 'anywhere' | 'at the start';
}

const LEVELDB_LOG = /(^|\/)(\d{6,}\.log|MANIFEST-\d+)$/;
const LEVELDB_TABLE = /\.(ldb|sst)$/;
/** Where browsers keep the values of sites and extensions; what they no longer refer to is still there, too. */
const STORES =
  /^storage\/(?!permanent\/chrome)|\/(IndexedDB|(Local|Session) Storage|\w+ Extension Settings)\/|\.(ldb|sst)$/;

/**
 * What a file holds, as it is and with every layer taken off that is known here, but for values that are compressed one by one.
 * @throws after what could be read, if the file says what it is and then cannot be read to its end: a scan that cannot see must not
 * say that it saw nothing.
 */
export function* viewsOf(file: ProfileFile): Generator<View> {
  const { path, bytes } = file;
  yield STORES.test(path) ? { how: 'raw', bytes, values: 'anywhere' } : { how: 'raw', bytes };
  for (const content of gzipStreams(bytes)) yield { how: 'gzip', bytes: content };
  if (isMozLz4(bytes)) {
    const content = unMozLz4(bytes);
    yield { how: 'mozLz4', bytes: content.bytes };
    if (!content.whole) throw new Error('cut off');
  }
  if (LEVELDB_LOG.test(path)) {
    yield { how: 'LevelDB log', bytes: logRecords(bytes), values: 'anywhere' };
  }
  if (LEVELDB_TABLE.test(path)) {
    if (!isTable(bytes)) throw new Error('no LevelDB table');
    yield { how: 'LevelDB table', bytes: tableEntries(bytes), values: 'anywhere' };
  }
  if (isEncryptedSession(bytes)) {
    for (const command of sessionCommands(bytes)) yield { how: 'decrypted', bytes: command };
  }
  if (isSqlite(bytes)) {
    for (const record of sqliteRecords(bytes, file.wal)) {
      yield { how: 'SQLite', bytes: record };
      for (const field of fieldsOf(record)) {
        yield { how: 'SQLite', bytes: field, values: 'at the start' };
        if (isEncrypted(field)) yield { how: 'SQLite, decrypted', bytes: decrypt(field) };
      }
    }
  }
}
