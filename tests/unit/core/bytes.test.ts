import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertLength,
  concatBytes,
  equalBytes,
  fromBase64,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from '../../../src/core/bytes.ts';

const someBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));

describe('base64', () => {
  // RFC 4648 section 10
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j, and back', (text, base64) => {
    expect(toBase64(utf8(text))).toBe(base64);
    expect(fromBase64(base64)).toEqual(utf8(text));
  });

  it('is as node:buffer writes it, and comes back, for any bytes', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('works on more bytes than a call can take as arguments', () => {
    const bytes = new Uint8Array(1_000_003).fill(0xa5);
    expect(equalBytes(fromBase64(toBase64(bytes)) ?? new Uint8Array(), bytes)).toBe(true);
  });

  it.each([
    ['no padding', 'Zg'],
    ['half the padding', 'Zg='],
    ['too much padding', 'Zg==='],
    ['padding in the middle', 'Zg==Zg=='],
    ['padding alone', '===='],
    ['spare bits', 'Zh=='],
    ['spare bits of the longer form', 'Zm9='],
    ['the alphabet of URLs', '-_-_'],
    ['a space', 'Zm9v '],
    ['a line break', 'Zm9v\nZm9v'],
    ['a letter that is not ASCII', 'Zm9ｖ'],
    ['an odd length', 'Zm9vY'],
  ])('is not read with %s', (_name, text) => expect(fromBase64(text)).toBeUndefined());

  it('has one text for one value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const bytes = fromBase64(text);
        expect(bytes === undefined || toBase64(bytes) === text).toBe(true);
      }),
    );
  });
});

describe('UTF-8', () => {
  it('comes back, a byte order mark included', () => {
    for (const text of ['', 'a', 'Grüße 🦀', '\ufeffx', '\0'])
      expect(fromUtf8(utf8(text))).toBe(text);
  });

  it.each([[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]])(
    'refuses what is not UTF-8',
    (...bytes) => expect(() => fromUtf8(Uint8Array.from(bytes))).toThrow(TypeError),
  );
});

describe('bytes', () => {
  it('of the right length pass through, others are named', () => {
    const bytes = new Uint8Array(3);
    expect(assertLength(bytes, 3, 'seed')).toBe(bytes);
    expect(() => assertLength(bytes, 4, 'seed')).toThrow(
      new RangeError('seed: 4 bytes expected, 3 given'),
    );
  });

  it('join, and compare as wholes', () => {
    const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    expect(concatBytes(a, new Uint8Array(), b)).toEqual(Uint8Array.of(1, 2, 3));
    expect(equalBytes(concatBytes(a, b), Uint8Array.of(1, 2, 3))).toBe(true);
    expect(equalBytes(a, Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(a, Uint8Array.of(0, 2))).toBe(false);
    expect(equalBytes(a, b)).toBe(false);
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });

  it('are hexadecimal as node:buffer writes it', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
    );
  });
});
