import { AppError } from '../core/errors.ts';
import { openContents } from './directory.ts';
import { isAuthentic, passwordSlotOf, type VaultBody, type VaultRecord } from './envelope.ts';
import { isWeaker, type KdfParameters, stronger } from './kdf.ts';
import { deriveKeys, importRoot } from './keys.ts';
import { isPasswordSlot, openPasswordSlot, sealPasswordSlot } from './keyslots.ts';
import type { Opened } from './session.ts';

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
  const dataKey = await openPasswordSlot(record.vaultId, passwordSlotOf(record), password);
  if (dataKey === undefined) throw new AppError('WRONG_PASSWORD', undefined);
  try {
    const keys = await deriveKeys(await importRoot(dataKey), record.vaultId);
    if (!(await isAuthentic(record, keys.authentication))) throw damaged();
    const contents = await openContents(record, keys);
    if (contents === undefined) throw damaged();
    return await use({ dataKey, keys, contents });
  } finally {
    dataKey.fill(0);
  }
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
