import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Decimal } from '../../../src/core/decimal.ts';
import type { Market } from '../../../src/exchange/types.ts';
import { decide } from '../../../src/policy/decide.ts';
import { type Grant, grantTerms } from '../../../src/policy/grant.ts';
import { narrowestGrant, readTerms } from '../../../src/policy/narrowest-grant.ts';
import type { MarketFacts } from '../../../src/policy/notional.ts';

const NOW = 1_800_000_000_000;
const SITE = 'https://desk.example.com';
const ACCOUNT = '00000000-0000-4000-8000-000000000001';

const market = {
  symbol: 'SOL_USDC',
  baseSymbol: 'SOL',
  quoteSymbol: 'USDC',
  marketType: 'SPOT',
} as Market;
const facts: MarketFacts = { market, mark: { price: '150.25' as Decimal, at: NOW } };
const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '150',
  quantity: '1.5',
  clientId: 7,
};
const cancel = { symbol: 'SOL_USDC', orderId: '1' };

describe('narrowestGrant', () => {
  it.each([
    ['a limit order', 'orderExecute', limit, { kinds: ['limit'], maxOrder: '226', maxDay: '226' }],
    [
      'a purchase at the market price',
      'orderExecute',
      { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quoteQuantity: '40' },
      { kinds: ['market'], maxOrder: '40', maxDay: '40' },
    ],
    ['an order that reduces', 'orderExecute', { ...limit, reduceOnly: true }, { reduceOnly: true }],
    ['a cancel', 'orderCancel', cancel, { kinds: ['cancel'] }],
    ['all cancels of a market', 'orderCancelAll', { symbol: 'SOL_USDC' }, { kinds: ['cancel'] }],
  ])('lets %s through, and only one a minute for a day', (_name, instruction, params, expected) => {
    const terms = narrowestGrant({ instruction, params }, facts, NOW);
    expect(terms).toMatchObject({
      scopes: ['trade'],
      markets: ['SOL_USDC'],
      maxPerMinute: 1,
      expiresAt: NOW + 86_400_000,
      ...expected,
    });
    expect(v.is(grantTerms, terms)).toBe(true);
    const grant: Grant = {
      ...(terms ?? readTerms(NOW)),
      id: ACCOUNT,
      origin: SITE,
      account: ACCOUNT,
      createdAt: NOW,
    };
    const decision = (changed: object) =>
      decide({
        grants: [grant],
        asked: {
          caller: { zone: 'page', origin: SITE },
          account: ACCOUNT,
          bound: ACCOUNT,
          use: 'send',
          instruction: instruction as 'orderExecute',
          scope: 'trade',
          params: { ...params, ...changed },
        },
        facts: [facts],
        ledgers: new Map(),
        now: NOW,
      }).verdict;
    expect(decision({})).toBe('allow');
    expect(decision({ symbol: 'BTC_USDC' })).toBe('ask');
    if ('quantity' in params) expect(decision({ quantity: '1.6' })).toBe('ask');
  });

  it('lets a read through as reads, and nothing that trades', () => {
    expect(narrowestGrant({ instruction: 'balanceQuery', params: {} }, {}, NOW)).toEqual(
      readTerms(NOW),
    );
    expect(readTerms(NOW)).toMatchObject({ scopes: ['read'], kinds: [] });
    expect(v.is(grantTerms, readTerms(NOW))).toBe(true);
  });

  it.each([
    ['what is not in the table', 'constructor', {}],
    ['a trigger order', 'orderExecute', { ...limit, triggerPrice: '1', triggerQuantity: '1' }],
    ['a market order that bounds nothing', 'orderExecute', { ...limit, orderType: 'Market' }],
    [
      'an order in another market than the one that is known',
      'orderExecute',
      { ...limit, symbol: 'X_USDC' },
    ],
  ])('has nothing for %s', (_name, instruction, params) => {
    const given = params as Record<string, string>;
    const { price: _price, ...unpriced } = given;
    const used = given.orderType === 'Market' ? unpriced : given;
    expect(narrowestGrant({ instruction, params: used }, facts, NOW)).toBeUndefined();
  });

  it('has nothing without a price', () => {
    expect(narrowestGrant({ instruction: 'orderExecute', params: limit }, {}, NOW)).toBeUndefined();
  });
});
