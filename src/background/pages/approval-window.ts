import { createQueue } from '../../core/queue.ts';
import type { BrowserKind } from '../../policy/site-origin.ts';
import type { SessionValue } from '../session-memory.ts';

/** The part of the browser that the approval window needs. */
export interface WindowBrowser {
  runtime: {
    getURL(path: string): string;
    getContexts(filter: object): Promise<readonly { documentUrl?: string; windowId?: number }[]>;
  };
  windows: {
    create(options: {
      type: 'popup';
      url: string;
      width: number;
      height: number;
      allowScriptsToClose?: boolean;
    }): Promise<{ id?: number | undefined }>;
    get(id: number): Promise<unknown>;
    onRemoved: { addListener(listener: (window: number) => Promise<void> | undefined): void };
  };
}

export interface ApprovalWindow {
  /** To be called in the worker's first turn. `closed` is called when a person closes it, whichever worker opened it. */
  register(closed: () => Promise<void>): void;
  /** There is one afterwards: the one that is open, or a new one. */
  open(): Promise<void>;
  /** Recognises the window that an earlier worker opened and did not live to write down. */
  adopt(): Promise<void>;
}

const PAGE = 'src/ui/approval/index.html';
const SIZE = { width: 420, height: 640 };

/**
 * The one window in which a person decides. Nothing of what is asked is in its address. Which window it is outlives this
 * worker; and should a worker have died between opening it and writing that down, it is found by its page.
 */
export function createApprovalWindow(deps: {
  browser: WindowBrowser;
  kind: BrowserKind;
  known: SessionValue;
}): ApprovalWindow {
  const { browser, known } = deps;
  const serial = createQueue();
  const url = browser.runtime.getURL(PAGE);

  const findOpen = async (): Promise<number | undefined> => {
    const contexts = await browser.runtime.getContexts({});
    return contexts.find(({ documentUrl }) => documentUrl === url)?.windowId;
  };
  /** The one that was written down may not have loaded its page yet. */
  const opened = async (): Promise<number | undefined> => {
    const written = await known.get();
    if (typeof written !== 'number') return findOpen();
    const isThere = await browser.windows.get(written).then(
      () => true,
      () => false,
    );
    return isThere ? written : undefined;
  };
  const create = async (): Promise<number | undefined> => {
    // Only Firefox keeps a window's own page from closing it, and only Firefox knows the word.
    const closable = deps.kind === 'firefox' ? { allowScriptsToClose: true } : {};
    return (await browser.windows.create({ type: 'popup', url, ...SIZE, ...closable })).id;
  };

  return {
    register(closed) {
      browser.windows.onRemoved.addListener((window) =>
        serial(async () => {
          if ((await known.get()) !== window) return false;
          await known.remove();
          return true;
        }).then((isOurs) => (isOurs ? closed() : undefined)),
      );
    },
    open: () =>
      serial(async () => {
        const id = (await opened()) ?? (await create());
        if (id !== undefined) await known.set(id);
      }),
    adopt: () =>
      serial(async () => {
        const id = await opened();
        if (id !== undefined) await known.set(id);
      }),
  };
}
