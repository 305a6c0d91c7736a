import { assertDecimal, compare, type Decimal, isNegative, subtract } from '../core/decimal.ts';

const ZERO = assertDecimal('0');
const THOUSAND = assertDecimal('1000');
const ONE = assertDecimal('1');

/** Places that are worth showing: two above a thousand, four above one, eight below. The full value is on hover. */
export function placesFor(value: Decimal): number {
  const size = isNegative(value) ? subtract(ZERO, value) : value;
  if (compare(size, THOUSAND) >= 0) return 2;
  return compare(size, ONE) >= 0 ? 4 : 8;
}
