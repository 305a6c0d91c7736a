import type { SiteEventName } from '../../messaging/site-contract.ts';
import { SITE_EVENT_CHANNEL, type SiteEventMessage } from '../../messaging/wire.ts';

/** A tab, as far as the browser tells: its address only where Buckle was let in. */
export interface SiteTab {
  id?: number | undefined;
  url?: string | undefined;
}

/** The part of the browser that open pages are found and told by. */
export interface TabsBrowser {
  query(filter: { url?: string }): Promise<readonly SiteTab[]>;
  sendMessage(tab: number, message: SiteEventMessage, to: { frameId: 0 }): Promise<unknown>;
}

export interface SiteTabs {
  /** Open tabs that show this very origin. Without a permission the browser names no address, and there are none. */
  of(origin: string): Promise<number[]>;
  /** Tells the pages in them. */
  tell(origin: string, name: SiteEventName, data: unknown): Promise<void>;
}

export function createSiteTabs(
  tabs: TabsBrowser,
  patternFor: (origin: string) => string,
): SiteTabs {
  const of = async (origin: string): Promise<number[]> => {
    const found = await tabs.query({ url: patternFor(origin) });
    return found.flatMap(({ id, url = '' }) =>
      id !== undefined && URL.canParse(url) && new URL(url).origin === origin ? [id] : [],
    );
  };
  const tell = async (origin: string, name: SiteEventName, data: unknown): Promise<void> => {
    const message = { channel: SITE_EVENT_CHANNEL, origin, name, data } as const;
    const open = await of(origin);
    // A page without a bridge hears nothing, which is no error.
    await Promise.allSettled(open.map((tab) => tabs.sendMessage(tab, message, { frameId: 0 })));
  };

  return { of, tell };
}
