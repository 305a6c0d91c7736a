import { isAppError } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { Settled } from '../../messaging/site-contract.ts';
import { siteError, toSiteError } from '../../messaging/site-errors.ts';
import type { SiteOutcome } from '../../messaging/wire.ts';
import { outcomeOf, settledOf } from './site-outcome.ts';
import { type End, isReading } from './site-requests.ts';
import {
  atStage,
  isAt,
  isUndecided,
  isWaiting,
  type Ticket,
  type TicketAt,
  type Tickets,
} from './tickets.ts';

export interface AnswerDependencies {
  tickets: Tickets;
  /** What the journal knows of a request. @throws LOCKED; VAULT_DAMAGED if it has it and cannot tell. */
  find: (request: string) => Promise<RequestView | undefined>;
  /** Tells the document that asked. `true`: it has the answer. */
  push: (ticket: Ticket, reply: SiteOutcome) => Promise<boolean>;
  /** Says to that document that it may leave from now on. `true`: its page knows. */
  tellDecided: (ticket: Ticket) => Promise<boolean>;
  tellSettled: (ticket: Ticket, settled: Settled) => Promise<void>;
  /** Does the document that asked still show? */
  isThere: (ticket: Ticket) => Promise<boolean>;
  /** How many wait for a person or for the unlock. */
  waiting: (count: number) => void;
  now: () => number;
  report: (error: unknown) => void;
}

export interface TicketAnswers {
  /** Tickets whose answer goes out as a reply of this worker, if a reply is good enough for them. */
  readonly replying: Set<string>;
  /** Gives it its answer, unless it has one. */
  finish(id: string, end: End): Promise<void>;
  /** The same for what was thrown. */
  fail(id: string, error: unknown): Promise<void>;
  /** Ends what is still undecided as it is written down. `false`: somebody was faster. */
  refuse(id: string, end: End): Promise<boolean>;
  /** Pushes the answer to its document. `true`: it was acknowledged. */
  deliver(ticket: TicketAt<'done'>): Promise<boolean>;
  /** The page is told that nobody knows yet, and the end of that request once there is one. */
  tellUnknown(id: string, request: string): Promise<void>;
  /** What the journal says; `unreadable`: it has it and cannot tell. @throws LOCKED */
  lookedFor(request: string): Promise<RequestView | 'unreadable' | undefined>;
  /** The end may have come while no worker was there to hear of it. */
  lookUp(ticket: Ticket, request: string): Promise<void>;
  /** The end of a request whose page was told that it is not known yet, or is about to be. */
  tellEnd(ticket: Ticket, end: Settled, reply: SiteOutcome): Promise<void>;
  /** An answer that nobody has acknowledged is kept for as long as its document is there. */
  endDone(id: string): Promise<void>;
  /** Its document has gone: nobody waits for what is not decided. */
  dropUndecided(id: string): Promise<void>;
  /**
   * May it be carried out now? Not before the page that was told that it waits knows that it may leave: should Buckle go away, the
   * page says of what it knows to wait that it was not sent.
   */
  mayLeave(ticket: Ticket): Promise<boolean>;
  /** Tells how many wait now. */
  changed(): Promise<void>;
}

/** How long an answer that went out as a reply is kept, should the reply have been lost. Asking later is asking anew. */
const KEPT_MS = 30_000;

export const changes = ({ ask }: Ticket): boolean => ask.method === 'send' && !isReading(ask);

/**
 * Did it come to something that must not happen twice? Then it is kept until the bridge says that it has the answer, since
 * a call that is asked again after it was dropped would be a new one.
 */
export const mustBeAcknowledged = (ticket: Ticket, reply: SiteOutcome): boolean =>
  changes(ticket) && (reply.ok || reply.error.reason === 'outcome-unknown');

export const refused = (
  reason: 'locked' | 'rejected' | 'not-connected' | 'account-removed' | 'outcome-unknown',
): End => ({ outcome: { ok: false, error: siteError(reason) } });

/** How a ticket gets its end: the answer, its acknowledgement, and what the page is told after that. */
export function createTicketAnswers(deps: AnswerDependencies): TicketAnswers {
  const { tickets, now, report } = deps;
  const replying = new Set<string>();
  const telling = new Set<string>();

  const changed = async (): Promise<void> => {
    deps.waiting((await tickets.all()).filter(isWaiting).length);
  };

  /** The page has its answer; it may still be owed the end. */
  const afterwards = (found: Ticket): Ticket | undefined => {
    if (!isAt(found, 'done')) return found;
    const { unsettled } = found.stage;
    return unsettled === undefined ? undefined : atStage(found, { at: 'watched', unsettled });
  };
  const deliver = async (ticket: TicketAt<'done'>): Promise<boolean> => {
    if (!(await deps.push(ticket, ticket.stage.reply))) return false;
    await tickets.change(ticket.id, afterwards);
    return true;
  };
  /** The answer is there: written down first, then told. The first answer stays. `true`: this is it. */
  const end = async (
    id: string,
    { outcome: reply, unsettled: owed }: End,
    may: (found: Ticket) => boolean,
  ): Promise<boolean> => {
    const unsettled = owed === undefined ? {} : { unsettled: owed };
    let isFirst = false;
    let waited = false;
    const done = await tickets.change(id, (found) => {
      if (isAt(found, 'done') || isAt(found, 'watched') || !may(found)) return found;
      isFirst = true;
      waited = isWaiting(found);
      const told = replying.has(id) && !mustBeAcknowledged(found, reply) ? { told: now() } : {};
      return atStage(found, { at: 'done', reply, ...told, ...unsettled });
    });
    if (done === undefined || !isAt(done, 'done') || !isFirst) return false;
    if (waited) await changed();
    if (done.stage.told === undefined) await deliver(done);
    return true;
  };
  const finish = async (id: string, found: End): Promise<void> => {
    await end(id, found, () => true);
  };
  const fail = (id: string, error: unknown): Promise<void> => {
    const told = toSiteError(error);
    if (told.reason === 'internal') report(error);
    return finish(id, { outcome: { ok: false, error: told } });
  };

  const lookedFor = async (request: string): Promise<RequestView | 'unreadable' | undefined> => {
    try {
      return await deps.find(request);
    } catch (error) {
      if (isAppError(error, 'VAULT_DAMAGED')) return 'unreadable';
      throw error;
    }
  };
  const tellUnknown = (id: string, unsettled: string): Promise<void> =>
    finish(id, { ...refused('outcome-unknown'), unsettled });

  const endDone = async (id: string): Promise<void> => {
    const ticket = await tickets.get(id);
    if (ticket === undefined || !isAt(ticket, 'done')) return;
    const { told } = ticket.stage;
    if (told === undefined) {
      if (!(await deliver(ticket)) && !(await deps.isThere(ticket))) await drop(id);
    } else if (now() - told >= KEPT_MS) await tickets.change(id, afterwards);
  };
  const drop = async (id: string): Promise<void> => {
    await tickets.change(id, () => undefined);
    await changed();
  };
  const dropUndecided = async (id: string): Promise<void> => {
    await tickets.change(id, (found) => (isUndecided(found) ? undefined : found));
    await changed();
  };
  const lookUp = async (ticket: Ticket, request: string): Promise<void> => {
    const { call, ask } = ticket;
    const view = await lookedFor(request);
    const isOpen = typeof view === 'object' && view.state !== 'settled';
    if (isOpen || ask.method !== 'send') return;
    if (typeof view === 'object') return tellEnd(ticket, settledOf(call, view), outcomeOf(view));
    const outcome = view === 'unreadable' ? 'unknown' : 'notSent';
    const reason = view === 'unreadable' ? 'outcome-unknown' : 'not-sent';
    const end: Settled = { id: call, instruction: ask.params.instruction, outcome };
    return tellEnd(ticket, end, { ok: false, error: siteError(reason) });
  };
  /**
   * Told before it is written down: an end that is told twice after a death does no harm, one that is never told does. A page
   * that has not heard yet that its end is unknown hears the end as its answer.
   */
  const tellEnd = async (ticket: Ticket, end: Settled, reply: SiteOutcome): Promise<void> => {
    if (telling.has(ticket.id)) return;
    telling.add(ticket.id);
    let found: Ticket | undefined;
    try {
      await deps.tellSettled(ticket, end);
      found = await tickets.change(ticket.id, (each) => {
        if (!isAt(each, 'done')) return undefined;
        const { unsettled: _, ...stage } = each.stage;
        return atStage(each, { ...stage, reply });
      });
    } finally {
      telling.delete(ticket.id);
    }
    if (found !== undefined && isAt(found, 'done') && found.stage.told === undefined) {
      await deliver(found);
    }
  };

  return {
    ...{ replying, finish, fail, deliver, tellUnknown, lookedFor, lookUp, tellEnd },
    ...{ endDone, dropUndecided, changed },
    mayLeave: async (ticket) =>
      !changes(ticket) || !isWaiting(ticket) || (await deps.tellDecided(ticket)),
    refuse: (id, why) => end(id, why, isUndecided),
  };
}
