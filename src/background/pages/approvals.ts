import { invalid, isAppError } from '../../core/errors.ts';
import type { LogEntry } from '../../messaging/log.ts';
import type { RequestView } from '../../messaging/requests.ts';
import { SiteRefusal } from '../../messaging/site-errors.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import type { SiteReply } from '../../messaging/wire.ts';
import { approvalOf, rejectionsOf } from './approval-view.ts';
import { type End, type Given, isReading } from './site-requests.ts';
import { createTicketAnswers, mustBeAcknowledged, refused } from './ticket-answers.ts';
import { createTicketFlow, type FlowDependencies } from './ticket-flow.ts';
import {
  type Asker,
  atStage,
  isAt,
  isUndecided,
  isWaiting,
  type Question,
  type Ticket,
  type TicketAt,
  type WaitingAsk,
} from './tickets.ts';

export interface ApprovalsDependencies extends FlowDependencies {
  /** A person let the site in by answering it. */
  letIn: (origin: string) => Promise<void>;
  /** Writes a decision into the activity log; while locked, at the next unlock. */
  note: (draft: Omit<LogEntry, 'number'>) => Promise<void>;
}

export interface Approvals {
  /** A page's call: its answer, or that it waits. The same call of the same document is asked once, whenever it comes. */
  ask(asker: Asker, call: string, ask: WaitingAsk): Promise<SiteReply>;
  /** The page no longer waits for it: what is not decided is not done. */
  cancel(asker: Asker, call: string): Promise<void>;
  /** `staying` is the document that the tab shows now, if any: what others of it asked is dropped. */
  leave(tab: number, staying?: string): Promise<void>;
  /** The site was shut out. */
  part(origin: string): Promise<void>;
  /** Everything that waits for a person, oldest first. */
  list(): Promise<ApprovalView[]>;
  /**
   * Approving twice is approving once: what a stopped worker began is gone on with, under the same id of the journal.
   * @throws INVALID_INPUT at `ticket` or `digest`, or whatever kept it from being carried out: then it still waits
   */
  approve(ticket: string, digest: string, given: Given): Promise<{ request?: RequestView }>;
  reject(ticket: string): Promise<void>;
  rejectAll(origin?: string): Promise<void>;
  /** A person closed the window: what it showed is rejected. */
  closed(): Promise<void>;
  /** A request in the journal moved on. */
  moved(view: RequestView): Promise<void>;
  accountRemoved(account: string): Promise<void>;
  /** Takes up what an earlier worker left, and what waits for a lock or an unlock that has come. */
  resume(): Promise<void>;
}

/** What came this shortly before the window closed has not been seen, unless it was listed. */
const UNSEEN_MS = 2_000;
/** So long, at most, the list waits for what is being weighed. */
const WEIGHING_MS = 5_000;
/** An approval that was dropped with its worker comes again at once. */
const AT_ONCE_MS = 1_000;
/** Between two looks at what has waited too long, as long as pages ask. */
const SWEEP_MS = 10_000;

const isConnect = (each: Ticket, origin: string): boolean =>
  isAt(each, 'asked') && each.origin === origin && each.ask.method === 'connect';

/** What pages ask that needs a person, must not be done twice or must not get lost. */
export function createApprovals(deps: ApprovalsDependencies): Approvals {
  const { tickets, requests, now, report } = deps;
  const answers = createTicketAnswers(deps);
  const flow = createTicketFlow(deps, answers);
  let sweptAt = 0;

  const replyOf = async (id: string): Promise<SiteReply> => {
    const found = await tickets.get(id);
    if (found === undefined || !isAt(found, 'done')) return { waiting: true };
    const { reply } = found.stage;
    // A reply can get lost unseen; what was pushed and acknowledged has arrived.
    if (mustBeAcknowledged(found, reply)) {
      return (await answers.deliver(found)) ? { waiting: true } : reply;
    }
    await tickets.change(id, (each) =>
      isAt(each, 'done') ? atStage(each, { ...each.stage, told: now() }) : each,
    );
    return reply;
  };
  /** Does the work on a ticket, and answers with what it came to. */
  const replying = async (id: string, work: () => Promise<unknown>): Promise<SiteReply> => {
    answers.replying.add(id);
    try {
      await flow.exclusively(id, work);
    } catch (error) {
      // It may have left already: whoever asks again hears how it went, and nothing may sound as if it had failed.
      const left = await tickets.get(id);
      if (left === undefined || !isAt(left, 'deciding')) throw error;
      report(error);
    } finally {
      answers.replying.delete(id);
    }
    return replyOf(id);
  };

  /** Read under a grant, and nothing written. `undefined`: it takes a ticket. */
  const readAtOnce = async (asker: Asker, ask: WaitingAsk): Promise<SiteReply | undefined> => {
    if (!isReading(ask) || !(await deps.isUnlocked())) return undefined;
    try {
      const weighed = await deps.limits.within(asker.origin, () =>
        requests.weigh(asker.origin, ask, async () => undefined),
      );
      return 'end' in weighed ? weighed.end.outcome : undefined;
    } catch (error) {
      if (isAppError(error, 'LOCKED')) return undefined;
      throw error;
    }
  };
  const take = async (asker: Asker, call: string, ask: WaitingAsk): Promise<SiteReply> => {
    const id = deps.randomId();
    const isUnlocked = await deps.isUnlocked();
    if (!isUnlocked && ask.params.unlockWithinMs === 0) throw new SiteRefusal('locked');
    const fresh: Ticket = {
      ...{ id, call, ask, askedAt: now(), shown: false, stage: { at: 'new' } },
      ...{ origin: asker.origin, tab: asker.tab, document: asker.document },
    };
    let taken = id;
    // Busy with it before it can be found, so that nobody else takes it up.
    const reply = await replying(id, async () => {
      const ticket = await tickets.add(fresh, (all) => deps.limits.admit(fresh, all));
      taken = ticket.id;
      if (taken === id) await (isUnlocked ? flow.consider(id) : flow.waitForUnlock(id));
    });
    return taken === id ? reply : replyOf(taken);
  };

  const drop = async (which: (each: Ticket) => boolean): Promise<void> => {
    const gone = (await tickets.all()).filter(which);
    if (gone.length === 0) return;
    for (const { id } of gone) await tickets.change(id, () => undefined);
    await answers.changed();
  };
  const leave = (tab: number, staying?: string): Promise<void> =>
    drop((each) => each.tab === tab && (staying === undefined || each.document !== staying));
  /** Ends with the same refusal whatever is not decided. */
  const end = async (
    which: (each: Ticket) => boolean,
    reason: 'not-connected' | 'account-removed',
  ): Promise<void> => {
    const meant = (await tickets.all()).filter((each) => isUndecided(each) && which(each));
    for (const { id } of meant) await answers.refuse(id, refused(reason));
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

  /** Takes the question out of the queue: from here on it is decided. */
  const decide = async (found: Ticket, digest: string, cameAt: number): Promise<Question> => {
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

  return {
    async ask(asker, call, ask) {
      if (asker.document !== undefined) await leave(asker.tab, asker.document);
      if (now() - sweptAt >= SWEEP_MS) {
        sweptAt = now();
        flow.resume().catch(report);
      }
      const known = await tickets.find(asker, call);
      if (known === undefined) return (await readAtOnce(asker, ask)) ?? take(asker, call, ask);
      if (isAt(known, 'done') || flow.isBusy(known.id)) return replyOf(known.id);
      const isUnlocked = await deps.isUnlocked();
      return replying(known.id, () => flow.takeUp(known, isUnlocked));
    },
    cancel: async (asker, call) => {
      const found = await tickets.find(asker, call);
      if (found !== undefined) await drop(({ id }) => id === found.id);
    },
    leave,
    async part(origin) {
      await end((each) => each.origin === origin, 'not-connected');
      await drop((each) => each.origin === origin);
    },
    async list() {
      // Just unlocked, what waited for that is being weighed: an empty list would say that nothing waits.
      const weighing = flow.resume(isUndecided).then(() => flow.weighed());
      await Promise.race([weighing, deps.sleep(WEIGHING_MS)]);
      const asked = (await tickets.all()).filter((each) => isAt(each, 'asked'));
      for (const { id, shown } of asked) {
        if (!shown) await tickets.change(id, (found) => ({ ...found, shown: true }));
      }
      return asked.flatMap((each) => approvalOf(each) ?? []);
    },
    async approve(id, digest, given) {
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
    },
    reject,
    rejectAll: (origin) => rejectThose((each) => origin === undefined || each.origin === origin),
    async closed() {
      const recently = now() - UNSEEN_MS;
      await rejectThose((each) => {
        if (isAt(each, 'locked')) return !isReading(each.ask);
        return each.shown || each.askedAt < recently;
      });
      if ((await tickets.all()).some((each) => isAt(each, 'asked'))) await deps.show();
    },
    moved: async (view) => {
      if (view.state === 'settled') await flow.settled(view);
    },
    accountRemoved: (account) =>
      end((each) => isAt(each, 'asked') && each.stage.account === account, 'account-removed'),
    resume: () => flow.resume(),
  };
}

/** A person has approved it, and it has no end yet. */
const isDecided = (found: Ticket): found is TicketAt<'deciding'> =>
  isAt(found, 'deciding') && found.stage.by === 'person';
