import { assertDecimal, compare, type Decimal, multiply, subtract } from '../core/decimal.ts';
import type { OrderParams } from '../exchange/instructions/orders.ts';
import { absolute, known } from './amounts.ts';

export type Attached = 'stop-loss' | 'take-profit';

/** What is remarkable about what waits for a price: the order itself, or what is attached to it. */
export type TriggerWarning =
  /** It waits for a price that is as good as there. */
  | { code: 'trigger-at-once'; severity: 'warn'; mark: Decimal }
  /** A stop buys when the price rises to it and sells when it falls to it. This one does the opposite. */
  | { code: 'trigger-turned'; severity: 'warn'; side: 'Bid' | 'Ask'; mark: Decimal }
  /** On the wrong side of the price at which the order is expected to trade: it would fire as soon as there is something to close. */
  | {
      code: 'attached-at-once';
      severity: 'severe';
      attached: Attached;
      side: 'Bid' | 'Ask';
      entry: Decimal;
    }
  /** Once it fires, its limit is a price that nobody pays there. */
  | { code: 'stop-loss-limit'; severity: 'warn'; side: 'Bid' | 'Ask'; trigger: Decimal };

/** One thousandth: nearer than this the price moves by itself, from one moment to the next. */
const NEAR = assertDecimal('1000');

const lesser = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b);
const greater = (a: Decimal, b: Decimal): Decimal => (compare(a, b) > 0 ? a : b);

const isNear = (price: Decimal, mark: Decimal): boolean =>
  compare(multiply(absolute(subtract(price, mark)), NEAR), mark) <= 0;

/**
 * About the price at which an order will trade: a limit order at its price, or at the market's where that is better; one that
 * waits, once it fires. `undefined` where only a missing price of the market could tell.
 */
function expectedEntry(params: OrderParams, mark?: Decimal): Decimal | undefined {
  const price = known(params.price);
  const there = known(params.triggerPrice) ?? mark;
  if (price === undefined || there === undefined) return price ?? there;
  return params.side === 'Bid' ? lesser(price, there) : greater(price, there);
}

function trigger({ triggerPrice, side }: OrderParams, mark: Decimal): TriggerWarning | undefined {
  const price = known(triggerPrice);
  if (price === undefined) return undefined;
  if (isNear(price, mark)) return { code: 'trigger-at-once', severity: 'warn', mark };
  const rises = compare(price, mark) > 0;
  return rises === (side === 'Bid')
    ? undefined
    : { code: 'trigger-turned', severity: 'warn', side, mark };
}

/** A stop loss of a buy lies below what was paid, its take profit above; of a sale the other way round. */
function attached(
  kind: Attached,
  price: Decimal | undefined,
  { side }: OrderParams,
  entry: Decimal | undefined,
): TriggerWarning | undefined {
  if (price === undefined || entry === undefined) return undefined;
  const below = (kind === 'stop-loss') === (side === 'Bid');
  const isRight = below ? compare(price, entry) < 0 : compare(price, entry) > 0;
  return isRight
    ? undefined
    : { code: 'attached-at-once', severity: 'severe', attached: kind, side, entry };
}

function stopLossLimit(params: OrderParams): TriggerWarning | undefined {
  const limit = known(params.stopLossLimitPrice);
  const price = known(params.stopLossTriggerPrice);
  if (limit === undefined || price === undefined) return undefined;
  const { side } = params;
  const rests = side === 'Bid' ? compare(limit, price) > 0 : compare(limit, price) < 0;
  return rests ? { code: 'stop-loss-limit', severity: 'warn', side, trigger: price } : undefined;
}

/** Everything remarkable about when an order, or what is attached to it, fires. */
export function triggerWarnings(
  params: OrderParams,
  mark: Decimal | undefined,
): (TriggerWarning | undefined)[] {
  const entry = expectedEntry(params, mark);
  return [
    mark && trigger(params, mark),
    attached('stop-loss', known(params.stopLossTriggerPrice), params, entry),
    attached('take-profit', known(params.takeProfitTriggerPrice), params, entry),
    stopLossLimit(params),
  ];
}
