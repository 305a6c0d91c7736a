import type { Sender } from '../../../src/background/router.ts';
import type { RegisteredScript } from '../../../src/background/sites/site-scripts.ts';

/** A page that is open in a tab, with whatever listens in its bridge. */
export interface FakeTab {
  id: number;
  url: string;
  documentId: string;
  /** What its bridge was told, and what it says to it. Without a listener there is no bridge. */
  heard: unknown[];
  answer?: ((message: unknown) => unknown) | undefined;
}

type Emit = (name: string, ...args: unknown[]) => unknown[];
type MakeEvent = (name: string) => unknown;

const matches = (pattern: string, url: string): boolean => {
  const [scheme, host] = pattern.slice(0, -2).split('://');
  const address = new URL(url);
  return address.protocol === `${scheme}:` && (host === '*' || host === address.host);
};

/** Permissions for sites, content scripts and tabs, as Chromium has them. */
export function createFakeSites(emit: Emit) {
  const granted = new Set<string>(['https://api.backpack.exchange/*']);
  const scripts = new Map<string, RegisteredScript>();
  const tabs = new Map<number, FakeTab>();
  const injected: string[] = [];
  let documents = 0;

  const covers = (wanted: string): boolean =>
    [...granted].some(
      (pattern) =>
        pattern === wanted || (pattern === 'https://*/*' && wanted.startsWith('https://')),
    );
  const isAllowed = (url: string): boolean => [...granted].some((pattern) => matches(pattern, url));

  const apis = (event: MakeEvent) => ({
    permissions: {
      contains: async ({ origins }: { origins: string[] }) => origins.every(covers),
      getAll: async () => ({ origins: [...granted] }),
      remove: async ({ origins }: { origins: string[] }) => {
        // Chromium takes back everything that a pattern covers, what the manifest demands included.
        const isCovered = (held: string): boolean =>
          origins.includes(held) ||
          (origins.includes('https://*/*') && held.startsWith('https://'));
        const gone = [...granted].filter(isCovered);
        for (const pattern of gone) granted.delete(pattern);
        if (gone.length > 0) emit('permissionRemoved', { origins: gone });
        return true;
      },
      onAdded: event('permissionAdded'),
      onRemoved: event('permissionRemoved'),
    },
    scripting: {
      getRegisteredContentScripts: async () => [...scripts.values()],
      registerContentScripts: async (added: RegisteredScript[]) => {
        const twice = added.find(({ id }) => scripts.has(id));
        if (twice) throw new Error(`Duplicate script ID '${twice.id}'`);
        for (const script of added) scripts.set(script.id, script);
      },
      unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
        const missing = ids.find((id) => !scripts.has(id));
        if (missing) throw new Error(`Nonexistent script ID '${missing}'`);
        for (const id of ids) scripts.delete(id);
      },
      executeScript: async (injection: { target: { tabId: number }; files: string[] }) => {
        const tab = tabs.get(injection.target.tabId);
        if (!tab || !isAllowed(tab.url)) throw new Error('Cannot access contents of the page.');
        injected.push(`${tab.id} ${injection.files.join()}`);
      },
    },
    tabs: {
      query: async ({ url }: { url?: string }) =>
        [...tabs.values()].flatMap((tab) => {
          const known = isAllowed(tab.url) ? { url: tab.url } : {};
          if (url !== undefined && !(known.url && matches(url, known.url))) return [];
          return [{ id: tab.id, ...known }];
        }),
      get: async (id: number) => {
        const tab = tabs.get(id);
        if (!tab) throw new Error(`No tab with id: ${id}.`);
        return { id, ...(isAllowed(tab.url) ? { url: tab.url } : {}) };
      },
      sendMessage: async (id: number, message: unknown, to: { documentId?: string }) => {
        const tab = tabs.get(id);
        const elsewhere = to.documentId !== undefined && to.documentId !== tab?.documentId;
        if (!tab?.answer || elsewhere) {
          throw new Error('Could not establish connection. Receiving end does not exist.');
        }
        tab.heard.push(message);
        return tab.answer(message);
      },
      onRemoved: event('tabRemoved'),
    },
  });
  return {
    apis,
    granted,
    scripts,
    tabs,
    injected,
    /** The person allows it, in the browser's prompt or its settings. */
    grant(pattern: string): void {
      granted.add(pattern);
      emit('permissionAdded', { origins: [pattern] });
    },
    revoke(pattern: string): void {
      granted.delete(pattern);
      emit('permissionRemoved', { origins: [pattern] });
    },
    /** Opens a page in a tab, a new document each time. */
    open(id: number, url: string): FakeTab {
      documents += 1;
      const tab: FakeTab = { id, url, documentId: `document-${documents}`, heard: [] };
      tab.answer = () => true;
      tabs.set(id, tab);
      return tab;
    },
    senderOf: (tab: FakeTab): Sender & { documentId: string } => ({
      id: 'buckle',
      url: tab.url,
      origin: new URL(tab.url).origin,
      frameId: 0,
      documentId: tab.documentId,
      documentLifecycle: 'active',
      tab: { id: tab.id },
    }),
  };
}
