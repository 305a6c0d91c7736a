import { useMemo } from 'preact/hooks';
import { utcTime } from '../../../exchange/time.ts';
import type { Deposit } from '../../../exchange/transfer-types.ts';
import { Shortened } from '../../components/Shortened.tsx';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { histories } from '../../state/histories.ts';
import { known } from '../../state/remote.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { ExactAmount } from './ExactAmount.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryList } from './HistoryList.tsx';
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
    {
      name: 'createdAt',
      value: ({ createdAt: at }) => (at == null ? '' : csvTime(utcTime(at), at)),
    },
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

/** Assets that can be filtered by: those that the account holds, and those of the rows that are there. */
export const assetsOf = (trading: Trading, rows: readonly { symbol: string }[]): string[] => {
  const held = Object.keys(known(trading.balances.remote.value)?.value ?? {});
  const { deposits, withdrawals } = histories(trading);
  const chosen = [deposits, withdrawals].map(({ filter }) => filter.value.symbol);
  const all = new Set([...held, ...rows.map(({ symbol }) => symbol), ...chosen]);
  return [...all].filter((symbol) => symbol !== '').sort();
};

/** What came in, newest first, as far back as a person scrolls. */
export function DepositHistory({ trading }: { trading: Trading }) {
  const { deposits } = histories(trading);
  const rows = known(deposits.remote.value)?.value.rows ?? [];
  return (
    <HistoryList
      history={deposits}
      caption={t('deposits')}
      columns={useMemo(columns, [])}
      file={depositFile}
      symbolLabel={t('asset')}
      allSymbols={t('allAssets')}
      symbols={assetsOf(trading, rows)}
      empty={{ title: t('noDeposits'), hint: t('noDepositsHint') }}
    />
  );
}
