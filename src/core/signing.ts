import { assertLength, type Bytes, concatBytes, fromBase64, toBase64, utf8 } from './bytes.ts';
import { invalid } from './errors.ts';

export const SEED_LENGTH = 32;
export const PUBLIC_KEY_LENGTH = 32;

/** Signs a text: base64 of the 64-byte Ed25519 signature (88 characters) over its UTF-8 bytes. */
export type Signer = (text: string) => Promise<string>;

/** Returns `apiKey` if it is base64 of 32 bytes. @throws INVALID_INPUT at `apiKey`. */
export function assertApiKey(apiKey: string): string {
  if (apiKey === '') throw invalid('apiKey', 'required');
  if (fromBase64(apiKey)?.length !== PUBLIC_KEY_LENGTH) throw invalid('apiKey', 'api-key-format');
  return apiKey;
}

/** DER of a PKCS#8 Ed25519 key up to the seed. @see RFC 8410 section 7 */
const PKCS8_PREFIX = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
);

/** The seed as 48 bytes of PKCS#8, the form that WebCrypto imports and unwraps. The caller wipes the result. */
export const pkcs8Of = (seed: Bytes): Bytes =>
  concatBytes(PKCS8_PREFIX, assertLength(seed, SEED_LENGTH, 'seed'));

/** A signer that holds a WebCrypto Ed25519 private key; the key need not be extractable. */
export function createSigner(key: CryptoKey): Signer {
  return async (text) =>
    toBase64(new Uint8Array(await crypto.subtle.sign('Ed25519', key, utf8(text))));
}

/** The four headers of a signed request. */
export const signedHeaders = (
  apiKey: string,
  signature: string,
  timestamp: number,
  window: number,
): Record<string, string> => ({
  'X-API-Key': apiKey,
  'X-Signature': signature,
  'X-Timestamp': String(timestamp),
  'X-Window': String(window),
});
