import { bech32, bech32m } from '@scure/base';
import { CHECKSUMMED, type Checker, refuse, type Verdict } from './verdict.ts';

/** One prefix, the separator, then characters of the alphabet: the outer form of every bech32 text. */
const FORM = /^[a-z_]+1[02-9ac-hj-np-z]+$/;
const MOST_CHARACTERS = 90;

/**
 * In small letters, if the text is in one case throughout: that is the same address, mixed case is
 * none. ASCII only, because other letters become small ASCII ones, such as the Kelvin sign a `k`.
 */
export const inOneCase = (text: string): string | undefined =>
  /^([!-@[-~]*|[!-`{-~]*)$/.test(text) ? text.toLowerCase() : undefined;

/** The part before the first `1`, in small letters. Empty where there is no such part. */
export const prefixOf = (address: string): string =>
  address.slice(0, Math.max(0, address.indexOf('1'))).toLowerCase();

/** The payload's bytes. `'format'` or `'checksum'` where there are none. */
export function bech32Bytes(address: string): Uint8Array | 'format' | 'checksum' {
  const text = inOneCase(address);
  if (text === undefined || !FORM.test(text)) return 'format';
  const decoded = bech32.decodeUnsafe(text, false);
  if (!decoded) return 'checksum';
  return bech32.fromWordsUnsafe(decoded.words) ?? 'format';
}

function witness(version: number, length: number, isM: boolean): Verdict {
  if (version > 16) return refuse('format');
  if (isM !== version > 0) return refuse('checksum');
  if (version === 0) return length === 20 || length === 32 ? CHECKSUMMED : refuse('length');
  if (length < 2 || length > 40) return refuse('length');
  const taproot = version === 1 && length === 32;
  return taproot ? CHECKSUMMED : { ok: true, kind: 'checksummed', hint: 'unassigned' };
}

function segwit(address: string): Verdict {
  const text = inOneCase(address);
  if (text === undefined || !FORM.test(text)) return refuse('format');
  if (text.length > MOST_CHARACTERS) return refuse('length');
  const plain = bech32.decodeUnsafe(text);
  const decoded = plain ?? bech32m.decodeUnsafe(text);
  if (!decoded) return refuse('checksum');
  const [version, ...words] = decoded.words;
  if (version === undefined) return refuse('length');
  const program = bech32.fromWordsUnsafe(words);
  return program ? witness(version, program.length, !plain) : refuse('format');
}

/**
 * Segregated witness addresses under `main`, refused as testnet under `test`; the rest is `other`'s.
 * @see BIP-173 (version 0) and BIP-350 (versions 1 to 16)
 */
export const segwitOr =
  (main: string, test: readonly string[], other: Checker): Checker =>
  (address) => {
    const prefix = prefixOf(address);
    if (prefix === main) return segwit(address);
    return test.includes(prefix) ? refuse('testnet') : other(address);
  };
