import { useState } from 'preact/hooks';
import { Tabs } from '../../app/Tabs.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { FillHistory } from '../history/FillHistory.tsx';
import { OrderHistory } from '../history/OrderHistory.tsx';
import { SentRequests } from './SentRequests.tsx';

const TABS = ['orders', 'fills', 'requests'] as const;
type ActivityTab = (typeof TABS)[number];
const TEXTS = { orders: 'orderHistory', fills: 'fills', requests: 'requests' } as const;
const SCREENS = { orders: OrderHistory, fills: FillHistory, requests: SentRequests } as const;

/** What was: on the exchange, and from this browser. */
export function Activity({ app }: { app: App }) {
  const [tab, setTab] = useState<ActivityTab>('orders');
  const Screen = SCREENS[tab];
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
        <Screen key={tab} trading={app.trading} />
      </div>
    </div>
  );
}
