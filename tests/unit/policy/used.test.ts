import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { type Asked, decide } from '../../../src/policy/decide.ts';
import type { Grant } from '../../../src/policy/grant.ts';
import { emptyLedger, type Ledger, withReservation } from '../../../src/policy/ledger.ts';
import { usedOf } from '../../../src/policy/used.ts';
import { aMarket } from '../exchange/market-fixture.ts';
import { ACCOUNT, aGrant, LIMIT, NOW, ORIGIN, OTHER } from './grant-fixture.ts';

const idOf = (index: number): string => `5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1b00${index}`;
const spent = (notional: string): Ledger =>
  withReservation(emptyLedger, { id: 'x', at: NOW, notional: assertDecimal(notional) }, NOW);
const later = { expiresAt: NOW + 1000 };

/** What is used of the first, when the second has let 70 USDC through. */
const usedBeside = (mine: Partial<Grant>, other: Partial<Grant>) => {
  const grants = [
    aGrant({ ...later, ...mine, id: idOf(1) }),
    aGrant({ ...later, ...other, id: idOf(2) }),
  ];
  const ledgers = new Map([[idOf(2), spent('70')]]);
  const [first = aGrant()] = grants;
  return usedOf(first, { grants, ledgers, now: NOW });
};

describe('what is used of a grant', () => {
  it.each<[string, Partial<Grant>, Partial<Grant>]>([
    ['the same', {}, {}],
    ['one of its markets', { markets: 'all' }, { markets: ['SOL_USDC'] }],
    ['a market beside others', { markets: ['SOL_USDC'] }, { markets: ['BTC_USDC', 'SOL_USDC'] }],
    ['more markets than it', { markets: ['SOL_USDC'] }, { markets: 'all' }],
    ['one kind of order that is the same', { kinds: ['limit'] }, { kinds: ['market', 'limit'] }],
  ])('is also what another let through that lets through %s', (_name, mine, other) => {
    expect(usedBeside(mine, other)).toEqual({ day: '70', lastMinute: 1 });
  });

  it.each<[string, Partial<Grant>, Partial<Grant>]>([
    ['of another site', {}, { origin: 'https://other.example' }],
    ['for another account', {}, { account: OTHER }],
    ['for other markets', { markets: ['SOL_USDC'] }, { markets: ['BTC_USDC'] }],
    ['for other kinds of orders', { kinds: ['limit'] }, { kinds: ['market'] }],
    ['that has expired', {}, { expiresAt: NOW }],
  ])('is not what another let through %s', (_name, mine, other) => {
    expect(usedBeside(mine, other)).toEqual({ day: '0', lastMinute: 0 });
  });

  it('counts cancels for the minute alone', () => {
    const used = usedBeside({ kinds: ['limit', 'cancel'] }, { kinds: ['market', 'cancel'] });
    expect(used).toEqual({ day: '0', lastMinute: 1 });
  });
});

it('the caps of a site never add up: of grants that overlap, the widest is the most there is', () => {
  const anyCap = fc.constantFrom('100', '250', '300', '1000');
  const anyGrants = fc
    .array(fc.tuple(anyCap, fc.constantFrom<Grant['markets']>('all', ['SOL_USDC'])), {
      minLength: 1,
      maxLength: 4,
    })
    .map((caps) =>
      caps.map(([maxDay, markets], index) =>
        aGrant({ ...later, maxDay, markets, id: idOf(index) }),
      ),
    );
  const asked: Asked = {
    caller: { zone: 'page', origin: ORIGIN },
    ...{ account: ACCOUNT, bound: ACCOUNT, use: 'send' },
    ...{ instruction: 'orderExecute', scope: 'trade', params: LIMIT },
  };
  const facts = [{ market: aMarket(), mark: { price: assertDecimal('100'), at: NOW } }];
  fc.assert(
    fc.property(anyGrants, (grants) => {
      const ledgers = new Map<string, Ledger>();
      let through = 0;
      for (let turn = 0; turn < 40; turn += 1) {
        const decision = decide({ grants, asked, facts, ledgers, now: NOW });
        if (decision.verdict !== 'allow' || decision.notional === undefined) break;
        const { grant = '', notional } = decision;
        const before = ledgers.get(grant) ?? emptyLedger;
        ledgers.set(grant, withReservation(before, { id: `${turn}`, at: NOW, notional }, NOW));
        through += Number(notional);
      }
      const widest = Math.max(...grants.map(({ maxDay }) => Number(maxDay)));
      expect(through).toBeLessThanOrEqual(widest);
      expect(through).toBeGreaterThan(widest - 100);
    }),
  );
});
