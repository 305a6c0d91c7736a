import { type Amount, amount } from './decimal.ts';

export interface Market {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly marketType: 'SPOT' | 'PERP';
  readonly tickSize: Amount;
  readonly stepSize: Amount;
  readonly minQuantity: Amount;
  readonly open: boolean;
  readonly visible: boolean;
  /** The mark price a new exchange starts with. */
  readonly startPrice: string;
}

/** How far a price may lie from the mark, and a market order from the best price. */
export const band = { min: '0.5', max: '1.5', minImpact: '0.97', maxImpact: '1.03' };
/** Basis points, as `GET /api/v1/account` tells them. */
export const fees = { SPOT: { maker: '8', taker: '10' }, PERP: { maker: '2', taker: '5' } };
/** Initial margin is a tenth of the notional. */
export const leverage = '10';
/** And maintenance margin this share of it. */
export const maintenance = '0.0125';

const rows = [
  ['SOL', 'USDC', 'SPOT', '0.01', '0.01', '0.01', '150', 'Open'],
  ['BTC', 'USDC', 'SPOT', '0.1', '0.00001', '0.00001', '65000', 'Open'],
  ['ETH', 'USDC', 'SPOT', '0.01', '0.0001', '0.0001', '3500', 'Open'],
  ['USDT', 'USDC', 'SPOT', '0.0001', '0.1', '1', '1', 'Open'],
  ['kPEPE', 'USDC', 'SPOT', '0.000001', '1', '100', '0.012', 'Open'],
  ['SOL', 'USDC', 'PERP', '0.01', '0.01', '0.01', '150', 'Open'],
  ['BTC', 'USDC', 'PERP', '0.1', '0.00001', '0.00001', '65000', 'Open'],
  ['WIF', 'USDC', 'SPOT', '0.0001', '0.1', '1', '2', 'Closed'],
] as const;

/** Every market of the practice exchange. WIF_USDC is closed and hidden. */
export const markets: readonly Market[] = rows.map(
  ([base, quote, marketType, tickSize, stepSize, minQuantity, startPrice, state]) => ({
    symbol: `${base}_${quote}${marketType === 'PERP' ? '_PERP' : ''}`,
    base,
    quote,
    marketType,
    tickSize: amount(tickSize),
    stepSize: amount(stepSize),
    minQuantity: amount(minQuantity),
    open: state === 'Open',
    visible: state === 'Open',
    startPrice,
  }),
);
const bySymbol = new Map(markets.map((market) => [market.symbol, market]));
export const marketOf = (symbol: string): Market | undefined => bySymbol.get(symbol);

const marginFunction = (base: string, factor: string) => ({ type: 'sqrt', base, factor });

export function marketAnswer(market: Market): object {
  const perp = market.marketType === 'PERP';
  return {
    symbol: market.symbol,
    baseSymbol: market.base,
    quoteSymbol: market.quote,
    marketType: market.marketType,
    createdAt: '2025-01-21T06:34:54.691858',
    orderBookState: market.open ? 'Open' : 'Closed',
    visible: market.visible,
    fundingInterval: perp ? 3_600_000 : null,
    fundingRateLowerBound: perp ? '-100' : null,
    fundingRateUpperBound: perp ? '100' : null,
    imfFunction: perp ? marginFunction('0.02', '0.0000935') : null,
    mmfFunction: perp ? marginFunction(maintenance, '0.0000561') : null,
    openInterestLimit: perp ? '4000' : '0',
    filters: {
      price: {
        minPrice: market.tickSize.toFixed(),
        maxPrice: null,
        tickSize: market.tickSize.toFixed(),
        maxMultiplier: band.max,
        minMultiplier: band.min,
        maxImpactMultiplier: band.maxImpact,
        minImpactMultiplier: band.minImpact,
        meanMarkPriceBand: null,
        meanPremiumBand: null,
        borrowEntryFeeMaxMultiplier: null,
        borrowEntryFeeMinMultiplier: null,
      },
      quantity: {
        minQuantity: market.minQuantity.toFixed(),
        maxQuantity: null,
        stepSize: market.stepSize.toFixed(),
      },
    },
  };
}
