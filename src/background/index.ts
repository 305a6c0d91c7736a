import './early.ts';

import { clear } from 'idb-keyval';
import { API } from '../exchange/client.ts';
import type { WalletEvent } from '../messaging/contract.ts';
import { EVENT_CHANNEL } from '../messaging/wire.ts';
import { createKeptText } from '../platform/kept-text.ts';
import { browser } from '../platform/native.ts';
import { createVault } from '../vault/vault.ts';
import { memory, store } from './early.ts';
import { later } from './later.ts';
import { createNetwork } from './network.ts';
import { anySealed, createRecords } from './records.ts';
import { report } from './report.ts';
import { createRouter, type Sender } from './router.ts';
import { createSending } from './sending.ts';
import { createAutoLock } from './session.ts';
import { closeToPages } from './session-memory.ts';
import { createSettings } from './settings.ts';
import { createSiteServices } from './site-services.ts';
import { createUpdates } from './updates.ts';

// Composition only. Every listener is registered in this first turn: a message that wakes the worker is never lost.

const RECONCILE_ALARM = 'buckle-reconcile';
const now = (): number => Date.now();
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const randomId = (): string => crypto.randomUUID();
const settings = createSettings(store('clear'));
closeToPages(browser.storage.session).catch(report);

/** Tells every open surface. Nobody listening is no error. */
const announce = (event: WalletEvent): void => {
  browser.runtime.sendMessage({ channel: EVENT_CHANNEL, event }).catch(() => undefined);
};

const windowMs = async (): Promise<number> => (await settings.read()).windowMs;

const vault = createVault({
  records: store('vault'),
  second: createKeptText(),
  traces: () => anySealed(store),
  sessions: store('session'),
  half: memory.value('session'),
  now,
});
const network = createNetwork({ browser, memory, store: store('clear'), now, sleep, report });
const records = createRecords({
  ...{ store, vault, memory, now, report },
  moved: (request) => {
    announce({ name: 'request', request });
    approvals.moved(request).catch(report);
  },
});
const { books, grants, siteList, siteRecords } = records;
const sending = createSending({
  ...{ vault, network, records, memory, now, sleep },
  window: windowMs,
  busy: (looking) => {
    const change = looking
      ? browser.alarms.create(RECONCILE_ALARM, { periodInMinutes: 0.5 })
      : browser.alarms.clear(RECONCILE_ALARM);
    Promise.resolve(change).catch(report);
  },
});
const { changes } = sending;
/** Takes up what an earlier worker, or the time before the unlock, left unfinished. */
const reconcile = async (): Promise<void> => {
  const { journal } = await books.get();
  if ((await journal.unsettled()).length > 0) await (await changes.get()).reconciler.resume();
};

const { sites, approvals, ...pages } = createSiteServices({
  browser,
  kind: browser.runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chrome',
  exchange: API,
  ...{ vault, announce, sleep, now, report, randomId },
  ...{ grants, books, list: siteList, records: siteRecords },
  corridor: sending.siteCorridor,
  area: memory,
  value: memory.value,
  exclusively: (work) => navigator.locks.request('buckle-site-scripts', work),
});
pages.register();

createUpdates({
  browser,
  ready: memory.value('update-ready'),
  isBusy: async () => changes.made()?.corridor.isBusy() || (await pages.waits()),
  report,
}).register();

const autoLock = createAutoLock({
  vault,
  browser,
  settings: () => settings.read(),
  locked: () => {
    wallet.made()?.forget();
    records.forget();
    network.inspector.clear();
    sending.passwords.clear().catch(report);
    announce({ name: 'session', status: 'locked' });
    pages.locked().catch(report);
  },
});
autoLock.register();

/** What is left to do once the vault is open. */
const unlocked = async (): Promise<void> => {
  await autoLock.touch();
  // Sites that were shut out meanwhile have nothing left here, before any of them is answered.
  const { connected } = await siteList.read();
  const origins = connected.map(({ origin }) => origin);
  await siteRecords.keepOnly(origins);
  await grants.revokeAll(({ origin }) => !origins.includes(origin));
  const { log } = await books.get();
  // What it finds comes as events; whatever it meets, the vault is open.
  log.catchUp().catch(report);
  reconcile().catch(report);
  pages.unlocked().catch(report);
};
const clearPlain = async (): Promise<void> => {
  await sites.clear().catch(report);
  await clear(store('clear'));
  settings.forget();
  siteList.forget();
};

const wallet = later(async () => {
  const [{ createWallet }, { journal, log }] = await Promise.all([
    import('./wallet.ts'),
    books.get(),
  ]);
  return createWallet({
    ...{ vault, settings, approvals, unlocked, clearPlain, now, announce, report, randomId, store },
    ...{ journal, log, grants, clearSealed: records.clearSealed },
    ...network,
    window: windowMs,
    identity: sending.identity,
    corridor: {
      prepare: async (...given) => (await changes.get()).corridor.prepare(...given),
      send: async (...given) => (await changes.get()).corridor.send(...given),
      edit: async (...given) => (await changes.get()).corridor.edit(...given),
    },
    sites: {
      ...{ sites, list: siteList, now },
      note: (draft) => log.note(draft),
      powersOf: async (origin) => ({
        ...(await siteRecords.of(origin)),
        ...(await grants.of(origin)),
      }),
    },
    touch: () => autoLock.touch(),
  });
});

const route = createRouter({
  self: { id: browser.runtime.id, baseUrl: browser.runtime.getURL('') },
  doors: {
    wallet: async (method, request) => (await wallet.get()).door(method, request),
    page: pages.door,
  },
  report,
});
browser.runtime.onMessage.addListener((message: unknown, sender: Sender, reply) => {
  const answer = route(message, sender);
  answer?.then(reply);
  return answer && true;
});

// What a page's call stands on is on its way while the call itself still comes. Each is kept by its owner, who lets go of it at a
// lock, and is read again by whoever needs it if this fails, as it does while Buckle is locked.
for (const read of [settings.read, siteList.read, grants.ready, network.exchange.clock.recall]) {
  read().catch(() => undefined);
}

/** Until a call that woke this worker has been answered. */
const FIRST_CALL_MS = 100;

/** At wake, if unlocked, what an earlier worker left unfinished is taken up. */
const resume = async (): Promise<void> => {
  if ((await vault.status()) !== 'unlocked') return;
  await sleep(FIRST_CALL_MS);
  await reconcile();
};
browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === RECONCILE_ALARM) resume().catch(report);
});
resume().catch(report);
