import * as v from 'valibot';
import { equalBytes, toBase64, utf8 } from '../core/bytes.ts';
import { wrappedKey } from './account-keys.ts';
import { checkedBytes, IV_LENGTH } from './aes.ts';
import { base64, positive, uuid } from './fields.ts';
import { canonicalJson } from './json.ts';
import { isWeaker, type KdfParameters } from './kdf.ts';
import { isPasswordSlot, keyslot, type PasswordSlot } from './keyslots.ts';

export const VAULT_FORMAT = 'buckle-vault';
export const VAULT_VERSION = 1;

const bodyFields = {
  format: v.literal(VAULT_FORMAT),
  version: v.literal(VAULT_VERSION),
  vaultId: uuid,
  /** Counts the writes; a lower one is an older state. */
  revision: positive,
  keyslots: v.array(keyslot),
  directory: v.strictObject({ iv: base64(IV_LENGTH), data: base64() }),
  keys: v.array(wrappedKey),
};

const vaultBody = v.strictObject(bodyFields);
const vaultRecord = v.strictObject({
  ...bodyFields,
  /** HMAC over all of the above: nobody without the data key can change any of it. */
  mac: base64(32),
  /** SHA-256 over all of the above, the MAC included: tells damage while the vault is locked. */
  checksum: base64(32),
});

/** The vault as it lies on disk and in a backup. Nothing in it is secret without a keyslot's password. */
export type VaultRecord = v.InferOutput<typeof vaultRecord>;
export type VaultBody = v.InferOutput<typeof vaultBody>;

/**
 * The record in what was read from somewhere, or `undefined` if it is damaged: another shape, another checksum, or a
 * KDF below the floor (an edited record cannot weaken it).
 */
export async function decodeRecord(
  stored: unknown,
  floor: KdfParameters,
): Promise<VaultRecord | undefined> {
  const decoded = v.safeParse(vaultRecord, stored);
  if (!decoded.success) return undefined;
  const record = decoded.output;
  const { checksum, ...summed } = record;
  const sum = await digest(summed);
  if (!equalBytes(checkedBytes(checksum), checkedBytes(sum))) return undefined;
  const passwords = record.keyslots.filter(isPasswordSlot);
  if (passwords.length !== 1 || passwords.some(({ kdf }) => isWeaker(kdf, floor))) return undefined;
  return record;
}

/** A body made into a record: authenticated, then summed. */
export async function sealRecord(body: VaultBody, authentication: CryptoKey): Promise<VaultRecord> {
  const mac = await crypto.subtle.sign('HMAC', authentication, utf8(canonicalJson(body)));
  const summed = { ...body, mac: toBase64(new Uint8Array(mac)) };
  return { ...summed, checksum: await digest(summed) };
}

/** Was this record, to the last bit, written by a holder of the data key? */
export function isAuthentic(record: VaultRecord, authentication: CryptoKey): Promise<boolean> {
  const mac = checkedBytes(record.mac);
  return crypto.subtle.verify('HMAC', authentication, mac, utf8(canonicalJson(bodyOf(record))));
}

export function bodyOf({ mac: _mac, checksum: _checksum, ...body }: VaultRecord): VaultBody {
  return body;
}

/** Every record has exactly one. */
export function passwordSlotOf(record: VaultRecord): PasswordSlot {
  const slot = record.keyslots.find(isPasswordSlot);
  if (slot === undefined) throw new TypeError('a decoded record has a password slot');
  return slot;
}

/** Base64 of the SHA-256 of a value's canonical JSON. */
export async function digest(value: unknown): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', utf8(canonicalJson(value)));
  return toBase64(new Uint8Array(sum));
}
