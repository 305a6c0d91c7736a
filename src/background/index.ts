import { clear } from 'idb-keyval';
import { invalid } from '../core/errors.ts';
import { API, createExchange, type Identity } from '../exchange/client.ts';
import type { ClockDependencies } from '../exchange/clock.ts';
import { createRateBucket } from '../exchange/rate.ts';
import type { WalletEvent } from '../messaging/contract.ts';
import { EVENT_CHANNEL } from '../messaging/wire.ts';
import { browser } from '../platform/browser.ts';
import { openDatabase } from '../platform/database.ts';
import { createVault } from '../vault/vault.ts';
import { createCorridor } from './corridor.ts';
import { createDecider } from './decider.ts';
import { createGrants, fateIn, fateOf } from './grants.ts';
import { createInspector } from './inspector.ts';
import { createJournal } from './journal.ts';
import { createLive } from './live.ts';
import { createLog } from './log.ts';
import { grantEntry } from './log-entries.ts';
import { createMarketData } from './market-data.ts';
import { createPasswordCheck } from './password-check.ts';
import { createReconciler } from './reconcile.ts';
import { report } from './report.ts';
import { setRequestHeaders } from './request-headers.ts';
import { createRouter, type Sender } from './router.ts';
import { createRuleCheck } from './rule-check.ts';
import { createAutoLock } from './session.ts';
import { createSettings } from './settings.ts';
import { createSiteCorridor } from './site-corridor.ts';
import { createSiteList } from './site-list.ts';
import { createSiteRecords } from './site-records.ts';
import { createSiteServices } from './site-services.ts';
import type { SessionValue } from './sites.ts';
import { createSnapshots } from './snapshots.ts';
import { createTransport, onFetchTiming } from './transport.ts';
import { createWalletDoor } from './wallet-door.ts';
import { createWalletHandlers } from './wallet-handlers.ts';

// Composition only. Every listener is registered in this first turn: a message that wakes the worker is never lost.

const RECONCILE_ALARM = 'buckle-reconcile';
const now = (): number => Date.now();
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const session = browser.storage.session;
const store = openDatabase();
const settings = createSettings(store('clear'));

const vault = createVault({
  records: store('vault'),
  sessions: store('session'),
  half: {
    get: async () => (await session.get('session')).session,
    set: (value) => session.set({ session: value }),
    remove: () => session.remove('session'),
  },
  now,
});

// Content scripts must not read the session's half. Chromium can close it to them, and does so by default; Firefox has no
// such switch and never opens it.
if ('setAccessLevel' in session && typeof session.setAccessLevel === 'function') {
  Promise.resolve(session.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })).catch(report);
}

/** A value in memory that outlives this worker, but not the browser and not an update. */
const sessionValue = (key: string): SessionValue => ({
  get: async () => (await session.get(key))[key],
  set: (value) => session.set({ [key]: value }),
  remove: () => session.remove(key),
});

const clockMemory: ClockDependencies['memory'] = {
  get: async () =>
    (await session.get('clock')).clock as { offsetMs: number; at: number } | undefined,
  set: (measured) => session.set({ clock: measured }),
};

// Where the browser cannot do it, requests go out all the same.
const headersSet = setRequestHeaders(browser).catch(report);
const transport = createTransport({
  fetch: (url, init) => fetch(url, init),
  streams: 'duplex' in Request.prototype,
  onTiming: onFetchTiming,
  memory: {
    get: async () => (await session.get('protocol')).protocol as string | undefined,
    set: (protocol) => session.set({ protocol }),
  },
});
const inspector = createInspector({ now });
const rate = createRateBucket({ now, sleep });
const exchange = createExchange({
  fetch: async (url, init) => {
    await headersSet;
    return transport(url, init);
  },
  now,
  monotonic: () => performance.now(),
  sleep,
  random: Math.random,
  online: () => navigator.onLine,
  rate,
  clockMemory,
  watch: inspector.watch,
});

/** Tells every open surface. Nobody listening is no error. */
const announce = (event: WalletEvent): void => {
  browser.runtime.sendMessage({ channel: EVENT_CHANNEL, event }).catch(() => undefined);
};

const journal = createJournal({
  store: store('journal'),
  seals: vault,
  now,
  moved: (request) => {
    announce({ name: 'request', request });
    approvals.moved(request).catch(report);
    const fate = request.origin === 'buckle' ? 'open' : fateOf(request);
    if (fate === 'spent' || fate === 'returned') grants.end(request.id, fate).catch(report);
  },
});
const drafts = sessionValue('log-waiting');
const log = createLog({ store: store('log'), seals: vault, waiting: drafts });
const grants = createGrants({
  store: store('grants'),
  seals: vault,
  now,
  randomId: () => crypto.randomUUID(),
  fate: (id) => fateIn(journal, id),
  record: (what, grant) => log.append(grantEntry(what, grant, now())),
});
const snapshots = createSnapshots({ store: store('sealed'), seals: vault, now });
const marketData = createMarketData({ exchange, store: store('clear'), now });
const windowMs = async (): Promise<number> => (await settings.read()).windowMs;

const account = async (id: string) => {
  const found = (await vault.accounts()).find((each) => each.id === id);
  if (found === undefined) throw invalid('account', 'unknown-key');
  return found;
};
const identity = async (id: string): Promise<Identity> => {
  const { apiKey } = await account(id);
  return { apiKey, sign: await vault.signerFor(id) };
};

const passwords = createPasswordCheck({
  verify: (password) => vault.verifyPassword(password),
  memory: {
    get: async () => (await session.get('confirmed')).confirmed,
    set: (confirmed) => session.set({ confirmed }),
    remove: () => session.remove('confirmed'),
  },
  now,
});

const reconciler = createReconciler({
  journal,
  reads: async (id) => ({ exchange, identity: await identity(id), window: await windowMs() }),
  sleep,
  isUnderWay: (id) => corridor.isUnderWay(id),
  busy: (looking) => {
    const change = looking
      ? browser.alarms.create(RECONCILE_ALARM, { periodInMinutes: 0.5 })
      : browser.alarms.clear(RECONCILE_ALARM);
    Promise.resolve(change).catch(report);
  },
});

const actor = async (id: string) => ({
  identity: await identity(id),
  label: (await account(id)).label,
});
const decider = createDecider({
  grants,
  bound: async (origin) =>
    (await siteList.isConnected(origin)) ? (await siteRecords.of(origin)).account : undefined,
  marketData,
  log,
  now,
});
const corridor = createCorridor({
  actor,
  decider,
  log,
  checkRules: createRuleCheck(marketData),
  passwords,
  journal,
  exchange,
  now,
  randomId: () => crypto.randomUUID(),
  randomU32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
  window: windowMs,
  lost: (entry) => reconciler.track(entry),
});

const siteList = createSiteList({ store: store('clear'), now });
const siteRecords = createSiteRecords({ store: store('sealed'), seals: vault, now });
const siteCorridor = createSiteCorridor({
  ...{ corridor, decider, log, exchange, actor, now },
  window: windowMs,
});
const { sites, approvals, ...pages } = createSiteServices({
  browser,
  kind: browser.runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chrome',
  exchange: API,
  ...{ vault, grants, log, journal, announce, sleep, now, report },
  list: siteList,
  records: siteRecords,
  corridor: siteCorridor,
  area: {
    all: () => session.get(),
    set: (key, value) => session.set({ [key]: value }),
    remove: (key) => session.remove(key),
  },
  value: sessionValue,
  exclusively: (work) => navigator.locks.request('buckle-site-scripts', work),
  randomId: () => crypto.randomUUID(),
});
pages.register();

const autoLock = createAutoLock({
  vault,
  browser,
  settings: () => settings.read(),
  locked: () => {
    snapshots.forget();
    inspector.clear();
    grants.forget();
    log.forget();
    passwords.clear().catch(report);
    siteRecords.forgetMemory();
    announce({ name: 'session', status: 'locked' });
    pages.locked().catch(report);
  },
});
autoLock.register();

const wallet = createWalletDoor(
  createWalletHandlers({
    vault,
    settings,
    exchange,
    marketData,
    snapshots,
    journal,
    corridor,
    addressBook: {
      store: store('sealed'),
      seals: vault,
      now,
      randomId: () => crypto.randomUUID(),
    },
    inspector,
    live: createLive(),
    rate,
    sites: {
      ...{ sites, list: siteList, now },
      note: (draft) => log.note(draft),
      powersOf: async (origin) => ({
        ...(await siteRecords.of(origin)),
        ...(await grants.of(origin)),
      }),
    },
    approvals,
    grants,
    log,
    stores: { clear: store('clear'), sealed: store('sealed') },
    identity,
    touch: () => autoLock.touch(),
    unlocked: async () => {
      await autoLock.touch();
      // Sites that were shut out meanwhile have nothing left here, before any of them is answered.
      const { connected } = await siteList.read();
      const origins = connected.map(({ origin }) => origin);
      await siteRecords.keepOnly(origins);
      await grants.revokeAll(({ origin }) => !origins.includes(origin));
      // What it finds comes as events; whatever it meets, the vault is open.
      log.catchUp().catch(report);
      reconciler.resume().catch(report);
      pages.unlocked().catch(report);
    },
    clearSealed: async () => {
      snapshots.forget();
      siteRecords.forgetMemory();
      grants.forget();
      log.forget();
      const sealed = ['journal', 'sealed', 'grants', 'log'] as const;
      await Promise.all([drafts.remove(), ...sealed.map((name) => clear(store(name)))]);
    },
    clearPlain: async () => {
      await sites.clear().catch(report);
      await clear(store('clear'));
      settings.forget();
      siteList.forget();
    },
    now,
    announce,
    report,
  }),
  async () => (await vault.status()) === 'unlocked',
);

const route = createRouter({
  self: { id: browser.runtime.id, baseUrl: browser.runtime.getURL('') },
  doors: { wallet, page: pages.door },
  report,
});
browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => route(message, sender));

/** At wake, if unlocked, what an earlier worker left unfinished is taken up. */
const resume = async (): Promise<void> => {
  if ((await vault.status()) === 'unlocked') await reconciler.resume();
};
browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === RECONCILE_ALARM) resume().catch(report);
});
resume().catch(report);
