import * as v from 'valibot';
import { AppError, invalid } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import type { SiteEventName, SiteEvents } from '../../messaging/site-contract.ts';
import {
  assertSiteOrigin,
  type BrowserKind,
  EVERY_SITE,
  patternOf,
} from '../../policy/site-origin.ts';
import type { SessionValue } from '../session-memory.ts';
import type { SiteLists } from './site-list.ts';
import { createSiteScripts, type Places, type ScriptingBrowser } from './site-scripts.ts';
import { createSiteTabs, type TabsBrowser } from './site-tabs.ts';

interface BrowserEvent {
  addListener(listener: () => Promise<void>): void;
}

/** The part of the browser that sites need. */
export interface SitesBrowser extends ScriptingBrowser {
  permissions: {
    contains(wanted: { origins: string[] }): Promise<boolean>;
    getAll(): Promise<{ origins?: string[] }>;
    remove(unwanted: { origins: string[] }): Promise<boolean>;
    onAdded: BrowserEvent;
    onRemoved: BrowserEvent;
  };
  runtime: { onInstalled: BrowserEvent; onStartup: BrowserEvent };
  tabs: TabsBrowser;
}

export interface SitesDependencies {
  browser: SitesBrowser;
  kind: BrowserKind;
  list: SiteLists;
  /** The exchange's own origin, which Buckle may reach anyway: it can be no site. */
  exchange: string;
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** The site that a person is about to let in. */
  expected: SessionValue;
  /** There if the registered scripts are in step with the list. */
  inStep: SessionValue;
  now: () => number;
  /** The site is about to be shut out: forgets its account, without which nothing else that it was given has power. Works while locked. */
  unbind: (origin: string) => Promise<void>;
  /** The site was shut out: what it was given ends with it. */
  parted: (origin: string) => Promise<void>;
  /** Sites changed: tells every open surface. */
  changed: () => void;
  report: (error: unknown) => void;
}

/** `connected`: let in. `stranger`: may ask to be let in, since the person opened Buckle to every site. */
export type Standing = 'connected' | 'stranger' | 'none';

export interface Sites {
  /** Adds all listeners, and puts the scripts in step if nobody has since the browser started. In the worker's first turn. */
  register(): void;
  standing(origin: string): Promise<Standing>;
  everySite(): Promise<boolean>;
  /** The browser is about to be asked for the site: the permission alone then completes it. */
  expect(origin: string): Promise<void>;
  /** Lists, registers, injects into what is open. @throws UNAUTHORIZED if the browser has not granted it */
  connect(origin: string): Promise<void>;
  /** Takes everything back: list, scripts, permission; open pages go quiet. */
  disconnect(origin: string): Promise<void>;
  block(origin: string, blocked: boolean): Promise<void>;
  /** Every site may ask from now on, or no longer. @throws UNAUTHORIZED if the browser has not granted it */
  switchEverySite(on: boolean): Promise<void>;
  /** Tells the open pages of these sites; a page of another site is told nothing. */
  tell<N extends SiteEventName>(
    origins: readonly string[],
    name: N,
    data: SiteEvents[N],
  ): Promise<void>;
  /** Everything was erased. */
  clear(): Promise<void>;
}

/** How long a prompt of the browser may stay open before its answer means nothing any more. */
const EXPECTED_MS = 300_000;
const expectation = v.object({ origin: v.string(), at: v.number() });

/**
 * Which sites were let in, and the scripts in their pages. Browsers match less exactly than origins, and a page that is open
 * keeps its bridge after its permission is gone: what counts is the list here, asked at every message.
 */
export function createSites(deps: SitesDependencies): Sites {
  const { browser, kind, list, report } = deps;
  const serial = createQueue();
  const holds = (pattern: string): Promise<boolean> =>
    browser.permissions.contains({ origins: [pattern] });
  /** What the person switched on here counts: the browser may go on allowing what nobody wants any more. */
  const everySite = async (): Promise<boolean> =>
    (await list.read()).everySite && (await holds(EVERY_SITE));
  /**
   * Takes the scripts back from every site. The browser's own permission only where that costs nothing else: Chromium takes
   * back with it what the manifest demands, and the exchange would be out of reach until a person allows it again.
   */
  const closeToAll = async (): Promise<void> => {
    await list.openToAll(false);
    if (kind === 'firefox') await browser.permissions.remove({ origins: [EVERY_SITE] });
  };
  const patternFor = (origin: string): string => patternOf(origin, kind);

  const places = async (): Promise<Places> => {
    const { connected, blocked } = await list.read();
    const every = await everySite();
    const own = connected.map(({ origin }) => patternFor(origin));
    // Each page once: a second pair of the same scripts would only find the first.
    const beyond = own.filter((pattern) => !every || !pattern.startsWith('https:'));
    return {
      matches: [...new Set([...(every ? [EVERY_SITE] : []), ...beyond])],
      except: every ? blocked.map(({ origin }) => patternFor(origin)) : [],
    };
  };
  const tabs = createSiteTabs(browser.tabs, patternFor);
  const scripts = createSiteScripts({ browser, places, exclusively: deps.exclusively });

  /**
   * The list before all else: from then on the site is refused, whatever goes wrong with the rest. But for its account: what is left
   * behind by a worker that is stopped on the way must not wait for another time that the site is let in.
   */
  const part = async (origin: string): Promise<boolean> => {
    if (!(await list.isConnected(origin))) return false;
    await deps.inStep.remove();
    await deps.unbind(origin).catch(report);
    await list.disconnect(origin);
    await deps.parted(origin);
    await tabs.tell(origin, 'disconnect', {});
    return true;
  };

  /** Sites whose permission is gone were shut out in the browser's own settings. */
  const prune = async (): Promise<void> => {
    for (const { origin } of (await list.read()).connected) {
      if (!(await holds(patternFor(origin)))) await part(origin);
    }
  };
  const putInStep = async (): Promise<void> => {
    await deps.inStep.remove();
    await prune();
    await scripts.sync();
    await deps.inStep.set(true);
  };
  /** After any change of list or permissions. */
  const follow = (): Promise<void> => serial(putInStep).then(deps.changed);

  const giveBack = async (origin: string): Promise<void> => {
    const pattern = patternFor(origin);
    const { connected } = await list.read();
    const shared = connected.some((other) => patternFor(other.origin) === pattern);
    if (!shared) await browser.permissions.remove({ origins: [pattern] });
  };

  const connect = async (origin: string): Promise<void> => {
    if (assertSiteOrigin(origin) === deps.exchange) throw invalid('origin', 'conflict');
    if (!(await holds(patternFor(origin)))) throw new AppError('UNAUTHORIZED', undefined);
    await deps.inStep.remove();
    const isNew = await list.connect(origin);
    await follow();
    // Pages that are open already work at once; one that cannot be reached has the scripts at its next load.
    const injected = await Promise.allSettled((await tabs.of(origin)).map(scripts.inject));
    for (const each of injected) if (each.status === 'rejected' && isNew) report(each.reason);
  };
  const disconnect = async (origin: string): Promise<void> => {
    if (!(await serial(() => part(origin)))) return;
    await giveBack(origin);
    await follow();
  };

  const onAdded = async (): Promise<void> => {
    const found = v.safeParse(expectation, await deps.expected.get());
    if (found.success && (await holds(patternFor(found.output.origin)))) {
      await deps.expected.remove();
      const age = deps.now() - found.output.at;
      if (age >= 0 && age < EXPECTED_MS) return connect(found.output.origin);
    }
    return follow();
  };
  /** What an earlier worker, stopped on the way, did not give back to the browser any more. */
  const giveBackLeftovers = async (): Promise<void> => {
    const { connected } = await list.read();
    const needed = new Set([EVERY_SITE, `${deps.exchange}/*`]);
    for (const { origin } of connected) needed.add(patternFor(origin));
    // What is being granted at this very moment is not left over.
    const expecting = v.safeParse(expectation, await deps.expected.get());
    if (expecting.success) needed.add(patternFor(expecting.output.origin));
    const { origins = [] } = await browser.permissions.getAll();
    const left = origins.filter((pattern) => !needed.has(pattern));
    if (left.length > 0) await browser.permissions.remove({ origins: left });
  };
  /** Once each time that the browser starts, or Buckle is updated, or a worker was stopped on the way. */
  const wake = (): Promise<void> =>
    serial(async () => {
      if ((await deps.inStep.get()) === true) return;
      await giveBackLeftovers();
      await putInStep();
    });
  const reported = (work: () => Promise<void>) => () => work().catch(report);

  return {
    register() {
      browser.permissions.onAdded.addListener(reported(onAdded));
      browser.permissions.onRemoved.addListener(reported(follow));
      browser.runtime.onInstalled.addListener(reported(wake));
      browser.runtime.onStartup.addListener(reported(wake));
      reported(wake)();
    },
    async standing(origin) {
      if (await list.isConnected(origin)) return 'connected';
      if ((await list.isBlocked(origin)) || !origin.startsWith('https:')) return 'none';
      return (await everySite()) ? 'stranger' : 'none';
    },
    everySite,
    expect: async (origin) =>
      deps.expected.set({ origin: assertSiteOrigin(origin), at: deps.now() }),
    connect,
    disconnect,
    async block(origin, blocked) {
      await list.block(assertSiteOrigin(origin), blocked);
      if (blocked) await disconnect(origin);
      await follow();
    },
    async switchEverySite(on) {
      if (!on) await closeToAll();
      else if (await holds(EVERY_SITE)) await list.openToAll(true);
      else throw new AppError('UNAUTHORIZED', undefined);
      await follow();
    },
    async tell(origins, name, data) {
      await Promise.all(origins.map((origin) => tabs.tell(origin, name, data)));
    },
    async clear() {
      for (const { origin } of (await list.read()).connected) await disconnect(origin);
      await closeToAll();
      await follow();
    },
  };
}
