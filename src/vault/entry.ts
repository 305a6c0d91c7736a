import { AppError, invalid } from '../core/errors.ts';
import { randomBytes } from './aes.ts';
import { assertKeysOpen, backupDamaged, readBackup } from './backup.ts';
import { sealDirectory } from './directory.ts';
import {
  bodyOf,
  sealRecord,
  VAULT_FORMAT,
  VAULT_VERSION,
  type VaultBody,
  type VaultRecord,
} from './envelope.ts';
import { assertPassword, type KdfPolicy } from './kdf.ts';
import { type Keeper, vaultDamaged } from './keeper.ts';
import { DATA_KEY_LENGTH, deriveKeys, importRoot } from './keys.ts';
import { sealPasswordSlot } from './keyslots.ts';
import { withNewest, withOpened, withPassword, withRaisedCost } from './opening.ts';
import type { Opened } from './session.ts';
import type { Kept } from './store.ts';

const alreadyThere = (): AppError => invalid('vault', 'conflict');

/**
 * Makes the first record and leaves it unlocked.
 * @param since - here and below, the session's epoch when the person asked: a lock after that wins.
 */
export async function createIn(
  { store, session }: Keeper,
  since: number,
  password: string,
  { parameters }: KdfPolicy,
): Promise<void> {
  assertPassword(password);
  await session.current();
  const there = await store.load();
  if (there === 'damaged') throw vaultDamaged();
  if (there !== undefined) throw alreadyThere();
  const dataKey = randomBytes(DATA_KEY_LENGTH);
  try {
    const vaultId = crypto.randomUUID();
    const keys = await deriveKeys(await importRoot(dataKey), vaultId);
    const body: VaultBody = {
      format: VAULT_FORMAT,
      version: VAULT_VERSION,
      vaultId,
      revision: 1,
      keyslots: [await sealPasswordSlot(vaultId, dataKey, password, parameters)],
      directory: await sealDirectory([], vaultId, keys),
      keys: [],
    };
    const record = await sealRecord(body, keys.authentication);
    if (!(await store.replace(undefined, record))) throw alreadyThere();
    await session.begin(since, { dataKey, keys, contents: { record, accounts: [] } });
  } finally {
    dataKey.fill(0);
  }
}

/** Leaves a living session as it is, once the password was found right. */
export async function unlockIn(
  keeper: Keeper,
  since: number,
  password: string,
  { parameters }: KdfPolicy,
): Promise<void> {
  const { store, session } = keeper;
  if (await session.current()) {
    await verifyIn(keeper, password);
    if (await session.current()) return;
  }
  await withNewest(store, password, async ({ record, known, isAlone }, opened) => {
    if (isAlone) await store.align(record);
    const next = await raised({ record, known }, opened, password, parameters);
    const isWritten = next !== record && (await store.replace(record.revision, next));
    const { accounts } = opened.contents;
    const contents = { record: isWritten ? next : record, accounts };
    await session.begin(since, { ...opened, contents });
  });
}

/**
 * The record with the KDF cost of today, revision counted up; the same record if it has that already. An older state that was
 * taken because the last one is lost is counted past it: it is the last one from now on.
 */
async function raised(
  { record, known }: Pick<Kept, 'record' | 'known'>,
  opened: Opened,
  password: string,
  parameters: KdfPolicy['parameters'],
): Promise<VaultRecord> {
  const keyslots = await withRaisedCost(record, opened, password, parameters);
  if (keyslots === undefined && known === record.revision) return record;
  const body = { ...bodyOf(record), keyslots: keyslots ?? record.keyslots, revision: known + 1 };
  return sealRecord(body, opened.keys.authentication);
}

/** @throws WRONG_PASSWORD, VAULT_DAMAGED, EMPTY */
export async function verifyIn({ read }: Keeper, password: string): Promise<void> {
  await withOpened(await read(), password, vaultDamaged, () => Promise.resolve());
}

/** Rewrites the password slot and nothing else. */
export async function changePasswordIn(
  { change }: Keeper,
  current: string,
  next: string,
  { parameters }: KdfPolicy,
): Promise<void> {
  assertPassword(next);
  await change(({ record }) =>
    withOpened(record, current, vaultDamaged, async (opened) => ({
      keyslots: await withPassword(record, opened, next, parameters),
      revokes: true,
    })),
  );
}

/** Replaces the vault by a backup, after the whole of it has been checked, and leaves it unlocked. */
export async function restoreIn(
  { store, session }: Keeper,
  since: number,
  text: string,
  password: string,
  { parameters, floor }: KdfPolicy,
): Promise<void> {
  const backup = await readBackup(text, floor);
  await withOpened(backup, password, backupDamaged, async (opened) => {
    await assertKeysOpen(opened.contents, opened.keys);
    const asItWas = { record: backup, known: backup.revision };
    const next = await raised(asItWas, opened, password, parameters);
    await session.current();
    // Newer than what it replaces, so that no other copy of that is ever taken for the later state.
    const revision = Math.max(next.revision, await store.highest()) + 1;
    const record = await sealRecord({ ...bodyOf(next), revision }, opened.keys.authentication);
    if (session.epoch() !== since) throw new AppError('LOCKED', undefined);
    await session.lock();
    const locked = session.epoch();
    await store.overwrite(record);
    await session.begin(locked, { ...opened, contents: { ...opened.contents, record } });
  });
}
