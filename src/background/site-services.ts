import { isAppError } from '../core/errors.ts';
import type { WalletEvent } from '../messaging/contract.ts';
import type { BrowserKind } from '../policy/site-origin.ts';
import type { Vault } from '../vault/vault.ts';
import { createApprovalWindow, type WindowBrowser } from './pages/approval-window.ts';
import { type Approvals, createApprovals } from './pages/approvals.ts';
import { createDelivery, type DeliveryBrowser } from './pages/delivery.ts';
import type { SiteCorridor } from './pages/site-corridor.ts';
import { createSiteDoor, type SiteDoor } from './pages/site-door.ts';
import { createSiteLimits } from './pages/site-limits.ts';
import { createSiteRequests } from './pages/site-requests.ts';
import { createTickets, type TicketArea } from './pages/tickets.ts';
import type { Journal } from './records/journal.ts';
import { viewOf } from './records/journal-entry.ts';
import type { Log } from './records/log.ts';
import type { SessionValue } from './session-memory.ts';
import type { Grants } from './sites/grants.ts';
import type { SiteLists } from './sites/site-list.ts';
import type { SiteRecords } from './sites/site-records.ts';
import { createSites, type Sites, type SitesBrowser } from './sites/sites.ts';

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
  log: Pick<Log, 'note'>;
  journal: Pick<Journal, 'find'>;
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

export interface SiteServices {
  sites: Sites;
  approvals: Approvals;
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
  const { browser, kind, vault, list, records, grants, now, randomId, report } = deps;
  const isUnlocked = async (): Promise<boolean> => (await vault.status()) === 'unlocked';
  const delivery = createDelivery({ tabs: browser.tabs, sleep: deps.sleep });
  const window = createApprovalWindow({ browser, kind, known: deps.value('approval-window') });
  const tickets = createTickets(deps.area);

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

  /** What the site was given ends. @throws LOCKED: then it stays until the next unlock. */
  const takeBack = async (origin: string): Promise<void> => {
    await records.forget(origin);
    await grants.revokeAll((grant) => grant.origin === origin);
  };

  let lastCount: number | undefined;
  const approvals = createApprovals({
    ...delivery,
    ...{ tickets, requests, isUnlocked, randomId, now, report },
    limits: createSiteLimits(now),
    find: async (id) => {
      const entry = await deps.journal.find(id);
      return entry && viewOf(entry);
    },
    letIn: async (origin) => {
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
    },
    note: (draft) => deps.log.note(draft),
    show: () => window.open(),
    waiting: (count) => {
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
    },
    sleep: deps.sleep,
  });

  const sites = createSites({
    ...{ browser, kind, list, now, report, exchange: deps.exchange },
    exclusively: deps.exclusively,
    expected: deps.value('expected-site'),
    inStep: deps.value('site-scripts'),
    unbind: (origin) => records.forget(origin),
    parted: async (origin) => {
      await approvals.part(origin);
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
    const all = await tickets.all();
    if (all.length === 0) return;
    await window.adopt();
    await approvals.resume();
  };
  const reported = (work: Promise<void>): void =>
    void work.catch((error) => {
      if (!isAppError(error, 'LOCKED')) report(error);
    });

  return {
    sites,
    approvals,
    waits: async () => (await tickets.all()).length > 0,
    door: createSiteDoor({ sites, approvals, requests, report }),
    register() {
      sites.register();
      window.register(() => approvals.closed());
      browser.tabs.onRemoved.addListener((tab) => reported(approvals.leave(tab)));
      browser.alarms.onAlarm.addListener(({ name }) => {
        if (name === ALARM) reported(approvals.resume());
        return undefined;
      });
      reported(resume());
    },
    async locked() {
      await Promise.all([approvals.resume(), tellAll('lock')]);
    },
    async unlocked() {
      await Promise.all([approvals.resume(), tellAll('unlock')]);
    },
  };
}
