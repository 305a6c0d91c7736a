import * as v from 'valibot';
import { fromUtf8, utf8 } from '../core/bytes.ts';
import { invalid } from '../core/errors.ts';
import type { WrappedKey } from './account-keys.ts';
import { associated, type Box, decrypt, encrypt } from './aes.ts';
import type { VaultRecord } from './envelope.ts';
import { base64, time, uuid } from './fields.ts';
import type { DataKeys } from './keys.ts';

const account = v.strictObject({
  id: uuid,
  label: v.string(),
  /** Base64 of the 32-byte public key. */
  apiKey: base64(32),
  /** `unregistered` until the exchange was seen to know the key. */
  status: v.picklist(['unregistered', 'active']),
  createdAt: time,
});
const directory = v.array(account);

/** Made by `crypto.randomUUID()`. */
export type AccountId = string;
export type Account = v.InferOutput<typeof account>;

/** A record with its directory opened. */
export interface Contents {
  readonly record: VaultRecord;
  readonly accounts: readonly Account[];
}

const directoryData = (vaultId: string) => associated('buckle-vault', 1, vaultId, 'directory');

/** Encrypts names, states and API keys: none of them is in the clear on disk. */
export const sealDirectory = (
  accounts: readonly Account[],
  vaultId: string,
  { sealing }: DataKeys,
): Promise<Box> => encrypt(sealing, utf8(JSON.stringify(accounts)), directoryData(vaultId));

/** The record with its accounts, or `undefined` if the directory does not open or names other keys than there are. */
export async function openContents(
  record: VaultRecord,
  { sealing }: DataKeys,
): Promise<Contents | undefined> {
  const plain = await decrypt(sealing, record.directory, directoryData(record.vaultId));
  if (plain === undefined) return undefined;
  const accounts = v.parse(directory, JSON.parse(fromUtf8(plain)));
  return isPaired(accounts, record.keys) ? { record, accounts } : undefined;
}

function isPaired(accounts: readonly Account[], keys: readonly WrappedKey[]): boolean {
  const ids = new Set(keys.map(({ id }) => id));
  const listed = new Set(accounts.map(({ id }) => id));
  const once = ids.size === keys.length && listed.size === accounts.length;
  return once && ids.size === listed.size && accounts.every(({ id }) => ids.has(id));
}

const LABEL_MAX_LENGTH = 64;

/**
 * The name of an account, without white space around it.
 * @throws INVALID_INPUT at `label`: required, maximum (64 characters), character (controls, and marks that turn the
 * direction of text: a name is shown beside what is signed).
 */
export function accountLabel(typed: string): string {
  const label = typed.trim();
  if (label === '') throw invalid('label', 'required');
  if (Array.from(label).length > LABEL_MAX_LENGTH) {
    throw invalid('label', 'maximum', String(LABEL_MAX_LENGTH));
  }
  if (!label.isWellFormed() || /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(label)) {
    throw invalid('label', 'character');
  }
  return label;
}
