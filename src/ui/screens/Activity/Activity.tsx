import { useState } from 'preact/hooks';
import { Tabs } from '../../app/Tabs.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { FillHistory } from '../history/FillHistory.tsx';
import { OrderHistory } from '../history/OrderHistory.tsx';
import { ActivityLog } from './ActivityLog.tsx';
import { SentRequests } from './SentRequests.tsx';

const TABS = ['orders', 'fills', 'requests', 'log'] as const;
type ActivityTab = (typeof TABS)[number];
const TEXTS = {
  orders: 'orderHistory',
  fills: 'fills',
  requests: 'requests',
  log: 'log',
} as const;
const SCREENS = { orders: OrderHistory, fills: FillHistory, requests: SentRequests } as const;

function Panel({ app, tab }: { app: App; tab: ActivityTab }) {
  if (tab === 'log') return <ActivityLog app={app} />;
  const Screen = SCREENS[tab];
  return <Screen trading={app.trading} />;
}

/** What was: on the exchange, and from this browser. */
export function Activity({ app }: { app: App }) {
  const [tab, setTab] = useState<ActivityTab>('orders');
  return (
    <div class="activity">
      <Tabs
        id="activity"
        label={t('tabActivity')}
        items={TABS.map((name) => ({ tab: name, text: t(TEXTS[name]) }))}
        selected={tab}
        onSelect={setTab}
      />
      <div
        id="activity-panel"
        role="tabpanel"
        aria-labelledby={`activity-tab-${tab}`}
        class="activity-panel"
      >
        <Panel key={tab} app={app} tab={tab} />
      </div>
    </div>
  );
}
