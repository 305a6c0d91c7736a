import { AppError, isAppError } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { SiteLimits } from './site-limits.ts';
import { lacksSecondFactor, outcomeOf, settledOf } from './site-outcome.ts';
import { type End, isReading, type SiteRequests } from './site-requests.ts';
import { type AnswerDependencies, changes, refused, type TicketAnswers } from './ticket-answers.ts';
import {
  atStage,
  isAt,
  isUndecided,
  isWaiting,
  type Question,
  type Stage,
  type StageAt,
  type Ticket,
} from './tickets.ts';

export interface FlowDependencies extends AnswerDependencies {
  requests: SiteRequests;
  limits: SiteLimits;
  isUnlocked: () => Promise<boolean>;
  /** Somebody must look: opens the window unless it is open. */
  show: () => Promise<void>;
  /** Resolves later, if this worker is still there. */
  sleep: (ms: number) => Promise<void>;
  randomId: () => string;
}

export interface TicketFlow {
  /** This worker's work on a ticket, once at a time. `undefined`, and nothing done, if it is at it already. */
  exclusively<T>(id: string, work: () => Promise<T>): Promise<T | undefined>;
  /** The same, once this worker is through with what it is at. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T>;
  isBusy(id: string): boolean;
  /** Resolves once what this worker weighs at this moment has been weighed. */
  weighed(): Promise<void>;
  /** From the beginning, while nothing is decided: without a person if that can be, else a person is asked. */
  consider(id: string): Promise<void>;
  waitForUnlock(id: string): Promise<void>;
  /** Opens the same question again: what was decided on it was not carried out. */
  askAgain(id: string): Promise<void>;
  /** What became of what was decided: told, or asked again for want of a second factor. */
  conclude(id: string, end: End): Promise<void>;
  /** Moves it on if its time has come, or if an earlier worker was stopped over it. */
  takeUp(ticket: Ticket, isUnlocked: boolean): Promise<void>;
  /** Takes up all of these that this worker is not busy with. */
  resume(which?: (each: Ticket) => boolean): Promise<void>;
  /** A request in the journal has its end. */
  settled(view: RequestView): Promise<void>;
}

/** How long a question stays open: an order approved an hour later is another order. */
const ASKED_MS = 15 * 60_000;
/** How long the truth about a request is looked for before the page is told that it is not known yet. */
const UNKNOWN_AFTER_MS = 60_000;

/**
 * How a ticket moves: new → (locked) → asked → deciding → done → (watched). Each step is written down before what follows
 * from it is done, so a worker can be stopped anywhere and the next one goes on from there.
 */
export function createTicketFlow(deps: FlowDependencies, answers: TicketAnswers): TicketFlow {
  const { tickets, requests, now, report } = deps;
  const { finish, fail, tellUnknown, lookedFor, lookUp, changed } = answers;
  const busy = new Map<string, Promise<unknown>>();

  const show = (): void => void deps.show().catch(report);

  /** Begins to wait, unless it has its answer. It counts for the limits when it begins. */
  const wait = (id: string, stage: (found: Ticket) => Stage): Promise<Ticket | undefined> =>
    tickets.change(id, (found, all) => {
      if (isAt(found, 'done')) return found;
      if (!isWaiting(found)) deps.limits.wait(found, all);
      return atStage(found, stage(found));
    });
  const waitForUnlock = async (id: string): Promise<void> => {
    let found: Ticket | undefined;
    try {
      found = await wait(id, ({ ask }) => ({
        at: 'locked',
        until: now() + ask.params.unlockWithinMs,
      }));
    } catch (error) {
      return fail(id, error);
    }
    if (found === undefined || !isAt(found, 'locked')) return;
    // In time if this worker lives; else when the bridge asks again.
    void deps.sleep(found.stage.until - now() + 100).then(() => resume().catch(report));
    await changed();
    // What only reads opens no window: a page that keeps polling would never let a person close it.
    if (!isReading(found.ask)) show();
  };
  const askPerson = async (id: string, question: Question): Promise<void> => {
    const stage: Stage = { at: 'asked', until: now() + ASKED_MS, ...question };
    const found = await wait(id, () => stage);
    await changed();
    if (found !== undefined && isAt(found, 'asked')) show();
  };

  const consider = async (id: string): Promise<void> => {
    const ticket = await tickets.get(id);
    if (ticket === undefined) return;
    if (!(await answers.mayLeave(ticket))) {
      // A page that is busy with itself hears it later, and asks again then.
      if (!(await deps.isThere(ticket))) await answers.dropUndecided(id);
      return;
    }
    let isSent = false;
    try {
      const weighed = await requests.weigh(ticket.origin, ticket.ask, async (question) => {
        const found = await tickets.change(id, (each) =>
          isUndecided(each) || isAt(each, 'deciding')
            ? atStage(each, { at: 'deciding', by: 'grant', ...question })
            : each,
        );
        // The page left, or a person said no, while it was weighed.
        if (found === undefined || !isAt(found, 'deciding')) {
          throw new AppError('USER_REJECTED', undefined);
        }
      });
      if ('end' in weighed) {
        isSent = weighed.end.view !== undefined;
        await finish(id, weighed.end);
      } else await askPerson(id, weighed.question);
    } catch (error) {
      // Its answer found no room in memory, but it may have left: that is not to be told as a failure.
      if (isSent) throw error;
      if (!isAppError(error, 'LOCKED')) return fail(id, error);
      await waitForUnlock(id);
    }
  };
  const askAgain = async (id: string): Promise<void> => {
    await tickets.change(id, (found) => {
      if (!isAt(found, 'deciding')) return found;
      const { at: _, by: __, requests: old, ...rest } = found.stage;
      // Under new ids of the journal, where the old ones may have their end.
      const fresh = old.map((each) => ({ ...each, id: deps.randomId() }));
      return atStage(found, { ...rest, at: 'asked', until: now() + ASKED_MS, requests: fresh });
    });
    await changed();
  };
  const conclude = async (id: string, end: End): Promise<void> => {
    const found = await tickets.get(id);
    const isPersons = found !== undefined && isAt(found, 'deciding') && found.stage.by === 'person';
    const lacks = end.view !== undefined && lacksSecondFactor(end.view);
    return isPersons && lacks ? askAgain(id) : finish(id, end);
  };

  /** Decided by a worker that is no more. Only the journal knows how far it came. */
  const recover = async (ticket: Ticket, stage: StageAt<'deciding'>, isUnlocked: boolean) => {
    const { id, ask } = ticket;
    const [request] = stage.requests;
    const sends = changes(ticket) && request !== undefined;
    const isLate = now() - ticket.askedAt > UNKNOWN_AFTER_MS;
    if (!isUnlocked) {
      if (!sends) return waitForUnlock(id);
      return isLate ? tellUnknown(id, request.id) : undefined;
    }
    const view = sends ? await lookedFor(request.id) : undefined;
    if (view === 'unreadable') return finish(id, refused('outcome-unknown'));
    if (view?.state === 'settled') return conclude(id, { outcome: outcomeOf(view), view });
    if (view !== undefined) return isLate ? tellUnknown(id, view.id) : undefined;
    // It never came into the journal, so nothing left. A connection may be complete but for its answer.
    if (stage.by === 'grant' || ask.method === 'connect') return consider(id);
    await askAgain(id);
    show();
  };
  const takeUp = async (ticket: Ticket, isUnlocked: boolean): Promise<void> => {
    const { id, stage } = ticket;
    switch (stage.at) {
      case 'new':
        return isUnlocked ? consider(id) : waitForUnlock(id);
      case 'locked':
        if (isUnlocked) return consider(id);
        return now() < stage.until ? undefined : finish(id, refused('locked'));
      case 'asked':
        if (now() >= stage.until) return finish(id, refused('rejected'));
        // Not waited for: a page that is busy with itself must not hold up what others ask.
        deps
          .isThere(ticket)
          .then((there) => (there ? undefined : answers.dropUndecided(id)), report);
        return isUnlocked ? undefined : waitForUnlock(id);
      case 'deciding':
        return recover(ticket, stage, isUnlocked);
      case 'done':
        if (isUnlocked && stage.unsettled !== undefined) await lookUp(ticket, stage.unsettled);
        return answers.endDone(id);
      case 'watched':
        return isUnlocked ? lookUp(ticket, stage.unsettled) : undefined;
    }
  };
  const resume = async (which: (each: Ticket) => boolean = () => true): Promise<void> => {
    const all = (await tickets.all()).filter(which);
    if (all.length === 0) return;
    const isUnlocked = await deps.isUnlocked();
    const works = all.map((each) => exclusively(each.id, () => takeUp(each, isUnlocked)));
    for (const each of await Promise.allSettled(works)) {
      if (each.status === 'rejected' && !isAppError(each.reason, 'LOCKED')) report(each.reason);
    }
  };

  function begin<T>(id: string, work: () => Promise<T>): Promise<T> {
    const working = work().finally(() => busy.delete(id));
    busy.set(id, working);
    return working;
  }
  async function exclusively<T>(id: string, work: () => Promise<T>): Promise<T | undefined> {
    return busy.has(id) ? undefined : begin(id, work);
  }
  async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    while (busy.has(id)) await Promise.allSettled([busy.get(id)]);
    return begin(id, work);
  }

  return {
    exclusively,
    inTurn,
    isBusy: (id) => busy.has(id),
    async weighed() {
      const undecided = (await tickets.all()).filter(isUndecided);
      await Promise.allSettled(undecided.map(({ id }) => busy.get(id)));
    },
    consider,
    waitForUnlock,
    askAgain,
    conclude,
    takeUp,
    resume,
    async settled(view) {
      for (const each of await tickets.all()) {
        const { id, stage } = each;
        if (stage.at === 'deciding' && stage.requests[0]?.id === view.id) {
          await exclusively(id, () => conclude(id, { outcome: outcomeOf(view), view }));
        } else if ('unsettled' in stage && stage.unsettled === view.id) {
          await answers.tellEnd(each, settledOf(each.call, view), outcomeOf(view));
        }
      }
    },
  };
}
