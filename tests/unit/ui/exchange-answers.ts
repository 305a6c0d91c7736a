import type { RequestView } from '../../../src/messaging/requests.ts';
import { account } from './background.ts';

// What the background passes on from the exchange, as plain data.

const marketRow = (symbol: string, more: object = {}) => {
  const [baseSymbol, quoteSymbol, kind] = symbol.split('_');
  return {
    symbol,
    baseSymbol,
    quoteSymbol,
    marketType: kind ?? 'SPOT',
    orderBookState: 'Open',
    visible: true,
    filters: {
      price: { minPrice: '0.01', maxPrice: null, tickSize: '0.01' },
      quantity: { minQuantity: '0.01', maxQuantity: null, stepSize: '0.01' },
    },
    ...more,
  };
};
export const markets = [
  marketRow('SOL_USDC'),
  marketRow('SOL_USDC_PERP'),
  marketRow('WIF_USDC', { orderBookState: 'Closed' }),
  marketRow('ODD_USDC', { visible: false }),
];
export const tickers = ['SOL_USDC', 'SOL_USDC_PERP'].map((symbol) => ({
  symbol,
  lastPrice: '150',
  priceChangePercent: '0.0123',
  high: '151',
  low: '149',
  quoteVolume: '1000',
}));
export const markPrices = [
  { symbol: 'SOL_USDC', markPrice: '150.004' },
  { symbol: 'SOL_USDC_PERP', markPrice: '150.1' },
];
export const balances = {
  USDC: { available: '1000', locked: '0', staked: '0' },
  SOL: { available: '52.1', locked: '1.5', staked: '0' },
  ETH: { available: '0', locked: '0', staked: '0' },
};
export const openOrder = (id: string, more: object = {}) => ({
  id,
  clientId: 1,
  createdAt: 1_000,
  executedQuantity: '0',
  executedQuoteQuantity: '0',
  orderType: 'Limit',
  postOnly: false,
  price: '180',
  quantity: '1.5',
  side: 'Ask',
  status: 'New',
  symbol: 'SOL_USDC',
  timeInForce: 'GTC',
  ...more,
});

export const requestId = (number: number): string =>
  `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const request = (number: number, more: Partial<RequestView> = {}): RequestView => ({
  id: requestId(number),
  account: account(1).id,
  origin: 'buckle',
  instruction: 'orderExecute',
  params: {
    symbol: 'SOL_USDC',
    side: 'Ask',
    orderType: 'Limit',
    price: '180',
    quantity: '1.5',
    clientId: number,
  },
  state: 'settled',
  outcome: 'placed',
  recordedAt: number,
  settledAt: number,
  ...more,
});

export const cancelRequest = (
  number: number,
  orderId: string,
  more: Partial<RequestView> = {},
): RequestView =>
  request(number, {
    instruction: 'orderCancel',
    params: { symbol: 'SOL_USDC', orderId },
    outcome: 'done',
    ...more,
  });
