import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { type MarketFacts, notionalOf } from '../../../src/policy/notional.ts';
import { aMarket } from '../exchange/market-fixture.ts';
import { LIMIT, NOW } from './grant-fixture.ts';

const dec = assertDecimal;
const mark = { price: dec('100'), at: NOW };
const facts: MarketFacts = { market: aMarket(), mark };
const limit = LIMIT as OrderParams;
const market = (side: 'Bid' | 'Ask', size: Partial<OrderParams>): OrderParams => ({
  symbol: 'SOL_USDC',
  side,
  orderType: 'Market',
  ...size,
});
const worth = (params: OrderParams, known: MarketFacts = facts): string => {
  const found = notionalOf(params, known, NOW);
  return 'usdc' in found ? found.usdc : found.because;
};

describe('what an order is worth', () => {
  it.each([
    ['a purchase below the mark counts at the mark', limit, '100'],
    ['a purchase above the mark counts at its price', { ...limit, price: '150' }, '150'],
    ['a sale far below the mark counts at the mark', { ...limit, side: 'Ask', price: '1' }, '100'],
    ['a sale above the mark counts at its price', { ...limit, side: 'Ask', price: '150' }, '150'],
    ['a purchase for a sum counts as the sum', market('Bid', { quoteQuantity: '70' }), '70'],
    ['a sale of a quantity counts at the mark', market('Ask', { quantity: '2' }), '200'],
    ['what a purchase of a quantity takes is open', market('Bid', { quantity: '2' }), 'price-open'],
    ['what a sale for a sum gives is open', market('Ask', { quoteQuantity: '70' }), 'price-open'],
  ] as [string, OrderParams, string][])('%s', (_name, params, expected) => {
    expect(worth(params)).toBe(expected);
  });

  it.each<[string, Partial<MarketFacts>, string]>([
    ['no market', { market: undefined }, 'no-mark'],
    ['no mark', { mark: undefined }, 'no-mark'],
    ['a mark five seconds old', { mark: { ...mark, at: NOW - 5000 } }, 'no-mark'],
    ['a mark from the future', { mark: { ...mark, at: NOW + 1 } }, 'no-mark'],
    ['a mark of nothing', { mark: { ...mark, price: dec('0.0') } }, 'no-mark'],
    ['a mark below nothing', { mark: { ...mark, price: dec('-1') } }, 'no-mark'],
    ['another market', { market: aMarket({ symbol: 'BTC_USDC' }) }, 'market-kind'],
    ['an inverse future', { market: aMarket({ marketType: 'IPERP' }) }, 'market-kind'],
    ['a prediction', { market: aMarket({ marketType: 'PREDICTION' }) }, 'market-kind'],
    ['a kind that nobody knows yet', { market: aMarket({ marketType: 'NEW' }) }, 'market-kind'],
  ])('is open with %s', (_name, change, expected) => {
    expect(worth(limit, { ...facts, ...change })).toBe(expected);
  });

  it('is turned into USDC where the market pays with something else, or open', () => {
    const symbol = 'SOL_BTC';
    const other = { ...facts, market: aMarket({ symbol }) };
    expect(worth({ ...limit, symbol }, other)).toBe('no-mark');
    const quoteMark = { price: dec('60000'), at: NOW - 4999 };
    expect(worth({ ...limit, symbol }, { ...other, quoteMark })).toBe('6000000');
    const old = { ...quoteMark, at: NOW - 5000 };
    expect(worth({ ...limit, symbol }, { ...other, quoteMark: old })).toBe('no-mark');
  });

  it('is never less than what is given at the mark, or than what is paid', () => {
    const amount = fc.integer({ min: 1, max: 10 ** 6 }).map((n) => (n / 1000).toFixed(3));
    fc.assert(
      fc.property(amount, amount, amount, fc.constantFrom('Bid', 'Ask'), (p, q, m, side) => {
        const params = { ...limit, side, price: p, quantity: q } as OrderParams;
        const found = worth(params, { ...facts, mark: { price: dec(m), at: NOW } });
        expect(Number(found)).toBeGreaterThanOrEqual(Number(p) * Number(q) * (1 - 1e-12));
        expect(Number(found)).toBeGreaterThanOrEqual(Number(m) * Number(q) * (1 - 1e-12));
      }),
    );
  });
});
