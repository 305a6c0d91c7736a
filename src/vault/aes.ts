import { type Bytes, fromBase64, toBase64, utf8 } from '../core/bytes.ts';

export const IV_LENGTH = 12;
export const TAG_LENGTH = 16;

/** AES-256-GCM output as base64: a 96-bit IV, drawn anew for each write, and ciphertext with its 128-bit tag. */
export interface Box {
  iv: string;
  data: string;
}

/** Associated data of named parts. A JSON array, so that no two lists of parts give the same bytes. */
export const associated = (...parts: readonly (string | number)[]): Bytes =>
  utf8(JSON.stringify(parts));

export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));

/** Bytes of base64 that a schema has already checked. @throws TypeError if nothing checked it. */
export function checkedBytes(text: string): Bytes {
  const bytes = fromBase64(text);
  if (bytes === undefined) throw new TypeError('base64 expected');
  return bytes;
}

/** Parameters for one more write: the IV is new at each call. */
export const freshGcm = (additionalData: Bytes) => ({
  name: 'AES-GCM',
  iv: randomBytes(IV_LENGTH),
  additionalData,
});

/** Parameters to read what was written with this IV. */
export const gcmOf = (iv: string, additionalData: Bytes) => ({
  name: 'AES-GCM',
  iv: checkedBytes(iv),
  additionalData,
});

export const importAesKey = (raw: Bytes, usages: readonly KeyUsage[]): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [...usages]);

export async function encrypt(key: CryptoKey, plain: Bytes, additionalData: Bytes): Promise<Box> {
  const parameters = freshGcm(additionalData);
  const data = await crypto.subtle.encrypt(parameters, key, plain);
  return { iv: toBase64(parameters.iv), data: toBase64(new Uint8Array(data)) };
}

/** The plain bytes, or `undefined` if the box does not open: another key, other associated data, or changed bytes. */
export async function decrypt(
  key: CryptoKey,
  box: Box,
  additionalData: Bytes,
): Promise<Bytes | undefined> {
  const data = checkedBytes(box.data);
  const plain = await ifItOpens(crypto.subtle.decrypt(gcmOf(box.iv, additionalData), key, data));
  return plain && new Uint8Array(plain);
}

/**
 * The result of an AES-GCM reading, or `undefined` if it was refused. A wrong key is not an error here; anything else
 * that goes wrong is.
 */
export async function ifItOpens<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const refused =
      error instanceof DOMException && ['OperationError', 'DataError'].includes(error.name);
    if (refused) return undefined;
    throw error;
  }
}
