import * as v from 'valibot';
import { assertDecimal, type Decimal, isDecimal, isZero } from '../core/decimal.ts';
import { amountProblem, type Bounds, type Problem, priceBounds, quantityBounds } from './bounds.ts';
import type { OrderParams } from './instructions/orders.ts';
import { field } from './schema.ts';
import { onePerField } from './typed.ts';
import type { Market } from './types.ts';

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

const decimalAt = (value: string | undefined): Decimal | undefined =>
  value !== undefined && isDecimal(value) ? value : undefined;

const PRICES = [
  'price',
  'triggerPrice',
  'stopLossTriggerPrice',
  'stopLossLimitPrice',
  'takeProfitTriggerPrice',
  'takeProfitLimitPrice',
] as const;
const QUANTITIES = ['quantity', 'triggerQuantity'] as const;

/** Ticks are whole. */
const TICKS = {
  grid: assertDecimal('1'),
  offGrid: 'step',
  min: assertDecimal('1'),
  max: null,
} as const;

/**
 * What the market's rules have against a well-formed order: tick, step, decimals, bounds, state. Empty if nothing.
 * The background asks this too, before anything is recorded.
 */
export function orderProblems(params: OrderParams, market: Market): readonly Problem[] {
  if (params.symbol !== market.symbol) return [{ path: 'symbol', reason: 'market-unknown' }];
  const bounded = (path: keyof OrderParams & string, bounds: Bounds) => {
    const value = params[path];
    return typeof value === 'string' && isDecimal(value)
      ? amountProblem(path, value, bounds)
      : undefined;
  };
  const quote = decimalAt(params.quoteQuantity);
  const inTicks = params.slippageToleranceType === 'TickSize';
  return onePerField([
    ...flagProblems(params, market),
    ...PRICES.map((path) => bounded(path, priceBounds(market))),
    ...QUANTITIES.map((path) => bounded(path, quantityBounds(market))),
    quote && quoteProblem('quoteQuantity', quote),
    inTicks ? bounded('slippageTolerance', TICKS) : undefined,
  ]);
}
