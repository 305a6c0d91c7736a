/** Bytes whose buffer is not shared, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => new Uint8Array(encoder.encode(text));

/** @throws TypeError if the bytes are not UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Standard base64 with padding: 32 bytes give 44 characters, 64 give 88. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a spread of a large array overflows the stack.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The bytes of canonical standard base64, or `undefined` for anything else: other alphabets, missing padding, white
 * space, spare bits. One text for one value, so that two spellings of a key cannot pass as two keys.
 */
export function fromBase64(text: string): Bytes | undefined {
  if (!BASE64.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Returns `bytes` if it has that length. @throws RangeError naming the argument and both lengths. */
export function assertLength(bytes: Bytes, length: number, title: string): Bytes {
  if (bytes.length !== length) {
    throw new RangeError(`${title}: ${length} bytes expected, ${bytes.length} given`);
  }
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Compares every byte whatever comes first, so that the time taken does not tell where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
  return difference === 0;
}

/** Lower-case hexadecimal, two characters a byte. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 over the JSON text of a value, in lower-case hexadecimal. */
export const jsonDigest = async (value: unknown): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(JSON.stringify(value)))));
