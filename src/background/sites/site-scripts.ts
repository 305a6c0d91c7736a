/** A content script as the browser keeps it. */
export interface RegisteredScript {
  id: string;
  matches: string[];
  excludeMatches?: string[];
  js: string[];
  runAt: 'document_start';
  world: 'ISOLATED' | 'MAIN';
  allFrames: false;
  persistAcrossSessions: true;
}

/** What the browser says of a script: members that nobody gave may be missing or empty. */
type Found = { id: string; matches?: string[]; excludeMatches?: string[]; js?: unknown[] };

/** The part of the browser that puts scripts into pages. */
export interface ScriptingBrowser {
  scripting: {
    getRegisteredContentScripts(): Promise<Found[]>;
    registerContentScripts(scripts: RegisteredScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
    executeScript(injection: {
      target: { tabId: number };
      files: string[];
      world: 'ISOLATED' | 'MAIN';
      injectImmediately: boolean;
    }): Promise<unknown>;
  };
}

/** Where scripts belong: patterns of the browser's. */
export interface Places {
  matches: readonly string[];
  except: readonly string[];
}

export interface SiteScripts {
  /** Makes what is registered equal to what should be. Safe at any time, any number of times, several at once. */
  sync(): Promise<void>;
  /** Puts both scripts into a page that is open. They guard against being there already. */
  inject(tabId: number): Promise<void>;
}

// The bridge listens before the page can see the provider.
const SCRIPTS = [
  { name: 'bridge', file: 'content/bridge.js', world: 'ISOLATED' },
  { name: 'provider', file: 'content/provider.js', world: 'MAIN' },
] as const;

/**
 * Keeps the browser's registered scripts in step. Chromium drops them at each update; a second registration of an id fails
 * in both browsers; and a worker may die between any two steps. So nothing is ever registered blindly.
 * @see MetaMask/metamask-extension #24514
 */
export function createSiteScripts(deps: {
  browser: ScriptingBrowser;
  places: () => Promise<Places>;
  /** One at a time, across whatever contexts of the extension there are. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}): SiteScripts {
  const { scripting } = deps.browser;

  const wanted = ({ matches, except }: Places): RegisteredScript[] =>
    matches.flatMap((pattern) =>
      SCRIPTS.map(({ name, file, world }) => ({
        id: `${name} ${pattern}`,
        matches: [pattern],
        ...(except.length === 0 ? {} : { excludeMatches: [...except] }),
        js: [file],
        runAt: 'document_start' as const,
        world,
        allFrames: false as const,
        persistAcrossSessions: true as const,
      })),
    );
  const isSame = (want: RegisteredScript, have: Found): boolean =>
    want.id === have.id && String(want.excludeMatches ?? []) === String(have.excludeMatches ?? []);

  return {
    sync: () =>
      deps.exclusively(async () => {
        const want = wanted(await deps.places());
        const have = await scripting.getRegisteredContentScripts();
        const drop = have.filter((each) => !want.some((script) => isSame(script, each)));
        const add = want.filter((script) => !have.some((each) => isSame(script, each)));
        if (drop.length > 0) {
          await scripting.unregisterContentScripts({ ids: drop.map(({ id }) => id) });
        }
        if (add.length > 0) await scripting.registerContentScripts(add);
      }),
    async inject(tabId) {
      for (const { file, world } of SCRIPTS) {
        const target = { tabId };
        await scripting.executeScript({ target, files: [file], world, injectImmediately: true });
      }
    },
  };
}
