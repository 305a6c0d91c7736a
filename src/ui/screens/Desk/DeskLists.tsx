import { useState } from 'preact/hooks';
import { Tabs } from '../../app/Tabs.tsx';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { Balances } from '../Balances/Balances.tsx';
import { OpenOrders } from '../Orders/OpenOrders.tsx';
import { Positions } from '../Orders/Positions.tsx';

const TABS = ['orders', 'positions', 'balances'] as const;
type DeskTab = (typeof TABS)[number];
const TEXTS = { orders: 'openOrders', positions: 'positions', balances: 'tabBalances' } as const;

function Panel({ app, tab, stale }: { app: App; tab: DeskTab; stale: boolean }) {
  switch (tab) {
    case 'orders':
      return <OpenOrders app={app} stale={stale} />;
    case 'positions':
      return <Positions app={app} stale={stale} />;
    case 'balances':
      return <Balances app={app} />;
  }
}

/** What the account has in the market and out of it, below the ticket. */
export function DeskLists({ app, stale }: { app: App; stale: boolean }) {
  const [tab, setTab] = useState<DeskTab>('orders');
  return (
    <section class="lists" aria-label={t('deskTabs')}>
      <Tabs
        id="desk"
        label={t('deskTabs')}
        items={TABS.map((name) => ({ tab: name, text: t(TEXTS[name]) }))}
        selected={tab}
        onSelect={setTab}
      />
      <div id="desk-panel" role="tabpanel" aria-labelledby={`desk-tab-${tab}`}>
        <Panel app={app} tab={tab} stale={stale} />
      </div>
    </section>
  );
}
