import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal, compare, isMultiple, multiply } from '../../../src/core/decimal.ts';
import { feeFor, shareOf, snapTo, stepped } from '../../../src/exchange/sizing.ts';

const d = assertDecimal;

describe('stepped', () => {
  it.each([
    ['180', '0.01', 'up', '180.01'],
    ['180', '0.01', 'down', '179.99'],
    ['180.014', '0.01', 'up', '180.02'],
    ['180.014', '0.01', 'down', '180.01'],
    ['0.01', '0.01', 'down', '0'],
    ['0', '0.01', 'down', '0'],
    ['7', '5', 'up', '10'],
    ['99999999999999999999.99', '0.01', 'up', '100000000000000000000'],
  ] as const)('%s by %s %s is %s', (value, grid, direction, expected) => {
    expect(stepped(d(value), d(grid), direction)).toBe(expected);
  });
});

describe('snapTo', () => {
  it.each([
    ['169.486', '0.01', '169.49'],
    ['169.484', '0.01', '169.48'],
    ['169.485', '0.01', '169.48'],
    ['169.48', '0.01', '169.48'],
  ])('%s on %s is %s', (value, grid, expected) => {
    expect(snapTo(d(value), d(grid))).toBe(expected);
  });
});

describe('shareOf', () => {
  it.each([
    [
      'half of what is sold, cut to the step',
      { available: '52.155', percent: 50, step: '0.01' },
      '26.07',
    ],
    ['all of it', { available: '52.1', percent: 100, step: '0.01' }, '52.1'],
    ['what a quarter buys', { available: '100', percent: 25, step: '0.01', price: '3' }, '8.33'],
    [
      'a quote amount, cut to what stablecoins have',
      { available: '10.12345678', percent: 100 },
      '10.123456',
    ],
    [
      'nothing where a step is more than there is',
      { available: '0.005', percent: 100, step: '0.01' },
      undefined,
    ],
    ['nothing of a debt', { available: '-5', percent: 50, step: '0.01' }, undefined],
    [
      'nothing at a price of nothing',
      { available: '5', percent: 50, step: '0.01', price: '0' },
      undefined,
    ],
  ] as const)('%s', (_name, { available, percent, ...rest }, expected) => {
    const share = {
      available: d(available),
      percent,
      ...('step' in rest ? { step: d(rest.step) } : {}),
      ...('price' in rest ? { price: d(rest.price) } : {}),
    };
    expect(shareOf(share)).toBe(expected);
  });

  it('never spends more than the share, and is always on the step', () => {
    const amount = fc.stringMatching(/^\d{1,7}(\.\d{1,8})?$/).map(d);
    const price = fc.stringMatching(/^[1-9]\d{0,5}(\.\d{1,4})?$/).map(d);
    const step = fc.constantFrom('0.01', '1', '0.00001', '10').map(d);
    const percent = fc.constantFrom(25, 50, 75, 100) as fc.Arbitrary<25 | 50 | 75 | 100>;
    let taken = 0;
    fc.assert(
      fc.property(amount, price, step, percent, (available, at, grid, part) => {
        const quantity = shareOf({ available, percent: part, step: grid, price: at });
        if (quantity === undefined) return;
        taken += 1;
        expect(isMultiple(quantity, grid)).toBe(true);
        const spent = multiply(multiply(quantity, at), d('100'));
        expect(compare(spent, multiply(available, d(String(part))))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('feeFor', () => {
  it.each([
    ['25000', '10', '25'],
    ['150.375', '10', '0.150375'],
    ['100', '-2', '-0.02'],
  ])('%s at %s basis points is %s', (amount, rate, expected) => {
    expect(feeFor(d(amount), d(rate))).toBe(expected);
  });
});
