import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listOf } from '../../../src/core/canonical.ts';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { type Asked, decide } from '../../../src/policy/decide.ts';
import type { Grant } from '../../../src/policy/grant.ts';
import { aMarket } from '../exchange/market-fixture.ts';
import { runs } from '../runs.ts';
import { ACCOUNT, aGrant, LIMIT, NOW, ORIGIN, OTHER } from './grant-fixture.ts';

/** Mostly what fits, or hardly anything would go through. */
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
const origin = mostly(ORIGIN, 'http://desk.example', `${ORIGIN}:8443`, '__proto__', '');
const account = mostly(ACCOUNT, OTHER, '__proto__');
const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    origin,
    account,
    scopes: mostly<Grant['scopes']>(['read', 'trade'], ['read'], ['trade'], []),
    markets: fc.constantFrom<Grant['markets']>('all', ['SOL_USDC'], ['__proto__'], []),
    kinds: mostly<Grant['kinds']>(['limit', 'cancel'], ['limit'], ['cancel'], ['market'], []),
    reduceOnly: fc.boolean(),
    maxOrder: fc.constantFrom('10', '100', '1000'),
    maxDay: fc.constantFrom('10', '100', '1000'),
    expiresAt: mostly(NOW + 1, NOW, NOW - 1),
  })
  .map((change) => aGrant(change));
const anyAsked: fc.Arbitrary<Asked> = fc.record({
  caller: origin.map((each) => ({ zone: 'page' as const, origin: each })),
  account,
  bound: fc.oneof({ weight: 9, arbitrary: account }, fc.constant(undefined)),
  use: mostly<Asked['use']>('send', 'sign', 'subscribe'),
  instruction: fc.constantFrom(
    'orderExecute',
    'orderCancel',
    'orderCancelAll',
    'balanceQuery',
  ) as fc.Arbitrary<'orderExecute'>,
  scope: mostly<Asked['scope']>('trade', 'read', 'withdraw', 'account', 'internal'),
  params: fc.constantFrom(
    LIMIT,
    { ...LIMIT, symbol: '__proto__' },
    { ...LIMIT, reduceOnly: true },
    { ...LIMIT, quantity: '5' },
    { ...LIMIT, triggerPrice: '1', triggerQuantity: '1' },
    { symbol: 'SOL_USDC', orderId: '1' },
    {},
  ),
});

/** Said again in other words than the code's: what must hold for every single thing that goes through unasked. */
it('R13, R30, R33: whatever goes through unasked is covered by a grant in every respect', () => {
  let allowed = 0;
  fc.assert(
    fc.property(fc.array(anyGrant, { maxLength: 4 }), anyAsked, (grants, asked) => {
      const mark = { price: assertDecimal('100'), at: NOW };
      const facts = [{ market: aMarket(), mark }];
      const decision = decide({ grants, asked, facts, ledgers: new Map(), now: NOW });
      if (decision.verdict !== 'allow') return;
      allowed += 1;
      const { caller } = asked;
      const [params = {}] = listOf(asked.params);
      expect(asked.bound).toBe(asked.account);
      expect(['read', 'trade']).toContain(asked.scope);
      expect(asked.use).not.toBe('subscribe');
      const covering = grants.filter(
        (grant) =>
          caller.zone === 'page' &&
          grant.origin === caller.origin &&
          grant.account === asked.account &&
          grant.expiresAt > NOW &&
          grant.scopes.some((scope) => scope === asked.scope),
      );
      expect(covering.length).toBeGreaterThan(0);
      if (asked.scope === 'read') return;
      expect(asked.use).toBe('send');
      expect('triggerPrice' in params).toBe(false);
      const isOrder = asked.instruction === 'orderExecute';
      const worth = 'quantity' in params ? Number(params.quantity) * 100 : 0;
      expect(
        covering.some(
          (grant) =>
            (grant.markets === 'all' || grant.markets.includes(String(params.symbol))) &&
            grant.kinds.includes(isOrder ? 'limit' : 'cancel') &&
            (!isOrder ||
              (worth <= Number(grant.maxOrder) &&
                worth <= Number(grant.maxDay) &&
                (!grant.reduceOnly || params.reduceOnly === true))),
        ),
      ).toBe(true);
    }),
    { numRuns: runs(2000, 10_000) },
  );
  // The property says something only if enough goes through.
  expect(allowed).toBeGreaterThan(runs(20, 100));
});
