import { createHash } from 'node:crypto';

export const BITCOIN_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export const RIPPLE_ALPHABET = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

export function toBase58(bytes: Uint8Array, alphabet = BITCOIN_ALPHABET): string {
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const leading = zeros === -1 ? bytes.length : zeros;
  let rest = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  let digits = '';
  for (; rest > 0n; rest /= 58n) digits = alphabet.charAt(Number(rest % 58n)) + digits;
  return alphabet.charAt(0).repeat(leading) + digits;
}

/** The bytes, or undefined where a character is not of the alphabet. */
export function fromBase58(text: string, alphabet = BITCOIN_ALPHABET): Buffer | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit === -1) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const leading = [...text].findIndex((character) => character !== alphabet.charAt(0));
  const hex = value === 0n ? '' : value.toString(16);
  const zeros = Buffer.alloc(leading === -1 ? text.length : leading);
  return Buffer.concat([
    zeros,
    Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'),
  ]);
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const checksum = (bytes: Uint8Array): Buffer => sha256(sha256(bytes)).subarray(0, 4);

/** Base58Check: version bytes and payload, then the first four bytes of their double SHA-256. */
export function toBase58Check(bytes: Uint8Array, alphabet = BITCOIN_ALPHABET): string {
  return toBase58(Buffer.concat([bytes, checksum(bytes)]), alphabet);
}

/** Version bytes and payload, or undefined where the checksum does not hold. */
export function fromBase58Check(text: string, alphabet = BITCOIN_ALPHABET): Buffer | undefined {
  const bytes = fromBase58(text, alphabet);
  if (!bytes || bytes.length < 5) return undefined;
  const body = bytes.subarray(0, -4);
  return checksum(body).equals(bytes.subarray(-4)) ? body : undefined;
}
