import { assertDecimal, type Decimal, isDecimal, isNegative, subtract } from '../core/decimal.ts';

const ZERO = assertDecimal('0');

export const absolute = (value: Decimal): Decimal =>
  isNegative(value) ? subtract(ZERO, value) : value;

/** A member of a request as an exact number; a share such as `50%` is none. */
export const known = (value: string | undefined): Decimal | undefined =>
  value !== undefined && isDecimal(value) ? value : undefined;
