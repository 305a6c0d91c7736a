import type { Needle } from './search.ts';

// The forms in which something can lie on a disk.

const SHORTEST_HALF = 16;
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');

export const textNeedles = (name: string, text: string): Needle[] => [
  { name: `${name}, UTF-8`, bytes: utf8(text) },
  { name: `${name}, UTF-16LE`, bytes: utf16(text) },
];

/** A needle and its halves, if they are long enough to mean something: it may be cut in two where it is kept. */
function withHalves(needle: Needle): Needle[] {
  const half = Math.floor(needle.bytes.length / 2);
  if (half < SHORTEST_HALF) return [needle];
  return [
    needle,
    { name: `${needle.name}, first half`, bytes: needle.bytes.subarray(0, half) },
    { name: `${needle.name}, second half`, bytes: needle.bytes.subarray(-half) },
  ];
}

/**
 * What base64 makes of these bytes when `shift` others come before them, without the characters that depend on what is around them.
 * With nothing before them it is the same with padding, without it, and after it.
 */
function base64Within(bytes: Uint8Array, shift: 0 | 1 | 2): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const rest = (shift + bytes.length) % 3;
  const last = text.replace(/=+$/, '');
  return last.slice([0, 2, 3][shift], rest === 0 || shift === 0 ? undefined : -1);
}

function textForms(bytes: Uint8Array): [string, string][] {
  const buffer = Buffer.from(bytes);
  const base64 = base64Within(bytes, 0);
  const list = [...bytes];
  return [
    ['base64', base64],
    ['base64url', buffer.toString('base64url')],
    ['base64, escaped for a URL', encodeURIComponent(base64)],
    ['base64, escaped for JSON', base64.replaceAll('/', '\\/')],
    ['base64 behind one byte', base64Within(bytes, 1)],
    ['base64 behind two bytes', base64Within(bytes, 2)],
    ['hex', buffer.toString('hex')],
    ['HEX', buffer.toString('hex').toUpperCase()],
    ['list of numbers', list.join(',')],
    ['object of numbers', list.map((byte, index) => `"${index}":${byte}`).join(',')],
  ];
}

/** These bytes as they are, and in every textual form, halves included. */
function byteNeedles(name: string, bytes: Uint8Array): Needle[] {
  const seen = new Set<string>();
  const texts = textForms(bytes).filter(([, text]) => !seen.has(text) && seen.add(text));
  return [
    { name: `${name}: raw`, bytes },
    ...texts.flatMap(([form, text]) => textNeedles(`${name}: ${form}`, text)),
  ].flatMap(withHalves);
}

/**
 * Every form of an API secret.
 * @param secret - base64 of the 32-byte seed.   @param secret64 - base64 of seed and public key.
 */
export function secretNeedles(name: string, secret: string, secret64: string): Needle[] {
  const seed = Buffer.from(secret, 'base64');
  // Its second half is the public key, which is no secret, and its first half is the seed.
  const both = byteNeedles(`${name}, 64 bytes`, Buffer.from(secret64, 'base64')).filter(
    (needle) => !needle.name.endsWith('half'),
  );
  return [
    ...byteNeedles(`${name}, seed`, seed),
    ...both,
    ...byteNeedles(`${name}, PKCS#8`, Buffer.concat([PKCS8_PREFIX, seed])),
  ];
}

/** A password as it is typed, and in every form that its bytes could be kept in. */
export const passwordNeedles = (name: string, password: string): Needle[] => [
  ...textNeedles(name, password).flatMap(withHalves),
  ...byteNeedles(name, utf8(password)),
];

/** A decimal amount: as text, grouped for a person to read, and as the number it would be in JavaScript. */
export function amountNeedles(name: string, amount: string): Needle[] {
  const [whole = '', fraction] = amount.split('.');
  const grouped = [whole.replace(/\B(?=(\d{3})+$)/g, ','), fraction].filter(Boolean).join('.');
  const number = Buffer.alloc(8);
  number.writeDoubleLE(Number(amount));
  return [
    ...textNeedles(name, amount),
    ...(grouped === amount ? [] : textNeedles(`${name}, grouped`, grouped)),
    { name: `${name}, number`, bytes: number },
    { name: `${name}, number, big-endian`, bytes: Uint8Array.from(number).reverse() },
  ];
}
