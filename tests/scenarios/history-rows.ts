import type { GivenRow } from '../exchange/given-rows.ts';

// Histories as long and as odd as no test could trade them.

/** When the newest of the usual rows was made; each is a minute older than the one before. */
export const NEWEST = Date.UTC(2026, 9, 31, 12);
const MINUTE_MS = 60_000;
export const naive = (at: number): string => new Date(at).toISOString().slice(0, -1);
const symbolOf = (index: number): string => (index % 4 === 0 ? 'BTC_USDC' : 'SOL_USDC');
const timeOf = (index: number): number => NEWEST - index * MINUTE_MS;

/** So many orders, newest first; every fourth in another market. Their ids are beyond 2^53. */
export const manyOrders = (count: number): GivenRow[] =>
  Array.from({ length: count }, (_, index) => ({
    at: timeOf(index),
    symbol: symbolOf(index),
    row: {
      id: String(9_223_372_036_854_000_000n - BigInt(index)),
      clientId: index,
      createdAt: naive(timeOf(index)),
      executedQuantity: '1.5',
      executedQuoteQuantity: '225.375',
      expiryReason: null,
      orderType: 'Limit',
      postOnly: false,
      price: '150.25',
      quantity: '1.5',
      quoteQuantity: null,
      selfTradePrevention: 'RejectTaker',
      side: index % 2 === 0 ? 'Bid' : 'Ask',
      status: 'Filled',
      symbol: symbolOf(index),
      timeInForce: 'GTC',
      triggerPrice: null,
      triggerQuantity: null,
    },
  }));

export const manyFills = (count: number): GivenRow[] =>
  Array.from({ length: count }, (_, index) => ({
    at: timeOf(index),
    symbol: symbolOf(index),
    row: {
      clientId: null,
      fee: '0.225375',
      feeSymbol: 'USDC',
      isMaker: index % 3 === 0,
      orderId: String(9_223_372_036_854_000_000n - BigInt(index)),
      price: '150.25',
      quantity: '1.5',
      side: index % 2 === 0 ? 'Bid' : 'Ask',
      symbol: symbolOf(index),
      systemOrderType: null,
      timestamp: naive(timeOf(index)),
      tradeId: 9_223_372_036_854_000_000n - BigInt(index),
    },
  }));

const HOUR_MS = 60 * MINUTE_MS;

/** An order of kinds that nobody has heard of, with nothing in it that may be missing, its time in ms. */
export const oddOrder: GivenRow = {
  at: NEWEST + HOUR_MS,
  symbol: '0G_USDC',
  row: {
    id: '9223372036854775807',
    createdAt: NEWEST + HOUR_MS,
    orderType: 'Dream',
    side: 'Sideways',
    status: 'Teleported',
    symbol: '0G_USDC',
  },
};

/** Eighteen decimals, a rebate, an id that is a bare number, and a client id that a spreadsheet would run. */
export const oddFills: readonly GivenRow[] = [
  {
    at: NEWEST + HOUR_MS,
    symbol: 'ETH_USDC',
    row: {
      clientId: '=HYPERLINK("https://evil.example","a, b")',
      fee: '-0.000000000000000001',
      feeSymbol: 'ETH',
      isMaker: true,
      orderId: '9223372036854775807',
      price: '3826.150000000000000001',
      quantity: '0.123456789012345678',
      side: 'Bid',
      symbol: 'ETH_USDC',
      timestamp: naive(NEWEST + HOUR_MS),
      tradeId: 9_223_372_036_854_775_807n,
    },
  },
  {
    at: NEWEST + HOUR_MS / 2,
    symbol: 'ETH_USDC',
    row: {
      orderId: '9223372036854775806',
      price: '3826',
      quantity: '1',
      side: 'Sideways',
      symbol: 'ETH_USDC',
      timestamp: NEWEST + HOUR_MS / 2,
    },
  },
];
