import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type GrantTerms, grantTerms } from '../../../src/policy/grant.ts';
import { checkGrant, draftOf, type GrantDraft } from '../../../src/ui/screens/Sites/grant-draft.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const terms: GrantTerms = {
  scopes: ['read', 'trade'],
  markets: ['SOL_USDC'],
  kinds: ['limit', 'cancel'],
  reduceOnly: true,
  maxOrder: '100',
  maxDay: '1000',
  maxPerMinute: 5,
  expiresAt: NOW + 24 * HOUR,
};
const draft = draftOf(terms, NOW, true);
const problems = (part: Partial<GrantDraft>) => {
  const checked = checkGrant({ ...draft, ...part }, NOW);
  return checked.ok ? [] : checked.problems.map(({ path, reason }) => `${path} ${reason}`);
};

describe('the form of a grant', () => {
  it('means what it was made from', () => {
    expect(checkGrant(draft, NOW)).toEqual({ ok: true, terms });
    const kept = draftOf({ ...terms, expiresAt: NOW + 7 }, NOW, false);
    expect(checkGrant(kept, NOW + 5)).toMatchObject({ terms: { expiresAt: NOW + 7 } });
  });

  it.each([
    [{ read: false, trade: false }, 'scopes required'],
    [{ kinds: [] }, 'kinds required'],
    [{ markets: [] }, 'markets required'],
    [{ maxOrder: '' }, 'maxOrder required'],
    [{ maxOrder: '0' }, 'maxOrder minimum'],
    [{ maxOrder: '1,000' }, 'maxOrder number-comma'],
    [{ maxDay: '1e9' }, 'maxDay number-exponent'],
    [{ maxDay: '99' }, 'maxDay minimum'],
    [{ maxPerMinute: '0' }, 'maxPerMinute minimum'],
    [{ maxPerMinute: '601' }, 'maxPerMinute maximum'],
    [{ maxPerMinute: '1.5' }, 'maxPerMinute number-format'],
  ])('refuses %j', (part, problem) => {
    expect(problems(part)).toEqual([problem]);
  });

  it('asks for no caps where only cancels are let through', () => {
    const checked = checkGrant({ ...draft, kinds: ['cancel'], maxOrder: '', maxDay: '' }, NOW);
    expect(checked).toMatchObject({ ok: true });
    expect(checked.ok && 'maxOrder' in checked.terms).toBe(false);
  });

  it('leaves nothing of trading in a grant that reads', () => {
    const checked = checkGrant({ ...draft, trade: false }, NOW);
    expect(checked).toMatchObject({
      terms: { scopes: ['read'], markets: 'all', kinds: [], reduceOnly: false },
    });
    expect(checked.ok && v.is(grantTerms, checked.terms)).toBe(true);
  });

  it('lets every market in only if it says so', () => {
    expect(checkGrant({ ...draft, everyMarket: true }, NOW)).toMatchObject({
      terms: { markets: 'all' },
    });
  });
});
