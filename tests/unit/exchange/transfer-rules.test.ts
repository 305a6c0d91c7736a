import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal, compare, decimalPlaces } from '../../../src/core/decimal.ts';
import { tokenOn, withdrawalProblems } from '../../../src/exchange/transfer-rules.ts';
import type { Asset } from '../../../src/exchange/types.ts';

const dec = assertDecimal;
type Token = Asset['tokens'][number];
const token = (change: Partial<Token> = {}): Token => ({
  blockchain: 'Base',
  depositEnabled: true,
  minimumDeposit: dec('0.5'),
  withdrawEnabled: true,
  minimumWithdrawal: dec('2'),
  maximumWithdrawal: dec('5000'),
  withdrawalFee: dec('0.5'),
  nativeDecimals: 6,
  ...change,
});
const assetOf = (...tokens: Token[]): Asset => ({
  symbol: 'USDC',
  displayName: 'USD Coin',
  tokens,
});
const draft = (quantity: string, change: object = {}) => ({
  symbol: 'USDC',
  blockchain: 'Base',
  quantity,
  ...change,
});

describe('what a chain has against a withdrawal', () => {
  it.each(['2', '2.000001', '5000', '2.0000000', '0002'])('nothing, of %s', (quantity) =>
    expect(withdrawalProblems(draft(quantity), assetOf(token()))).toEqual([]),
  );

  it.each<[string, Partial<Token>, object]>([
    ['1.99', {}, { reason: 'minimum', limit: '2', suggestions: ['2'] }],
    ['0', {}, { reason: 'minimum', limit: '2', suggestions: ['2'] }],
    ['5000.000001', {}, { reason: 'maximum', limit: '5000', suggestions: ['5000'] }],
    ['3.1234567', {}, { reason: 'decimals', limit: '6', suggestions: ['3.123457', '3.123456'] }],
    ['3.5', { nativeDecimals: 0 }, { reason: 'decimals', limit: '0', suggestions: ['3', '4'] }],
    ['', {}, { reason: 'required' }],
    ['1,5', {}, { reason: 'number-comma' }],
    ['-3', {}, { reason: 'number-sign' }],
    ['1e3', {}, { reason: 'number-exponent' }],
    ['many', {}, { reason: 'number-format' }],
  ])('of “%s” on %j: %j', (quantity, change, problem) =>
    expect(withdrawalProblems(draft(quantity), assetOf(token(change)))).toEqual([
      { path: 'quantity', ...problem },
    ]),
  );

  it('takes any number of decimals where the chain does not say', () => {
    for (const nativeDecimals of [null, undefined, Number.NaN, -1]) {
      const asset = assetOf(token({ nativeDecimals, maximumWithdrawal: null }));
      expect(withdrawalProblems(draft('2.123456789012345678'), asset)).toEqual([]);
    }
    const eighteen = assetOf(token({ nativeDecimals: 18, maximumWithdrawal: null }));
    expect(withdrawalProblems(draft('2.123456789012345678'), eighteen)).toEqual([]);
    expect(withdrawalProblems(draft('2.1234567890123456789'), eighteen)).toMatchObject([
      { reason: 'decimals', limit: '18' },
    ]);
  });

  it('knows the asset and the chain by their exact names', () => {
    const asset = assetOf(token());
    expect(withdrawalProblems(draft('2'), undefined)).toEqual([
      { path: 'symbol', reason: 'asset-unknown' },
    ]);
    expect(withdrawalProblems(draft('2', { symbol: 'USDT' }), asset)).toEqual([
      { path: 'symbol', reason: 'asset-unknown' },
    ]);
    for (const blockchain of ['base', 'Solana', 'constructor', '']) {
      expect(withdrawalProblems(draft('2', { blockchain }), asset)).toEqual([
        { path: 'blockchain', reason: 'chain-unknown' },
      ]);
      expect(tokenOn(asset, blockchain)).toBeUndefined();
    }
  });

  it('says that withdrawals are off beside what is wrong with the quantity', () => {
    const asset = assetOf(token({ withdrawEnabled: false }));
    expect(withdrawalProblems(draft('1'), asset).map(({ reason }) => reason)).toEqual([
      'withdraw-disabled',
      'minimum',
    ]);
  });
});

describe('what the account may take out', () => {
  const asset = assetOf(token());
  it.each([
    ['100.5', '100.5', []],
    ['100.500001', '100.5', [{ reason: 'maximum', limit: '100.5', suggestions: ['100.5'] }]],
    // Less decimals than the account holds.
    ['9', '7.12345678', [{ reason: 'maximum', limit: '7.12345678', suggestions: ['7.123456'] }]],
    ['5001', '9999', [{ reason: 'maximum', limit: '5000', suggestions: ['5000'] }]],
    // Nothing that could be suggested would be enough for the chain.
    ['3', '1.5', [{ reason: 'maximum', limit: '1.5', suggestions: [] }]],
    ['1', '1.5', [{ reason: 'minimum', limit: '2', suggestions: [] }]],
    ['3', '0', [{ reason: 'maximum', limit: '0', suggestions: [] }]],
  ])('%s of at most %s: %j', (quantity, most, problems) =>
    expect(withdrawalProblems(draft(quantity), asset, { most: dec(most) })).toEqual(
      problems.map((problem) => ({ path: 'quantity', ...problem })),
    ),
  );

  it('is never exceeded by a suggestion, and every suggestion will do', () => {
    const amount = fc
      .tuple(fc.nat(9999), fc.stringMatching(/^\d{0,9}$/))
      .map(([whole, fraction]) => dec(fraction === '' ? `${whole}` : `${whole}.${fraction}`));
    fc.assert(
      fc.property(amount, amount, amount, fc.nat(8), (quantity, least, most, nativeDecimals) => {
        const one = assetOf(token({ minimumWithdrawal: least, nativeDecimals }));
        const problems = withdrawalProblems(draft(quantity), one, { most });
        for (const { suggestions = [] } of problems) {
          for (const better of suggestions) {
            expect(withdrawalProblems(draft(better), one, { most })).toEqual([]);
          }
        }
        if (problems.length > 0) return;
        expect(compare(quantity, least)).toBeGreaterThanOrEqual(0);
        expect(compare(quantity, most)).toBeLessThanOrEqual(0);
        const significant = quantity.replace(/\.?0*$/, '');
        if (quantity.includes('.')) {
          expect(decimalPlaces(dec(significant))).toBeLessThanOrEqual(nativeDecimals);
        }
      }),
      { numRuns: 500 },
    );
  });
});
