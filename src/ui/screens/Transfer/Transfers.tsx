import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { TransferList } from './TransferList.tsx';

/** Deposits and withdrawals in one list, newest first. */
export function Transfers({ app }: { app: App }) {
  const { transfers } = app.trading.transfer;
  return (
    <TransferList
      caption={t('transfers')}
      transfers={transfers}
      remotes={[transfers.withdrawals.value, transfers.deposits.value]}
      empty={{ title: t('noTransfers'), hint: t('noTransfersHint') }}
    />
  );
}
