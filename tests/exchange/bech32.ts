const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_WORDS = 6;

/** What the checksum must come to (BIP 173, BIP 350). */
export const BECH32 = 1;
export const BECH32M = 0x2bc830a3;

function polymod(words: readonly number[]): number {
  let check = 1;
  for (const word of words) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ word;
    GENERATORS.forEach((generator, bit) => {
      if ((top >> bit) & 1) check ^= generator;
    });
  }
  return check >>> 0;
}

function expand(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

/** Bytes as words of five bits, the last one filled up with zeros. */
export function toWords(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((word) => Number.parseInt(word.padEnd(5, '0'), 2));
}

/** Bytes of such words, or undefined where the filling is too long or not zero. */
export function fromWords(words: readonly number[]): Buffer | undefined {
  const bits = words.map((word) => word.toString(2).padStart(5, '0')).join('');
  const filling = bits.slice(bits.length - (bits.length % 8));
  if (filling.length > 4 || filling.includes('1')) return undefined;
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export function toBech32(prefix: string, words: readonly number[], constant: number): string {
  const room: number[] = new Array(CHECKSUM_WORDS).fill(0);
  const rest = polymod([...expand(prefix), ...words, ...room]) ^ constant;
  const check = room.map((_, index) => (rest >>> (5 * (CHECKSUM_WORDS - 1 - index))) & 31);
  return `${prefix}1${[...words, ...check].map((word) => ALPHABET.charAt(word)).join('')}`;
}

export interface Bech32 {
  readonly prefix: string;
  /** Without the checksum. */
  readonly words: readonly number[];
  readonly constant: number;
}

/** Undefined for mixed case, a strange character or a checksum of neither kind. */
export function fromBech32(text: string): Bech32 | undefined {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return undefined;
  const split = lower.lastIndexOf('1');
  const prefix = lower.slice(0, Math.max(split, 0));
  const words = [...lower.slice(split + 1)].map((character) => ALPHABET.indexOf(character));
  if (prefix === '' || words.length < CHECKSUM_WORDS || words.includes(-1)) return undefined;
  const constant = polymod([...expand(prefix), ...words]);
  if (constant !== BECH32 && constant !== BECH32M) return undefined;
  return { prefix, words: words.slice(0, -CHECKSUM_WORDS), constant };
}
