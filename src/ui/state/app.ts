import type { WalletCall } from '../../messaging/client.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { type ExchangeReach, FREE_REACH } from './exchange-reach.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { noticingLocks } from './noticing-locks.ts';
import type { Presence } from './presence.ts';
import { createSession, type Session } from './session.ts';
import { createSettings, type SettingsActions } from './settings.ts';
import { createSitesState, NO_SITES, type SiteBrowser, type SitesState } from './sites.ts';
import { createTrading, type Trading } from './trading.ts';

/** `panel`: the browser's side panel or sidebar. */
export type Surface = 'popup' | 'panel' | 'full';

/** What a page brings along: the browser's side of things. */
export interface Outside {
  call: WalletCall;
  /** Hears what the background tells every surface. */
  listen(listener: (event: WalletEvent) => void): void;
  presence: Presence;
  surface: Surface;
  /** Absent where nobody could take the exchange's host back. */
  reach?: ExchangeReach;
  /** `location.hash` of the page. */
  hash: string;
  /** Opens the same app in a tab, at `hash`. */
  openFullPage(hash: string): void;
  /**
   * Where this page closes as soon as it loses the focus, as a popup does: opens the same app at `hash` in a window of its
   * own, and yields `true`. Anywhere else nothing happens.
   */
  moveToWindow(hash: string): Promise<boolean>;
  /** Absent where no site can be let in. */
  siteBrowser?: SiteBrowser;
}

/** All state of one surface. Screens get it and hand its parts to components as values and callbacks. */
export interface App {
  call: WalletCall;
  presence: Presence;
  surface: Surface;
  reach: ExchangeReach;
  session: Session;
  accounts: Accounts;
  settings: SettingsActions;
  drafts: Drafts;
  sites: SitesState;
  navigation: Navigation;
  trading: Trading;
  /** Opens the same app in a tab, at this hash or at the tab that is shown. */
  openFullPage(hash?: string): void;
  /** Moves to a window that survives losing the focus, with every draft, if this page would not. Yields whether it did. */
  moveToWindow(hash: string): Promise<boolean>;
}

export function createApp(outside: Outside): App {
  const { presence, surface, reach = FREE_REACH } = outside;
  const call = noticingLocks(outside.call, () => void session.open());
  const session = createSession(call);
  const drafts = createDrafts(call);
  const navigation = createNavigation(outside.hash);
  const sites = createSitesState(call, outside.siteBrowser ?? NO_SITES);
  session.onAccount((unlocked) => {
    if (unlocked) return navigation.restore(false);
    drafts.reset();
    sites.reset();
  });
  const trading = createTrading({ call, presence, session, drafts, navigation });
  outside.listen((event) => {
    session.hear(event);
    trading.hear(event);
    sites.hear(event);
  });
  return {
    call,
    presence,
    surface,
    reach,
    session,
    accounts: createAccounts(call, session),
    settings: createSettings(call, session),
    drafts,
    sites,
    navigation,
    trading,
    openFullPage: (hash = `#${navigation.tab.value}`) => outside.openFullPage(hash),
    async moveToWindow(hash) {
      await drafts.flush();
      return outside.moveToWindow(hash);
    },
  };
}
