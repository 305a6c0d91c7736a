import { useMemo } from 'preact/hooks';
import type { Deposit } from '../../../exchange/transfer-types.ts';
import { Shortened } from '../../components/Shortened.tsx';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { histories } from '../../state/histories.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { ExactAmount } from './ExactAmount.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryOfAssets } from './filtered-histories.tsx';
import { TransferHead, TransferStatus } from './transfer-cells.tsx';

const columns = (): readonly Column<Deposit>[] => [
  { key: 'asset', header: t('columnAsset'), cell: (deposit) => <TransferHead {...deposit} /> },
  {
    key: 'quantity',
    header: t('columnQuantity'),
    numeric: true,
    cell: ({ quantity, transactionHash }) => (
      <div class="cell-lines">
        <ExactAmount value={quantity} />
        <span class="secondary">
          {transactionHash ? <Shortened text={transactionHash} /> : t('absent')}
        </span>
      </div>
    ),
  },
  {
    key: 'from',
    header: t('columnFrom'),
    wide: true,
    cell: ({ fromAddress }) => (fromAddress ? <Shortened text={fromAddress} /> : t('absent')),
  },
  {
    key: 'status',
    header: t('columnStatus'),
    numeric: true,
    cell: ({ status, source }) => <TransferStatus status={status} place={source} />,
  },
];

const depositFile: HistoryFile<Deposit> = {
  name: 'deposits',
  columns: [
    { name: 'createdAt', value: ({ createdAt }) => csvTime(createdAt) },
    { name: 'id', value: ({ id }) => id },
    { name: 'symbol', value: ({ symbol }) => symbol },
    { name: 'quantity', value: ({ quantity }) => quantity },
    { name: 'status', value: ({ status }) => status },
    { name: 'source', value: ({ source }) => source },
    { name: 'fromAddress', value: ({ fromAddress }) => fromAddress },
    { name: 'toAddress', value: ({ toAddress }) => toAddress },
    { name: 'transactionHash', value: ({ transactionHash }) => transactionHash },
  ],
};

/** What came in, newest first, as far back as a person scrolls. */
export function DepositHistory({ trading }: { trading: Trading }) {
  return (
    <HistoryOfAssets
      trading={trading}
      history={histories(trading).deposits}
      caption={t('deposits')}
      columns={useMemo(columns, [])}
      file={depositFile}
      empty={{ title: t('noDeposits'), hint: t('noDepositsHint') }}
    />
  );
}
