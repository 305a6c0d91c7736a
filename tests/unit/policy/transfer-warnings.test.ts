import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { sameAddress } from '../../../src/policy/addresses.ts';
import {
  isSevere,
  type WithdrawalContext,
  type Withdrawing,
  withdrawalWarnings,
} from '../../../src/policy/transfer-warnings.ts';

const d = assertDecimal;
const evm = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const solana = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';

const to = (more: Partial<Withdrawing> = {}): Withdrawing => ({
  symbol: 'USDC',
  blockchain: 'Ethereum',
  address: evm,
  quantity: d('100'),
  ...more,
});
const friend = { address: evm, blockchain: 'Ethereum', label: 'Friend' };
const warningsOf = (withdrawing: Withdrawing, context: Partial<WithdrawalContext>) =>
  withdrawalWarnings(withdrawing, { known: [friend], isComplete: true, ...context });
const codes = (withdrawing: Withdrawing, context: Partial<WithdrawalContext>): string[] =>
  warningsOf(withdrawing, context).map(({ code }) => code);

describe('withdrawalWarnings', () => {
  it('has nothing to say of a part of the balance to an address that is known', () => {
    expect(codes(to(), { available: d('1000'), fee: d('1') })).toEqual([]);
  });

  it.each([
    ['the same in small letters is known', [{ ...friend, address: evm.toLowerCase() }], []],
    ['another address is known', [{ address: solana, blockchain: 'Solana' }], ['first-time']],
    ['nothing is known yet', [], ['first-time']],
    ['known on another chain', [{ ...friend, blockchain: 'Base' }], ['other-chain']],
    ['known on both', [{ ...friend, blockchain: 'Base' }, friend], []],
    ['the chain is spelt in another way', [{ ...friend, blockchain: 'ethereum' }], []],
  ])('%s', (_name, known, expected) => {
    expect(codes(to(), { known })).toEqual(expected);
  });

  it('does not call an address new where not all that is known could be read', () => {
    expect(codes(to(), { known: [], isComplete: false })).toEqual(['not-compared']);
    expect(codes(to(), { known: [friend], isComplete: false })).toEqual([]);
  });

  it('R29: compares with what could be read', () => {
    const address = `0x5aae${'0'.repeat(32)}eaed`;
    expect(codes(to({ address }), { isComplete: false })).toContain('look-alike');
  });

  it('R29: finds an address that looks like a known one, and says like which', () => {
    const forged = `0x5aae${'0'.repeat(32)}eaed`;
    const [worst] = warningsOf(to({ address: forged }), {});
    expect(worst).toEqual({
      code: 'look-alike',
      severity: 'severe',
      known: evm,
      label: 'Friend',
      first: 4,
      last: 4,
    });
  });

  it('R29: a look-alike of one address stays one when it is itself known', () => {
    const forged = { address: `0x5aae${'0'.repeat(32)}eaed`, blockchain: 'Ethereum' };
    const found = codes(to({ address: forged.address }), { known: [friend, forged] });
    expect(found).toEqual(['look-alike']);
  });

  it.each([
    ['of this chain', [{ address: evm, blockchain: 'Ethereum' }], 'own-address', 'warn'],
    ['of another chain', [{ address: evm, blockchain: 'Base' }], 'own-other-chain', 'severe'],
  ])('a deposit address of one’s own %s', (_name, own, code, severity) => {
    expect(warningsOf(to(), { own })).toMatchObject([{ code, severity }]);
  });

  it.each([
    ['0.9 of the balance', { available: d('111.11') }, 'most-of-balance'],
    ['a tenth for the fee', { fee: d('10') }, 'fee-heavy'],
  ])('%s', (_name, context, code) => {
    expect(codes(to(), context)).toEqual([code]);
  });

  it.each([
    ['a little less of the balance', { available: d('112') }],
    ['a little less for the fee', { fee: d('9.9') }],
    ['nothing in the balance', { available: d('0') }],
  ])('nothing of %s', (_name, context) => {
    expect(codes(to(), context)).toEqual([]);
  });

  it.each([
    ['Ethereum', evm.toLowerCase(), ['one-case']],
    ['Sui', `0x${'a1'.repeat(32)}`, ['unchecked']],
    ['Aptos', `0x${'a1'.repeat(31)}a`, ['unchecked', 'short']],
  ])('what the text of an address on %s tells', (blockchain, address, expected) => {
    const given = to({ address, blockchain });
    expect(codes(given, { known: [] })).toEqual(['first-time', ...expected]);
    const slips = ['one-case', 'unchecked'];
    const left = expected.filter((code) => !slips.includes(code));
    expect(codes(given, { known: [{ address, blockchain }] })).toEqual(left);
  });

  it('begins with the worst', () => {
    const found = warningsOf(to({ quantity: d('1') }), {
      known: [],
      own: [{ address: evm, blockchain: 'Base' }],
      available: d('1'),
      fee: d('1'),
    });
    expect(found.map(({ severity }) => severity)).toEqual(['severe', 'warn', 'warn', 'warn']);
    expect(isSevere(found)).toBe(true);
    expect(isSevere(found.slice(1))).toBe(false);
  });
});

describe('sameAddress', () => {
  it.each([
    [evm, evm.toLowerCase(), true],
    [solana, solana.toLowerCase(), false],
    [evm, solana, false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameAddress(a, b)).toBe(same);
  });
});
