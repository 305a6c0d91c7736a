import type { RequestView } from '../../messaging/requests.ts';
import { SiteRefusal } from '../../messaging/site-errors.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import type { SiteReply } from '../../messaging/wire.ts';
import { approvalOf } from './approval-view.ts';
import { createDecisions, type Decisions, type DecisionsDependencies } from './decisions.ts';
import type { ReadAtOnce } from './site-reading.ts';
import { isReading } from './site-requests.ts';
import { createTicketAnswers, mustBeAcknowledged, refused } from './ticket-answers.ts';
import { createTicketFlow } from './ticket-flow.ts';
import {
  type Asker,
  atStage,
  isAt,
  isUndecided,
  isWaiting,
  type Ticket,
  type WaitingAsk,
} from './tickets.ts';

export interface Approvals extends Pick<Decisions, 'approve' | 'reject'> {
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
  rejectAll(origin?: string): Promise<void>;
  /** A person closed the window: what it showed is rejected. */
  closed(): Promise<void>;
  /** A request in the journal moved on. */
  moved(view: RequestView): Promise<void>;
  accountRemoved(account: string): Promise<void>;
  /** Another vault is open, and the journal, which it cannot read, about to go: what was sent ends as unknown. */
  vaultReplaced(): Promise<void>;
  /** Takes up what an earlier worker left, and what waits for a lock or an unlock that has come. */
  resume(): Promise<void>;
}

export interface ApprovalsDependencies extends DecisionsDependencies {
  readAtOnce: ReadAtOnce;
}

/** What came this shortly before the window closed has not been seen, unless it was listed. */
const UNSEEN_MS = 2_000;
/** So long, at most, the list waits for what is being weighed. */
const WEIGHING_MS = 5_000;
/** Between two looks at what has waited too long, as long as pages ask. */
const SWEEP_MS = 10_000;

/** What pages ask that needs a person, must not be done twice or must not get lost. */
export function createApprovals(deps: ApprovalsDependencies): Approvals {
  const { tickets, now, report } = deps;
  const answers = createTicketAnswers(deps);
  const flow = createTicketFlow(deps, answers);
  let sweptAt = 0;

  const replyOf = async (id: string): Promise<SiteReply> => {
    const found = await tickets.get(id);
    if (found === undefined) return { waiting: true };
    if (isWaiting(found)) return { waiting: true, turn: found.turn };
    if (!isAt(found, 'done')) return { waiting: true };
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

  const take = async (asker: Asker, call: string, ask: WaitingAsk): Promise<SiteReply> => {
    const id = deps.randomId();
    const isUnlocked = await deps.isUnlocked();
    if (!isUnlocked && ask.params.unlockWithinMs === 0) throw new SiteRefusal('locked');
    const fresh: Ticket = {
      ...{ id, call, ask, askedAt: now(), shown: false, turn: -1, stage: { at: 'new' } },
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

  const { approve, reject, rejectThose } = createDecisions({ deps, answers, flow, drop });

  return {
    async ask(asker, call, ask) {
      if (asker.document !== undefined) await leave(asker.tab, asker.document);
      if (now() - sweptAt >= SWEEP_MS) {
        sweptAt = now();
        flow.resume().catch(report);
      }
      const known = await tickets.find(asker, call);
      if (known === undefined)
        return (await deps.readAtOnce(asker.origin, ask)) ?? take(asker, call, ask);
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
    approve,
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
    async vaultReplaced() {
      await end(() => true, 'account-removed');
      await flow.resume();
    },
    resume: () => flow.resume(),
  };
}
