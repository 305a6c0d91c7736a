import { compare, type Decimal, isMultiple } from '../core/decimal.ts';
import type { Problem } from './bounds.ts';
import { amountProblem, priceBounds, quantityBounds } from './bounds.ts';
import type { OrderParams } from './instructions/orders.ts';
import {
  type Grid,
  type Ladder,
  LEAST_RUNGS,
  leastTotal,
  MOST_RUNGS,
  mostTotal,
  pricesIn,
  type Rung,
  rungsOf,
} from './ladder.ts';
import type { OrderDraft } from './order-draft.ts';
import { commonOf, inItsField, present } from './order-form.ts';
import { orderProblems } from './rules.ts';
import { given, onePerField, problemOf, typed } from './typed.ts';
import type { Market } from './types.ts';

export type CheckedLadder =
  | { ok: true; orders: readonly OrderParams[] }
  | { ok: false; problems: readonly Problem[] };

const gridOf = ({ filters }: Market): Grid => ({
  tick: filters.price.tickSize,
  step: filters.quantity.stepSize,
});

function countOf(text: string): number | Problem {
  const path = 'ladderCount';
  const digits = text.trim();
  if (digits === '') return { path, reason: 'required' };
  if (!/^\d+$/.test(digits)) return { path, reason: 'number-whole' };
  const count = Number(digits);
  if (count < LEAST_RUNGS) return { path, reason: 'minimum', limit: String(LEAST_RUNGS) };
  if (count > MOST_RUNGS) return { path, reason: 'maximum', limit: String(MOST_RUNGS) };
  return count;
}

/** What a ladder asks of its range and total that no single order does. */
function ladderProblems(ladder: Ladder, market: Market): (Problem | undefined)[] {
  const grid = gridOf(market);
  const { from, to, count, total } = ladder;
  if (compare(from, to) === 0) return [{ path: 'ladderTo', reason: 'conflict' }];
  const prices = pricesIn(ladder, grid);
  const { min, max } = quantityBounds(market);
  const least = leastTotal(ladder, min, grid);
  const most = max == null ? undefined : mostTotal(ladder, max, grid);
  const about = (reason: 'minimum' | 'maximum', limit: Decimal): Problem => ({
    ...{ path: 'quantity', reason, limit, suggestions: [limit] },
  });
  return [
    compare(prices, String(count) as Decimal) < 0
      ? { path: 'ladderCount', reason: 'conflict', limit: prices, suggestions: [prices] }
      : undefined,
    compare(total, least) < 0 ? about('minimum', least) : undefined,
    most !== undefined && compare(total, most) > 0 ? about('maximum', most) : undefined,
  ];
}

const rungParams = (draft: OrderDraft, { price, quantity }: Rung): OrderParams =>
  present({
    ...commonOf(draft),
    orderType: 'Limit',
    price,
    quantity,
    timeInForce: draft.timeInForce,
  });

/** A form's ladder, checked against its market: an order for each price, or every problem at once, one a field. */
export function checkLadder(draft: OrderDraft, market: Market): CheckedLadder {
  const from = typed(draft.ladderFrom, 'ladderFrom');
  const to = typed(draft.ladderTo, 'ladderTo');
  const total = typed(draft.quantity, 'quantity');
  const count = countOf(draft.ladderCount);
  const price = (value: Decimal | undefined, path: string) =>
    value && amountProblem(path, value, priceBounds(market));
  const step = market.filters.quantity.stepSize;
  const size = given(total);
  const own = onePerField([
    ...[from, to, total].map(problemOf),
    typeof count === 'number' ? undefined : count,
    price(given(from), 'ladderFrom'),
    price(given(to), 'ladderTo'),
    // Its least and its most are the ladder's; the grid is the same as for one order.
    size === undefined || isMultiple(size, step)
      ? undefined
      : amountProblem('quantity', size, { ...quantityBounds(market), max: undefined }),
  ]);
  if (own.length > 0 || !('value' in from && 'value' in to && 'value' in total)) {
    return { ok: false, problems: own };
  }
  const ladder: Ladder = {
    ...{ from: from.value, to: to.value, total: total.value, sizes: draft.ladderSizes },
    count: typeof count === 'number' ? count : LEAST_RUNGS,
  };
  const found = onePerField(ladderProblems(ladder, market));
  if (found.length > 0) return { ok: false, problems: found };
  const orders = rungsOf(ladder, gridOf(market)).map((rung) => rungParams(draft, rung));
  const problems = onePerField(orders.flatMap((order) => orderProblems(order, market)));
  return problems.length === 0
    ? { ok: true, orders }
    : { ok: false, problems: problems.map(inItsField) };
}
