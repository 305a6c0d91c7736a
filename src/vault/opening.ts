import type { Bytes } from '../core/bytes.ts';
import { AppError } from '../core/errors.ts';
import { openContents } from './directory.ts';
import { isAuthentic, passwordSlotOf, type VaultBody, type VaultRecord } from './envelope.ts';
import { isWeaker, type KdfParameters, stronger } from './kdf.ts';
import { keptIn, vaultDamaged } from './keeper.ts';
import { deriveKeys, importRoot } from './keys.ts';
import { isPasswordSlot, openPasswordSlot, sealPasswordSlot } from './keyslots.ts';
import type { Opened } from './session.ts';
import type { Kept, RecordStore } from './store.ts';

/**
 * Opens a record with a password and lends what is in it to `use`; the raw data key is wiped when that is done.
 * @param damaged - the error for a record that opens but was edited.
 * @throws WRONG_PASSWORD
 */
export async function withOpened<T>(
  record: VaultRecord,
  password: string,
  damaged: () => AppError,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const dataKey = await dataKeyIn(record, password);
  try {
    return await use(await openedWith(record, dataKey, damaged));
  } finally {
    dataKey?.fill(0);
  }
}

/**
 * The same with the newer of the two copies. The second is read while the password is stretched for the first; only if it is
 * the one to take, that is done once more.
 * @throws EMPTY, WRONG_PASSWORD, VAULT_DAMAGED
 */
export async function withNewest<T>(
  store: RecordStore,
  password: string,
  use: (kept: Kept, opened: Opened) => Promise<T>,
): Promise<T> {
  const { record } = keptIn(await store.load());
  const reading = store.newest();
  reading.catch(() => undefined);
  let dataKey = await dataKeyIn(record, password);
  try {
    const kept = keptIn(await reading);
    if (kept.record.checksum !== record.checksum) {
      dataKey?.fill(0);
      dataKey = await dataKeyIn(kept.record, password);
    }
    return await use(kept, await openedWith(kept.record, dataKey, vaultDamaged));
  } finally {
    dataKey?.fill(0);
  }
}

const dataKeyIn = (record: VaultRecord, password: string): Promise<Bytes | undefined> =>
  openPasswordSlot(record.vaultId, passwordSlotOf(record), password);

/** What a data key opens. @throws WRONG_PASSWORD if there is none */
async function openedWith(
  record: VaultRecord,
  dataKey: Bytes | undefined,
  damaged: () => AppError,
): Promise<Opened> {
  if (dataKey === undefined) throw new AppError('WRONG_PASSWORD', undefined);
  const keys = await deriveKeys(await importRoot(dataKey), record.vaultId);
  if (!(await isAuthentic(record, keys.authentication))) throw damaged();
  const contents = await openContents(record, keys);
  if (contents === undefined) throw damaged();
  return { dataKey, keys, contents };
}

/** The slots of a record with a new password slot in place of the old one; all others as they are. */
export async function withPassword(
  record: VaultRecord,
  { dataKey }: Opened,
  password: string,
  parameters: KdfParameters,
): Promise<VaultBody['keyslots']> {
  const slot = await sealPasswordSlot(record.vaultId, dataKey, password, parameters);
  return record.keyslots.map((old) => (isPasswordSlot(old) ? slot : old));
}

/** The slots with today's KDF cost, or `undefined` if they have it already. */
export async function withRaisedCost(
  record: VaultRecord,
  opened: Opened,
  password: string,
  parameters: KdfParameters,
): Promise<VaultBody['keyslots'] | undefined> {
  const { kdf } = passwordSlotOf(record);
  if (!isWeaker(kdf, parameters)) return undefined;
  return withPassword(record, opened, password, stronger(kdf, parameters));
}
