import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import {
  EMPTY_DRAFT,
  FORM_TYPES,
  inSight,
  type OrderDraft,
  TRIGGERS,
} from '../../../src/exchange/order-draft.ts';
import { checkOrder } from '../../../src/exchange/order-form.ts';
import { orderProblems } from '../../../src/exchange/rules.ts';
import { runs } from '../runs.ts';
import { aMarket } from './market-fixture.ts';

const draft = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
  ...EMPTY_DRAFT,
  symbol: 'SOL_USDC',
  side: 'Ask',
  price: '180',
  quantity: '1.5',
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

  const stop = { orderType: 'StopMarket', triggerPrice: '170' } as const;
  const limitStop = { ...stop, orderType: 'StopLimit' } as const;
  it.each<[string, Partial<OrderDraft>, object]>([
    [
      'a stop at the market price: what triggers look at is always said',
      stop,
      { orderType: 'Market', triggerPrice: '170', triggerQuantity: '1.5', triggerBy: 'MarkPrice' },
    ],
    [
      'a stop with a limit and another price to look at',
      { ...limitStop, triggerBy: 'IndexPrice' },
      {
        ...{ orderType: 'Limit', price: '180', timeInForce: 'GTC' },
        ...{ triggerPrice: '170', triggerQuantity: '1.5', triggerBy: 'IndexPrice' },
      },
    ],
    [
      'a stop for a share of the position',
      { ...stop, sizeIn: 'share', quantity: '50' },
      { orderType: 'Market', triggerPrice: '170', triggerQuantity: '50%', triggerBy: 'MarkPrice' },
    ],
    [
      'zeros before a share as typed',
      { ...stop, sizeIn: 'share', quantity: '05.5' },
      {
        orderType: 'Market',
        triggerPrice: '170',
        triggerQuantity: '05.5%',
        triggerBy: 'MarkPrice',
      },
    ],
    [
      'what is attached, on its own side of the price',
      {
        ...{
          stopLossTriggerPrice: '190',
          stopLossLimitPrice: '191',
          takeProfitTriggerPrice: '150',
        },
        takeProfitTriggerBy: 'LastPrice',
      },
      {
        ...{ orderType: 'Limit', price: '180', quantity: '1.5', timeInForce: 'GTC' },
        ...{ stopLossTriggerPrice: '190', stopLossLimitPrice: '191' },
        ...{ stopLossTriggerBy: 'MarkPrice', takeProfitTriggerPrice: '150' },
        takeProfitTriggerBy: 'LastPrice',
      },
    ],
    [
      'the rest of what an order may say',
      {
        ...{ orderType: 'Market', slippageTolerance: '0.5', clientId: ' 0 ' },
        ...{ selfTradePrevention: 'RejectBoth', autoBorrow: true, autoLendRedeem: true },
      },
      {
        ...{ orderType: 'Market', quantity: '1.5', clientId: 0, selfTradePrevention: 'RejectBoth' },
        ...{ slippageTolerance: '0.5', slippageToleranceType: 'Percent' },
        ...{ autoBorrow: true, autoLendRedeem: true },
      },
    ],
  ])('takes %s', (_name, changes, expected) => {
    const checked = checkOrder(draft({ symbol: perp.symbol, ...changes }), perp);
    expect(checked).toStrictEqual({
      ok: true,
      params: { symbol: perp.symbol, side: 'Ask', ...expected },
    });
  });

  it('lets triggers of a spot market look at the last price unless told otherwise', () => {
    const checked = checkOrder(draft({ ...stop, stopLossTriggerPrice: '190' }), aMarket());
    expect(checked).toMatchObject({
      params: { triggerBy: 'LastPrice', stopLossTriggerBy: 'LastPrice' },
    });
  });

  it.each<[string, Partial<OrderDraft>, object]>([
    [
      'no trigger price',
      { ...stop, triggerPrice: '' },
      { path: 'triggerPrice', reason: 'required' },
    ],
    [
      'a trigger price off the tick',
      { ...stop, triggerPrice: '170.001' },
      { path: 'triggerPrice', reason: 'decimals', limit: '2', suggestions: ['170', '170.01'] },
    ],
    [
      'more than all of the position',
      { ...stop, sizeIn: 'share', quantity: '101' },
      { path: 'quantity', reason: 'maximum', limit: '100', suggestions: ['100'] },
    ],
    [
      'none of the position',
      { ...stop, sizeIn: 'share', quantity: '0.0' },
      { path: 'quantity', reason: 'minimum', limit: '0.01' },
    ],
    [
      'a stop off the step',
      { ...stop, quantity: '1.005' },
      { path: 'quantity', reason: 'decimals', limit: '2', suggestions: ['1', '1.01'] },
    ],
    [
      'a stop loss of a sale at its price',
      { stopLossTriggerPrice: '180' },
      { path: 'stopLossTriggerPrice', reason: 'not-above', limit: '180' },
    ],
    [
      'a stop loss of a buy above its price',
      { side: 'Bid', stopLossTriggerPrice: '181' },
      { path: 'stopLossTriggerPrice', reason: 'not-below', limit: '180' },
    ],
    [
      'a stop loss of a sale below its trigger',
      { ...stop, stopLossTriggerPrice: '169' },
      { path: 'stopLossTriggerPrice', reason: 'not-above', limit: '170' },
    ],
    [
      'a take profit of a buy behind its stop loss',
      { side: 'Bid', stopLossTriggerPrice: '170', takeProfitTriggerPrice: '169' },
      { path: 'takeProfitTriggerPrice', reason: 'not-above', limit: '170' },
    ],
    [
      'a take profit of a sale behind its stop loss',
      { stopLossTriggerPrice: '190', takeProfitTriggerPrice: '191' },
      { path: 'takeProfitTriggerPrice', reason: 'not-below', limit: '190' },
    ],
    [
      'a limit of a stop loss that there is not',
      { stopLossLimitPrice: '190' },
      { path: 'stopLossTriggerPrice', reason: 'required' },
    ],
    [
      'a limit of a take profit that is no number',
      { takeProfitTriggerPrice: '150', takeProfitLimitPrice: '1,5' },
      { path: 'takeProfitLimitPrice', reason: 'number-comma' },
    ],
    [
      'slippage in parts of a tick',
      { orderType: 'Market', slippageTolerance: '1.5', slippageToleranceType: 'TickSize' },
      { path: 'slippageTolerance', reason: 'decimals', limit: '0', suggestions: ['1', '2'] },
    ],
    [
      'slippage of more than everything',
      { orderType: 'Market', slippageTolerance: '101' },
      { path: 'slippageTolerance', reason: 'maximum', limit: '100', suggestions: ['100'] },
    ],
    ['a client id in words', { clientId: 'mine' }, { path: 'clientId', reason: 'number-whole' }],
    ['a client id with a sign', { clientId: '-1' }, { path: 'clientId', reason: 'number-whole' }],
    [
      'a client id that is too large',
      { clientId: '4294967296' },
      { path: 'clientId', reason: 'maximum', limit: '4294967295' },
    ],
  ])('refuses %s', (_name, changes, problem) => {
    expect(problems({ symbol: perp.symbol, ...changes }, perp)).toEqual([problem]);
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

  // Good ones often enough that all of a form is sometimes right.
  const amount = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 900 }).map((n) => String(n * 100)) },
    fc.string({ maxLength: 8 }),
    fc.stringMatching(/^\d{1,6}(\.\d{1,6})?$/),
    fc.constantFrom('0', '0.000', '1e5', '-1', '1,0', '99999999999999999999999999'),
  );
  const perhaps = fc.oneof({ weight: 4, arbitrary: fc.constant('') }, amount);
  const triggerBy = fc.constantFrom(...TRIGGERS, '' as const);
  const anyDraft: fc.Arbitrary<OrderDraft> = fc.record({
    symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
    side: fc.constantFrom('Bid' as const, 'Ask' as const),
    orderType: fc.constantFrom(...FORM_TYPES.filter((type) => type !== 'Ladder')),
    price: amount,
    quantity: amount,
    sizeIn: fc.constantFrom('base' as const, 'quote' as const, 'share' as const),
    timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const),
    postOnly: fc.boolean(),
    reduceOnly: fc.boolean(),
    triggerPrice: amount,
    triggerBy,
    stopLossTriggerPrice: perhaps,
    stopLossLimitPrice: perhaps,
    stopLossTriggerBy: triggerBy,
    takeProfitTriggerPrice: perhaps,
    takeProfitLimitPrice: perhaps,
    takeProfitTriggerBy: triggerBy,
    slippageTolerance: perhaps,
    slippageToleranceType: fc.constantFrom('Percent' as const, 'TickSize' as const),
    selfTradePrevention: fc.constantFrom('' as const, 'RejectBoth' as const),
    clientId: fc.constantFrom('', '', '', ' 7 ', '0', '4294967295', '4294967296', '-1', 'x'),
    autoBorrow: fc.boolean(),
    autoBorrowRepay: fc.boolean(),
    autoLend: fc.boolean(),
    autoLendRedeem: fc.boolean(),
    ladderFrom: perhaps,
    ladderTo: perhaps,
    ladderCount: fc.constant('5'),
    ladderSizes: fc.constant('even' as const),
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
    const numRuns = runs(500, 5000);
    fc.assert(
      fc.property(anyDraft, anyMarket, (anyOne, market) => {
        const shown = inSight(anyOne, market);
        const checked = checkOrder(shown, market);
        if (!checked.ok) return;
        taken += 1;
        const { params } = checked;
        expect(v.parse(orderParams, params)).toStrictEqual(params);
        expect(orderProblems(params, market)).toEqual([]);
        const sized = params.quantity ?? params.quoteQuantity ?? params.triggerQuantity;
        expect(sized?.replace('%', '')).toBe(anyOne.quantity.trim());
        expect(params.price).toBe(
          shown.orderType.endsWith('Limit') ? shown.price.trim() : undefined,
        );
        const typed = ['triggerPrice', 'stopLossTriggerPrice', 'stopLossLimitPrice'] as const;
        for (const name of typed) expect(params[name] ?? '').toBe(shown[name].trim());
        expect(String(params.clientId ?? '')).toBe(shown.clientId.trim());
      }),
      { numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 25);
  });

  it('names each field once, and each suggestion is valid', () => {
    fc.assert(
      fc.property(anyDraft, anyMarket, (anyOne, market) => {
        const checked = checkOrder(anyOne, market);
        if (checked.ok) return;
        const paths = checked.problems.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        for (const { path, suggestions = [] } of checked.problems) {
          const sided = ['not-above', 'not-below'];
          for (const value of suggestions) {
            const again = checkOrder({ ...anyOne, [path]: value }, market);
            const still = again.ok ? [] : again.problems.filter((problem) => problem.path === path);
            expect(
              still.filter(({ reason }) => reason !== 'conflict' && !sided.includes(reason)),
            ).toEqual([]);
          }
        }
      }),
      { numRuns: runs(200, 2000) },
    );
  });
});

describe('inSight', () => {
  const everything: OrderDraft = {
    ...{ ...EMPTY_DRAFT, symbol: 'SOL_USDC', price: '1', quantity: '2', sizeIn: 'share' },
    ...{ timeInForce: 'IOC', postOnly: true, reduceOnly: true, triggerPrice: '3' },
    ...{ stopLossTriggerPrice: '4', stopLossLimitPrice: '5', takeProfitTriggerPrice: '6' },
    ...{ takeProfitLimitPrice: '7', slippageTolerance: '8', clientId: '9', autoBorrow: true },
    ...{ autoBorrowRepay: true, autoLend: true, autoLendRedeem: true },
  };
  const left = (orderType: OrderDraft['orderType'], market = aMarket()) => {
    const shown = inSight({ ...everything, orderType }, market);
    const names = Object.keys(everything) as (keyof OrderDraft)[];
    return names.filter((name) => shown[name] !== everything[name] && name !== 'orderType');
  };

  it.each([
    ['Limit', ['sizeIn', 'reduceOnly', 'triggerPrice', 'slippageTolerance']],
    ['Market', ['sizeIn', 'timeInForce', 'postOnly', 'reduceOnly', 'triggerPrice']],
    ['StopLimit', ['sizeIn', 'reduceOnly', 'slippageTolerance']],
    ['StopMarket', ['sizeIn', 'timeInForce', 'postOnly', 'reduceOnly']],
  ] as const)('leaves out of a %s order of a spot market: %j', (type, names) => {
    expect(left(type)).toEqual(names);
  });

  it('leaves out of a future what is for spot margin, and lets stops have shares of the position', () => {
    const flags = ['autoBorrow', 'autoBorrowRepay', 'autoLend', 'autoLendRedeem'];
    expect(left('StopLimit', perp)).toEqual(['slippageTolerance', ...flags]);
  });

  it('leaves out of a ladder what each order would have to have for itself', () => {
    expect(left('Ladder')).toEqual([
      ...['sizeIn', 'reduceOnly', 'triggerPrice', 'stopLossTriggerPrice', 'stopLossLimitPrice'],
      ...['takeProfitTriggerPrice', 'takeProfitLimitPrice', 'slippageTolerance', 'clientId'],
    ]);
  });
});
