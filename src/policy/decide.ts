import type { Scope } from '../exchange/instructions/entry.ts';

/** Who asks, as the browser's own record says: one of Buckle's pages, or a site. */
export type Caller = { zone: 'wallet' } | { zone: 'page'; origin: string };

/** A site's standing permission, bound to one account. `expiresAt` in Unix ms. */
export interface Grant {
  origin: string;
  account: string;
  scopes: readonly Scope[];
  expiresAt: number;
}

export interface Asked {
  caller: Caller;
  account: string;
  scope: Scope;
}

export type Decision =
  | { verdict: 'allow' }
  | { verdict: 'ask' }
  | { verdict: 'refuse'; reason: 'not-connected' | 'internal' };

/**
 * May this be signed? Every request of every caller passes here first. What changes something is always asked; a read is
 * allowed to Buckle's own pages, and to a site only under a living grant for that very origin and account.
 */
export function decide(grants: readonly Grant[], asked: Asked, now: number): Decision {
  const { caller, account, scope } = asked;
  if (caller.zone === 'wallet') return { verdict: scope === 'read' ? 'allow' : 'ask' };
  if (scope === 'internal') return { verdict: 'refuse', reason: 'internal' };
  const standing = grants.filter(
    (grant) => grant.origin === caller.origin && grant.account === account && grant.expiresAt > now,
  );
  if (standing.length === 0) return { verdict: 'refuse', reason: 'not-connected' };
  const granted = scope === 'read' && standing.some((grant) => grant.scopes.includes('read'));
  return { verdict: granted ? 'allow' : 'ask' };
}
