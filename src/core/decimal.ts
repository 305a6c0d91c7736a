import Big from 'big.js';
import { invalid } from './errors.ts';

/** An exact decimal number as text, just as the exchange wrote it or a person typed it: `"0.10"`. Never a float. */
export type Decimal = string & { readonly __brand: 'Decimal' };

const PLAIN = /^-?\d+(?:\.\d+)?$/;

export const isDecimal = (text: string): text is Decimal => PLAIN.test(text);

/** @throws RangeError for anything but plain digits with an optional sign and fraction. For constants and decoded data. */
export function assertDecimal(text: string): Decimal {
  if (!isDecimal(text)) throw new RangeError('not a plain decimal number');
  return text;
}

/**
 * What a person typed, as a decimal. White space around it is dropped; nothing else is mended, because a guess about a
 * comma is a guess about money.
 * @throws INVALID_INPUT at `path`: required, number-comma, number-exponent, number-sign, number-format.
 */
export function parseDecimal(typed: string, path: string): Decimal {
  const text = typed.trim();
  if (text === '') throw invalid(path, 'required');
  if (/^\d+(?:\.\d+)?$/.test(text)) return text as Decimal;
  if (/[,'’_\s]/.test(text)) throw invalid(path, 'number-comma');
  if (/^[+-]?[\d.]+e[+-]?\d*$/i.test(text)) throw invalid(path, 'number-exponent');
  if (/^[+-]/.test(text)) throw invalid(path, 'number-sign');
  throw invalid(path, 'number-format');
}

const plain = (value: Big): Decimal => value.toFixed() as Decimal;

export const add = (a: Decimal, b: Decimal): Decimal => plain(Big(a).plus(b));
export const subtract = (a: Decimal, b: Decimal): Decimal => plain(Big(a).minus(b));
export const multiply = (a: Decimal, b: Decimal): Decimal => plain(Big(a).times(b));
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => Big(a).cmp(b);
export const isZero = (value: Decimal): boolean => Big(value).eq(0);
export const isNegative = (value: Decimal): boolean => Big(value).lt(0);

/** `a / b` cut (not rounded) to `decimals` places. `b` must not be zero. */
export function divide(a: Decimal, b: Decimal, decimals: number): Decimal {
  const Exact = Big();
  Exact.DP = decimals;
  Exact.RM = Big.roundDown;
  return plain(new Exact(a).div(b));
}

/** Is `value` a whole multiple of `step`? `isMultiple('1.25', '0.05')` is true. Exact; nothing is rounded. */
export const isMultiple = (value: Decimal, step: Decimal): boolean => Big(value).mod(step).eq(0);

/** The multiples of `step` just below (or at) and just above `value`, for "Use 180.01?". */
export function nearestMultiples(
  value: Decimal,
  step: Decimal,
): { below: Decimal; above: Decimal } {
  const below = Big(value).minus(Big(value).mod(step));
  return { below: plain(below), above: plain(below.plus(step)) };
}

/** Digits after the point as written: `"1.500"` has 3. */
export const decimalPlaces = (value: Decimal): number => value.split('.')[1]?.length ?? 0;

/** Cut (not rounded) to at most `decimals` places, for display beside the full value. */
export const truncate = (value: Decimal, decimals: number): Decimal =>
  plain(Big(value).round(decimals, Big.roundDown));

/** A number as JSON carries it, or text with an exponent, in plain digits; `undefined` if it is no finite number. */
export function toDecimal(value: string | number): Decimal | undefined {
  const text = String(value);
  if (isDecimal(text)) return text;
  return /^-?\d+(?:\.\d+)?[eE][+-]?\d{1,3}$/.test(text) ? plain(Big(text)) : undefined;
}
