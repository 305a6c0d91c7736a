import type { Sender } from '../../../src/background/router.ts';
import { createFakeSites } from './fake-sites.ts';

/** An extension's browser in memory: just what the background uses, and a way to speak to it from outside. */
export function createFakeBrowser() {
  type Listener = (...args: never[]) => unknown;
  const listeners = new Map<string, Listener[]>();
  const event = (name: string) => ({
    addListener: (listener: Listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    removeListener: () => undefined,
  });
  const emit = (name: string, ...args: unknown[]): unknown[] =>
    (listeners.get(name) ?? []).map((listener) => listener(...(args as never[])));
  const session = new Map<string, unknown>();
  const alarms = new Map<string, unknown>();
  const announced: unknown[] = [];
  const headerRules: unknown[] = [];
  const accessLevels: string[] = [];
  const badges: string[] = [];
  const reloads: true[] = [];
  /** Windows that the background opened. */
  const windows = new Map<number, { documentUrl: string; windowId: number }>();

  const popup: Sender = {
    id: 'buckle',
    url: 'chrome-extension://buckle/src/ui/popup/index.html',
    origin: 'chrome-extension://buckle',
    frameId: 0,
  };
  const sites = createFakeSites(emit);
  const browser = {
    ...sites.apis(event),
    runtime: {
      id: 'buckle',
      getURL: (path: string) => `chrome-extension://buckle/${path}`,
      onMessage: event('message'),
      onInstalled: event('installed'),
      onStartup: event('startup'),
      onUpdateAvailable: event('updateAvailable'),
      reload: () => void reloads.push(true),
      getContexts: async () => [
        { contextType: 'BACKGROUND' },
        ...[...windows.values()].map((window) => ({ contextType: 'TAB', ...window })),
      ],
      sendMessage: async (message: unknown) => {
        announced.push(message);
      },
    },
    storage: {
      session: {
        get: async (key?: string) => {
          if (key === undefined) return Object.fromEntries(session);
          return session.has(key) ? { [key]: session.get(key) } : {};
        },
        set: async (values: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(values)) session.set(key, value);
        },
        remove: async (key: string) => void session.delete(key),
        setAccessLevel: async ({ accessLevel }: { accessLevel: string }) =>
          void accessLevels.push(accessLevel),
      },
    },
    alarms: {
      create: (name: string, info: unknown) => void alarms.set(name, info),
      clear: async (name: string) => alarms.delete(name),
      onAlarm: event('alarm'),
    },
    idle: {
      queryState: async () => 'active',
      setDetectionInterval: () => undefined,
      onStateChanged: event('idle'),
    },
    windows: {
      getAll: async () => [{}],
      get: async (id: number) => {
        if (!windows.has(id)) throw new Error(`No window with id: ${id}.`);
        return {};
      },
      create: async ({ url }: { url: string }) => {
        const windowId = windows.size + 100;
        windows.set(windowId, { documentUrl: url, windowId });
        return { id: windowId };
      },
      onRemoved: event('windowRemoved'),
    },
    action: { setBadgeText: ({ text }: { text: string }) => void badges.push(text) },
    declarativeNetRequest: {
      updateSessionRules: async (rules: unknown) => void headerRules.push(rules),
    },
  };
  return {
    browser,
    sites,
    session,
    alarms,
    announced,
    headerRules,
    accessLevels,
    badges,
    reloads,
    windows,
    /** A person closes it. */
    closeWindow: (id: number): void => {
      windows.delete(id);
      emit('windowRemoved', id);
    },
    emit,
    /** The background is stopped: nothing of it hears any more. */
    stop: () => listeners.clear(),
    listensTo: (name: string) => listeners.has(name),
    /** Sends a message to the background as the popup, or as somebody else. */
    tell: (message: unknown, sender: Sender = popup): Promise<unknown> =>
      new Promise((reply) => {
        const isAwaited = emit('message', message, sender, reply).includes(true);
        if (!isAwaited) reply(undefined);
      }),
  };
}
