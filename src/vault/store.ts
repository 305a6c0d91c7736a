import type { UseStore } from 'idb-keyval';
import { AppError } from '../core/errors.ts';
import { createQueue } from '../core/queue.ts';
import { decodeRecord, type VaultRecord } from './envelope.ts';
import { createFirstCopy, type Mark, revisionOf } from './first-copy.ts';
import type { KdfParameters } from './kdf.ts';
import { readSecond, type Second, type SecondPlace } from './second-copy.ts';
import { storing } from './storage.ts';

/** The record that was found. */
export interface Kept {
  record: VaultRecord;
  /** The highest revision of this vault known to have been written. Above the record's own: this is an older state. */
  known: number;
  /** The other copy was looked at and does not hold it: `align` is due, once the record is known to be authentic. */
  isAlone: boolean;
}

/**
 * Where the vault record is kept: two copies in two places. Which of them serves is nobody else's business. Of two that pass
 * their checksum the higher revision is taken; the second never takes the place of a first that is another vault's.
 */
export interface RecordStore {
  /**
   * The first copy; the second is read only if that one is missing, damaged or older than its mark. `undefined` if there has
   * never been a vault, `damaged` if there was one that cannot be read any more. @throws STORAGE
   */
  load(): Promise<Kept | 'damaged' | undefined>;
  /** The same, with both copies read. */
  newest(): Promise<Kept | 'damaged' | undefined>;
  /** The highest revision that either copy or the mark speaks of; 0 if none does. */
  highest(): Promise<number>;
  /**
   * Writes `next` to both if the first still has this revision (`undefined`: nothing). The first comes first: a crash between
   * them leaves the older copy whole, and it is known to be older.
   * @param revokes - `next` takes a way in away: the second copy is deleted before, so that none is left that the old way opens.
   */
  replace(revision: number | undefined, next: VaultRecord, revokes?: boolean): Promise<boolean>;
  /** Makes both copies this record, which is authentic, unless the first is newer by now. */
  align(record: VaultRecord): Promise<void>;
  /** Writes over whatever is there, for a restore that a person asked for. */
  overwrite(next: VaultRecord): Promise<void>;
  /** Deletes both. */
  erase(): Promise<void>;
  /** The browser refused the second copy when it was written last. */
  lacksSecond(): boolean;
}

export interface RecordStoreDependencies {
  records: UseStore;
  second: SecondPlace;
  /** Is there anything that only a vault's keys can have sealed? Then there was a vault. */
  traces: () => Promise<boolean>;
  floor: KdfParameters;
}

type First = VaultRecord | 'damaged' | undefined;

export function createRecordStore(dependencies: RecordStoreDependencies): RecordStore {
  const { second, traces, floor } = dependencies;
  const first = createFirstCopy(dependencies.records);
  const serial = createQueue();
  let lacksSecond = false;

  async function readFirst(): Promise<{ stored: unknown; found: First; mark: Mark | undefined }> {
    const { stored, mark } = await first.read();
    if (stored === undefined) return { stored, found: undefined, mark };
    return { stored, found: (await decodeRecord(stored, floor)) ?? 'damaged', mark };
  }

  async function newest(): Promise<Kept | 'damaged' | undefined> {
    const [{ found, mark }, other] = await Promise.all([readFirst(), readSecond(second, floor)]);
    const record = better(found, other, mark);
    if (record) {
      const isAlone = [found, other].some((copy) => !isSame(copy, record));
      return { record, known: knownOf(record, mark), isAlone };
    }
    // It may be whole: nobody is told that the vault is lost before that is known.
    if (other === 'unreadable') throw new AppError('STORAGE', undefined);
    const wasThere = found ?? other ?? mark ?? ((await storing(traces())) || undefined);
    return wasThere && 'damaged';
  }

  /** A vault is whole with one copy: what fails here is tried again at the next writing and the next unlock. */
  async function writeSecond(record: VaultRecord): Promise<void> {
    lacksSecond = await second.write(JSON.stringify(record)).then(
      () => false,
      () => true,
    );
  }

  return {
    async load() {
      const { found, mark } = await readFirst();
      const isLast = isRecord(found) && found.revision >= knownOf(found, mark);
      return isLast ? { record: found, known: found.revision, isAlone: false } : newest();
    },
    newest,
    async highest() {
      const [{ found, mark }, other] = await Promise.all([readFirst(), readSecond(second, floor)]);
      const revisions = [found, other].map((copy) => (isRecord(copy) ? copy.revision : 0));
      return Math.max(...revisions, mark?.revision ?? 0);
    },
    replace: (revision, next, revokes = false) =>
      serial(async () => {
        if (revokes) await storing(second.remove());
        const isExpected = (stored: unknown): boolean =>
          stored === undefined ? revision === undefined : revisionOf(stored) === revision;
        const written = await first.write(next, isExpected);
        if (written) await writeSecond(next);
        return written;
      }),
    align: (record) =>
      serial(async () => {
        const { found, stored } = await readFirst();
        if (isRecord(found) && found.revision > record.revision) return;
        const isUnchanged = (there: unknown): boolean =>
          Object.is(revisionOf(there), revisionOf(stored));
        if (await first.write(record, isUnchanged)) await writeSecond(record);
      }),
    overwrite: (next) =>
      serial(async () => {
        await first.write(next, () => true);
        await writeSecond(next);
      }),
    erase: () =>
      serial(async () => {
        // While the first is there, an erasure that stops half-way is a vault that can be erased again.
        await storing(second.remove());
        await first.clear();
        lacksSecond = false;
      }),
    lacksSecond: () => lacksSecond,
  };
}

const isRecord = (copy: First | Second): copy is VaultRecord => typeof copy === 'object';

const isSame = (copy: First | Second, record: VaultRecord): boolean =>
  isRecord(copy) && copy.checksum === record.checksum;

const knownOf = ({ vaultId, revision }: VaultRecord, mark: Mark | undefined): number =>
  Math.max(revision, mark?.vaultId === vaultId ? mark.revision : 0);

/** Which of the copies is to be taken, by what can be known without a key. */
function better(first: First, second: Second, mark: Mark | undefined): VaultRecord | undefined {
  if (!isRecord(second)) return isRecord(first) ? first : undefined;
  // What an erased or replaced vault may have left there is not this vault.
  const vaultId = isRecord(first) ? first.vaultId : mark?.vaultId;
  const isOurs = vaultId === undefined || vaultId === second.vaultId;
  if (!isRecord(first)) return isOurs ? second : undefined;
  return isOurs && second.revision > first.revision ? second : first;
}
