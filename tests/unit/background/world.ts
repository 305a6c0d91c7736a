import { createHash, sign } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { UseStore } from 'idb-keyval';
import { type Corridor, createCorridor } from '../../../src/background/corridor/corridor.ts';
import { createDecider } from '../../../src/background/corridor/decider.ts';
import {
  createPasswordCheck,
  type PasswordCheck,
} from '../../../src/background/corridor/password-check.ts';
import { createRuleCheck } from '../../../src/background/corridor/rule-check.ts';
import { createMarketData } from '../../../src/background/network/market-data.ts';
import { createReconciler, type Reconciler } from '../../../src/background/outcome/reconcile.ts';
import {
  createSiteCorridor,
  type SiteCorridor,
} from '../../../src/background/pages/site-corridor.ts';
import { fateIn, fateOf } from '../../../src/background/records/fate.ts';
import { createJournal, type Journal } from '../../../src/background/records/journal.ts';
import { createLog, type Log } from '../../../src/background/records/log.ts';
import { grantEntry } from '../../../src/background/records/log-entries.ts';
import type { Seals } from '../../../src/background/records/seals.ts';
import { createGrants, type Grants } from '../../../src/background/sites/grants.ts';
import { toBase64, utf8 } from '../../../src/core/bytes.ts';
import { AppError } from '../../../src/core/errors.ts';
import {
  type Answered,
  createExchange,
  type Exchange,
  type Identity,
  type Watch,
} from '../../../src/exchange/client.ts';
import { createRateBucket } from '../../../src/exchange/rate.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import type { Verify } from '../../exchange/auth.ts';
import type { PracticeExchange } from '../../exchange/exchange.ts';
import { keyPair, privateKey } from '../../exchange/keys.ts';

/** Fakes at the outer edge: time, network, disk. What stands between them is the real thing. */

/** Time that passes only when somebody waits for it. */
export interface VirtualClock {
  now(): number;
  /** Passes at once, in order with everything else that waits. */
  sleep(ms: number): Promise<void>;
  /** Real work, during which time stands still. */
  during<T>(work: Promise<T>): Promise<T>;
}

export function createVirtualClock(start = 1_760_000_000_000): VirtualClock {
  let time = start;
  let waiting: { at: number; wake: () => void }[] = [];
  let turning = false;
  let working = 0;
  /** Lets everything that can run do so, then moves time to the next one that waits. */
  const turn = (): void => {
    if (turning) return;
    turning = true;
    setImmediate(() => {
      turning = false;
      if (working > 0) return turn();
      const next = waiting.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return;
      waiting = waiting.filter((each) => each !== next);
      time = Math.max(time, next.at);
      next.wake();
      turn();
    });
  };
  return {
    now: () => time,
    sleep: (ms) =>
      new Promise((wake) => {
        waiting.push({ at: time + ms, wake });
        turn();
      }),
    during(work) {
      working += 1;
      return work.finally(() => {
        working -= 1;
      });
    },
  };
}

/** A disk that outlives processes: one object store of an in-memory IndexedDB. */
export async function createDisk(): Promise<UseStore> {
  globalThis.IDBKeyRange = IDBKeyRange;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = new IDBFactory().open('disk', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('all');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return async (mode, callback) => callback(database.transaction('all', mode).objectStore('all'));
}

/** Seals that only mark: what the vault's seals do is tested there. */
export const seals = {
  seal: async (purpose: string, recordId: string, value: unknown) => ({
    place: `${purpose}/${recordId}`,
    text: toBase64(utf8(JSON.stringify(value))),
  }),
  open: async (_purpose: string, _recordId: string, sealed: unknown) => {
    const { text } = sealed as { text: string };
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as unknown;
  },
};

/** Counts the moments at which a process can die, and kills it at the chosen one: nothing it does afterwards has effect. */
export interface Life {
  /** To be awaited before and after each effect. */
  step(): Promise<void>;
  readonly isOver: boolean;
  readonly died: Promise<void>;
}

export function createLife(dieAt = Number.POSITIVE_INFINITY): Life {
  let steps = 0;
  let dead = false;
  let die = (): void => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  return {
    get isOver() {
      return dead;
    },
    died,
    step() {
      steps += 1;
      if (steps >= dieAt && !dead) {
        dead = true;
        die();
      }
      return dead ? new Promise(() => undefined) : Promise.resolve();
    },
  };
}

export const PASSWORD = 'correct horse battery';

type Fetch = (url: string, init: RequestInit) => Promise<Answered>;

export interface World {
  clock: VirtualClock;
  practice: PracticeExchange;
  disk: UseStore;
  /** Where grants are kept; made when it is first used. */
  grants?: Promise<UseStore>;
  /** The account that each connected site is bound to. */
  bound?: ReadonlyMap<string, string>;
  identity: Identity;
  /** In place of the way straight into the practice exchange. */
  fetch?: Fetch;
  /** In place of seals that only mark, and of `identity` for every account: a vault that can be locked. */
  vault?: { seals: Seals; identityFor: (account: string) => Promise<Identity> };
}

export const ACCOUNT = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';

/** Signs with node's own Ed25519: WebCrypto's thread hops would cost more than all the rest of a run. */
export function identityOf(number: number): Identity {
  const { apiKey, secret } = keyPair(number);
  const key = privateKey(secret);
  return { apiKey, sign: async (text) => sign(null, Buffer.from(text), key).toString('base64') };
}

/** An identity whose signatures cost next to nothing, and who can check them: for runs that are not about signatures. */
export function cheapIdentity(number: number): { identity: Identity; verify: Verify } {
  const { apiKey } = keyPair(number);
  const signatureOf = (text: string): string =>
    createHash('sha512').update(`${apiKey} ${text}`).digest('base64');
  return {
    identity: { apiKey, sign: async (text) => signatureOf(text) },
    verify: (key, text, signature) =>
      key === apiKey && signature.toString('base64') === signatureOf(text),
  };
}

/** `fetch` straight into the practice exchange. A cut connection is a TypeError, as in browsers. */
export function fetchFrom(
  practice: PracticeExchange,
  clock: VirtualClock,
  life: Life = createLife(),
): Fetch {
  return async (url, init) => {
    await life.step();
    const { pathname, search } = new URL(url);
    const given = Object.entries(init.headers ?? {});
    const outcome = practice.handle({
      method: init.method ?? 'GET',
      url: pathname + search,
      headers: Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
      body: typeof init.body === 'string' ? init.body : '',
    });
    if (outcome.delayMs > 0) await clock.sleep(outcome.delayMs);
    await life.step();
    if (outcome.kind === 'dropped') throw new TypeError('connection cut');
    const { status, headers, body } = outcome.response;
    return { status, headers: new Headers(headers), text: async () => body };
  };
}

export interface Process {
  corridor: Corridor;
  sites: SiteCorridor;
  grants: Grants;
  log: Log;
  reconciler: Reconciler;
  journal: Journal;
  exchange: Exchange;
  /** The latest view of each request, as a surface would have it. */
  seen: Map<string, RequestView>;
  passwords: PasswordCheck;
  /** From now on, this is told of signed requests. */
  inspect(watch: Watch): void;
}

/** One run of the background over a disk and an exchange that outlive it. */
export function startProcess(world: World, life: Life = createLife()): Process {
  const { clock, practice } = world;
  const { apiKey, sign: signText } = world.identity;
  const identity: Identity = { apiKey, sign: (text) => clock.during(signText(text)) };
  const identityFor = world.vault?.identityFor ?? (async () => identity);
  const sealing: Seals = world.vault?.seals ?? seals;
  const { now, sleep } = clock;
  const disk: UseStore = async (mode, callback) => {
    await life.step();
    const result = await clock.during(world.disk(mode, callback));
    await life.step();
    return result;
  };
  let measured: { offsetMs: number; at: number } | undefined;
  let inspecting: Watch = () => undefined;
  const exchange = createExchange({
    fetch: world.fetch ?? fetchFrom(practice, clock, life),
    watch: (request) => inspecting(request),
    now,
    monotonic: now,
    sleep,
    random: () => 0.5,
    online: () => true,
    rate: createRateBucket({ now, sleep }),
    clockMemory: {
      get: async () => measured,
      set: async (next) => {
        measured = next;
      },
    },
  });
  const seen = new Map<string, RequestView>();
  const moved = (view: RequestView): void => {
    seen.set(view.id, view);
    const fate = view.origin === 'buckle' ? 'open' : fateOf(view);
    if (fate === 'spent' || fate === 'returned') grants.end(view.id, fate).catch(() => undefined);
  };
  const journal = createJournal({ store: disk, seals: sealing, now, moved });
  const marketData = createMarketData({ exchange, store: disk, now });
  let remembered: unknown;
  const passwords = createPasswordCheck({
    verify: async (password) => {
      if (password !== PASSWORD) throw new AppError('WRONG_PASSWORD', undefined);
    },
    memory: {
      get: async () => remembered,
      set: async (given) => {
        remembered = given;
      },
      remove: async () => {
        remembered = undefined;
      },
    },
    now,
  });
  let ids = 0;
  const reconciler = createReconciler({
    journal,
    reads: async (id) => ({ exchange, identity: await identityFor(id), window: 5000 }),
    sleep,
    isUnderWay: (id) => corridor.isUnderWay(id),
    busy: () => undefined,
  });
  const grantDisk: UseStore = async (mode, callback) => {
    world.grants ??= createDisk();
    const inner = await world.grants;
    await life.step();
    const result = await clock.during(inner(mode, callback));
    await life.step();
    return result;
  };
  const log = createLog({
    store: disk,
    seals: sealing,
    waiting: { get: async () => undefined, set: async () => undefined },
  });
  const grants = createGrants({
    store: grantDisk,
    seals: sealing,
    now,
    randomId: () => crypto.randomUUID(),
    fate: (id) => fateIn(journal, id),
    record: (what, grant) => log.append(grantEntry(what, grant, now())),
  });
  const bound = async (origin: string) => world.bound?.get(origin);
  const decider = createDecider({ grants, bound, marketData, log, now });
  const actor = async (id: string) => ({ identity: await identityFor(id), label: 'Main' });
  const corridor = createCorridor({
    decider,
    log,
    actor,
    checkRules: createRuleCheck(marketData),
    passwords,
    journal,
    exchange,
    now,
    sleep,
    randomId: () => crypto.randomUUID(),
    randomU32: () => {
      ids += 1;
      return (now() + ids) % 4_294_967_296;
    },
    window: async () => 5000,
    lost: (entry) => reconciler.track(entry),
  });
  const inspect = (watch: Watch): void => {
    inspecting = watch;
  };
  const window = async () => 5000;
  const sites = createSiteCorridor({ corridor, decider, log, exchange, actor, window, now });
  return { corridor, sites, grants, log, reconciler, journal, exchange, seen, passwords, inspect };
}
