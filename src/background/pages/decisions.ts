import { invalid } from '../../core/errors.ts';
import type { LogEntry } from '../../messaging/log.ts';
import type { RequestView } from '../../messaging/requests.ts';
import { rejectionsOf } from './approval-view.ts';
import type { End, Given } from './site-requests.ts';
import { refused, type TicketAnswers } from './ticket-answers.ts';
import type { FlowDependencies, TicketFlow } from './ticket-flow.ts';
import { atStage, isAt, isWaiting, type Question, type Ticket, type TicketAt } from './tickets.ts';

export interface DecisionsDependencies extends FlowDependencies {
  /** A person let the site in by answering it. */
  letIn: (origin: string) => Promise<void>;
  /** Writes a decision into the activity log; while locked, at the next unlock. */
  note: (draft: Omit<LogEntry, 'number'>) => Promise<void>;
}

/** What a person says to what waits. */
export interface Decisions {
  /**
   * Approving twice is approving once: what a stopped worker began is gone on with, under the same id of the journal.
   * @throws INVALID_INPUT at `ticket` or `digest`, or whatever kept it from being carried out: then it still waits
   */
  approve(ticket: string, digest: string, given: Given): Promise<{ request?: RequestView }>;
  reject(ticket: string): Promise<void>;
  rejectThose(which: (each: Ticket) => boolean): Promise<void>;
}

interface Parts {
  deps: DecisionsDependencies;
  answers: TicketAnswers;
  flow: TicketFlow;
  /** Nobody waits for these any more. */
  drop: (which: (each: Ticket) => boolean) => Promise<void>;
}

/** An approval that was dropped with its worker comes again at once. */
const AT_ONCE_MS = 1_000;

const isConnect = (each: Ticket, origin: string): boolean =>
  isAt(each, 'asked') && each.origin === origin && each.ask.method === 'connect';

/** A person has approved it, and it has no end yet. */
const isDecided = (found: Ticket): found is TicketAt<'deciding'> =>
  isAt(found, 'deciding') && found.stage.by === 'person';

/** A yes takes the question out of the queue, carries it out and concludes what came of it. A no ends it. */
export function createDecisions({ deps, answers, flow, drop }: Parts): Decisions {
  const { tickets, requests, now, report } = deps;

  /** Takes the question out of the queue: from here on it is decided. */
  const decide = async (found: Ticket, digest: string, cameAt: number): Promise<Question> => {
    // As it stands now: one that was decided already may wait again since, and its page may have heard so.
    const standing = (await tickets.get(found.id)) ?? found;
    if (!(await answers.mayLeave(standing))) throw invalid('ticket', 'page-silent');
    let question: Question | undefined;
    await tickets.change(found.id, (each) => {
      // Asked anew, as after a lock, it is another question, though it may have the same digest. One that was decided already
      // may have been asked anew by this worker just now; nobody locks and unlocks in that time.
      const isSame =
        each.stage === found.stage || (isDecided(found) && now() - cameAt < AT_ONCE_MS);
      if (!isSame || !(isDecided(each) || (isAt(each, 'asked') && now() < each.stage.until))) {
        return each;
      }
      if (each.stage.digest !== digest) throw invalid('digest', 'digest-mismatch');
      const { account, requests: asked, window, because } = each.stage;
      question = { account, requests: asked, digest, window, because };
      return atStage(each, { ...question, at: 'deciding', by: 'person' });
    });
    if (question === undefined) throw invalid('ticket', 'unknown-key');
    return question;
  };
  /** What is known of the request, if an earlier approval of the same brought it into the journal. */
  const sentBefore = async (found: Ticket, digest: string): Promise<RequestView | undefined> => {
    if (!isDecided(found) || found.ask.method !== 'send' || found.stage.digest !== digest) {
      return undefined;
    }
    const [request] = found.stage.requests;
    const view = request && (await deps.find(request.id));
    const left = view && (await tickets.get(found.id));
    if (left && isAt(left, 'deciding')) await flow.takeUp(left, true);
    return view;
  };
  const letIn = async ({ origin }: Ticket, { account = '' }: Given): Promise<void> => {
    await deps.letIn(origin);
    const draft = { at: now(), origin, account, what: 'connect', decision: 'approved' } as const;
    await deps.note(draft).catch(report);
    // What else it asks to be given is for that account now, or is given already.
    for (const { id } of (await tickets.all()).filter((each) => isConnect(each, origin))) {
      await flow.exclusively(id, () => flow.consider(id));
    }
  };
  const carryOut = async (found: Ticket, question: Question, given: Given) => {
    let done: End;
    try {
      await answers.changed();
      done = await requests.carryOut(found, question, given);
      if (found.ask.method === 'connect') await letIn(found, given);
    } catch (error) {
      await flow.askAgain(found.id);
      throw error;
    }
    // It is done: that its answer finds no room in memory must not open the question again. The journal has it.
    await flow.conclude(found.id, done).catch(report);
    return done.view === undefined ? {} : { request: done.view };
  };

  const approve: Decisions['approve'] = async (id, digest, given) => {
    const cameAt = now();
    const found = await tickets.get(id);
    if (found === undefined) throw invalid('ticket', 'unknown-key');
    // It was carried out, and only the word of it got lost.
    if (isAt(found, 'done') && found.stage.reply.ok) return {};
    if (!(await deps.isThere(found))) {
      await drop((each) => each.id === id);
      throw invalid('ticket', 'unknown-key');
    }
    // The worker that this wakes may be taking it up just now.
    return flow.inTurn(id, async () => {
      const request = await sentBefore(found, digest);
      return request ? { request } : carryOut(found, await decide(found, digest, cameAt), given);
    });
  };

  const reject = async (id: string): Promise<void> => {
    const found = await tickets.get(id);
    if (found === undefined || !isWaiting(found)) return;
    // Approved at the same moment, it is no longer anybody's to reject.
    if (!(await answers.refuse(id, refused('rejected')))) return;
    for (const draft of rejectionsOf(found, now())) await deps.note(draft).catch(report);
  };
  const rejectThose = async (which: (each: Ticket) => boolean): Promise<void> => {
    const meant = (await tickets.all()).filter((each) => isWaiting(each) && which(each));
    await Promise.all(meant.map(({ id }) => reject(id)));
  };

  return { approve, reject, rejectThose };
}
