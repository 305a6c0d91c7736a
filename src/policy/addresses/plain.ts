import { bech32Bytes, prefixOf } from './bech32.ts';
import { evm } from './evm.ts';
import { CHECKSUMMED, refuse, UNCHECKED, type Verdict } from './verdict.ts';

const ACCOUNT_DIGITS = 64;
/** A real address begins with this many zeros less than once in a million. */
const MOST_ZEROS_LEFT_OUT = 4;

/** `0x` and 64 hexadecimal digits. Zero belongs to nobody. */
export function sui(address: string): Verdict {
  if (!/^0x[\da-f]+$/i.test(address) || !address.startsWith('0x')) return refuse('format');
  if (address.length !== 2 + ACCOUNT_DIGITS) return refuse('length');
  return /^0x0+$/.test(address) ? refuse('format') : UNCHECKED;
}

/**
 * As Sui's, but leading zeros may be left out. A text much shorter than that is an address cut off
 * in copying, or another chain's, and not an account whose key begins with so many zeros.
 */
export function aptos(address: string): Verdict {
  const missing = 2 + ACCOUNT_DIGITS - address.length;
  if (missing < 1 || missing > MOST_ZEROS_LEFT_OUT) return sui(address);
  const whole = sui(address.replace(/^0x/, `0x${'0'.repeat(missing)}`));
  return whole.ok ? { ...whole, hint: 'short' } : whole;
}

const NAME = /^(([a-z\d]+[-_])*[a-z\d]+\.)+([a-z\d]+[-_])*[a-z\d]+$/;
const FEWEST = 2;
const MOST = 64;

/**
 * An account's key, 64 small hexadecimal digits, or its name. A name needs a dot: those without one
 * are handed out by a registrar to contracts, and letters without a dot are mostly a cut-off key.
 * @see https://nomicon.io/DataStructures/Account
 */
export function near(address: string): Verdict {
  if (/^[\da-f]{64}$/.test(address)) return /^0+$/.test(address) ? refuse('format') : UNCHECKED;
  if (/\.testnet$/.test(address)) return refuse('testnet');
  if (address.length < FEWEST || address.length > MOST) return refuse('length');
  return NAME.test(address) ? UNCHECKED : refuse('format');
}

/** Sei has one account under two addresses: the EVM one and `sei1…`, bech32 of 20 bytes. Both are taken. */
export function sei(address: string): Verdict {
  if (prefixOf(address) !== 'sei') return evm(address);
  const bytes = bech32Bytes(address);
  if (typeof bytes === 'string') return refuse(bytes);
  return bytes.length === 20 ? CHECKSUMMED : refuse('length');
}
