import { assertDecimal, compare, type Decimal, parseDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import { amountProblem, type Bounds, type Problem } from './bounds.ts';
import { cutTo } from './sizing.ts';
import type { Asset } from './types.ts';

/** A withdrawal as it stands in a form: the quantity is text, just as typed. */
export interface WithdrawalDraft {
  symbol: string;
  blockchain: string;
  quantity: string;
}

export interface WithdrawalLimits {
  /** What may leave now, as `maxWithdrawalQuantity` says it, where that is known. */
  most?: Decimal | undefined;
}

type Token = Asset['tokens'][number];

/** How an asset moves on a chain, by the exchange's name of it; nothing if it does not. */
export const tokenOn = (asset: Asset | undefined, blockchain: string): Token | undefined =>
  asset?.tokens.find((token) => token.blockchain === blockchain);

/** More decimals than any amount may have: for a chain that does not say how many it takes. */
const ANY_DECIMALS = 24;

/** `unitOf(6)` is `0.000001`. */
const unitOf = (decimals: number): Decimal =>
  assertDecimal(decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`);

function smaller(a: Decimal | null | undefined, b: Decimal | undefined): Decimal | undefined {
  if (a == null || b === undefined) return a ?? b;
  return compare(a, b) < 0 ? a : b;
}

/** What a chain takes, and what the account may take out: a grid of the chain's decimals, a smallest and a largest amount. */
function boundsOf(token: Token, { most }: WithdrawalLimits): Bounds {
  const decimals = token.nativeDecimals ?? ANY_DECIMALS;
  const isKnown = Number.isInteger(decimals) && decimals >= 0 && decimals <= ANY_DECIMALS;
  return {
    grid: unitOf(isKnown ? decimals : ANY_DECIMALS),
    offGrid: 'step',
    min: token.minimumWithdrawal,
    max: smaller(token.maximumWithdrawal, most),
  };
}

function quantityProblem(typed: string, bounds: Bounds): Problem | undefined {
  let quantity: Decimal;
  try {
    quantity = parseDecimal(typed, 'quantity');
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    return { path: 'quantity', reason: error.data.reason };
  }
  const problem = amountProblem('quantity', quantity, bounds);
  if (problem?.suggestions === undefined) return problem;
  // With less in the account than may leave it, no amount at all will do.
  const suggestions = problem.suggestions.filter(
    (each) =>
      compare(each, bounds.min) >= 0 && (bounds.max == null || compare(each, bounds.max) <= 0),
  );
  return { ...problem, suggestions };
}

/**
 * What the chain's own rules have against a withdrawal: the asset does not move on it, or not now; too little, too much, too
 * many decimals. One problem a field, with amounts that will do. The address is looked at elsewhere.
 */
export function withdrawalProblems(
  draft: WithdrawalDraft,
  asset: Asset | undefined,
  limits: WithdrawalLimits = {},
): readonly Problem[] {
  if (asset === undefined || asset.symbol !== draft.symbol) {
    return [{ path: 'symbol', reason: 'asset-unknown' }];
  }
  const token = tokenOn(asset, draft.blockchain);
  if (token === undefined) return [{ path: 'blockchain', reason: 'chain-unknown' }];
  const disabled: Problem[] = token.withdrawEnabled
    ? []
    : [{ path: 'blockchain', reason: 'withdraw-disabled' }];
  const quantity = quantityProblem(draft.quantity, boundsOf(token, limits));
  return quantity === undefined ? disabled : [...disabled, quantity];
}

/** The most that can leave in one piece on that chain, cut to its decimals; nothing where nobody says. */
export function mostOn(token: Token, most: Decimal | undefined): Decimal | undefined {
  const { max, grid } = boundsOf(token, { most });
  return max == null ? undefined : cutTo(max, grid);
}
