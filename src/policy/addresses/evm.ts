import { keccak_256 } from '@noble/hashes/sha3.js';
import { ascii, hex } from '@scure/base';
import { inOneCase } from './bech32.ts';
import { CHECKSUMMED, refuse, type Verdict } from './verdict.ts';

const DIGITS = 40;

/** A letter is a capital where the same digit of the hash of the small letters is 8 or more. */
function eip55(digits: string): string {
  const small = digits.toLowerCase();
  const hash = hex.encode(keccak_256(ascii.decode(small)));
  return [...small]
    .map((digit, index) => (/[89a-f]/.test(hash.charAt(index)) ? digit.toUpperCase() : digit))
    .join('');
}

/**
 * `0x` and 40 hexadecimal digits. Capitals carry the checksum of EIP-55, so that only mixed case is
 * proof of anything. Nobody has a key for the zero address: what is sent there is burnt.
 */
export function evm(address: string): Verdict {
  if (!/^0x[\da-f]*$/i.test(address) || !address.startsWith('0x')) return refuse('format');
  const digits = address.slice(2);
  if (digits.length !== DIGITS) return refuse('length');
  if (/^0+$/.test(digits)) return refuse('format');
  if (inOneCase(digits) !== undefined) {
    return { ok: true, kind: 'unchecked', hint: 'one-case' };
  }
  return eip55(digits) === digits ? CHECKSUMMED : refuse('checksum');
}
