import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assets } from '../../exchange/assets.ts';
import { amount, plain, zero } from '../../exchange/decimal.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import { ELSEWHERE, setUp } from './harness.ts';

describe('money in and out', () => {
  const step = fc.record({
    kind: fc.constantFrom('deposit', 'withdraw', 'internal', 'wait'),
    quantity: fc.integer({ min: 1, max: 60_000 }).map((units) => plain(amount(units).div(10))),
    blockchain: fc.constantFrom('Solana', 'Ethereum', 'Base'),
    confirmations: fc.integer({ min: 0, max: 4 }),
    onTop: fc.boolean(),
  });
  it('is neither made nor lost', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { exchange, account, withdraw, pass } = setUp();
        const other = seedAccount(exchange, { keyNumber: 2, balances: {} });
        for (const { kind, quantity, blockchain, confirmations, onTop } of steps) {
          exchange.setWithdrawalFee(onTop ? 'on-top' : 'inside');
          const token = { symbol: 'USDC', blockchain, quantity };
          if (kind === 'deposit')
            exchange.depositArrives(account.apiKey, { ...token, confirmations });
          if (kind === 'withdraw')
            withdraw({
              ...token,
              address: blockchain === 'Solana' ? ELSEWHERE : `0x${'a1'.repeat(20)}`,
            });
          if (kind === 'internal')
            withdraw({ ...token, address: exchange.depositAddress(other.apiKey, blockchain) });
          if (kind === 'wait') pass(2_000);
        }
        const sum = (values: string[]) => values.reduce((total, one) => total.plus(one), zero);
        const balances = [account, other].map(({ apiKey }) => {
          const usdc = exchange.balances(apiKey).USDC?.available ?? '0';
          expect(amount(usdc).gte(0)).toBe(true);
          return usdc;
        });
        const rows = exchange.withdrawals(account.apiKey);
        for (const { isInternal, debited, received } of rows)
          seen.add(`${isInternal ? 'inside' : 'outside'} ${debited === received}`);
        const left = rows.filter(({ isInternal }) => !isInternal).map(({ received }) => received);
        const came = exchange
          .deposits(account.apiKey)
          .filter(({ status }) => status === 'confirmed')
          .map(({ quantity }) => quantity);
        const held = sum([...balances, ...left, exchange.houseFees().USDC ?? '0']);
        expect(plain(held)).toBe(plain(sum(['10000', ...came])));
      }),
      { seed: 3, numRuns: 60 },
    );
    expect([...seen].sort()).toEqual(['inside true', 'outside false']);
  });
  it('leaves something over at the smallest withdrawal of every asset', () => {
    for (const { minimumWithdrawal, withdrawalFee } of assets.flatMap(({ tokens }) => tokens))
      expect(amount(minimumWithdrawal).gt(withdrawalFee)).toBe(true);
  });
});
