import { useEffect } from 'preact/hooks';
import type { IconName } from '../components/Icon.tsx';
import { Notice } from '../components/Notice.tsx';
import { useTouch } from '../components/use-touch.ts';
import { errorText } from '../error-text.ts';
import { Balances } from '../screens/Balances/Balances.tsx';
import { Unlock } from '../screens/Unlock/Unlock.tsx';
import type { App as AppState } from '../state/app.ts';
import { TABS, type Tab } from '../state/navigation.ts';
import { t } from '../text.ts';
import { Header } from './Header.tsx';
import {
  Activity,
  AddAccount,
  Damaged,
  follow,
  NoReach,
  NoStorage,
  Orders,
  RegisterKey,
  Restore,
  Settings,
  Trade,
  TradingDesk,
  Transfer,
  Welcome,
} from './lazily.tsx';
import { SiteBar } from './SiteBar.tsx';
import { Tabs } from './Tabs.tsx';

const ICONS: Record<Tab, IconName> = {
  balances: 'balances',
  orders: 'orders',
  trade: 'trade',
  transfer: 'transfer',
  activity: 'activity',
  settings: 'settings',
};

const SCREENS = {
  balances: Balances,
  orders: Orders,
  trade: Trade,
  transfer: Transfer,
  activity: Activity,
} as const;

const TAB_TEXTS = {
  balances: 'tabBalances',
  orders: 'tabOrders',
  trade: 'tabTrade',
  transfer: 'tabTransfer',
  activity: 'tabActivity',
  settings: 'tabSettings',
} as const;

/** What a tab shows: without an account, or with one the exchange does not know yet, the way to get there. */
function Panel({ app, tab }: { app: AppState; tab: Tab }) {
  const account = app.session.account.value;
  if (tab === 'settings') return <Settings app={app} />;
  if (!account) return <AddAccount app={app} />;
  if (account.status === 'unregistered') {
    return <RegisterKey key={account.id} app={app} account={account} />;
  }
  const Screen = tab === 'trade' && app.surface === 'full' ? TradingDesk : SCREENS[tab];
  return (
    <>
      <h1 class="visually-hidden">{t(TAB_TEXTS[tab])}</h1>
      <Screen key={account.id} app={app} />
    </>
  );
}

function Desk({ app }: { app: AppState }) {
  const tab = app.navigation.tab.value;
  useTouch(app.session.touch);
  useEffect(() => void follow(app.trading), [app]);
  return (
    <div class="desk">
      <Header app={app} freshness={app.trading.freshness.value} />
      <nav>
        <Tabs
          id="main"
          label={t('mainTabs')}
          items={TABS.map((name) => ({ tab: name, text: t(TAB_TEXTS[name]), icon: ICONS[name] }))}
          selected={tab}
          onSelect={app.navigation.go}
        />
      </nav>
      <main class="panel">
        {app.reach.isDenied.value && <NoReach reach={app.reach} />}
        {tab === 'balances' && app.sites.beside && <SiteBar sites={app.sites} />}
        <div id="main-panel" role="tabpanel" aria-labelledby={`main-tab-${tab}`} tabIndex={-1}>
          <Panel app={app} tab={tab} />
        </div>
      </main>
    </div>
  );
}

/** Buckle in a popup and in a tab. The session says which screen it is. */
export function App({ app }: { app: AppState }) {
  const state = app.session.state.value;
  switch (state.status) {
    case 'opening':
      return <main class="screen" aria-busy="true" />;
    case 'failed':
      if (state.error.code === 'STORAGE') return <NoStorage session={app.session} />;
      return (
        <main class="screen">
          <Notice
            kind="error"
            action={{ label: t('tryAgain'), onPress: () => void app.session.open() }}
          >
            {errorText(state.error)}
          </Notice>
        </main>
      );
    case 'unlocked':
      return <Desk app={app} />;
    case 'empty':
    case 'damaged':
    case 'locked':
      return <Outside app={app} status={state.status} />;
  }
}

/** Without an open vault. A restore that was begun stays, whatever the vault is. */
function Outside({ app, status }: { app: AppState; status: 'empty' | 'damaged' | 'locked' }) {
  if (app.navigation.restoring.value) return <Restore app={app} replaces={status !== 'empty'} />;
  if (status === 'empty') return <Welcome app={app} />;
  return status === 'damaged' ? <Damaged app={app} /> : <Unlock app={app} />;
}
