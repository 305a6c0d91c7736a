import { AppError } from '../core/errors.ts';
import { createQueue } from '../core/queue.ts';
import type { Changes } from './accounts.ts';
import { type Contents, openContents, sealDirectory } from './directory.ts';
import { bodyOf, isAuthentic, sealRecord, type VaultRecord } from './envelope.ts';
import { createSession, type Live, type Session } from './session.ts';
import type { SessionStores } from './session-keys.ts';
import type { Kept, RecordStore } from './store.ts';

export const vaultDamaged = (): AppError => new AppError('VAULT_DAMAGED', undefined);

/** The record and the session together: every read is checked, every write follows the last one. */
export interface Keeper {
  readonly store: RecordStore;
  readonly session: Session;
  /** One at a time: all that writes the record or begins a session. */
  readonly serial: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * The record; while unlocked, also authentic, no older than the last one seen, and in both places. @throws EMPTY, VAULT_DAMAGED */
  read(): Promise<VaultRecord>;
  /** Changes the record as it is now, and counts its revision up. @throws LOCKED, VAULT_DAMAGED */
  change<C extends Changes>(edit: (contents: Contents, live: Live) => Promise<C>): Promise<C>;
}

export function createKeeper(store: RecordStore, stores: SessionStores, now: () => number): Keeper {
  const serial = createQueue();
  const session = createSession({
    stores,
    now,
    load() {
      const loading = store.load();
      // Without a session nobody asks for it.
      loading.catch(() => undefined);
      return async (vaultId, keys) => {
        const kept = await loading;
        if (typeof kept !== 'object' || kept.record.vaultId !== vaultId) return undefined;
        const { record } = kept;
        // An older state is not taken up unseen: whoever unlocks is told.
        if (record.revision < kept.known) return undefined;
        const [authentic, contents] = await Promise.all([
          isAuthentic(record, keys.authentication),
          openContents(record, keys),
        ]);
        return authentic ? contents : undefined;
      };
    },
  });

  async function read(): Promise<VaultRecord> {
    const live = await session.current();
    const kept = keptIn(await store.load());
    if (live === undefined || (!kept.isAlone && (await follows(kept.record, live)))) {
      return kept.record;
    }
    const { record, isAlone } = keptIn(await store.newest());
    if (!(await follows(record, live))) throw vaultDamaged();
    if (isAlone) await store.align(record);
    return record;
  }

  /** One turn of `change`; `undefined` if somebody else wrote in between. */
  async function attempt<C extends Changes>(
    edit: (contents: Contents, live: Live) => Promise<C>,
  ): Promise<C | undefined> {
    const live = await session.require();
    const contents = await openContents(await read(), live.keys);
    if (contents === undefined) throw vaultDamaged();
    const changes = await edit(contents, live);
    const next = await changed(contents, live, changes);
    // A lock that came meanwhile wins.
    await session.check(live);
    const { revision } = contents.record;
    if (!(await store.replace(revision, next.record, changes.revokes))) return undefined;
    live.contents = next;
    return changes;
  }

  return {
    store,
    session,
    serial,
    read,
    change: (edit) =>
      serial(async () => {
        let changes = await attempt(edit);
        while (changes === undefined) changes = await attempt(edit);
        return changes;
      }),
  };
}

/** @throws EMPTY, VAULT_DAMAGED */
export function keptIn(loaded: Kept | 'damaged' | undefined): Kept {
  if (loaded === undefined) throw new AppError('EMPTY', undefined);
  if (loaded === 'damaged') throw vaultDamaged();
  return loaded;
}

/** Is this the record of the living session, or a later state of it? */
async function follows(record: VaultRecord, live: Live): Promise<boolean> {
  const isOurs = record.vaultId === live.vaultId;
  const isOlder = record.revision < live.contents.record.revision;
  return isOurs && !isOlder && isAuthentic(record, live.keys.authentication);
}

async function changed(
  { record, accounts }: Contents,
  { vaultId, keys }: Live,
  changes: Changes,
): Promise<Contents> {
  const next = await sealRecord(
    {
      ...bodyOf(record),
      revision: record.revision + 1,
      keyslots: changes.keyslots ?? record.keyslots,
      keys: changes.keys ?? record.keys,
      directory: changes.accounts
        ? await sealDirectory(changes.accounts, vaultId, keys)
        : record.directory,
    },
    keys.authentication,
  );
  return { record: next, accounts: changes.accounts ?? accounts };
}
