import * as v from 'valibot';
import { type Decimal, isDecimal, isZero, parseDecimal } from '../core/decimal.ts';
import { isAppError } from '../core/errors.ts';
import { amountProblem, type Problem, priceBounds, quantityBounds } from './bounds.ts';
import type { OrderParams } from './instructions/orders.ts';
import { field } from './schema.ts';
import type { Market } from './types.ts';

/** An order as it stands in a form: numbers are text, just as typed. */
export interface OrderDraft {
  symbol: string;
  side: 'Bid' | 'Ask';
  orderType: 'Limit' | 'Market';
  price: string;
  quantity: string;
  /** What `quantity` counts: the asset that is traded, or the one that pays. */
  sizeIn: 'base' | 'quote';
  timeInForce: 'GTC' | 'IOC' | 'FOK';
  postOnly: boolean;
  reduceOnly: boolean;
}

export type Checked =
  | { ok: true; params: OrderParams }
  | { ok: false; problems: readonly Problem[] };

/** A quote amount has no grid of its own: the exchange turns it into whole steps of the base. */
const quoteProblem = (path: string, value: Decimal): Problem | undefined =>
  v.is(field.amount, value)
    ? undefined
    : { path, reason: isZero(value) ? 'minimum' : 'number-format' };

type Flags = Pick<OrderParams, 'orderType' | 'timeInForce' | 'postOnly' | 'reduceOnly'>;

/** What the market's state lets in. An unknown state lets nothing in. */
function stateProblem(flags: Flags, { orderBookState: state }: Market): Problem | undefined {
  const closed = { reason: 'market-closed', limit: state } as const;
  if (state === 'Open') return undefined;
  if (state === 'LimitOnly') {
    return flags.orderType === 'Limit' ? undefined : { path: 'orderType', ...closed };
  }
  if (state === 'PostOnly') return flags.postOnly ? undefined : { path: 'postOnly', ...closed };
  return { path: 'symbol', ...closed };
}

/** Futures of any kind have positions that an order can reduce; spot markets have not. */
export const hasPositions = ({ marketType }: Market): boolean =>
  marketType === 'PERP' || marketType === 'IPERP' || marketType === 'DATED';

function flagProblems(flags: Flags, market: Market): (Problem | undefined)[] {
  const takes = flags.orderType === 'Market' || (flags.timeInForce ?? 'GTC') !== 'GTC';
  return [
    stateProblem(flags, market),
    flags.postOnly && takes ? { path: 'postOnly', reason: 'conflict' } : undefined,
    flags.reduceOnly && !hasPositions(market)
      ? { path: 'reduceOnly', reason: 'conflict' }
      : undefined,
  ];
}

/** The first problem of each field. */
function onePerField(found: readonly (Problem | undefined)[]): readonly Problem[] {
  const byPath = new Map<string, Problem>();
  for (const problem of found) {
    if (problem && !byPath.has(problem.path)) byPath.set(problem.path, problem);
  }
  return [...byPath.values()];
}

const decimalAt = (value: string | undefined): Decimal | undefined =>
  value !== undefined && isDecimal(value) ? value : undefined;

/**
 * What the market's rules have against a well-formed order: tick, step, decimals, bounds, state. Empty if nothing.
 * The background asks this too, before anything is recorded.
 */
export function orderProblems(params: OrderParams, market: Market): readonly Problem[] {
  if (params.symbol !== market.symbol) return [{ path: 'symbol', reason: 'market-unknown' }];
  const bounded = (path: 'price' | 'quantity' | 'triggerPrice' | 'triggerQuantity') => {
    const value = decimalAt(params[path]);
    const bounds = path === 'price' || path === 'triggerPrice' ? priceBounds : quantityBounds;
    return value && amountProblem(path, value, bounds(market));
  };
  const quote = decimalAt(params.quoteQuantity);
  return onePerField([
    ...flagProblems(params, market),
    bounded('price'),
    bounded('quantity'),
    quote && quoteProblem('quoteQuantity', quote),
    bounded('triggerPrice'),
    bounded('triggerQuantity'),
  ]);
}

type Typed = { value: Decimal } | { problem: Problem };

function typed(text: string, path: string): Typed {
  try {
    return { value: parseDecimal(text, path) };
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    return { problem: { path, reason: error.data.reason } };
  }
}

const given = (found: Typed | undefined): Decimal | undefined =>
  found && 'value' in found ? found.value : undefined;
const problemOf = (found: Typed | undefined): Problem | undefined =>
  found && 'problem' in found ? found.problem : undefined;

/**
 * A form's order, checked against its market: the params to send, amounts exactly as typed, or every problem at once, one
 * a field.
 */
export function checkOrder(draft: OrderDraft, market: Market): Checked {
  const price = draft.orderType === 'Limit' ? typed(draft.price, 'price') : undefined;
  const quantity = typed(draft.quantity, 'quantity');
  const sized = draft.sizeIn === 'base' ? 'quantity' : 'quoteQuantity';
  const priceValue = given(price);
  const params: OrderParams = {
    symbol: draft.symbol,
    side: draft.side,
    orderType: draft.orderType,
    ...(priceValue === undefined ? {} : { price: priceValue }),
    ...('value' in quantity ? { [sized]: quantity.value } : {}),
    // A market order never rests, so there is nothing for "good till cancelled" to say.
    ...(draft.orderType === 'Market' && draft.timeInForce === 'GTC'
      ? {}
      : { timeInForce: draft.timeInForce }),
    ...(draft.postOnly ? { postOnly: true } : {}),
    ...(draft.reduceOnly ? { reduceOnly: true } : {}),
  };
  const problems = onePerField([
    problemOf(price),
    problemOf(quantity),
    draft.orderType === 'Limit' && draft.sizeIn === 'quote'
      ? { path: 'quantity', reason: 'conflict' }
      : undefined,
    ...orderProblems(params, market).map((problem) =>
      problem.path === 'quoteQuantity' ? { ...problem, path: 'quantity' } : problem,
    ),
  ]);
  return problems.length === 0 ? { ok: true, params } : { ok: false, problems };
}
