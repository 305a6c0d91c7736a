import { useState } from 'preact/hooks';
import { Tabs } from '../../app/Tabs.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { OrderHistory } from './OrderHistory.tsx';
import { SentRequests } from './SentRequests.tsx';

const TABS = ['history', 'requests'] as const;
type ActivityTab = (typeof TABS)[number];
const TEXTS = { history: 'orderHistory', requests: 'requests' } as const;

/** What was: on the exchange, and from this browser. */
export function Activity({ app }: { app: App }) {
  const [tab, setTab] = useState<ActivityTab>('history');
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
        {tab === 'history' ? (
          <OrderHistory trading={app.trading} />
        ) : (
          <SentRequests trading={app.trading} />
        )}
      </div>
    </div>
  );
}
