import {
  assertDecimal,
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  subtract,
} from '../core/decimal.ts';
import type { OrderParams } from '../exchange/instructions/orders.ts';
import { hasPositions } from '../exchange/rules.ts';
import type { Market } from '../exchange/types.ts';
import { absolute, known } from './amounts.ts';
import { type TriggerWarning, triggerWarnings } from './trigger-warnings.ts';

/** `severe` is almost surely a slip; `info` is worth knowing and no reason to stop. */
export type Severity = 'severe' | 'warn' | 'info';

/** Where the price to compare with comes from: not every market has a mark price. */
export type PriceBy = 'mark' | 'last';

/** What is remarkable about an order, as data; the words are in `_locales`. Amounts are exact. */
export type Warning =
  | TriggerWarning
  | {
      code: 'far-from-mark';
      severity: 'severe' | 'warn';
      /** How far, in percent with at most two decimals, without sign. */
      percent: Decimal;
      direction: 'above' | 'below';
      mark: Decimal;
      /** A limit that waits for its trigger is compared with that. */
      markBy: PriceBy | 'trigger';
    }
  | {
      code: 'over-balance';
      severity: 'warn';
      needed: Decimal;
      available: Decimal;
      asset: string;
    }
  | { code: 'market-price-open'; severity: 'info'; estimate: Decimal; asset: string }
  /** The same, once it has fired. */
  | { code: 'market-price-later'; severity: 'info'; estimate: Decimal; asset: string }
  | { code: 'no-reference'; severity: 'info' }
  | { code: 'reduce-only-no-position'; severity: 'warn' }
  | { code: 'reduce-only-grows'; severity: 'warn'; position: Decimal };

/** What is known around an order. Absent means not known, and what is not known is not warned about. */
export interface OrderContext {
  /** The mark price, else the last price. */
  mark?: Decimal | undefined;
  /** Which of the two `mark` is; the mark price unless it says otherwise. */
  markBy?: PriceBy | undefined;
  /** Available amounts of the asset that is traded and of the one that pays. */
  available?: { base: Decimal; quote: Decimal } | undefined;
  /** The position's net quantity: above zero long, below zero short, `0` for none. */
  position?: Decimal | undefined;
}

const HUNDRED = assertDecimal('100');
const WARN_PERCENT = assertDecimal('5');
const SEVERE_PERCENT = assertDecimal('20');

/** How far `price` lies from `mark` in percent, negative below it, cut to two decimals. */
export const distancePercent = (price: Decimal, mark: Decimal): Decimal =>
  divide(multiply(subtract(price, mark), HUNDRED), mark, 2);

/** The difference is compared exactly, so that 5.001 % is over 5 % though it shows as 5. */
const isOver = (price: Decimal, mark: Decimal, percent: Decimal): boolean =>
  compare(multiply(absolute(subtract(price, mark)), HUNDRED), multiply(percent, mark)) > 0;

function farFromMark(params: OrderParams, context: OrderContext): Warning | undefined {
  const price = known(params.price);
  const trigger = known(params.triggerPrice);
  const mark = trigger ?? context.mark;
  const markBy = trigger === undefined ? (context.markBy ?? 'mark') : 'trigger';
  if (price === undefined || mark === undefined) return undefined;
  if (!isOver(price, mark, WARN_PERCENT)) return undefined;
  return {
    code: 'far-from-mark',
    severity: isOver(price, mark, SEVERE_PERCENT) ? 'severe' : 'warn',
    percent: absolute(distancePercent(price, mark)),
    direction: compare(price, mark) > 0 ? 'above' : 'below',
    mark,
    markBy,
  };
}

/** What an order asks for, in the quote asset. `undefined` where only a missing mark price could tell. */
export function costOf(params: OrderParams, mark?: Decimal): Decimal | undefined {
  const quote = known(params.quoteQuantity);
  if (quote !== undefined) return quote;
  const quantity = known(params.quantity) ?? known(params.triggerQuantity);
  const price = known(params.price) ?? known(params.triggerPrice) ?? mark;
  return quantity === undefined || price === undefined ? undefined : multiply(quantity, price);
}

/**
 * What an order takes from the spot balance. Futures are paid for with margin, of which the balance says nothing, and what
 * waits for its trigger takes nothing until it fires.
 */
export function spending(
  params: OrderParams,
  market: Market,
  { available, mark }: OrderContext,
): { asset: string; needed: Decimal; available: Decimal } | undefined {
  if (!available || hasPositions(market) || params.triggerPrice !== undefined) return undefined;
  const selling = params.side === 'Ask';
  const needed = selling ? (known(params.quantity) ?? soldFor(params, mark)) : costOf(params, mark);
  if (needed === undefined) return undefined;
  return selling
    ? { asset: market.baseSymbol, needed, available: available.base }
    : { asset: market.quoteSymbol, needed, available: available.quote };
}

function overBalance(params: OrderParams, market: Market, context: OrderContext) {
  const spent = spending(params, market, context);
  if (!spent || compare(spent.needed, spent.available) <= 0) return undefined;
  return { code: 'over-balance', severity: 'warn', ...spent } as const;
}

/** About how much of the base asset a sale for a quote amount takes. */
function soldFor({ quoteQuantity }: OrderParams, mark?: Decimal): Decimal | undefined {
  const quote = known(quoteQuantity);
  return quote === undefined || mark === undefined || isZero(mark)
    ? undefined
    : divide(quote, mark, 8);
}

function reduceOnly(params: OrderParams, position: Decimal | undefined): Warning | undefined {
  if (!params.reduceOnly || position === undefined) return undefined;
  if (isZero(position)) return { code: 'reduce-only-no-position', severity: 'warn' };
  const grows = isNegative(position) === (params.side === 'Ask');
  return grows ? { code: 'reduce-only-grows', severity: 'warn', position } : undefined;
}

function marketPrice(params: OrderParams, market: Market, mark?: Decimal): Warning | undefined {
  if (params.orderType !== 'Market') return undefined;
  const estimate = costOf(params, mark);
  const code = params.triggerPrice === undefined ? 'market-price-open' : 'market-price-later';
  return estimate === undefined
    ? undefined
    : { code, severity: 'info', estimate, asset: market.quoteSymbol };
}

const ORDER: readonly Severity[] = ['severe', 'warn', 'info'];

/** Everything remarkable about an order, the worst first. */
export function orderWarnings(
  params: OrderParams,
  market: Market,
  context: OrderContext,
): readonly Warning[] {
  const mark = context.mark !== undefined && !isZero(context.mark) ? context.mark : undefined;
  const found: (Warning | undefined)[] = [
    farFromMark(params, { ...context, mark }),
    ...triggerWarnings(params, mark),
    overBalance(params, market, { ...context, mark }),
    reduceOnly(params, context.position),
    marketPrice(params, market, mark),
    mark === undefined ? { code: 'no-reference', severity: 'info' } : undefined,
  ];
  return found
    .filter((warning) => warning !== undefined)
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
