import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { instructions, isInstruction } from '../../../src/exchange/instructions/index.ts';
import {
  type Asked,
  type Decision,
  decide,
  type withoutGrants,
} from '../../../src/policy/decide.ts';
import type { Grant } from '../../../src/policy/grant.ts';
import { withReservation } from '../../../src/policy/ledger.ts';
import type { MarketFacts } from '../../../src/policy/notional.ts';
import { aMarket } from '../exchange/market-fixture.ts';
import { ACCOUNT, aGrant, LIMIT, NOW, ORIGIN, OTHER } from './grant-fixture.ts';

const dec = assertDecimal;
const mark = { price: dec('100'), at: NOW - 1000 };
const facts: MarketFacts = { market: aMarket(), mark };
const site = { zone: 'page', origin: ORIGIN } as const;

const order = (params: Asked['params'] = LIMIT): Asked => ({
  caller: site,
  account: ACCOUNT,
  bound: ACCOUNT,
  use: 'send',
  instruction: 'orderExecute',
  scope: 'trade',
  params,
});
const read: Asked = { ...order({}), instruction: 'balanceQuery', scope: 'read' };

const decided = (
  asked: Asked,
  grants: readonly Grant[] = [aGrant()],
  more: { facts?: MarketFacts; ledgers?: typeof withoutGrants.ledgers } = {},
): Decision =>
  decide({
    ledgers: new Map(),
    ...more,
    facts: [more.facts ?? facts],
    grants,
    asked,
    now: NOW,
  });
const because = (...given: Parameters<typeof decided>): string => {
  const decision = decided(...given);
  if (decision.verdict === 'ask') return decision.because;
  return decision.verdict === 'refuse' ? decision.reason : decision.verdict;
};

describe("decide, for Buckle's own pages", () => {
  it('allows reads, asks for what changes something, refuses what is internal', () => {
    const verdicts = (['read', 'trade', 'withdraw', 'account', 'internal'] as const).map((scope) =>
      because({ ...order(), caller: { zone: 'wallet' }, scope }, []),
    );
    expect(verdicts).toEqual(['allow', 'own-request', 'own-request', 'own-request', 'internal']);
  });
});

describe('decide, for a site', () => {
  it('lets a read and an order through under a grant, and says what the order is worth', () => {
    const grant = aGrant();
    expect(decided(read)).toEqual({ verdict: 'allow', grant: grant.id });
    expect(decided(order())).toEqual({ verdict: 'allow', grant: grant.id, notional: '100' });
  });

  it('asks for everything while there is no grant', () => {
    expect([because(read, []), because(order(), [])]).toEqual(['no-grant', 'no-grant']);
  });

  it.each([
    ['another account', { account: OTHER }],
    ['another scheme', { origin: 'http://desk.example' }],
    ['another port', { origin: 'https://desk.example:8443' }],
    ['a subdomain', { origin: 'https://evil.desk.example' }],
    ['a name with a dot at its end', { origin: 'https://desk.example.' }],
    ['upper case', { origin: 'https://DESK.example' }],
  ])('R9, R13: a grant for %s lets nothing through', (_name, change) => {
    const other = [aGrant(change)];
    expect([because(read, other), because(order(), other)]).toEqual(['no-grant', 'no-grant']);
  });

  it('R33: refuses whatever is not for the account that the site is bound to', () => {
    const grants = [aGrant(), aGrant({ account: OTHER })];
    expect(because({ ...read, account: OTHER }, grants)).toBe('other-account');
    expect(because({ ...order(), account: OTHER }, grants)).toBe('other-account');
  });

  it('refuses a site that is not connected, whatever grants there are', () => {
    expect(because({ ...read, bound: undefined })).toBe('not-connected');
    expect(because({ ...order(), bound: undefined })).toBe('not-connected');
  });

  it('R30: never lets a withdrawal or a change of the account be granted or handed out', () => {
    for (const scope of ['withdraw', 'account'] as const) {
      const asked = { ...order({}), scope };
      expect(because(asked)).toBe('never-granted');
      expect(because({ ...asked, use: 'sign' })).toBe('send-only');
    }
  });

  it('R30: refuses what is internal in every way of asking', () => {
    for (const use of ['send', 'sign', 'subscribe'] as const) {
      expect(because({ ...order({}), use, scope: 'internal' })).toBe('internal');
    }
  });

  it('R30: always asks before a signature that trades, or that opens streams, is handed out', () => {
    expect(because({ ...order(), use: 'sign' })).toBe('signature');
    expect(because({ ...read, instruction: 'subscribe', use: 'subscribe' })).toBe('subscription');
    expect(because({ ...read, use: 'sign' })).toBe('allow');
  });

  it.each<[string, Partial<Grant>, Asked['params'], string]>([
    ['expired this very moment', { expiresAt: NOW }, LIMIT, 'expired'],
    ['without trade', { scopes: ['read'] }, LIMIT, 'scope'],
    ['for other kinds', { kinds: ['market', 'cancel'] }, LIMIT, 'order-kind'],
    ['for other markets', { markets: ['BTC_USDC'] }, LIMIT, 'market'],
    ['for no market', { markets: [] }, LIMIT, 'market'],
    ['for reducing only', { reduceOnly: true }, LIMIT, 'reduce-only'],
    ['without a cap for the order', { maxOrder: undefined }, LIMIT, 'no-caps'],
    ['without a cap for the day', { maxDay: undefined }, LIMIT, 'no-caps'],
    ['with a lower cap for the order', { maxOrder: '99.99' }, LIMIT, 'order-cap'],
    ['with a lower cap for the day', { maxOrder: '100', maxDay: '99.99' }, LIMIT, 'day-cap'],
  ])('asks under a grant %s', (_name, change, params, expected) => {
    const { maxOrder, maxDay, ...rest } = { ...aGrant(), ...change };
    const grant = { ...rest, ...(maxOrder && { maxOrder }), ...(maxDay && { maxDay }) };
    expect(because(order(params), [grant])).toBe(expected);
  });

  it('lets a reducing order through under a grant for reducing only', () => {
    expect(because(order({ ...LIMIT, reduceOnly: true }), [aGrant({ reduceOnly: true })])).toBe(
      'allow',
    );
  });

  it('asks for anything beyond a plain order, fields that nobody knows yet included', () => {
    for (const extra of [
      { triggerPrice: '90', triggerQuantity: '1' },
      { stopLossTriggerPrice: '90' },
      { takeProfitTriggerPrice: '90' },
      { autoBorrow: true },
      { autoLend: false },
      { slippageTolerance: '5' },
      { brokerId: 7 },
      { somethingNew: 1 },
    ]) {
      expect(because(order({ ...LIMIT, ...extra }))).toBe('order-kind');
    }
  });

  it('asks for every trade but orders and cancels', () => {
    for (const instruction of Object.keys(instructions)) {
      if (!isInstruction(instruction) || instructions[instruction].scope !== 'trade') continue;
      const expected = /^order(Execute|Cancel|CancelAll)$/.test(instruction)
        ? 'allow'
        : 'order-kind';
      const params = instruction === 'orderExecute' ? LIMIT : { symbol: 'SOL_USDC', orderId: '1' };
      expect([instruction, because({ ...order(params), instruction })]).toEqual([
        instruction,
        expected,
      ]);
    }
  });

  it('counts a cancel for the minute only, and needs no mark for it', () => {
    const cancel = { ...order({ symbol: 'SOL_USDC', orderId: '1' }), instruction: 'orderCancel' };
    const asked = cancel as Asked;
    const grant = aGrant({ maxPerMinute: 2 });
    expect(decided(asked, [grant], { facts: {} })).toMatchObject({ notional: '0' });
    const taken = { id: 'a', at: NOW - 59_999, notional: dec('0') };
    const once = withReservation({ recent: [], sums: [] }, taken, NOW);
    const twice = withReservation(once, { ...taken, id: 'b' }, NOW);
    expect(because(asked, [grant], { ledgers: new Map([[grant.id, once]]) })).toBe('allow');
    expect(because(asked, [grant], { ledgers: new Map([[grant.id, twice]]) })).toBe('minute-cap');
    expect(because(order(), [grant], { ledgers: new Map([[grant.id, twice]]) })).toBe('minute-cap');
  });

  it('counts every order of a batch for the minute', () => {
    const batch = order([LIMIT, LIMIT, LIMIT]);
    expect(because(batch, [aGrant({ maxPerMinute: 2 })])).toBe('minute-cap');
    expect(decided(batch, [aGrant({ maxPerMinute: 3 })])).toMatchObject({ count: 3 });
  });

  it('weighs each order of a batch by its own market', () => {
    const asked = order([LIMIT, { ...LIMIT, symbol: 'BTC_USDC' }]);
    const situation = { grants: [aGrant()], asked, ledgers: new Map(), now: NOW };
    const btc = {
      market: aMarket({ symbol: 'BTC_USDC' }),
      mark: { price: dec('101'), at: NOW },
    };
    const verdict = { verdict: 'ask', because: 'order-cap' };
    expect(decide({ ...situation, facts: [facts, btc] })).toEqual(verdict);
    expect(decide({ ...situation, facts: [facts] })).toMatchObject({ because: 'no-mark' });
  });

  it('takes the grant that lets it through, and else names what came closest', () => {
    const narrow = aGrant({ id: OTHER, maxOrder: '50' });
    const wrong = aGrant({ id: OTHER, kinds: [] });
    expect(decided(order(), [wrong, narrow, aGrant()])).toMatchObject({ grant: aGrant().id });
    expect(because(order(), [wrong, narrow])).toBe('order-cap');
    expect(because(order(), [narrow, wrong])).toBe('order-cap');
  });

  it('R10: names of prototypes are origins, accounts and markets like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      expect(because({ ...read, caller: { zone: 'page', origin: name } })).toBe('no-grant');
      expect(because({ ...read, account: name, bound: name })).toBe('no-grant');
      expect(because({ ...read, bound: name })).toBe('other-account');
      expect(because(order({ ...LIMIT, symbol: name }), [aGrant({ markets: ['SOL_USDC'] })])).toBe(
        'market',
      );
      expect(because(order({ [name]: '1', ...LIMIT }))).toBe('order-kind');
      expect(because({ ...order(), instruction: name as 'orderExecute' })).toBe('order-kind');
    }
  });
});
