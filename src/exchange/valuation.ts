import { add, assertDecimal, compare, type Decimal, isZero, multiply } from '../core/decimal.ts';
import type { Balances, MarkPrice, Ticker } from './types.ts';

/** One asset of an account. `price` and `value` are in USDC and absent where no market tells. */
export interface AssetRow {
  asset: string;
  available: Decimal;
  locked: Decimal;
  staked: Decimal;
  total: Decimal;
  price?: Decimal;
  value?: Decimal;
}

/** What an account holds. `unpriced` counts assets that the total leaves out. */
export interface Valuation {
  /** Worth most first; then those without a price, by name. */
  held: readonly AssetRow[];
  /** Assets of which there is nothing, by name. */
  empty: readonly AssetRow[];
  total: Decimal;
  unpriced: number;
}

const ONE = assertDecimal('1');
const ZERO = assertDecimal('0');
const QUOTE = 'USDC';

type Price = (asset: string) => Decimal | undefined;

/** A price of nothing means that nothing was traded yet, not that the asset is worthless. */
function priceIn(tickers: readonly Ticker[], markPrices: readonly MarkPrice[]): Price {
  const last = new Map(tickers.map((ticker) => [ticker.symbol, ticker.lastPrice]));
  const mark = new Map(markPrices.map((entry) => [entry.symbol, entry.markPrice]));
  return (asset) => {
    if (asset === QUOTE) return ONE;
    const spot = last.get(`${asset}_${QUOTE}`);
    if (spot !== undefined && !isZero(spot)) return spot;
    const perp = mark.get(`${asset}_${QUOTE}_PERP`);
    return perp === undefined || isZero(perp) ? undefined : perp;
  };
}

const byName = (a: AssetRow, b: AssetRow): number => (a.asset < b.asset ? -1 : 1);

function byValue(a: AssetRow, b: AssetRow): number {
  if (a.value !== undefined && b.value !== undefined) {
    return compare(b.value, a.value) || byName(a, b);
  }
  if (a.value === undefined && b.value === undefined) return byName(a, b);
  return a.value === undefined ? 1 : -1;
}

/**
 * Balances with what they are worth in USDC: at the last price of the asset's USDC market, else at the mark price of its
 * perpetual. Exact; an asset without either has no value and is left out of the total.
 */
export function valuation(
  balances: Balances,
  tickers: readonly Ticker[],
  markPrices: readonly MarkPrice[],
): Valuation {
  const priceOf = priceIn(tickers, markPrices);
  const rows = Object.entries(balances).map(([asset, balance]): AssetRow => {
    const { available, locked, staked } = balance;
    const total = add(add(available, locked), staked);
    const price = priceOf(asset);
    const priced = price === undefined ? {} : { price, value: multiply(total, price) };
    return { asset, available, locked, staked, total, ...priced };
  });
  const isEmpty = ({ available, locked, staked }: AssetRow): boolean =>
    isZero(available) && isZero(locked) && isZero(staked);
  const held = rows.filter((row) => !isEmpty(row)).sort(byValue);
  return {
    held,
    empty: rows.filter(isEmpty).sort(byName),
    total: held.reduce((sum, row) => (row.value === undefined ? sum : add(sum, row.value)), ZERO),
    unpriced: held.filter((row) => row.value === undefined).length,
  };
}
