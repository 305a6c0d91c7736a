import { compare, type Decimal, isDecimal, isNegative, isZero, multiply } from '../core/decimal.ts';
import type { OrderParams } from '../exchange/instructions/orders.ts';
import type { Market } from '../exchange/types.ts';

/** A mark price, and when it was asked for (Unix ms). */
export interface Mark {
  price: Decimal;
  at: number;
}

/** What is known of an order's market. Absent means not known; then nothing is let through without asking. */
export interface MarketFacts {
  market?: Market | undefined;
  /** What the base asset is worth, in the quote asset. */
  mark?: Mark | undefined;
  /** What the quote asset is worth in USDC; not needed where it is USDC. */
  quoteMark?: Mark | undefined;
}

/** What an order can cost at most, in USDC, or why nobody can say. */
export type Notional = { usdc: Decimal } | { because: 'market-kind' | 'price-open' | 'no-mark' };

/** A mark that is this old or older tells nothing any more. */
const MARK_AGE_MS = 5_000;
const UNIT = 'USDC';

/**
 * The most that can be lost by an order, in USDC: its quantity at its price or at the mark, whichever is higher. For a purchase
 * the price bounds what is paid; for a sale a low price bounds nothing, since what is given away is worth the mark.
 * A market order is bounded only if what is given is: quote asset for a purchase, base asset for a sale. For the other two a
 * site could put its own offer into a thin book and have it taken at any price.
 */
export function notionalOf(params: OrderParams, facts: MarketFacts, now: number): Notional {
  const { market } = facts;
  const mark = fresh(facts.mark, now);
  if (market === undefined || mark === undefined) return { because: 'no-mark' };
  // What one contract of the other kinds is worth does not follow from quantity and price.
  const isPlain = market.marketType === 'SPOT' || market.marketType === 'PERP';
  if (!isPlain || market.symbol !== params.symbol) return { because: 'market-kind' };
  const rate = market.quoteSymbol === UNIT ? undefined : fresh(facts.quoteMark, now);
  if (market.quoteSymbol !== UNIT && rate === undefined) return { because: 'no-mark' };
  const most = mostInQuote(params, mark);
  if (most === undefined) return { because: 'price-open' };
  return { usdc: rate === undefined ? most : multiply(most, rate) };
}

function mostInQuote(params: OrderParams, mark: Decimal): Decimal | undefined {
  const { orderType, side } = params;
  const [price, quantity, quoteQuantity] = [
    known(params.price),
    known(params.quantity),
    known(params.quoteQuantity),
  ];
  if (orderType === 'Market') {
    if (side === 'Bid') return quoteQuantity;
    return quantity && multiply(quantity, mark);
  }
  if (price === undefined || quantity === undefined) return undefined;
  return multiply(quantity, compare(price, mark) > 0 ? price : mark);
}

const known = (value: string | undefined): Decimal | undefined =>
  value !== undefined && isDecimal(value) ? value : undefined;

/** A mark from the future is none: a clock was set. */
function fresh(mark: Mark | undefined, now: number): Decimal | undefined {
  if (mark === undefined || mark.at > now || now - mark.at >= MARK_AGE_MS) return undefined;
  return isZero(mark.price) || isNegative(mark.price) ? undefined : mark.price;
}
