import { sha256 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';
import { CHECKSUMMED, type Checker, refuse, UNCHECKED } from './verdict.ts';

const CHECKSUM_BYTES = 4;
const HASH_BYTES = 20;
const ED25519_KEY_BYTES = 32;

/** @returns `undefined` for text with a character outside the alphabet. */
export const fromBase58 = (text: string): Uint8Array | undefined =>
  /^[1-9A-HJ-NP-Za-km-z]+$/.test(text) ? base58.decode(text) : undefined;

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** Version bytes in front of the hash; all of one chain are equally long. */
export interface Versions {
  main: readonly (readonly number[])[];
  test: readonly (readonly number[])[];
}

/** Base58Check of version, 20 bytes of hash, and the first 4 bytes of a double SHA-256 over both. */
export function base58Check({ main, test }: Versions): Checker {
  const versionBytes = main[0]?.length ?? 1;
  return (address) => {
    const bytes = fromBase58(address);
    if (!bytes) return refuse('format');
    if (bytes.length !== versionBytes + HASH_BYTES + CHECKSUM_BYTES) return refuse('length');
    const payload = bytes.subarray(0, -CHECKSUM_BYTES);
    const checksum = sha256(sha256(payload)).subarray(0, CHECKSUM_BYTES);
    if (!isSame(checksum, bytes.subarray(-CHECKSUM_BYTES))) return refuse('checksum');
    const startsWith = (version: readonly number[]): boolean =>
      version.every((byte, index) => byte === payload[index]);
    if (main.some(startsWith)) return CHECKSUMMED;
    return refuse(test.some(startsWith) ? 'testnet' : 'format');
  };
}

/** Any 32 bytes: an account's key or an address derived by a program. Zero is the system program. */
export function solana(address: string) {
  const bytes = fromBase58(address);
  if (!bytes) return refuse('format');
  if (bytes.length !== ED25519_KEY_BYTES) return refuse('length');
  return bytes.every((byte) => byte === 0) ? refuse('format') : UNCHECKED;
}
