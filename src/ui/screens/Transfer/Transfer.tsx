import { Tabs } from '../../app/Tabs.tsx';
import type { App } from '../../state/app.ts';
import { TRANSFER_TABS } from '../../state/navigation.ts';
import { t } from '../../text.ts';
import { Deposit } from './Deposit.tsx';
import { Transfers } from './Transfers.tsx';
import { Withdraw } from './Withdraw.tsx';

const TEXTS = { withdraw: 'withdraw', deposit: 'deposit', transfers: 'transfers' } as const;
const SCREENS = { withdraw: Withdraw, deposit: Deposit, transfers: Transfers } as const;

/** Money out and in. */
export function Transfer({ app }: { app: App }) {
  const tab = app.navigation.transferTab.value;
  const Screen = SCREENS[tab];
  return (
    <div class="transfer">
      <Tabs
        id="transfer"
        label={t('tabTransfer')}
        items={TRANSFER_TABS.map((name) => ({ tab: name, text: t(TEXTS[name]) }))}
        selected={tab}
        onSelect={app.navigation.goTransfer}
      />
      <div
        id="transfer-panel"
        role="tabpanel"
        aria-labelledby={`transfer-tab-${tab}`}
        class="transfer-panel"
      >
        <Screen app={app} />
      </div>
    </div>
  );
}
