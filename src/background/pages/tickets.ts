import * as v from 'valibot';
import { createQueue } from '../../core/queue.ts';
import { prepared } from '../../messaging/requests.ts';
import { id } from '../../messaging/shapes.ts';
import type { SiteAsk, WaitingMethod } from '../../messaging/site-contract.ts';
import type { SiteOutcome } from '../../messaging/wire.ts';
import { TICKET, type TicketArea } from './ticket-area.ts';

/** What a person is to decide on: everything that consent binds to. */
const question = {
  /** None with `connect`. */
  account: v.optional(id),
  /** The first one's id is the request's in the journal, so it is known before anything is sent. */
  requests: v.array(prepared),
  digest: v.string(),
  /** For how long a signature can be used, in ms. */
  window: v.optional(v.number()),
  because: v.string(),
};

/** Where a ticket stands. Times in Unix ms. */
const stage = v.variant('at', [
  /** Taken, nothing decided: whoever finds it so begins anew. */
  v.object({ at: v.literal('new') }),
  /** Waits for Buckle to be unlocked. */
  v.object({ at: v.literal('locked'), until: v.number() }),
  /** Waits for a person. */
  v.object({ at: v.literal('asked'), until: v.number(), ...question }),
  /** Decided by a grant or by a person; it may have been signed and sent, and the journal knows. */
  v.object({ at: v.literal('deciding'), by: v.picklist(['grant', 'person']), ...question }),
  /** Has its answer. `told`: when that went out as a reply, which nobody acknowledges. */
  v.object({
    at: v.literal('done'),
    reply: v.custom<SiteOutcome>((value) => typeof value === 'object' && value !== null),
    told: v.optional(v.number()),
    /** The request whose end the page is still to be told. */
    unsettled: v.optional(id),
  }),
  /** Was answered with `outcome-unknown`, and the page is to be told the end. */
  v.object({ at: v.literal('watched'), unsettled: id }),
]);

const ticket = v.object({
  /** Ours: the approval's. The page does not know it. */
  id,
  /** The bridge's. */
  call: id,
  origin: v.string(),
  tab: v.number(),
  /** Firefox names documents from version 153. */
  document: v.optional(v.string()),
  askedAt: v.number(),
  /** What was asked, decoded. */
  ask: v.custom<WaitingAsk>((value) => typeof value === 'object' && value !== null),
  /** A person has had it in sight. */
  shown: v.boolean(),
  /** Two more each time that it begins to wait: while it waits it is odd, and the next one stands for what is decided. */
  turn: v.number(),
  stage,
});

/** A call that needs a person, or must not be lost or done twice, and where it stands. */
export type Ticket = v.InferOutput<typeof ticket>;
export type Stage = Ticket['stage'];
export type StageAt<A extends Stage['at']> = Extract<Stage, { at: A }>;
export type TicketAt<A extends Stage['at']> = Ticket & { stage: StageAt<A> };
export type Question = Omit<StageAt<'asked'>, 'at' | 'until'>;
export type WaitingAsk = Extract<SiteAsk, { method: WaitingMethod }>;

/** Who asks: the very document. */
export interface Asker {
  origin: string;
  tab: number;
  document?: string | undefined;
}

export interface Tickets {
  all(): Promise<readonly Ticket[]>;
  get(id: string): Promise<Ticket | undefined>;
  find(asker: Asker, call: string): Promise<Ticket | undefined>;
  /** Writes a new one, unless `admit` throws or the same call of the same document has one: that one is yielded. */
  add(fresh: Ticket, admit: (all: readonly Ticket[]) => void): Promise<Ticket>;
  /**
   * Moves a ticket on, one change at a time. `step` gets it as it stands, and all, and yields what it becomes, `undefined` to
   * drop it; what it throws leaves it as it was. Yields `undefined` if there is no such ticket, or no longer.
   */
  change(
    id: string,
    step: (found: Ticket, all: readonly Ticket[]) => Ticket | undefined,
  ): Promise<Ticket | undefined>;
}

/** Answers with more characters than this stay in the worker: the browser's memory has room for so much, and all share it. */
const LONGEST_ANSWER = 10_000;

/** Waits for a person, or for Buckle to be unlocked. */
export const isWaiting = ({ stage: { at } }: Pick<Ticket, 'stage'>): boolean =>
  at === 'asked' || at === 'locked';

export const atStage = (found: Ticket, stage: Stage): Ticket => ({
  ...found,
  stage,
  turn: found.turn + (isWaiting({ stage }) ? 2 : 0),
});

/** Nothing was decided on it. */
export const isUndecided = (found: Ticket): boolean => isWaiting(found) || isAt(found, 'new');

/** Is it at that stage? */
export const isAt = <A extends Stage['at']>(found: Ticket, at: A): found is TicketAt<A> =>
  found.stage.at === at;

const isOf = (found: Ticket, { origin, tab, document }: Asker): boolean =>
  found.origin === origin && found.tab === tab && found.document === document;

const isLong = ({ stage: at }: Ticket): boolean =>
  at.at === 'done' && JSON.stringify(at.reply).length > LONGEST_ANSWER;

/** Tickets as data: any later worker can go on with them. */
export function createTickets(area: TicketArea): Tickets {
  const serial = createQueue();
  let loading: Promise<Map<string, Ticket>> | undefined;

  const load = async (): Promise<Map<string, Ticket>> => {
    const found = Object.entries(await area.all()).filter(([key]) => key.startsWith(TICKET));
    const read = found.flatMap(([, value]) => {
      const parsed = v.safeParse(ticket, value);
      return parsed.success ? [[parsed.output.id, parsed.output] as const] : [];
    });
    return new Map(read);
  };
  const known = (): Promise<Map<string, Ticket>> => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const write = async (next: Ticket): Promise<Ticket> => {
    // What is written down of one that is not kept is the stage before: a later worker asks anew, or the journal.
    if (!isLong(next)) await area.set(TICKET + next.id, next);
    (await known()).set(next.id, next);
    return next;
  };
  const drop = async (gone: string): Promise<undefined> => {
    await area.remove(TICKET + gone);
    (await known()).delete(gone);
  };
  const all = async (): Promise<Ticket[]> =>
    [...(await known()).values()].sort((a, b) => a.askedAt - b.askedAt);
  const find = async (asker: Asker, call: string): Promise<Ticket | undefined> =>
    (await all()).find((each) => each.call === call && isOf(each, asker));

  return {
    all,
    find,
    get: async (wanted) => (await known()).get(wanted),
    add: (fresh, admit) =>
      serial(async () => {
        const same = await find(fresh, fresh.call);
        if (same !== undefined) return same;
        admit(await all());
        return write(fresh);
      }),
    change: (wanted, step) =>
      serial(async () => {
        const found = (await known()).get(wanted);
        if (found === undefined) return undefined;
        const next = step(found, await all());
        if (next === found) return found;
        return next === undefined ? drop(wanted) : write(next);
      }),
  };
}
