import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Grant } from '../../../src/policy/decide.ts';

const NOW = 1_760_000_000_000;
const site = { zone: 'page', origin: 'https://desk.example' } as const;
const grant: Grant = {
  origin: site.origin,
  account: 'main',
  scopes: ['read', 'trade'],
  expiresAt: NOW + 1,
};
const scopes = ['read', 'trade', 'withdraw', 'account', 'internal'] as const;

describe('decide', () => {
  it('allows reads to our own pages and asks for everything that changes something', () => {
    const verdicts = scopes.map(
      (scope) => decide([], { caller: { zone: 'wallet' }, account: 'main', scope }, NOW).verdict,
    );
    expect(verdicts).toEqual(['allow', 'ask', 'ask', 'ask', 'ask']);
  });

  it.each([
    ['another account', { ...grant, account: 'other' }],
    ['another scheme', { ...grant, origin: 'http://desk.example' }],
    ['another port', { ...grant, origin: 'https://desk.example:8443' }],
    ['a subdomain', { ...grant, origin: 'https://evil.desk.example' }],
    ['a past grant', { ...grant, expiresAt: NOW }],
  ])('R9, R13: a site under a grant for %s is refused', (_name, other) => {
    const asked = { caller: site, account: 'main', scope: 'read' } as const;
    expect(decide([other], asked, NOW)).toEqual({ verdict: 'refuse', reason: 'not-connected' });
  });

  it('allows a site what it was granted to read, and asks for the rest', () => {
    const verdict = (scope: (typeof scopes)[number]) =>
      decide([grant], { caller: site, account: 'main', scope }, NOW).verdict;
    expect(scopes.map(verdict)).toEqual(['allow', 'ask', 'ask', 'ask', 'refuse']);
  });

  it('R10: names of prototypes are origins like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const origin of names) {
      const asked = { caller: { zone: 'page', origin }, account: 'main', scope: 'read' } as const;
      expect(decide([grant], asked, NOW).verdict).toBe('refuse');
    }
  });

  it('never allows a site anything that changes something, whatever it was granted', () => {
    const anyGrant = fc.record({
      origin: fc.constantFrom(site.origin, 'https://other.example'),
      account: fc.constantFrom('main', 'other'),
      scopes: fc.subarray([...scopes]),
      expiresAt: fc.integer({ min: NOW - 10, max: NOW + 10 }),
    });
    fc.assert(
      fc.property(fc.array(anyGrant), fc.constantFrom(...scopes), (grants, scope) => {
        const { verdict } = decide(grants, { caller: site, account: 'main', scope }, NOW);
        const live = grants.some(
          (g) => g.origin === site.origin && g.account === 'main' && g.expiresAt > NOW,
        );
        if (!live) expect(verdict).toBe('refuse');
        if (verdict === 'allow') expect(scope).toBe('read');
      }),
    );
  });
});
