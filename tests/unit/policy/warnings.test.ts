import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal, type Decimal } from '../../../src/core/decimal.ts';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { distancePercent, orderWarnings } from '../../../src/policy/warnings.ts';
import { aMarket } from '../exchange/market-fixture.ts';

const d = assertDecimal;
const spot = aMarket();
const perp = aMarket({ symbol: 'SOL_USDC_PERP', marketType: 'PERP' });
const rich = { base: d('1000000'), quote: d('1000000') };
const order = (changes: Partial<OrderParams> = {}): OrderParams => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '100',
  quantity: '1',
  ...changes,
});
const marketOrder = (size: Partial<OrderParams>): OrderParams => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Market',
  ...size,
});

describe('orderWarnings', () => {
  it.each([
    ['at the mark', '100', undefined],
    ['five per cent above', '105', undefined],
    ['a hair more than five', '105.001', { severity: 'warn', percent: '5', direction: 'above' }],
    ['six below', '94', { severity: 'warn', percent: '6', direction: 'below' }],
    ['twenty above', '120', { severity: 'warn', percent: '20', direction: 'above' }],
    [
      'a hair more than twenty',
      '120.01',
      { severity: 'severe', percent: '20.01', direction: 'above' },
    ],
    ['a digit too many', '1000', { severity: 'severe', percent: '900', direction: 'above' }],
    ['a digit too few', '10', { severity: 'severe', percent: '90', direction: 'below' }],
  ])('a price %s', (_name, price, expected) => {
    const found = orderWarnings(order({ price }), spot, { mark: d('100'), available: rich });
    const far = expected && { code: 'far-from-mark', mark: '100', markBy: 'mark', ...expected };
    expect(found).toEqual(far ? [far] : []);
  });

  it.each([
    ['buying', order({ quantity: '2' }), { needed: '200', available: '199.99', asset: 'USDC' }],
    [
      'selling',
      order({ side: 'Ask', quantity: '2' }),
      { needed: '2', available: '1.5', asset: 'SOL' },
    ],
    [
      'buying for an amount',
      marketOrder({ quoteQuantity: '200' }),
      { needed: '200', available: '199.99', asset: 'USDC' },
    ],
    [
      'buying at the market',
      marketOrder({ quantity: '2' }),
      { needed: '200', available: '199.99', asset: 'USDC' },
    ],
    [
      'selling for an amount',
      marketOrder({ side: 'Ask', quoteQuantity: '200' }),
      { needed: '2', available: '1.5', asset: 'SOL' },
    ],
  ])('%s more than there is', (_name, params, expected) => {
    const available = { base: d('1.5'), quote: d('199.99') };
    expect(orderWarnings(params, spot, { mark: d('100'), available })).toContainEqual({
      code: 'over-balance',
      severity: 'warn',
      ...expected,
    });
    const enough = { base: d('2'), quote: d('200') };
    const codes = orderWarnings(params, spot, { mark: d('100'), available: enough }).map(
      (w) => w.code,
    );
    expect(codes).not.toContain('over-balance');
  });

  it('says nothing of balances where margin pays', () => {
    const available = { base: d('0'), quote: d('0') };
    expect(
      orderWarnings(order({ symbol: perp.symbol }), perp, { mark: d('100'), available }),
    ).toEqual([]);
  });

  it('says that a market order has no fixed price, and about what it comes to', () => {
    expect(
      orderWarnings(marketOrder({ quantity: '0.3' }), spot, { mark: d('150.1'), available: rich }),
    ).toEqual([{ code: 'market-price-open', severity: 'info', estimate: '45.03', asset: 'USDC' }]);
  });

  it.each([
    ['no position', 'Ask', '0', { code: 'reduce-only-no-position', severity: 'warn' }],
    [
      'selling what is short',
      'Ask',
      '-2',
      { code: 'reduce-only-grows', severity: 'warn', position: '-2' },
    ],
    [
      'buying what is long',
      'Bid',
      '2',
      { code: 'reduce-only-grows', severity: 'warn', position: '2' },
    ],
    ['selling what is long', 'Ask', '2', undefined],
    ['buying what is short', 'Bid', '-2', undefined],
  ] as const)('reduce only with %s', (_name, side, position, expected) => {
    const params = order({ symbol: perp.symbol, side, reduceOnly: true });
    const found = orderWarnings(params, perp, { mark: d('100'), position: d(position) });
    expect(found).toEqual(expected ? [expected] : []);
  });

  it('warns of nothing that it does not know, except that there is no price to compare with', () => {
    const nothing = [{ code: 'no-reference', severity: 'info' }];
    expect(orderWarnings(order(), spot, {})).toEqual(nothing);
    expect(orderWarnings(order(), spot, { mark: d('0') })).toEqual(nothing);
    expect(orderWarnings(marketOrder({ quantity: '1' }), spot, { available: rich })).toEqual(
      nothing,
    );
  });

  it('says which price it compares with', () => {
    const found = orderWarnings(order({ price: '130' }), spot, { mark: d('100'), markBy: 'last' });
    expect(found).toMatchObject([{ code: 'far-from-mark', markBy: 'last' }]);
  });

  it('puts the worst first', () => {
    const params = order({ price: '200', quantity: '9', symbol: 'SOL_USDC' });
    const available = { base: d('0'), quote: d('1') };
    expect(
      orderWarnings(params, spot, { mark: d('100'), available }).map((w) => w.severity),
    ).toEqual(['severe', 'warn']);
  });
});

describe('distancePercent', () => {
  const price = fc
    .integer({ min: 1, max: 10_000_000 })
    .map((cents) => d((cents / 100).toFixed(2)) as Decimal);
  it('has the sign of the difference, and never overstates it', () => {
    fc.assert(
      fc.property(price, price, (a, b) => {
        const exact = ((Number(a) - Number(b)) / Number(b)) * 100;
        const shown = Number(distancePercent(a, b));
        expect(Math.abs(shown)).toBeLessThanOrEqual(Math.abs(exact) + 1e-6);
        expect(Math.abs(shown - exact)).toBeLessThan(0.01 + 1e-6);
      }),
    );
  });
});
