import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  assertDecimal,
  compare,
  type Decimal,
  decimalPlaces,
  divide,
  isDecimal,
  isMultiple,
  isNegative,
  isZero,
  multiply,
  nearestMultiples,
  parseDecimal,
  subtract,
  toDecimal,
  truncate,
} from '../../../src/core/decimal.ts';

const d = assertDecimal;

describe('what a person types', () => {
  it.each([
    ['0', '0'],
    ['1.50', '1.50'],
    [' 180.01 ', '180.01'],
    ['0.000000000000000001', '0.000000000000000001'],
    ['123456789012345678901234567890.5', '123456789012345678901234567890.5'],
  ])('as %j is %j', (typed, value) => expect(parseDecimal(typed, 'price')).toBe(value));

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['1,5', 'number-comma'],
    ['1,000.5', 'number-comma'],
    ['1 000', 'number-comma'],
    ['1_000', 'number-comma'],
    ["1'000", 'number-comma'],
    ['1e5', 'number-exponent'],
    ['1.5E-3', 'number-exponent'],
    ['-1', 'number-sign'],
    ['+1', 'number-sign'],
    ['.5', 'number-format'],
    ['5.', 'number-format'],
    ['1.2.3', 'number-format'],
    ['0x10', 'number-format'],
    ['١٢', 'number-format'],
    ['NaN', 'number-format'],
    ['Infinity', 'number-format'],
    ['abc', 'number-format'],
  ])('as %j is refused: %s', (typed, reason) =>
    expect(() => parseDecimal(typed, 'price')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', data: { path: 'price', reason } }),
    ),
  );
});

describe('a decimal', () => {
  it('is plain digits', () => {
    for (const text of ['0', '-1', '007', '1.50']) expect(isDecimal(text)).toBe(true);
    for (const text of ['', '+1', '1e5', '.5', '1.', ' 1', '1\n', 'NaN']) {
      expect(isDecimal(text)).toBe(false);
      expect(() => assertDecimal(text)).toThrow(RangeError);
    }
  });

  it.each<[string | number, string | undefined]>([
    ['1.50', '1.50'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    ['2E+3', '2000'],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['1e9999', undefined],
    ['', undefined],
    ['0x1', undefined],
  ])('comes out of %j as %j', (value, decimal) => expect(toDecimal(value)).toBe(decimal));
});

describe('arithmetic is exact', () => {
  it.each([
    ['0.1 + 0.2', add(d('0.1'), d('0.2')), '0.3'],
    ['1 - 0.9', subtract(d('1'), d('0.9')), '0.1'],
    ['1 - 1', subtract(d('1'), d('1')), '0'],
    ['-1 × 0', multiply(d('-1'), d('0')), '0'],
    ['0.07 × 100', multiply(d('0.07'), d('100')), '7'],
    [
      'large × large',
      multiply(d('99999999999999999999'), d('99999999999999999999')),
      '9999999999999999999800000000000000000001',
    ],
    ['2 / 3 cut', divide(d('2'), d('3'), 4), '0.6666'],
    ['-2 / 3 cut', divide(d('-2'), d('3'), 4), '-0.6666'],
    ['1 / 8', divide(d('1'), d('8'), 10), '0.125'],
    ['cut to places', truncate(d('1.2399'), 2), '1.23'],
    ['cut of what is short enough', truncate(d('1.2'), 2), '1.2'],
  ])('%s', (_name, result, expected) => expect(result).toBe(expected));

  /** Any decimal with at most 9 places, beside the integer it is a billionth of. */
  const billionths = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  const decimalOf = (units: bigint): Decimal => {
    const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
    return d(`${units < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`);
  };

  it('for any two numbers, as integers say', () => {
    fc.assert(
      fc.property(billionths, billionths, (a, b) => {
        const [x, y] = [decimalOf(a), decimalOf(b)];
        expect(compare(add(x, y), decimalOf(a + b))).toBe(0);
        expect(compare(subtract(x, y), decimalOf(a - b))).toBe(0);
        expect(compare(multiply(x, y), divide(decimalOf(a * b), d('1000000000'), 18))).toBe(0);
        expect(compare(x, y)).toBe(a < b ? -1 : Number(a > b));
        expect(isZero(x)).toBe(a === 0n);
        expect(isNegative(x)).toBe(a < 0n);
      }),
    );
  });

  it('for multiples, as integers say', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(positive, positive, fc.bigInt({ min: 0n, max: 10n ** 6n }), (a, step, times) => {
        const [x, s] = [decimalOf(a), decimalOf(step)];
        expect(isMultiple(decimalOf(step * times), s)).toBe(true);
        expect(isMultiple(x, s)).toBe(a % step === 0n);
        const { below, above } = nearestMultiples(x, s);
        expect(compare(below, decimalOf(a - (a % step)))).toBe(0);
        expect(compare(above, decimalOf(a - (a % step) + step))).toBe(0);
      }),
    );
  });
});

it('tells the places as written', () => {
  expect([d('1'), d('1.5'), d('1.500')].map(decimalPlaces)).toEqual([0, 1, 3]);
});
