import type { Grant } from '../policy/grant.ts';
import type { LogDraft } from './log-chain.ts';

/** A grant as an entry of the activity log: given or changed with these powers, or taken away. */
export function grantEntry(what: 'grant' | 'revoke', grant: Grant, at: number): LogDraft {
  const { id, origin, account, scopes, markets, kinds, maxOrder, maxDay } = grant;
  const { reduceOnly, maxPerMinute, expiresAt } = grant;
  const params = {
    scopes: scopes.join(', '),
    markets: markets === 'all' ? markets : markets.join(', '),
    kinds: kinds.join(', '),
    reduceOnly,
    ...(maxOrder === undefined ? {} : { maxOrder }),
    ...(maxDay === undefined ? {} : { maxDay }),
    maxPerMinute,
    expiresAt,
  };
  return { at, origin, account, what, params, decision: 'approved', grant: id };
}
