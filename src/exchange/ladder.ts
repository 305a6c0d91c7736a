import {
  add,
  assertDecimal,
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  nearestMultiples,
  subtract,
} from '../core/decimal.ts';
import { snapTo } from './sizing.ts';

/** As many orders as one batch may hold. */
export const MOST_RUNGS = 20;
export const LEAST_RUNGS = 2;

/** One order of a ladder. */
export interface Rung {
  price: Decimal;
  quantity: Decimal;
}

export interface Ladder {
  /** The first and the last price, both on the tick. */
  from: Decimal;
  to: Decimal;
  /** A whole number, two at least. */
  count: number;
  /** In all, on the step. */
  total: Decimal;
  /** `rising`: the second twice the first, the third three times, and so on, as far as whole steps allow. */
  sizes: 'even' | 'rising';
}

/** What a market's prices and quantities are multiples of. */
export interface Grid {
  tick: Decimal;
  step: Decimal;
}

const ZERO = assertDecimal('0');
const ONE = assertDecimal('1');
const whole = (value: number): Decimal => assertDecimal(String(value));

const weightsOf = ({ count, sizes }: Pick<Ladder, 'count' | 'sizes'>): readonly number[] =>
  Array.from({ length: count }, (_, index) => (sizes === 'even' ? 1 : index + 1));

const sumOf = (weights: readonly number[]): number => weights.reduce((sum, each) => sum + each, 0);

/** Whole steps shared out by weight: what the cutting leaves over goes to the last ones, a step each. Their sum is `steps`. */
function shares(steps: Decimal, weights: readonly number[]): readonly Decimal[] {
  const all = whole(sumOf(weights));
  const cut = weights.map((weight) => divide(multiply(steps, whole(weight)), all, 0));
  const left = Number(subtract(steps, cut.reduce(add, ZERO)));
  return cut.map((share, index) => (index >= cut.length - left ? add(share, ONE) : share));
}

/** How many different prices the range has. */
export const pricesIn = ({ from, to }: Pick<Ladder, 'from' | 'to'>, { tick }: Grid): Decimal => {
  const range = subtract(to, from);
  return add(divide(isNegative(range) ? subtract(ZERO, range) : range, tick, 0), ONE);
};

/** The least total with which every order has `least`, and so the smallest one. */
export function leastTotal(
  ladder: Pick<Ladder, 'count' | 'sizes'>,
  least: Decimal,
  { step }: Grid,
) {
  const { below, above } = nearestMultiples(least, step);
  const each = divide(compare(below, least) < 0 ? above : below, step, 0);
  const steps = isZero(each) ? ONE : each;
  return multiply(multiply(steps, whole(sumOf(weightsOf(ladder)))), step);
}

/** The largest total with which no order is over `most`. */
export function mostTotal(ladder: Pick<Ladder, 'count' | 'sizes'>, most: Decimal, { step }: Grid) {
  const weights = weightsOf(ladder);
  const limit = divide(most, step, 0);
  const largest = (steps: Decimal): Decimal => shares(steps, weights).at(-1) ?? ZERO;
  let steps = divide(multiply(limit, whole(sumOf(weights))), whole(weights.at(-1) ?? 1), 0);
  while (compare(largest(steps), limit) > 0) steps = subtract(steps, ONE);
  return multiply(steps, step);
}

/**
 * The orders of a ladder, from its first price to its last: prices as evenly spaced as the tick allows, quantities in whole
 * steps whose sum is the total, exactly. Sizes never fall from one to the next.
 */
export function rungsOf(ladder: Ladder, { tick, step }: Grid): readonly Rung[] {
  const { from, to, count, total } = ladder;
  const range = subtract(to, from);
  const gaps = whole(count - 1);
  const quantities = shares(divide(total, step, 0), weightsOf(ladder));
  return quantities.map((steps, index) => ({
    price: snapTo(add(from, divide(multiply(range, whole(index)), gaps, 24)), tick),
    quantity: multiply(steps, step),
  }));
}
