import { createHash, randomUUID } from 'node:crypto';
import { type Approvals, createApprovals } from '../../../src/background/pages/approvals.ts';
import type { SiteCorridor } from '../../../src/background/pages/site-corridor.ts';
import { createSiteDoor, type SiteDoor } from '../../../src/background/pages/site-door.ts';
import { createSiteLimits } from '../../../src/background/pages/site-limits.ts';
import { createReadAtOnce } from '../../../src/background/pages/site-reading.ts';
import { createSiteRequests } from '../../../src/background/pages/site-requests.ts';
import { type Asker, createTickets } from '../../../src/background/pages/tickets.ts';
import type { Standing } from '../../../src/background/sites/sites.ts';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { LogEntry } from '../../../src/messaging/log.ts';
import type { AnyPrepared, RequestView } from '../../../src/messaging/requests.ts';
import type { Settled } from '../../../src/messaging/site-contract.ts';
import { SITE_CHANNEL, type SiteOutcome, type SiteReply } from '../../../src/messaging/wire.ts';
import type { Grant } from '../../../src/policy/grant.ts';
import { createLife, type Life } from './world.ts';

export const DESK = 'https://desk.example';
export const ACCOUNT = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
export const OTHER_ACCOUNT = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a002';
export const ORDER = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90',
  quantity: '1',
};

/** A document of a site, as far as its bridge goes: it asks until it is answered, and takes one answer a call. */
export interface Page extends Asker {
  document: string;
  isThere: boolean;
  /** Hears pushes and acknowledges them. */
  listens: boolean;
  answers: Map<string, SiteOutcome>;
  /** Is too busy with itself to hear that something may leave. */
  isDeaf: boolean;
  /** The newest that it knows of the waiting of each call. */
  turns: Map<string, number>;
  /** Hears of a call that waits, or was decided. */
  hears(call: string, word: SiteReply | { turn: number }): void;
  settled: Settled[];
}

/** Would it say of that call, if Buckle went away now, that it was not sent? */
export const believesUndecided = ({ turns }: Page, call: string): boolean =>
  (turns.get(call) ?? 0) % 2 === 1;

/** What outlives the background: browser, disk, exchange, pages and people. The corridor is played, with its journal. */
export function createSiteWorld() {
  const area = new Map<string, unknown>();
  const journal = new Map<string, RequestView>();
  /** Ids of entries that do not open any more. */
  const damaged = new Set<string>();
  const grants: Grant[] = [];
  const state = {
    time: 1_760_000_000_000,
    isUnlocked: true,
    standing: 'connected' as Standing,
    bound: ACCOUNT as string | undefined,
    accounts: [ACCOUNT, OTHER_ACCOUNT],
    /** What a grant lets through. */
    allows: { read: true, trade: false },
    /** What the exchange does with what it gets. */
    exchange: 'places' as 'places' | 'refuses' | 'is silent' | 'wants a code',
    password: undefined as string | undefined,
    /** Runs once something was written as recorded, before it is signed. */
    beforeSigning: (): unknown => undefined,
    /** Runs while a page is asked whether it is still there. */
    whileAsked: async (): Promise<void> => undefined,
    /** What the exchange answers to a read. */
    balances: { USDC: '1' } as Record<string, string>,
    /** Does the browser's memory take this record? */
    takes: (_record: string): boolean => true,
    windows: 0,
    waiting: 0,
    reads: 0,
  };
  /** Ids of requests that the exchange has carried out. */
  const executed: string[] = [];
  const signed: string[] = [];
  const notes: Omit<LogEntry, 'number'>[] = [];
  const letIn: string[] = [];
  const reported: unknown[] = [];
  const pages = new Map<string, Page>();

  const start = (life: Life = createLife()) => {
    const step = () => life.step();
    const assertUnlocked = (): void => {
      if (!state.isUnlocked) throw new AppError('LOCKED', undefined);
    };
    const write = async (view: RequestView): Promise<RequestView> => {
      await step();
      journal.set(view.id, view);
      await step();
      // Nobody hears of what a worker did that is no more.
      void approvals.moved(view);
      return view;
    };
    const viewOf = ({ id, account, instruction, params }: AnyPrepared): RequestView => ({
      ...{
        id,
        account,
        instruction,
        params,
        origin: DESK,
        state: 'recorded',
        recordedAt: state.time,
      },
    });
    const transmit = async (
      prepared: AnyPrepared,
      code?: string,
    ): Promise<{ view: RequestView; answer?: unknown }> => {
      const known = journal.get(prepared.id);
      if (known !== undefined) return { view: known };
      const recorded = await write(viewOf(prepared));
      state.beforeSigning();
      if (!state.isUnlocked) {
        await write({ ...recorded, state: 'settled', outcome: 'notSent' });
        throw new AppError('LOCKED', undefined);
      }
      signed.push(prepared.id);
      await write({ ...recorded, state: 'sent' });
      const refuse = (codeOfExchange: string): Promise<RequestView> => {
        const data = { status: 400, code: codeOfExchange, message: 'no' };
        const error = { code: 'EXCHANGE', data };
        return write({ ...recorded, state: 'settled', outcome: 'refused', error });
      };
      if (state.exchange === 'refuses') return { view: await refuse('INSUFFICIENT_FUNDS') };
      if (state.exchange === 'wants a code' && code !== '123456') {
        return { view: await refuse('INVALID_TWO_FACTOR_CODE') };
      }
      executed.push(prepared.id);
      if (state.exchange === 'is silent')
        return { view: await write({ ...recorded, state: 'unknown' }) };
      const view = await write({ ...recorded, state: 'settled', outcome: 'placed', orderId: '77' });
      return { view, answer: { id: '77', status: 'New' } };
    };
    const isReadOnly = ({ instruction }: { instruction: string }) => instruction.endsWith('Query');
    const sign = async (requests: readonly AnyPrepared[]) => {
      await step();
      assertUnlocked();
      for (const { id } of requests) signed.push(id);
      return {
        method: 'GET',
        url: 'https://api.backpack.exchange/',
        headers: { 'X-Signature': 's' },
      };
    };
    const corridor: SiteCorridor = {
      async prepare(_origin, { account, instruction, params }) {
        await step();
        assertUnlocked();
        if ((params as { price?: string }).price === '90.001')
          throw invalid('price', 'tick', '0.01');
        const digest = createHash('sha256').update(JSON.stringify([account, instruction, params]));
        return {
          ...{ id: randomUUID(), account, apiKey: 'key', label: 'Main', instruction },
          ...{ method: 'POST', path: '/', params: params as AnyPrepared['params'], window: 5000 },
          ...{ canonical: '', digest: digest.digest('hex'), phrase: { key: 'x', values: [] } },
          needsPassword: false,
        };
      },
      async send(_origin, prepared) {
        await step();
        assertUnlocked();
        if (isReadOnly(prepared)) {
          return state.allows.read
            ? { verdict: 'sent', answer: state.balances }
            : { verdict: 'ask', because: 'no-grant' };
        }
        if (!state.allows.trade) return { verdict: 'ask', because: 'no-grant' };
        return { verdict: 'sent', ...(await transmit(prepared)) };
      },
      async sendApproved(_origin, prepared, given) {
        await step();
        assertUnlocked();
        if (state.password !== undefined && given.password !== state.password) {
          throw new AppError('WRONG_PASSWORD', undefined);
        }
        return isReadOnly(prepared)
          ? { answer: state.balances }
          : transmit(prepared, given.twoFactor?.code);
      },
      async sign(_origin, requests) {
        await step();
        assertUnlocked();
        return requests.every(isReadOnly) && state.allows.read
          ? { verdict: 'signed', signed: await sign(requests) }
          : { verdict: 'ask', because: 'signature' };
      },
      signApproved: (_origin, requests) => sign(requests),
      async signSubscriptionApproved(_origin, { streams }) {
        await step();
        assertUnlocked();
        return { method: 'SUBSCRIBE', params: streams, signature: ['key', 's', '1', '5000'] };
      },
    };
    const requests = createSiteRequests({
      corridor,
      records: {
        of: async () => ({ account: state.bound, reads: 0 }),
        bind: async (_origin, account) => {
          await step();
          state.bound = account;
        },
        countRead: async () => {
          state.reads += 1;
        },
      },
      actor: async () => assertUnlocked(),
      accounts: async () => {
        assertUnlocked();
        return state.accounts.map((id) => ({ id, apiKey: `key of ${id}`, label: 'Main' }));
      },
      grants: async (origin, account) =>
        grants.filter((each) => each.origin === origin && each.account === account),
      saveGrant: async ({ origin, account, terms }) => {
        await step();
        if (terms.expiresAt <= state.time) throw invalid('expiresAt', 'minimum');
        grants.push({ ...terms, id: randomUUID(), origin, account, createdAt: state.time });
      },
      dropOldGrants: async (origin) => {
        await step();
        const kept = grants.filter((each) => each.origin !== origin);
        grants.splice(0, grants.length, ...kept);
      },
    });
    const tickets = createTickets({
      all: async () => Object.fromEntries(area),
      set: async (key, value) => {
        await step();
        const record = JSON.stringify(value);
        if (!state.takes(record)) throw new Error('Session storage quota bytes exceeded');
        area.set(key, JSON.parse(record));
        await step();
      },
      remove: async (key) => {
        await step();
        area.delete(key);
        await step();
      },
    });
    const pageOf = ({ tab, document }: Asker): Page | undefined => {
      const page = pages.get(`${tab}/${document}`);
      return page?.isThere ? page : undefined;
    };
    const isUnlocked = async (): Promise<boolean> => state.isUnlocked;
    const approvals: Approvals = createApprovals({
      tickets,
      requests,
      limits: createSiteLimits(() => state.time),
      isUnlocked,
      readAtOnce: createReadAtOnce({ requests, isUnlocked }),
      find: async (id) => {
        assertUnlocked();
        if (damaged.has(id)) throw new AppError('VAULT_DAMAGED', undefined);
        return journal.get(id);
      },
      push: async (ticket, reply) => {
        await step();
        const page = pageOf(ticket);
        if (!page?.listens) return false;
        if (!page.answers.has(ticket.call)) page.answers.set(ticket.call, reply);
        await step();
        return true;
      },
      tellDecided: async (ticket) => {
        await step();
        const page = pageOf(ticket);
        if (page === undefined || page.isDeaf) return false;
        page.hears(ticket.call, { turn: ticket.turn + 1 });
        await step();
        return true;
      },
      tellSettled: async (ticket, settled) => void pageOf(ticket)?.settled.push(settled),
      isThere: async (ticket) => {
        await state.whileAsked();
        return pageOf(ticket) !== undefined;
      },
      letIn: async (origin) => void letIn.push(origin),
      note: async (draft) => void notes.push(draft),
      show: async () => {
        if (!life.isOver && state.windows === 0) state.windows += 1;
      },
      waiting: (count) => {
        if (!life.isOver) state.waiting = count;
      },
      sleep: () => new Promise(() => undefined),
      randomId: randomUUID,
      now: () => state.time,
      report: (error) => reported.push(error),
    });
    const door: SiteDoor = createSiteDoor({
      sites: {
        standing: async () => state.standing,
        disconnect: (origin) => approvals.part(origin),
      },
      approvals,
      requests,
      report: (error) => reported.push(error),
    });
    /** What the reconciler does for what an earlier worker left in the journal. */
    const reconcile = async (): Promise<void> => {
      for (const view of [...journal.values()]) {
        if (view.state === 'settled' || !state.isUnlocked) continue;
        const found = executed.includes(view.id) ? ('placed' as const) : ('absent' as const);
        const outcome = view.state === 'recorded' ? ('notSent' as const) : found;
        await write({ ...view, state: 'settled', outcome, orderId: '77' });
      }
    };
    return { approvals, door, reconcile };
  };
  type Background = ReturnType<typeof start>;

  let documents = 0;
  const open = (tab: number, origin = DESK): Page => {
    documents += 1;
    const document = `document-${documents}`;
    const page: Page = {
      ...{ tab, origin, document, isThere: true, listens: true },
      ...{ answers: new Map(), settled: [] },
      ...{ isDeaf: false, turns: new Map() },
      hears(call, word) {
        if ('turn' in word)
          page.turns.set(call, Math.max(page.turns.get(call) ?? 0, word.turn ?? 0));
      },
    };
    pages.set(`${tab}/${document}`, page);
    return page;
  };
  /** Asks as the bridge does, once; the same `call` is the same call. */
  const ask = async (
    { door }: Background,
    page: Page,
    method: string,
    params: unknown = {},
    call: string = randomUUID(),
  ): Promise<SiteReply> => {
    const { tab, origin, document } = page;
    const reply = await door(
      { tab, origin, document },
      { channel: SITE_CHANNEL, id: call, method, params },
    );
    page.hears(call, reply);
    if ('ok' in reply && !page.answers.has(call)) page.answers.set(call, reply);
    return reply;
  };
  return {
    ...{ area, journal, damaged, grants, state, executed, signed, notes, letIn, reported },
    start,
    open,
    ask,
  };
}
