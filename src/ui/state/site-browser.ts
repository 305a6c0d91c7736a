import type { SiteBrowser } from './sites.ts';

/** The part of the browser that letting sites in needs. */
export interface TabsAndPermissions {
  runtime: { getURL(path: string): string };
  tabs: {
    query(filter: { active: true; currentWindow: true }): Promise<{ url?: string | undefined }[]>;
    get(id: number): Promise<{ url?: string | undefined }>;
  };
  permissions: { request(wanted: { origins: string[] }): Promise<boolean> };
}

/**
 * @param search - `location.search` of a popup: `?tab=7` names the tab where the popup itself is one. `undefined` for a surface
 * with no page beside it.
 */
export function createSiteBrowser(
  { runtime, tabs, permissions }: TabsAndPermissions,
  search: string | undefined,
): SiteBrowser {
  const ownUrl = runtime.getURL('');
  const named = new URLSearchParams(search).get('tab') ?? '';
  return {
    kind: ownUrl.startsWith('moz-extension:') ? 'firefox' : 'chrome',
    ownUrl,
    beside: search !== undefined,
    async tab() {
      if (search === undefined) return undefined;
      if (/^\d{1,15}$/.test(named)) return tabs.get(Number(named));
      return (await tabs.query({ active: true, currentWindow: true }))[0];
    },
    request: (pattern) => permissions.request({ origins: [pattern] }),
  };
}

/** The part of the browser that tells when another page may be beside. */
export interface ChangingTabs {
  tabs: {
    onActivated: { addListener(listener: () => void): void };
    onUpdated: { addListener(listener: (id: number, change: { url?: string }) => void): void };
  };
}

/** The same for a panel, which stays while the page beside it changes. */
export const createPanelSiteBrowser = (
  browser: TabsAndPermissions & ChangingTabs,
): SiteBrowser => ({
  ...createSiteBrowser(browser, ''),
  onMoved(listener) {
    browser.tabs.onActivated.addListener(listener);
    browser.tabs.onUpdated.addListener((_id, { url }) => {
      if (url !== undefined) listener();
    });
  },
});
