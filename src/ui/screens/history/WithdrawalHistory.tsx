import { useMemo } from 'preact/hooks';
import type { Withdrawal } from '../../../exchange/transfer-types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Shortened } from '../../components/Shortened.tsx';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { histories } from '../../state/histories.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { ExactAmount } from './ExactAmount.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryOfAssets } from './filtered-histories.tsx';
import { HistoryTime } from './HistoryTime.tsx';
import { TransferHead, TransferStatus } from './transfer-cells.tsx';

/** Either field may hold the transaction's hash. */
const hashOf = ({ transactionHash, identifier }: Withdrawal): string | undefined =>
  transactionHash || identifier || undefined;

/** Its transaction, or when a delayed one will start. */
function Progress({ withdrawal }: { withdrawal: Withdrawal }) {
  const hash = hashOf(withdrawal);
  if (hash) return <Shortened text={hash} />;
  if (withdrawal.triggerAt == null) return <span>{t('absent')}</span>;
  return (
    <span>
      {t('startsAt')} <HistoryTime moment={withdrawal.triggerAt} />
    </span>
  );
}

const columns = (): readonly Column<Withdrawal>[] => [
  { key: 'asset', header: t('columnAsset'), cell: (row) => <TransferHead {...row} /> },
  {
    key: 'quantity',
    header: t('columnQuantityTo'),
    numeric: true,
    cell: ({ quantity, toAddress }) => (
      <div class="cell-lines">
        <ExactAmount value={quantity} />
        <span class="secondary">{toAddress ? <Shortened text={toAddress} /> : t('absent')}</span>
      </div>
    ),
  },
  {
    key: 'fee',
    header: t('columnFeeTransaction'),
    numeric: true,
    wide: true,
    cell: (withdrawal) => (
      <div class="cell-lines">
        {withdrawal.fee == null ? <span>{t('absent')}</span> : <Amount value={withdrawal.fee} />}
        <span class="secondary">
          <Progress withdrawal={withdrawal} />
        </span>
      </div>
    ),
  },
  {
    key: 'status',
    header: t('columnStatus'),
    numeric: true,
    cell: ({ status, blockchain, isInternal }) => (
      <TransferStatus status={status} place={isInternal ? t('transferInternal') : blockchain} />
    ),
  },
];

const withdrawalFile: HistoryFile<Withdrawal> = {
  name: 'withdrawals',
  columns: [
    { name: 'createdAt', value: ({ createdAt }) => csvTime(createdAt) },
    { name: 'id', value: ({ id }) => id },
    { name: 'clientId', value: ({ clientId }) => clientId },
    { name: 'symbol', value: ({ symbol }) => symbol },
    { name: 'quantity', value: ({ quantity }) => quantity },
    { name: 'fee', value: ({ fee }) => fee },
    { name: 'status', value: ({ status }) => status },
    { name: 'blockchain', value: ({ blockchain }) => blockchain },
    { name: 'toAddress', value: ({ toAddress }) => toAddress },
    { name: 'transactionHash', value: hashOf },
    { name: 'isInternal', value: ({ isInternal }) => isInternal },
    { name: 'triggerAt', value: ({ triggerAt }) => csvTime(triggerAt) },
  ],
};

/** What went out or is on its way, newest first. */
export function WithdrawalHistory({ trading }: { trading: Trading }) {
  return (
    <HistoryOfAssets
      trading={trading}
      history={histories(trading).withdrawals}
      caption={t('withdrawals')}
      columns={useMemo(columns, [])}
      file={withdrawalFile}
      empty={{ title: t('noWithdrawals'), hint: t('noWithdrawalsHint') }}
    />
  );
}
