import { useState } from 'preact/hooks';
import { Choice } from '../../components/Choice.tsx';
import type { App } from '../../state/app.ts';
import { transferring } from '../../state/transferring.ts';
import { t } from '../../text.ts';
import { DepositHistory } from '../history/DepositHistory.tsx';
import { WithdrawalHistory } from '../history/WithdrawalHistory.tsx';
import { TransferList } from './TransferList.tsx';

type View = 'latest' | 'withdrawals' | 'deposits';

/** Deposits and withdrawals in one list, newest first; or each for itself, back to the beginning, with filters and a file. */
export function Transfers({ app }: { app: App }) {
  const [view, setView] = useState<View>('latest');
  const { transfers } = transferring(app.trading);
  return (
    <div class="stack">
      <Choice
        label={t('transfersShown')}
        hideLabel
        value={view}
        options={[
          { value: 'latest', text: t('latest') },
          { value: 'withdrawals', text: t('withdrawals') },
          { value: 'deposits', text: t('deposits') },
        ]}
        onChange={setView}
      />
      {view === 'latest' && (
        <TransferList
          caption={t('transfers')}
          transfers={transfers}
          remotes={[transfers.withdrawals.value, transfers.deposits.value]}
          empty={{ title: t('noTransfers'), hint: t('noTransfersHint') }}
        />
      )}
      {view === 'withdrawals' && <WithdrawalHistory trading={app.trading} />}
      {view === 'deposits' && <DepositHistory trading={app.trading} />}
    </div>
  );
}
