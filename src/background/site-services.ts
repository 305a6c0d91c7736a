import { isAppError } from '../core/errors.ts';
import type { WalletEvent } from '../messaging/contract.ts';
import type { BrowserKind } from '../policy/site-origin.ts';
import type { Vault } from '../vault/vault.ts';
import type { Books } from './books.ts';
import { type Later, later } from './later.ts';
import type { ApprovalServices } from './pages/approval-handlers.ts';
import { createApprovalWindow, type WindowBrowser } from './pages/approval-window.ts';
import type { Approvals } from './pages/approvals.ts';
import type { DeliveryBrowser } from './pages/delivery.ts';
import type { SiteCorridor } from './pages/site-corridor.ts';
import { createSiteDoor, type SiteDoor } from './pages/site-door.ts';
import { createReadAtOnce } from './pages/site-reading.ts';
import { createSiteRequests } from './pages/site-requests.ts';
import { hasTickets, type TicketArea } from './pages/ticket-area.ts';
import type { SessionValue } from './session-memory.ts';
import type { Grants } from './sites/grants.ts';
import type { SiteLists } from './sites/site-list.ts';
import type { SiteRecords } from './sites/site-records.ts';
import { createSites, type Sites, type SitesBrowser } from './sites/sites.ts';
import type { TicketServices } from './ticket-services.ts';

/** The part of the browser that web pages need. */
export interface SiteServicesBrowser {
  permissions: SitesBrowser['permissions'];
  scripting: SitesBrowser['scripting'];
  runtime: SitesBrowser['runtime'] & WindowBrowser['runtime'];
  tabs: SitesBrowser['tabs'] &
    DeliveryBrowser['tabs'] & { onRemoved: { addListener(listener: (tab: number) => void): void } };
  windows: WindowBrowser['windows'];
  action: { setBadgeText(details: { text: string }): unknown };
  alarms: {
    create(name: string, info: { periodInMinutes: number }): unknown;
    clear(name: string): unknown;
    onAlarm: { addListener(listener: (alarm: { name: string }) => undefined): void };
  };
}

export interface SiteServicesDependencies {
  browser: SiteServicesBrowser;
  kind: BrowserKind;
  /** The exchange's own origin. */
  exchange: string;
  vault: Pick<Vault, 'status' | 'accounts' | 'signerFor'>;
  list: SiteLists;
  records: SiteRecords;
  grants: Grants;
  books: Later<Books>;
  corridor: SiteCorridor;
  area: TicketArea;
  value: (key: string) => SessionValue;
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  announce: (event: WalletEvent) => void;
  sleep: (ms: number) => Promise<void>;
  randomId: () => string;
  now: () => number;
  report: (error: unknown) => void;
}

/** What waits for a person, for whoever else has to do with it. */
type Waiting = ApprovalServices & Pick<Approvals, 'moved' | 'accountRemoved' | 'vaultReplaced'>;

export interface SiteServices {
  sites: Sites;
  approvals: Waiting;
  /** Does a page wait for an answer, or for word of an end? */
  waits(): Promise<boolean>;
  door: SiteDoor;
  /** Adds all listeners, and takes up what an earlier worker left. In the worker's first turn. */
  register(): void;
  locked(): Promise<void>;
  unlocked(): Promise<void>;
}

const ALARM = 'buckle-tickets';

/** Everything that web pages meet, put together. */
export function createSiteServices(deps: SiteServicesDependencies): SiteServices {
  const { browser, kind, vault, list, records, grants, area, now, sleep, randomId, report } = deps;
  const isUnlocked = async (): Promise<boolean> => (await vault.status()) === 'unlocked';
  const window = createApprovalWindow({ browser, kind, known: deps.value('approval-window') });

  const requests = createSiteRequests({
    corridor: deps.corridor,
    records,
    accounts: () => vault.accounts(),
    actor: (account) => vault.signerFor(account),
    grants: async (origin, account) =>
      (await grants.of(origin)).grants.filter(
        (each) => each.account === account && each.expiresAt > now(),
      ),
    saveGrant: (asked) => grants.save(asked),
    dropOldGrants: async (origin) => {
      const { connected } = await list.read();
      const since = connected.find((site) => site.origin === origin)?.connectedAt;
      const isOld = (at: number): boolean => since === undefined || at < since;
      await grants.revokeAll((grant) => grant.origin === origin && isOld(grant.createdAt));
    },
  });
  const readAtOnce = createReadAtOnce({ requests, isUnlocked });

  /** What the site was given ends. @throws LOCKED: then it stays until the next unlock. */
  const takeBack = async (origin: string): Promise<void> => {
    await records.forget(origin);
    await grants.revokeAll((grant) => grant.origin === origin);
  };
  const letIn = async (origin: string): Promise<void> => {
    if (!(await list.isConnected(origin))) {
      try {
        await sites.connect(origin);
      } catch (error) {
        // It was shut out meanwhile: what it was given must not wait for another time that it is let in.
        await takeBack(origin);
        throw error;
      }
    }
    const connection = await requests.connection(origin);
    if (connection) await sites.tell([origin], 'connect', connection);
    deps.announce({ name: 'sites' });
  };

  let lastCount: number | undefined;
  const waiting = (count: number): void => {
    deps.announce({ name: 'approvals', waiting: count });
    if (count === lastCount) return;
    lastCount = count;
    const changes = [
      browser.action.setBadgeText({ text: count === 0 ? '' : String(count) }),
      count === 0
        ? browser.alarms.clear(ALARM)
        : browser.alarms.create(ALARM, { periodInMinutes: 1 }),
    ];
    for (const change of changes) Promise.resolve(change).catch(report);
  };

  const part = later(async (): Promise<TicketServices> => {
    const [{ createTicketServices }, { journal, log }] = await Promise.all([
      import('./ticket-services.ts'),
      deps.books.get(),
    ]);
    return createTicketServices({
      ...{ browser, area, journal, requests, readAtOnce, isUnlocked, letIn, waiting },
      ...{ now, sleep, randomId, report },
      note: (draft) => log.note(draft),
      show: () => window.open(),
    });
  });
  const leftBefore = later(() => hasTickets(area));
  /** What is there, if anything waits or may be about to; the part is not read for nothing. */
  const waitingNow = async (): Promise<TicketServices | undefined> =>
    part.isWanted() || (await leftBefore.get()) ? part.get() : undefined;
  const approvals = async (): Promise<Approvals> => (await part.get()).approvals;
  const approvalsNow = async (): Promise<Approvals | undefined> => (await waitingNow())?.approvals;

  const sites = createSites({
    ...{ browser, kind, list, now, report, exchange: deps.exchange },
    exclusively: deps.exclusively,
    expected: deps.value('expected-site'),
    inStep: deps.value('site-scripts'),
    unbind: (origin) => records.forget(origin),
    parted: async (origin) => {
      await (await approvalsNow())?.part(origin);
      // Locked, the rest stays until the next unlock.
      if (await isUnlocked()) await takeBack(origin);
    },
    changed: () => deps.announce({ name: 'sites' }),
  });

  const tellAll = async (name: 'lock' | 'unlock'): Promise<void> => {
    const { connected } = await list.read();
    await sites.tell(
      connected.map(({ origin }) => origin),
      name,
      {},
    );
  };
  const resume = async (): Promise<void> => {
    const found = await waitingNow();
    if (found === undefined || (await found.tickets.all()).length === 0) return;
    await window.adopt();
    await found.approvals.resume();
  };
  const resumeAll = async (): Promise<void> => (await approvalsNow())?.resume();
  const reported = (work: Promise<void>): void =>
    void work.catch((error) => {
      if (!isAppError(error, 'LOCKED')) report(error);
    });

  return {
    sites,
    approvals: {
      list: async () => (await approvals()).list(),
      approve: async (...given) => (await approvals()).approve(...given),
      reject: async (ticket) => (await approvals()).reject(ticket),
      rejectAll: async (origin) => (await approvals()).rejectAll(origin),
      moved: async (view) => (await approvalsNow())?.moved(view),
      accountRemoved: async (account) => (await approvalsNow())?.accountRemoved(account),
      vaultReplaced: async () => (await approvalsNow())?.vaultReplaced(),
    },
    waits: async () => ((await (await waitingNow())?.tickets.all()) ?? []).length > 0,
    door: createSiteDoor({
      ...{ sites, requests, report },
      approvals: {
        async ask(asker, call, ask) {
          const found = await approvalsNow();
          if (found !== undefined) return found.ask(asker, call, ask);
          // Nothing waits, so this has not been asked before.
          return (await readAtOnce(asker.origin, ask)) ?? (await approvals()).ask(asker, call, ask);
        },
        cancel: async (asker, call) => (await approvalsNow())?.cancel(asker, call),
      },
    }),
    register() {
      sites.register();
      window.register(async () => (await approvalsNow())?.closed());
      browser.tabs.onRemoved.addListener((tab) =>
        reported(approvalsNow().then((found) => found?.leave(tab))),
      );
      browser.alarms.onAlarm.addListener(({ name }) => {
        if (name === ALARM) reported(resumeAll());
        return undefined;
      });
      reported(resume());
    },
    async locked() {
      await Promise.all([resumeAll(), tellAll('lock')]);
    },
    async unlocked() {
      await Promise.all([resumeAll(), tellAll('unlock')]);
    },
  };
}
