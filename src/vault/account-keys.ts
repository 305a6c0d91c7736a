import * as v from 'valibot';
import { type Bytes, toBase64, utf8 } from '../core/bytes.ts';
import { pkcs8Of } from '../core/signing.ts';
import {
  associated,
  checkedBytes,
  freshGcm,
  gcmOf,
  IV_LENGTH,
  ifItOpens,
  TAG_LENGTH,
} from './aes.ts';
import { base64, positive, uuid } from './fields.ts';

const PKCS8_LENGTH = 48;
const KEY_VERSION = 1;

/** An account's PKCS#8 key under the wrapping key. The length is fixed: no browser may store another form of it. */
export const wrappedKey = v.strictObject({
  id: uuid,
  version: positive,
  iv: base64(IV_LENGTH),
  wrapped: base64(PKCS8_LENGTH + TAG_LENGTH),
});
export type WrappedKey = v.InferOutput<typeof wrappedKey>;

/** Which key of which vault a wrapped key is. */
export interface KeyPlace {
  vaultId: string;
  id: string;
  apiKey: string;
}

const keyData = ({ vaultId, id, apiKey }: KeyPlace, version: number): Bytes =>
  associated('buckle-vault', 1, vaultId, 'account-key', id, apiKey, version);

/** A key that can be wrapped, from a seed. It must not outlive the wrapping. */
export async function keyFromSeed(seed: Bytes): Promise<CryptoKey> {
  const pkcs8 = pkcs8Of(seed);
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  } finally {
    pkcs8.fill(0);
  }
}

/** A new key pair, born in WebCrypto: its seed is never among our bytes. */
export async function generateKeyPair(): Promise<{ key: CryptoKey; apiKey: string }> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { key: pair.privateKey, apiKey: toBase64(new Uint8Array(raw)) };
}

/**
 * Wraps an account's key and reads it back: what is stored must sign as the API key says, or a person would find out
 * with money at stake.
 */
export async function wrapAccountKey(
  wrapping: CryptoKey,
  key: CryptoKey,
  place: KeyPlace,
): Promise<WrappedKey> {
  const parameters = freshGcm(keyData(place, KEY_VERSION));
  const bytes = new Uint8Array(await crypto.subtle.wrapKey('pkcs8', key, wrapping, parameters));
  const entry = v.parse(wrappedKey, {
    id: place.id,
    version: KEY_VERSION,
    iv: toBase64(parameters.iv),
    wrapped: toBase64(bytes),
  });
  const readBack = await unwrapAccountKey(wrapping, entry, place);
  if (!readBack || !(await isKeyOf(readBack, place.apiKey))) {
    throw new Error('the wrapped key is not the key of this account');
  }
  return entry;
}

/** A non-extractable signing key, for memory only, or `undefined` if this is not that account's key. */
export function unwrapAccountKey(
  wrapping: CryptoKey,
  entry: WrappedKey,
  place: KeyPlace,
): Promise<CryptoKey | undefined> {
  const parameters = gcmOf(entry.iv, keyData(place, entry.version));
  const bytes = checkedBytes(entry.wrapped);
  return ifItOpens(
    crypto.subtle.unwrapKey('pkcs8', bytes, wrapping, parameters, 'Ed25519', false, ['sign']),
  );
}

/** Does `key` sign for `apiKey`? Found by a signature, so the key need not be extractable. */
export async function isKeyOf(key: CryptoKey, apiKey: string): Promise<boolean> {
  const probe = utf8('buckle-vault/1/probe');
  const publicKey = await ifItOpens(
    crypto.subtle.importKey('raw', checkedBytes(apiKey), 'Ed25519', false, ['verify']),
  );
  if (publicKey === undefined) return false;
  const signature = await crypto.subtle.sign('Ed25519', key, probe);
  return crypto.subtle.verify('Ed25519', publicKey, signature, probe);
}
