import type { RequestParams } from '../../core/canonical.ts';
import type { Grant } from '../../policy/grant.ts';
import { given, type JournalEntry } from './journal-entry.ts';
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

/** What is about to be sent, and who let it through. */
export function sentEntry({
  id,
  origin,
  account,
  instruction,
  params,
  decision,
}: JournalEntry): LogDraft {
  const common = { at: decision.at, origin, account, what: 'send', instruction, request: id };
  const shown = { ...common, params: given(params) };
  return decision.by === 'grant'
    ? { ...shown, decision: 'granted', grant: decision.grant }
    : { ...shown, decision: 'approved' };
}

/** What is about to be handed out signed, after a person was asked. `request` is the ticket. */
export const signedEntry = ({
  params,
  ...entry
}: Pick<LogDraft, 'at' | 'origin' | 'what'> & {
  account: string;
  instruction: string;
  request: string;
  params: RequestParams;
}): LogDraft => ({ ...entry, params: given(params), decision: 'approved' });

/** What a site asked for and could not get from anybody. */
export const refusedEntry = ({
  params,
  ...entry
}: Pick<LogDraft, 'at' | 'origin' | 'what'> & {
  account: string;
  instruction: string;
  reason: string;
  params: RequestParams;
}): LogDraft => ({ ...entry, params: given(params), decision: 'refused' });
