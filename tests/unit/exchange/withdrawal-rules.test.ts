import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import type { Token } from '../../../src/exchange/types.ts';
import { mostOf, quantityProblem, unitOf } from '../../../src/exchange/withdrawal-rules.ts';

const d = assertDecimal;
const usdc = (more: Partial<Token> = {}): Token => ({
  blockchain: 'Solana',
  depositEnabled: true,
  minimumDeposit: d('1'),
  withdrawEnabled: true,
  minimumWithdrawal: d('2'),
  maximumWithdrawal: null,
  withdrawalFee: d('1'),
  nativeDecimals: 6,
  ...more,
});

describe('unitOf', () => {
  it.each([
    [6, '0.000001'],
    [0, '1'],
    [24, `0.${'0'.repeat(23)}1`],
    [77, `0.${'0'.repeat(23)}1`],
    [undefined, `0.${'0'.repeat(23)}1`],
  ])('of %s decimals is %s', (nativeDecimals, unit) => {
    expect(unitOf(usdc({ nativeDecimals }))).toBe(unit);
  });
});

describe('mostOf', () => {
  it.each([
    [null, undefined, undefined],
    ['5000', undefined, '5000'],
    [null, '70', '70'],
    ['5000', '70', '70'],
    ['50', '70', '50'],
  ])('the network takes %s, the account has %s: %s', (maximum, withdrawable, most) => {
    const token = usdc({ maximumWithdrawal: maximum === null ? null : d(maximum) });
    expect(mostOf(token, withdrawable === undefined ? undefined : d(withdrawable))).toBe(most);
  });
});

describe('quantityProblem', () => {
  it.each([
    ['as it should be', '10.000001', undefined],
    ['all of it', '70', undefined],
    ['spaces around it', ' 10 ', undefined],
    ['nothing', '', { reason: 'required' }],
    ['a comma', '1,5', { reason: 'number-comma' }],
    ['an exponent', '1e1', { reason: 'number-exponent' }],
    ['a sign', '-10', { reason: 'number-sign' }],
    ['words', 'ten', { reason: 'number-format' }],
    ['zero', '0', { reason: 'minimum', limit: '2', suggestions: ['2'] }],
    ['less than the minimum', '1.999999', { reason: 'minimum', limit: '2', suggestions: ['2'] }],
    ['more than there is', '70.000001', { reason: 'maximum', limit: '70', suggestions: ['70'] }],
    [
      'a decimal too many',
      '10.1234567',
      { reason: 'decimals', limit: '6', suggestions: ['10.123457', '10.123456'] },
    ],
  ])('%s', (_name, typed, expected) => {
    const found = quantityProblem(typed, usdc(), d('70'));
    expect(found).toEqual(expected && { path: 'quantity', ...expected });
  });

  it('suggests nothing where there is less than the minimum', () => {
    const most = d('1.5');
    expect(quantityProblem('1', usdc(), most)).toEqual({
      path: 'quantity',
      reason: 'minimum',
      limit: '2',
    });
    expect(quantityProblem('3', usdc(), most)).toEqual({
      path: 'quantity',
      reason: 'maximum',
      limit: '1.5',
    });
  });

  it('asks only the token while the account’s most is not known', () => {
    expect(quantityProblem('1000000', usdc())).toBeUndefined();
    const capped = usdc({ maximumWithdrawal: d('5000') });
    expect(quantityProblem('5000.1', capped)).toMatchObject({ reason: 'maximum', limit: '5000' });
  });
});
