import {
  assertDecimal,
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  nearestMultiples,
  subtract,
  truncate,
} from '../core/decimal.ts';

const ZERO = assertDecimal('0');
const HUNDRED = assertDecimal('100');

/** The multiple of `grid` at or just below `value`. */
export const cutTo = (value: Decimal, grid: Decimal): Decimal =>
  nearestMultiples(value, grid).below;

/** The multiple of `grid` that is nearest to `value`; the lower one of two. */
export function snapTo(value: Decimal, grid: Decimal): Decimal {
  const { below, above } = nearestMultiples(value, grid);
  return compare(subtract(above, value), subtract(value, below)) < 0 ? above : below;
}

/** One step along the grid. From between two multiples, the next one in that direction. Never below zero. */
export function stepped(value: Decimal, grid: Decimal, direction: 'up' | 'down'): Decimal {
  const { below, above } = nearestMultiples(value, grid);
  if (direction === 'up') return above;
  const down = compare(below, value) < 0 ? below : subtract(below, grid);
  return isNegative(down) ? ZERO : down;
}

/** Places to which an amount of a quote asset is cut: as many as the exchange's stablecoins have. */
const QUOTE_PLACES = 6;

/** What a share of something is counted in. */
export interface ShareOf {
  /** Of this much. */
  available: Decimal;
  percent: 25 | 50 | 75 | 100;
  /** The quantity's step; absent for amounts of the quote asset. */
  step?: Decimal;
  /** The price at which the quote asset is turned into the base asset; absent where nothing is turned. */
  price?: Decimal;
}

/** So many percent, as a quantity that can be sent: cut, never rounded up. `undefined` if that is nothing. */
export function shareOf({ available, percent, step, price }: ShareOf): Decimal | undefined {
  if (isNegative(available) || (price !== undefined && isZero(price))) return undefined;
  const part = divide(multiply(available, assertDecimal(String(percent))), HUNDRED, 24);
  const size = price === undefined ? part : divide(part, price, 24);
  const cut = step === undefined ? truncate(size, QUOTE_PLACES) : cutTo(size, step);
  return isZero(cut) ? undefined : cut;
}

/** The cost of trading for so much, at `basisPoints`, in the same asset. */
export const feeFor = (amount: Decimal, basisPoints: Decimal): Decimal =>
  divide(multiply(amount, basisPoints), assertDecimal('10000'), 8);
