import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { RequestOf, WalletEvent } from '../../messaging/contract.ts';
import type { SitesView, SiteView } from '../../messaging/sites.ts';
import {
  type BrowserKind,
  EVERY_SITE,
  isSiteAddress,
  patternOf,
} from '../../policy/site-origin.ts';
import { createLoader, known, type Remote } from './remote.ts';

/** The browser's side of letting sites in. */
export interface SiteBrowser {
  kind: BrowserKind;
  /** Buckle's own address, with a trailing slash. */
  ownUrl: string;
  /** There is a page beside this surface, as beside a popup. */
  beside: boolean;
  /** For a surface that stays open: calls `listener` when another page may be beside. */
  onMoved?(listener: () => void): void;
  /** That page's tab. `url` only where the browser tells. */
  tab(): Promise<{ url?: string | undefined } | undefined>;
  /** Asks the person in the browser's own prompt. Works only in the very turn of a press: nothing may be awaited before. */
  request(pattern: string): Promise<boolean>;
}

/**
 * What is open beside the popup. `none`: it cannot be connected, and why. `unseen`: the browser does not name it, since Buckle's button
 * was not pressed on it.
 */
export type Here =
  | { kind: 'looking' }
  | { kind: 'none'; why: 'browser' | 'exchange' | 'insecure' | 'unknown' | 'unseen' }
  | { kind: 'site'; origin: string };

/** How letting in stands. `refused`: the person said no to the browser. */
export type Access =
  | { status: 'idle' | 'asking' | 'refused' }
  | { status: 'failed'; error: WireError };

/** For a surface that lets nobody in. */
export const NO_SITES: SiteBrowser = {
  kind: 'chrome',
  ownUrl: '',
  beside: false,
  tab: async () => undefined,
  request: async () => false,
};

export interface SitesState {
  /** There is a page beside this surface that could be connected. */
  readonly beside: boolean;
  readonly remote: ReadonlySignal<Remote<SitesView>>;
  readonly here: ReadonlySignal<Here>;
  readonly access: ReadonlySignal<Access>;
  site(origin: string): SiteView | undefined;
  isBlocked(origin: string): boolean;
  /** Finds out what is open beside this popup. */
  look(): Promise<void>;
  /** To be called in the turn of a press. */
  connect(origin: string): Promise<void>;
  /** Lets Buckle into every site, or takes that back. To be called in the turn of a press. */
  openToAll(on: boolean): Promise<void>;
  disconnect(origin: string): Promise<void>;
  block(origin: string, blocked: boolean): Promise<void>;
  saveGrant(grant: RequestOf<'grants.save'>): Promise<void>;
  revokeGrant(id: string): Promise<void>;
  refresh(quiet?: boolean): Promise<boolean>;
  hear(event: WalletEvent): void;
  reset(): void;
}

/** Pages that browsers keep to themselves whatever a person allows: shops of extensions, and the exchange's own API. */
const KEPT =
  /^https:\/\/(chromewebstore\.google\.com|(addons|support|accounts\.firefox|accounts-static\.cdn)\.mozilla\.(org|net))$/;
const EXCHANGE = 'https://api.backpack.exchange';

/** Whether the page at this address can be connected. */
export function hereOf(url: string | undefined, ownUrl: string): Here {
  if (url === undefined || !URL.canParse(url)) return { kind: 'none', why: 'unknown' };
  if (ownUrl !== '' && url.startsWith(ownUrl)) return { kind: 'none', why: 'browser' };
  const address = new URL(url);
  if (address.origin === EXCHANGE) return { kind: 'none', why: 'exchange' };
  if (KEPT.test(address.origin) || url.startsWith('https://chrome.google.com/webstore')) {
    return { kind: 'none', why: 'browser' };
  }
  if (isSiteAddress(address)) return { kind: 'site', origin: address.origin };
  return { kind: 'none', why: address.protocol === 'http:' ? 'insecure' : 'browser' };
}

export function createSitesState(
  call: WalletCall,
  browser: SiteBrowser,
  now: () => number = Date.now,
): SitesState {
  const loader = createLoader<SitesView>(async () => ({
    value: await call('sites.list', {}),
    at: now(),
  }));
  const here = signal<Here>({ kind: 'looking' });
  const access = signal<Access>({ status: 'idle' });
  const view = computed(() => known(loader.state.value)?.value);

  /** A list that was under way may be older than what just happened: one more after it. */
  const refreshAnew = async (): Promise<void> => {
    if (loader.state.value.status === 'loading') await loader.refresh(true);
    await loader.refresh(true);
  };
  const afterwards = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await refreshAnew();
  };
  /** The browser's prompt, and what follows from a yes. The prompt may close the popup: the background then goes on alone. */
  const letIn = async (pattern: string, then: () => Promise<unknown>): Promise<void> => {
    const asked = browser.request(pattern);
    access.value = { status: 'asking' };
    try {
      if (!(await asked)) {
        access.value = { status: 'refused' };
        return;
      }
      await afterwards(then());
      access.value = { status: 'idle' };
    } catch (error) {
      access.value = { status: 'failed', error: toWireError(error) };
    }
  };

  const look = async (): Promise<void> => {
    const tab = await browser.tab().catch(() => undefined);
    const found = hereOf(tab?.url, browser.ownUrl);
    const isUnseen = browser.onMoved && found.kind === 'none' && found.why === 'unknown';
    here.value = isUnseen ? { kind: 'none', why: 'unseen' } : found;
  };
  browser.onMoved?.(() => void look());

  return {
    beside: browser.beside,
    remote: loader.state,
    here,
    access,
    site: (origin) => view.value?.sites.find((site) => site.origin === origin),
    isBlocked: (origin) => view.value?.blocked.some((each) => each.origin === origin) ?? false,
    look,
    connect(origin) {
      // Not awaited: the prompt must be asked for in the turn of the press.
      call('sites.expect', { origin }).catch(() => undefined);
      return letIn(patternOf(origin, browser.kind), () => call('sites.connect', { origin }));
    },
    openToAll(on) {
      if (!on) return afterwards(call('sites.everySite', { on: false }));
      return letIn(EVERY_SITE, () => call('sites.everySite', { on: true }));
    },
    async disconnect(origin) {
      access.value = { status: 'idle' };
      await afterwards(call('sites.disconnect', { origin }));
    },
    block: (origin, blocked) => afterwards(call('sites.block', { origin, blocked })),
    saveGrant: (grant) => afterwards(call('grants.save', grant)),
    revokeGrant: (id) => afterwards(call('grants.revoke', { id })),
    refresh: loader.refresh,
    hear(event) {
      if (event.name === 'sites') void refreshAnew();
    },
    reset() {
      loader.reset();
      access.value = { status: 'idle' };
    },
  };
}
