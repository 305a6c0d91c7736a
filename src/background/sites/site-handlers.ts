import type { WalletHandlers } from '../../messaging/contract.ts';
import type { SitesView, SiteView } from '../../messaging/sites.ts';
import type { LogDraft } from '../records/log.ts';
import type { SiteLists } from './site-list.ts';
import type { Sites } from './sites.ts';

/** What a site was given, and what it did with it. */
export type SitePowers = Omit<SiteView, 'origin' | 'connectedAt'>;

type SiteHandlers = Pick<
  WalletHandlers,
  | 'sites.list'
  | 'sites.expect'
  | 'sites.connect'
  | 'sites.disconnect'
  | 'sites.block'
  | 'sites.everySite'
>;

export interface SiteServices {
  sites: Sites;
  list: SiteLists;
  powersOf: (origin: string) => Promise<SitePowers>;
  /** Writes a decision into the activity log. */
  note: (draft: LogDraft) => Promise<void>;
  now: () => number;
}

export function createSiteHandlers(services: SiteServices): SiteHandlers {
  const { sites, list, powersOf, now } = services;
  const view = async (): Promise<SitesView> => {
    const [{ connected, blocked }, everySite] = await Promise.all([list.read(), sites.everySite()]);
    const views = connected.map(async (site) => ({
      ...site,
      ...(await powersOf(site.origin)),
    }));
    return { sites: await Promise.all(views), blocked, everySite };
  };
  const then = async (work: Promise<void>): Promise<SitesView> => {
    await work;
    return view();
  };
  return {
    'sites.list': view,
    'sites.expect': async ({ origin }) => {
      await sites.expect(origin);
      return {};
    },
    'sites.connect': ({ origin }) => then(sites.connect(origin)),
    'sites.disconnect': ({ origin }) => then(sites.disconnect(origin)),
    'sites.block': async ({ origin, blocked }) => {
      await sites.block(origin, blocked);
      if (blocked) {
        await services.note({ at: now(), origin, what: 'block', decision: 'rejected' });
      }
      return view();
    },
    'sites.everySite': ({ on }) => then(sites.switchEverySite(on)),
  };
}
