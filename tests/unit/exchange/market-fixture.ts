import * as v from 'valibot';
import { type Market, market } from '../../../src/exchange/types.ts';

interface Overrides {
  symbol?: string;
  marketType?: string;
  orderBookState?: string;
  price?: Partial<Record<keyof Market['filters']['price'], string | null>>;
  quantity?: Partial<Record<keyof Market['filters']['quantity'], string | null>>;
}

/** A market as the exchange would send it: SOL_USDC with a tick of 0.01 and a step of 0.01 unless told otherwise. */
export function aMarket({ price, quantity, ...rest }: Overrides = {}): Market {
  const [baseSymbol, quoteSymbol] = (rest.symbol ?? 'SOL_USDC').split('_');
  return v.parse(market, {
    symbol: 'SOL_USDC',
    baseSymbol,
    quoteSymbol,
    marketType: 'SPOT',
    orderBookState: 'Open',
    visible: true,
    filters: {
      price: { minPrice: '0.01', maxPrice: null, tickSize: '0.01', ...price },
      quantity: { minQuantity: '0.01', maxQuantity: null, stepSize: '0.01', ...quantity },
    },
    ...rest,
  });
}
