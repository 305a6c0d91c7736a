import type { Grant } from '../policy/grant.ts';
import type { LogDraft } from './log-chain.ts';

/** A grant as an entry of the activity log: given or changed with these powers, or taken away. */
export function grantEntry(what: 'grant' | 'revoke', grant: Grant, at: number): LogDraft {
  const { id, origin, account, createdAt: _, scopes, markets, kinds, ...rest } = grant;
  const params = {
    scopes: scopes.join(', '),
    markets: markets === 'all' ? markets : markets.join(', '),
    kinds: kinds.join(', '),
    ...rest,
  };
  return { at, origin, account, what, params, decision: 'approved', grant: id };
}
