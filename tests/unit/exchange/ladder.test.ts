import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  add,
  assertDecimal,
  compare,
  type Decimal,
  isMultiple,
  multiply,
} from '../../../src/core/decimal.ts';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import { leastTotal, mostTotal, pricesIn, rungsOf } from '../../../src/exchange/ladder.ts';
import { checkLadder } from '../../../src/exchange/ladder-form.ts';
import { EMPTY_DRAFT, type OrderDraft } from '../../../src/exchange/order-draft.ts';
import { runs } from '../runs.ts';
import { aMarket } from './market-fixture.ts';

const d = assertDecimal;
const ladder = (from: string, to: string, count: number, total: string, sizes = 'even') =>
  rungsOf(
    { from: d(from), to: d(to), count, total: d(total), sizes: sizes as 'even' | 'rising' },
    { tick: d('0.01'), step: d('0.01') },
  ).map(({ price, quantity }) => `${quantity} at ${price}`);

describe('rungsOf', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'even sizes between two prices',
      ladder('100', '110', 3, '3'),
      ['1 at 100', '1 at 105', '1 at 110'],
    ],
    ['a range that falls', ladder('110', '100', 3, '3'), ['1 at 110', '1 at 105', '1 at 100']],
    [
      'what is left over of even sizes, a step each, at the end',
      ladder('100', '103', 4, '0.06'),
      ['0.01 at 100', '0.01 at 101', '0.02 at 102', '0.02 at 103'],
    ],
    [
      'sizes that rise',
      ladder('100', '102', 3, '6', 'rising'),
      ['1 at 100', '2 at 101', '3 at 102'],
    ],
    [
      'prices between ticks, on the nearest',
      ladder('100', '100.05', 3, '3'),
      ['1 at 100', '1 at 100.02', '1 at 100.05'],
    ],
  ])('has %s', (_name, rungs, expected) => expect(rungs).toEqual(expected));
});

const grids = fc.constantFrom('0.01', '0.05', '1', '0.000001', '10', '2.5').map(d);
const counts = fc.integer({ min: 2, max: 20 });
const sizes = fc.constantFrom('even' as const, 'rising' as const);
const steps = fc.integer({ min: 1, max: 1_000_000 });
const sum = (all: readonly Decimal[]): Decimal => all.reduce(add, d('0'));

describe('any ladder', () => {
  it('adds up to its total, with every quantity on the step, none of them falling', () => {
    fc.assert(
      fc.property(
        grids,
        grids,
        counts,
        sizes,
        steps,
        steps,
        steps,
        (tick, step, count, how, a, b, n) => {
          const from = multiply(tick, d(String(a)));
          const to = multiply(tick, d(String(b)));
          const total = multiply(step, d(String(n)));
          const rungs = rungsOf({ from, to, count, total, sizes: how }, { tick, step });
          expect(rungs).toHaveLength(count);
          expect(compare(sum(rungs.map(({ quantity }) => quantity)), total)).toBe(0);
          rungs.forEach(({ quantity }, index) => {
            expect(isMultiple(quantity, step)).toBe(true);
            expect(compare(quantity, d('0'))).toBeGreaterThanOrEqual(0);
            const before = rungs[index - 1];
            if (before) expect(compare(before.quantity, quantity)).toBeLessThanOrEqual(0);
          });
        },
      ),
      { numRuns: runs(40, 200) },
    );
  });

  it('has its prices on the tick, from the first to the last, each its own', () => {
    let checked = 0;
    fc.assert(
      fc.property(
        grids,
        counts,
        steps,
        fc.integer({ min: -5000, max: 5000 }),
        (tick, count, a, by) => {
          const from = multiply(tick, d(String(a + 5000)));
          const to = multiply(tick, d(String(a + 5000 + by)));
          const of = { from, to, count, total: d('1000'), sizes: 'even' as const };
          if (compare(pricesIn(of, { tick, step: tick }), d(String(count))) < 0) return;
          checked += 1;
          const prices = rungsOf(of, { tick, step: d('1') }).map(({ price }) => price);
          expect([
            compare(prices[0] ?? d('0'), from),
            compare(prices.at(-1) ?? d('0'), to),
          ]).toEqual([0, 0]);
          prices.forEach((price, index) => {
            expect(isMultiple(price, tick)).toBe(true);
            const before = prices[index - 1];
            if (before) expect(compare(before, price)).toBe(by > 0 ? -1 : 1);
          });
        },
      ),
      { numRuns: runs(40, 200) },
    );
    expect(checked).toBeGreaterThan(runs(10, 100));
  });

  it('has no order below the least or above the most, exactly from the total that is named', () => {
    fc.assert(
      fc.property(grids, counts, sizes, steps, (step, count, how, n) => {
        const bound = multiply(step, d(String(n)));
        const of = { count, sizes: how };
        const grid = { tick: step, step };
        const quantities = (total: Decimal) =>
          rungsOf({ ...of, from: step, to: multiply(step, d('50')), total }, grid).map(
            ({ quantity }) => quantity,
          );
        const least = leastTotal(of, bound, grid);
        expect(compare(quantities(least)[0] ?? d('0'), bound)).toBe(0);
        const most = mostTotal(of, bound, grid);
        expect(compare(quantities(most).at(-1) ?? d('0'), bound)).toBeLessThanOrEqual(0);
      }),
      { numRuns: runs(40, 200) },
    );
  });
});

describe('checkLadder', () => {
  const draft = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
    ...{ ...EMPTY_DRAFT, symbol: 'SOL_USDC', side: 'Ask', orderType: 'Ladder', quantity: '3' },
    ...{ ladderFrom: '160', ladderTo: '170', ladderCount: '3' },
    ...changes,
  });
  const problems = (changes: Partial<OrderDraft>, market = aMarket()) => {
    const checked = checkLadder(draft(changes), market);
    return checked.ok ? [] : checked.problems;
  };

  it('yields one limit order for each price, with what all of them share', () => {
    const checked = checkLadder(
      draft({ postOnly: true, selfTradePrevention: 'RejectBoth' }),
      aMarket(),
    );
    const shared = {
      ...{ symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', quantity: '1' },
      ...{ timeInForce: 'GTC', postOnly: true, selfTradePrevention: 'RejectBoth' },
    };
    expect(checked).toStrictEqual({
      ok: true,
      orders: ['160', '165', '170'].map((price) => ({ ...shared, price })),
    });
    if (checked.ok) for (const order of checked.orders) expect(v.is(orderParams, order)).toBe(true);
  });

  it.each<[string, Partial<OrderDraft>, object[]]>([
    [
      'empty fields',
      { ladderFrom: '', ladderTo: '', ladderCount: '', quantity: '' },
      ['ladderFrom', 'ladderTo', 'quantity', 'ladderCount'].map((path) => ({
        path,
        reason: 'required',
      })),
    ],
    ['one price', { ladderTo: '160.0' }, [{ path: 'ladderTo', reason: 'conflict' }]],
    [
      'a price off the tick',
      { ladderTo: '170.004' },
      [{ path: 'ladderTo', reason: 'decimals', limit: '2', suggestions: ['170', '170.01'] }],
    ],
    ['half an order', { ladderCount: '2.5' }, [{ path: 'ladderCount', reason: 'number-whole' }]],
    ['one order', { ladderCount: '1' }, [{ path: 'ladderCount', reason: 'minimum', limit: '2' }]],
    ['too many', { ladderCount: '21' }, [{ path: 'ladderCount', reason: 'maximum', limit: '20' }]],
    [
      'more orders than there are prices',
      { ladderTo: '160.03', ladderCount: '5' },
      [{ path: 'ladderCount', reason: 'conflict', limit: '4', suggestions: ['4'] }],
    ],
    [
      'a total that leaves the first order too small',
      { quantity: '0.05', ladderSizes: 'rising' },
      [{ path: 'quantity', reason: 'minimum', limit: '0.06', suggestions: ['0.06'] }],
    ],
    [
      'no total',
      { quantity: '0' },
      [{ path: 'quantity', reason: 'minimum', limit: '0.03', suggestions: ['0.03'] }],
    ],
    [
      'a total off the step',
      { quantity: '3.005' },
      [{ path: 'quantity', reason: 'decimals', limit: '2', suggestions: ['3', '3.01'] }],
    ],
    [
      'a ladder that must not rest and must not trade',
      { postOnly: true, timeInForce: 'IOC' },
      [{ path: 'postOnly', reason: 'conflict' }],
    ],
  ])('refuses %s', (_name, changes, expected) => expect(problems(changes)).toEqual(expected));

  it('keeps each order to the most that the market takes', () => {
    const market = aMarket({ quantity: { maxQuantity: '1' } });
    expect(problems({ quantity: '3.01' }, market)).toEqual([
      { path: 'quantity', reason: 'maximum', limit: '3', suggestions: ['3'] },
    ]);
    expect(problems({ quantity: '3' }, market)).toEqual([]);
  });

  it('yields only orders that the market takes', () => {
    const text = fc.oneof(
      fc.integer({ min: 1, max: 400 }).map(String),
      fc.constantFrom('', '0', '1.5', '1e3'),
    );
    const drafts = fc.record({
      ...{ ladderFrom: text, ladderTo: text, quantity: text },
      ladderCount: fc.integer({ min: 0, max: 22 }).map(String),
      ladderSizes: sizes,
    });
    let taken = 0;
    fc.assert(
      fc.property(drafts, grids, grids, (changes, tickSize, stepSize) => {
        const market = aMarket({
          price: { tickSize, minPrice: tickSize },
          quantity: { stepSize, minQuantity: stepSize },
        });
        const checked = checkLadder(draft(changes), market);
        if (!checked.ok) {
          expect(checked.problems.length).toBeGreaterThan(0);
          return;
        }
        taken += 1;
        const quantities = checked.orders.map(({ quantity }) => d(quantity ?? ''));
        expect(compare(sum(quantities), d(changes.quantity.trim()))).toBe(0);
        for (const order of checked.orders) expect(v.is(orderParams, order)).toBe(true);
      }),
      { numRuns: runs(300, 1000) },
    );
    expect(taken).toBeGreaterThan(runs(3, 20));
  });
});
