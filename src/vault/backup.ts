import * as v from 'valibot';
import { equalBytes, fromBase64 } from '../core/bytes.ts';
import { type AppError, invalid } from '../core/errors.ts';
import { isKeyOf, unwrapAccountKey } from './account-keys.ts';
import type { Contents } from './directory.ts';
import { decodeRecord, digest, VAULT_VERSION, type VaultRecord } from './envelope.ts';
import { parseJson } from './json.ts';
import type { KdfParameters } from './kdf.ts';
import type { DataKeys } from './keys.ts';

const BACKUP_FORMAT = 'buckle-backup';
const BACKUP_VERSION = 1;
/** Far above any real backup, and far below what could hang the reader. */
const BACKUP_MAX_LENGTH = 4_000_000;

export interface BackupFile {
  filename: string;
  text: string;
}

export const backupDamaged = (): AppError => invalid('backup', 'backup-damaged');

/** The encrypted record as a file. It opens with the password that the vault has now. */
export async function writeBackup(vault: VaultRecord, now: number): Promise<BackupFile> {
  const file = { format: BACKUP_FORMAT, version: BACKUP_VERSION, vault };
  return {
    filename: `buckle-backup-${new Date(now).toISOString().slice(0, 10)}.json`,
    text: `${JSON.stringify({ ...file, checksum: await digest(file) }, null, 2)}\n`,
  };
}

const anyVersion = v.object({ format: v.literal(BACKUP_FORMAT), version: v.number() });
const vaultVersion = v.object({ vault: v.object({ version: v.number() }) });
const thisVersion = v.strictObject({
  format: v.literal(BACKUP_FORMAT),
  version: v.literal(BACKUP_VERSION),
  vault: v.unknown(),
  checksum: v.string(),
});

/**
 * The record in a backup file, whole but not yet opened.
 * @throws INVALID_INPUT at `backup`: backup-format (something else), backup-version (from a newer Buckle),
 * backup-damaged.
 */
export async function readBackup(text: string, floor: KdfParameters): Promise<VaultRecord> {
  if (text.length > BACKUP_MAX_LENGTH) throw invalid('backup', 'backup-format');
  const json = parseJson(text);
  if (json === undefined) {
    // Cut off or mangled, but ours by its first lines: say so, it is a file worth looking for elsewhere.
    throw text.includes(`"${BACKUP_FORMAT}"`)
      ? backupDamaged()
      : invalid('backup', 'backup-format');
  }
  const header = v.safeParse(anyVersion, json);
  if (!header.success) throw invalid('backup', 'backup-format');
  const inner = v.safeParse(vaultVersion, json);
  const isNewer = inner.success && inner.output.vault.version > VAULT_VERSION;
  if (header.output.version > BACKUP_VERSION || isNewer) throw invalid('backup', 'backup-version');
  const file = v.safeParse(thisVersion, json);
  const record = file.success ? await decodeRecord(file.output.vault, floor) : undefined;
  if (!file.success || record === undefined) throw backupDamaged();
  const { checksum, ...summed } = file.output;
  const [given, found] = [fromBase64(checksum), fromBase64(await digest(summed))];
  if (!given || !found || !equalBytes(given, found)) throw backupDamaged();
  return record;
}

/** @throws INVALID_INPUT backup-damaged unless each account's key unwraps and signs for its API key. */
export async function assertKeysOpen(
  { record, accounts }: Contents,
  { wrapping }: DataKeys,
): Promise<void> {
  for (const { id, apiKey } of accounts) {
    const entry = record.keys.find((key) => key.id === id);
    const place = { vaultId: record.vaultId, id, apiKey };
    const key = entry && (await unwrapAccountKey(wrapping, entry, place));
    if (!key || !(await isKeyOf(key, apiKey))) throw backupDamaged();
  }
}
