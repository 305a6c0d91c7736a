import { inOneCase } from './bech32.ts';

/** Characters that every address of a kind shares, and that tell nobody apart. */
const PREFIX = /^(0x|bitcoincash:|bc1|ltc1|addr1|sei1)/;
/** People compare about so many at either end, and forged addresses are made to match them. */
const FEWEST_ALIKE = 4;

/** How a known address resembles the one asked about: how many characters agree at either end. */
export interface Similarity {
  known: string;
  /** After the fixed prefix. */
  first: number;
  last: number;
}

interface Comparable {
  prefix: string;
  /** What is compared: the rest, in small letters, because the eye passes over capitals as well. */
  body: string;
  /** The same for two texts of one address only: in base58, capitals matter. */
  identity: string;
}

function comparable(address: string): Comparable {
  const small = address.toLowerCase();
  const prefix = PREFIX.exec(small)?.[0] ?? '';
  const body = small.slice(prefix.length);
  const caseMatters = prefix !== '0x' && inOneCase(address) === undefined;
  return {
    // Bitcoin Cash may leave its prefix out.
    prefix: prefix === 'bitcoincash:' ? '' : prefix,
    body,
    identity: caseMatters ? address : body,
  };
}

function commonFirst(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}

const reversed = (text: string): string => [...text].reverse().join('');

/** Do two texts name one address, in whatever capitals its chain allows? */
export function sameAddress(a: string, b: string): boolean {
  const one = comparable(a);
  const other = comparable(b);
  return one.prefix === other.prefix && one.identity === other.identity;
}

/**
 * R29: addresses that `address` could be mistaken for: the same at both ends and yet another.
 * The same address, in whatever capitals its chain allows, is no look-alike.
 */
export function similarity(address: string, known: readonly string[]): readonly Similarity[] {
  const asked = comparable(address);
  return known.flatMap((text) => {
    const other = comparable(text);
    if (other.prefix !== asked.prefix || other.identity === asked.identity) return [];
    const first = commonFirst(asked.body, other.body);
    const shared = Math.min(asked.body.length, other.body.length) - first;
    const last = commonFirst(reversed(asked.body), reversed(other.body));
    if (first < FEWEST_ALIKE || last < FEWEST_ALIKE) return [];
    return [{ known: text, first, last: Math.min(last, shared) }];
  });
}

/** Groups of four characters, the last as long as it comes out, for reading aloud and comparing. */
export const inGroups = (address: string): readonly string[] => address.match(/.{1,4}/gsu) ?? [];
