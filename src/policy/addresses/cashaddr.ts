import { bech32 } from '@scure/base';
import { base58Check } from './base58.ts';
import { inOneCase } from './bech32.ts';
import { CHECKSUMMED, type Checker, refuse, type Verdict } from './verdict.ts';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
const CHECKSUM_WORDS = 8;
const MAIN = 'bitcoincash';
const TEST: readonly string[] = ['bchtest', 'bchreg'];

/** The BCH code of the specification, over 40 bits. A text with its right checksum gives 0. */
function polymod(words: readonly number[]): bigint {
  let state = 1n;
  for (const word of words) {
    const top = state >> 35n;
    state = ((state & 0x07ffffffffn) << 5n) ^ BigInt(word);
    GENERATORS.forEach((generator, bit) => {
      if ((top >> BigInt(bit)) & 1n) state ^= generator;
    });
  }
  return state ^ 1n;
}

/** Version byte and hash: type 0 is a key's hash of 20 bytes, type 1 a script's of 20 or 32. */
function content([version, ...hash]: Uint8Array): Verdict {
  if (version !== undefined && version >> 3 > 1) return refuse('format');
  const size = { 0: 20, 8: 20, 11: 32 }[version ?? -1];
  return size !== undefined && size === hash.length ? CHECKSUMMED : refuse('length');
}

function cashaddr(prefix: string, data: string): Verdict {
  const words = [...data].map((character) => ALPHABET.indexOf(character));
  if (words.includes(-1)) return refuse('format');
  if (words.length <= CHECKSUM_WORDS) return refuse('length');
  const prefixWords = [...prefix].map((character) => character.charCodeAt(0) & 31);
  if (polymod([...prefixWords, 0, ...words]) !== 0n) return refuse('checksum');
  const bytes = bech32.fromWordsUnsafe(words.slice(0, -CHECKSUM_WORDS));
  return bytes ? content(bytes) : refuse('format');
}

const LEGACY = base58Check({ main: [[0x00], [0x05]], test: [[0x6f], [0xc4]] });

function legacy(address: string): Verdict {
  const verdict = LEGACY(address);
  return verdict.ok ? { ...verdict, hint: 'also-bitcoin' } : verdict;
}

/**
 * CashAddr with or without its prefix, and the legacy form, which is Bitcoin's as well.
 * @see the CashAddr specification, `spec/cashaddr.md` of bitcoincash.org
 */
export const bitcoinCash: Checker = (address) => {
  const colon = address.lastIndexOf(':');
  if (colon < 0 && !/^[qp][02-9ac-hj-np-z]{41,}$/i.test(address)) return legacy(address);
  const text = inOneCase(address);
  if (text === undefined) return refuse('format');
  const prefix = colon < 0 ? MAIN : text.slice(0, colon);
  if (TEST.includes(prefix)) return refuse('testnet');
  return prefix === MAIN ? cashaddr(MAIN, text.slice(colon + 1)) : refuse('format');
};
