import type { LogEntry } from '../../messaging/log.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { isReading } from './site-requests.ts';
import { isAt, type Ticket } from './tickets.ts';

/** What waits for a person, as the approval page shows it; `undefined` for what does not. */
export function approvalOf(ticket: Ticket): ApprovalView | undefined {
  if (!isAt(ticket, 'asked')) return undefined;
  const { id, origin, askedAt, ask, stage } = ticket;
  const { account, requests, digest, window, because } = stage;
  const connect = ask.method === 'connect' ? ask.params : undefined;
  return {
    ...{ ticket: id, origin, askedAt, kind: ask.method, requests, digest, because },
    ...(account === undefined ? {} : { account }),
    ...(window === undefined ? {} : { window }),
    ...(connect ? { connect: { scopes: connect.scopes, reason: connect.reason } } : {}),
    ...(ask.method === 'signSubscription' ? { streams: ask.params.streams } : {}),
  };
}

/** A rejection for the activity log: of what changes anything, and of a site's wish to be let in. */
export function rejectionsOf(ticket: Ticket, at: number): Omit<LogEntry, 'number'>[] {
  const { origin, ask, stage } = ticket;
  if (isReading(ask)) return [];
  const question = stage.at === 'asked' ? stage : undefined;
  const common = {
    ...{ at, origin, what: ask.method, decision: 'rejected' as const },
    ...(question?.account === undefined ? {} : { account: question.account }),
  };
  const asked = question?.requests ?? [];
  if (asked.length === 0) return [common];
  return asked.map(({ instruction, params }) => ({ ...common, instruction, params }));
}
