import type { Driver, Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';

// What a person and a page do with each other in Buckle, by the same rules as in `steps.ts`.

/** A page of a site and the number of its tab. */
export interface SitePage {
  page: Surface;
  tab: number;
  origin: string;
}

/** A world, as far as it takes one here. */
interface In {
  driver: Driver;
}

const TABS = `async () => {
  const tabs = await (globalThis.browser ?? chrome).tabs.query({});
  return tabs.map(({ id }) => id);
}`;

/** Opens a page. Its tab is the one that was not there before. @param buckle - Any open page of Buckle's. */
export async function openSite({ driver }: In, buckle: Surface, url: string): Promise<SitePage> {
  const before = await buckle.evaluate<number[]>(TABS);
  const page = await driver.open(url);
  const tab = await until('the tab of the site', async () =>
    (await buckle.evaluate<number[]>(TABS)).find((id) => !before.includes(id)),
  );
  return { page, tab, origin: new URL(url).origin };
}

/** Buckle's popup over a page, in a tab of its own. */
export async function openPopupAt({ driver }: In, { page, tab }: SitePage): Promise<Surface> {
  await driver.pressAction(page);
  return driver.open(`src/ui/popup/index.html?tab=${tab}`, { width: 380, height: 600 });
}

/** Connect this site, as a person does it in the popup. */
export async function connectSite(world: In, site: SitePage): Promise<void> {
  await world.driver.allowSite(site.origin);
  const popup = await openPopupAt(world, site);
  await popup.role('button', 'Connect this site').click();
  await popup.role('button', 'Disconnect this site').waitFor();
  await popup.close();
  await until('window.buckle in the page', async () => (await hasBuckle(site.page)) || undefined);
}

export const hasBuckle = (page: Surface): Promise<boolean> =>
  page.evaluate('() => typeof window.buckle === "object"');

/** Disconnect this site, in the popup. */
export async function disconnectSite(world: In, site: SitePage): Promise<void> {
  const popup = await openPopupAt(world, site);
  await popup.role('button', 'Disconnect this site').click();
  await popup.role('button', 'Connect this site').waitFor();
  await popup.close();
}
