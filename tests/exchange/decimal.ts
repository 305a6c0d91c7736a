import createBig, { type Big } from 'big.js';

/** A constructor of our own, so that no other module's settings reach the practice exchange. */
const Exact = createBig();
Exact.DP = 24;

export type Amount = Big;

export const amount = (value: string | number): Amount => new Exact(value);
export const zero = amount(0);
export const minOf = (...values: Amount[]): Amount => values.reduce((a, b) => (a.lt(b) ? a : b));
export const maxOf = (a: Amount, b: Amount): Amount => (a.gt(b) ? a : b);
/** The largest multiple of `step` that is not above `value`. */
export const floorTo = (value: Amount, step: Amount): Amount =>
  value.div(step).round(0, Exact.roundDown).times(step);
/** Cut after so many decimals, towards zero. */
export const cut = (value: Amount, decimals: number): Amount =>
  value.round(decimals, Exact.roundDown);
/** Plain digits, as the exchange writes amounts: no exponent, no trailing zeros. */
export const plain = (value: Amount): string => value.toFixed();
/** Number of decimals needed to write the value. */
export const decimalsOf = (value: Amount): number => plain(value).split('.')[1]?.length ?? 0;
