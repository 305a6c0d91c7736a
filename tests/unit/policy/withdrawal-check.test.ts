import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import type { Asset, Token } from '../../../src/exchange/types.ts';
import {
  checkWithdrawal,
  type WithdrawalDraft,
  withoutHidden,
} from '../../../src/policy/withdrawal-check.ts';

const d = assertDecimal;
const SOLANA = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const token = (blockchain: string, more: Partial<Token> = {}): Token => ({
  blockchain,
  depositEnabled: true,
  minimumDeposit: d('1'),
  withdrawEnabled: true,
  minimumWithdrawal: d('2'),
  maximumWithdrawal: null,
  withdrawalFee: d('1'),
  nativeDecimals: 6,
  ...more,
});
const asset: Asset = {
  symbol: 'USDC',
  displayName: 'USD Coin',
  tokens: [
    token('Solana'),
    token('Eclipse', { withdrawEnabled: false }),
    token('XRP', { withdrawEnabled: false }),
  ],
};
const draft = (more: Partial<WithdrawalDraft> = {}): WithdrawalDraft => ({
  symbol: 'USDC',
  blockchain: 'Solana',
  address: SOLANA,
  quantity: '10',
  ...more,
});
const problems = (more: Partial<WithdrawalDraft>, most?: string) => {
  const checked = checkWithdrawal(draft(more), asset, most === undefined ? undefined : d(most));
  return checked.ok ? [] : checked.problems.map(({ path, reason }) => `${path} ${reason}`);
};

describe('checkWithdrawal', () => {
  it('yields the params just as they were typed, without blanks around the quantity', () => {
    expect(checkWithdrawal(draft({ quantity: ' 10.0 ' }), asset, d('10'))).toEqual({
      ok: true,
      params: { symbol: 'USDC', blockchain: 'Solana', address: SOLANA, quantity: '10.0' },
    });
  });

  it.each([
    [{ symbol: '', blockchain: '', address: '', quantity: '' }, 'symbol address quantity'],
    [{ blockchain: '', address: '', quantity: '' }, 'blockchain address quantity'],
    [{ address: '' }, 'address'],
    [{ quantity: ' ' }, 'quantity'],
  ])('wants what is missing: %j', (more, paths) => {
    const found = problems(more);
    expect(found.every((problem) => problem.endsWith(' required'))).toBe(true);
    expect(found.map((problem) => problem.split(' ')[0]).sort()).toEqual(paths.split(' ').sort());
  });

  it('says nothing of an address while there is no network whose it could be', () => {
    expect(problems({ blockchain: '', address: '0x' })).toEqual(['blockchain required']);
  });

  it.each([
    [{ blockchain: 'Eclipse' }, ['blockchain withdraw-disabled']],
    [{ blockchain: 'XRP' }, ['blockchain address-tag']],
    [{ blockchain: 'Base' }, ['blockchain chain-unknown', 'address address-wrong-chain']],
    [{ address: SOLANA.slice(3) }, ['address address-length']],
    [{ address: `${SOLANA}\n` }, ['address address-spaces']],
  ])('refuses a way that money cannot take: %j', (more, expected) => {
    expect(problems(more)).toEqual(expected);
  });

  it('lets no more leave than the account may withdraw', () => {
    expect(problems({}, '9.999999')).toEqual(['quantity maximum']);
    expect(problems({}, '10')).toEqual([]);
  });
});

describe('withoutHidden', () => {
  it('takes out what cannot be seen, and nothing else', () => {
    expect(withoutHidden(` a\u200bB\u00ad1\n\t`)).toBe('aB1');
  });
});
