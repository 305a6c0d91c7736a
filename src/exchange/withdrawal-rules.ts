import { assertDecimal, compare, type Decimal, parseDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import { amountProblem, type Bounds, type Problem } from './bounds.ts';
import type { Token } from './types.ts';

/** As many places as a request's amount may have; a token that does not say how many it has gets these. */
const MOST_PLACES = 24;

/** The smallest amount of a token: `0.000001` for six decimals. */
export function unitOf({ nativeDecimals }: Token): Decimal {
  const places = Math.min(nativeDecimals ?? MOST_PLACES, MOST_PLACES);
  return assertDecimal(places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`);
}

/** The lesser of what the network takes and of what the account can withdraw now, as far as either is known. */
export function mostOf(token: Token, withdrawable: Decimal | undefined): Decimal | undefined {
  const most = token.maximumWithdrawal ?? undefined;
  if (most === undefined || withdrawable === undefined) return most ?? withdrawable;
  return compare(most, withdrawable) < 0 ? most : withdrawable;
}

/**
 * What the token's rules and the account have against withdrawing so much, with the nearest amounts that they allow.
 * @param typed - as it stands in a form.
 * @param withdrawable - the account's most by `maxWithdrawalQuantity`; without it only the token's rules are asked.
 */
export function quantityProblem(
  typed: string,
  token: Token,
  withdrawable?: Decimal,
): Problem | undefined {
  let value: Decimal;
  try {
    value = parseDecimal(typed, 'quantity');
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    return { path: 'quantity', reason: error.data.reason };
  }
  const min = token.minimumWithdrawal;
  const max = mostOf(token, withdrawable);
  const bounds: Bounds = { grid: unitOf(token), offGrid: 'step', min, max };
  const problem = amountProblem('quantity', value, bounds);
  // With less than the minimum in the account there is nothing to suggest.
  if (!problem?.suggestions || max === undefined || compare(max, min) >= 0) return problem;
  const { suggestions: _, ...bare } = problem;
  return bare;
}
