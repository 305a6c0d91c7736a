import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import { checkOrder, type OrderDraft, orderProblems } from '../../../src/exchange/rules.ts';
import { aMarket } from './market-fixture.ts';

const draft = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
  symbol: 'SOL_USDC',
  side: 'Ask',
  orderType: 'Limit',
  price: '180',
  quantity: '1.5',
  sizeIn: 'base',
  timeInForce: 'GTC',
  postOnly: false,
  reduceOnly: false,
  ...changes,
});
const problems = (changes: Partial<OrderDraft>, market = aMarket()) => {
  const checked = checkOrder(draft(changes), market);
  return checked.ok ? [] : checked.problems;
};
const perp = aMarket({ symbol: 'SOL_USDC_PERP', marketType: 'PERP' });

describe('checkOrder', () => {
  it.each([
    ['a limit order', {}, { price: '180', quantity: '1.5', timeInForce: 'GTC' }],
    [
      'zeros around amounts as typed',
      { price: '0180.10', quantity: '1.500' },
      { price: '0180.10', quantity: '1.500', timeInForce: 'GTC' },
    ],
    [
      'amounts without the white space around them',
      { price: ' 180 ', quantity: '\t1.5\n' },
      { price: '180', quantity: '1.5', timeInForce: 'GTC' },
    ],
    [
      'post only',
      { postOnly: true },
      { price: '180', quantity: '1.5', timeInForce: 'GTC', postOnly: true },
    ],
    [
      'immediate or cancel',
      { timeInForce: 'IOC' as const },
      { price: '180', quantity: '1.5', timeInForce: 'IOC' },
    ],
    [
      'a market order without the price that stands in the form',
      { orderType: 'Market' as const },
      { quantity: '1.5' },
    ],
    [
      'a market order that must fill whole',
      { orderType: 'Market' as const, timeInForce: 'FOK' as const },
      { quantity: '1.5', timeInForce: 'FOK' },
    ],
    [
      'a market order sized in quote',
      { orderType: 'Market' as const, sizeIn: 'quote' as const, quantity: '99.999' },
      { quoteQuantity: '99.999' },
    ],
  ])('takes %s', (_name, changes, expected) => {
    const checked = checkOrder(draft(changes), aMarket());
    const { orderType } = draft(changes);
    expect(checked).toEqual({
      ok: true,
      params: { symbol: 'SOL_USDC', side: 'Ask', orderType, ...expected },
    });
  });

  it.each([
    ['', 'required'],
    ['  ', 'required'],
    ['1,5', 'number-comma'],
    ['1 500', 'number-comma'],
    ['1e3', 'number-exponent'],
    ['-1', 'number-sign'],
    ['+1', 'number-sign'],
    ['1.', 'number-format'],
    ['.5', 'number-format'],
    ['abc', 'number-format'],
    ['0x10', 'number-format'],
    ['١', 'number-format'],
    ['1'.repeat(25), 'number-format'],
  ])('refuses %j in both fields at once as %s', (text, reason) => {
    expect(problems({ price: text, quantity: text })).toEqual([
      { path: 'price', reason },
      { path: 'quantity', reason },
    ]);
  });

  it.each([
    [
      'off the tick',
      { price: '180.014' },
      { path: 'price', reason: 'decimals', limit: '2', suggestions: ['180.01', '180.02'] },
    ],
    [
      'nearer to the tick above',
      { price: '180.019' },
      { path: 'price', reason: 'decimals', limit: '2', suggestions: ['180.02', '180.01'] },
    ],
    [
      'a price of nothing',
      { price: '0.00' },
      { path: 'price', reason: 'minimum', limit: '0.01', suggestions: ['0.01'] },
    ],
    [
      'a quantity under the minimum',
      { quantity: '0.001' },
      { path: 'quantity', reason: 'minimum', limit: '0.01', suggestions: ['0.01'] },
    ],
    [
      'a quantity of nothing',
      { quantity: '0' },
      { path: 'quantity', reason: 'minimum', limit: '0.01', suggestions: ['0.01'] },
    ],
    [
      'a quote amount of nothing',
      { orderType: 'Market' as const, sizeIn: 'quote' as const, quantity: '0' },
      { path: 'quantity', reason: 'minimum' },
    ],
    [
      'a quote amount on a limit order',
      { sizeIn: 'quote' as const },
      { path: 'quantity', reason: 'conflict' },
    ],
    [
      'post only that must not rest',
      { postOnly: true, timeInForce: 'IOC' as const },
      { path: 'postOnly', reason: 'conflict' },
    ],
    [
      'post only at the market price',
      { postOnly: true, orderType: 'Market' as const },
      { path: 'postOnly', reason: 'conflict' },
    ],
    [
      'reduce only on a spot market',
      { reduceOnly: true },
      { path: 'reduceOnly', reason: 'conflict' },
    ],
    ['another market', { symbol: 'BTC_USDC' }, { path: 'symbol', reason: 'market-unknown' }],
  ])('refuses %s', (_name, changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it('refuses a price between ticks that are coarser than their digits', () => {
    const market = aMarket({ price: { tickSize: '0.05' } });
    expect(problems({ price: '180.02' }, market)).toEqual([
      { path: 'price', reason: 'tick', limit: '0.05', suggestions: ['180', '180.05'] },
    ]);
  });

  it('refuses a quantity between steps and offers only what the bounds allow', () => {
    const market = aMarket({
      quantity: { stepSize: '10', minQuantity: '100', maxQuantity: '200' },
    });
    expect(problems({ quantity: '105' }, market)).toEqual([
      { path: 'quantity', reason: 'step', limit: '10', suggestions: ['100', '110'] },
    ]);
    expect(problems({ quantity: '5' }, market)).toEqual([
      { path: 'quantity', reason: 'minimum', limit: '100', suggestions: ['100'] },
    ]);
    expect(problems({ quantity: '205' }, market)).toEqual([
      { path: 'quantity', reason: 'maximum', limit: '200', suggestions: ['200'] },
    ]);
  });

  it('takes reduce only where there are positions', () => {
    expect(checkOrder(draft({ symbol: perp.symbol, reduceOnly: true }), perp)).toMatchObject({
      ok: true,
      params: { reduceOnly: true },
    });
  });

  it.each([
    ['Open', {}, undefined],
    ['LimitOnly', {}, undefined],
    ['LimitOnly', { orderType: 'Market' as const }, 'orderType'],
    ['PostOnly', { postOnly: true }, undefined],
    ['PostOnly', {}, 'postOnly'],
    ['CancelOnly', {}, 'symbol'],
    ['Closed', { postOnly: true }, 'symbol'],
    ['SomethingNew', {}, 'symbol'],
  ])('in a market that is %s, %j meets a problem at %s', (orderBookState, changes, path) => {
    const found = problems(changes, aMarket({ orderBookState }));
    const limit = orderBookState;
    expect(found).toEqual(path === undefined ? [] : [{ path, reason: 'market-closed', limit }]);
  });

  const amount = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.stringMatching(/^\d{1,6}(\.\d{1,6})?$/),
    fc.constantFrom('0', '0.000', '1e5', '-1', '1,0', '99999999999999999999999999'),
  );
  const anyDraft = fc.record({
    symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
    side: fc.constantFrom('Bid' as const, 'Ask' as const),
    orderType: fc.constantFrom('Limit' as const, 'Market' as const),
    price: amount,
    quantity: amount,
    sizeIn: fc.constantFrom('base' as const, 'quote' as const),
    timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const),
    postOnly: fc.boolean(),
    reduceOnly: fc.boolean(),
  });
  const anyMarket = fc
    .record({
      symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
      tick: fc.constantFrom('0.01', '0.05', '1', '10', '0.000001'),
      step: fc.constantFrom('0.01', '0.1', '1', '100', '0.00001'),
      min: fc.constantFrom('0', '0.01', '1', '100'),
    })
    .map(({ symbol, tick, step, min }) =>
      aMarket({
        symbol,
        marketType: symbol.endsWith('PERP') ? 'PERP' : 'SPOT',
        price: { tickSize: tick, minPrice: '0' },
        quantity: { stepSize: step, minQuantity: min },
      }),
    );

  it('yields only params that the instruction takes and the market has nothing against', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyDraft, anyMarket, (anyOne, market) => {
        const checked = checkOrder(anyOne, market);
        if (!checked.ok) return;
        taken += 1;
        expect(v.parse(orderParams, checked.params)).toEqual(checked.params);
        expect(orderProblems(checked.params, market)).toEqual([]);
        const sized = checked.params.quantity ?? checked.params.quoteQuantity;
        expect(sized).toBe(anyOne.quantity.trim());
        expect(checked.params.price).toBe(
          anyOne.orderType === 'Limit' ? anyOne.price.trim() : undefined,
        );
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('names each field once, and each suggestion is valid', () => {
    fc.assert(
      fc.property(anyDraft, anyMarket, (anyOne, market) => {
        const checked = checkOrder(anyOne, market);
        if (checked.ok) return;
        const paths = checked.problems.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        for (const { path, suggestions = [] } of checked.problems) {
          for (const value of suggestions) {
            const again = checkOrder({ ...anyOne, [path]: value }, market);
            const still = again.ok ? [] : again.problems.filter((problem) => problem.path === path);
            expect(still.filter(({ reason }) => reason !== 'conflict')).toEqual([]);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('orderProblems', () => {
  it('holds a trigger order to the same grid, and leaves shares alone', () => {
    const trigger = { symbol: 'SOL_USDC_PERP', side: 'Ask', orderType: 'Market' } as const;
    expect(
      orderProblems({ ...trigger, triggerPrice: '170.001', triggerQuantity: '1.001' }, perp),
    ).toMatchObject([
      { path: 'triggerPrice', reason: 'decimals' },
      { path: 'triggerQuantity', reason: 'decimals' },
    ]);
    expect(
      orderProblems({ ...trigger, triggerPrice: '170', triggerQuantity: '50%' }, perp),
    ).toEqual([]);
  });
});
