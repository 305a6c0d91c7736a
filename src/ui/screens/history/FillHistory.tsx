import { useMemo } from 'preact/hooks';
import type { Fill } from '../../../exchange/types.ts';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { histories } from '../../state/histories.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { MarketName } from '../common/MarketName.tsx';
import { Side } from '../common/Side.tsx';
import { CutAmount, ExactAmount } from './ExactAmount.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryOfMarkets } from './filtered-histories.tsx';
import { HistoryTime } from './HistoryTime.tsx';

function Role({ isMaker }: Fill) {
  if (isMaker == null) return null;
  return <span class="secondary">{t(isMaker ? 'maker' : 'taker')}</span>;
}

const columns = (): readonly Column<Fill>[] => [
  {
    key: 'fill',
    header: t('columnFill'),
    cell: ({ symbol, side, timestamp, orderId }) => (
      <div class="cell-lines" title={t('orderIdIs', orderId)}>
        <MarketName symbol={symbol} />
        <span class="secondary">
          <Side side={side} /> <HistoryTime moment={timestamp} />
        </span>
      </div>
    ),
  },
  {
    key: 'quantity',
    header: t('columnQuantityPrice'),
    numeric: true,
    cell: ({ quantity, price }) => (
      <div class="cell-lines">
        <ExactAmount value={quantity} />
        <span class="secondary">
          {t('at')} <ExactAmount value={price} />
        </span>
      </div>
    ),
  },
  {
    key: 'id',
    header: t('columnOrderId'),
    wide: true,
    cell: ({ orderId }) => <span class="amount">{orderId}</span>,
  },
  {
    key: 'fee',
    header: t('columnFee'),
    numeric: true,
    cell: (fill) => (
      <div class="cell-lines">
        {fill.fee == null ? (
          <span>{t('absent')}</span>
        ) : (
          <CutAmount value={fill.fee} unit={fill.feeSymbol ?? ''} />
        )}
        <Role {...fill} />
      </div>
    ),
  },
];

const fillFile: HistoryFile<Fill> = {
  name: 'fills',
  columns: [
    { name: 'timestamp', value: ({ timestamp }) => csvTime(timestamp) },
    { name: 'symbol', value: ({ symbol }) => symbol },
    { name: 'side', value: ({ side }) => side },
    { name: 'price', value: ({ price }) => price },
    { name: 'quantity', value: ({ quantity }) => quantity },
    { name: 'fee', value: ({ fee }) => fee },
    { name: 'feeSymbol', value: ({ feeSymbol }) => feeSymbol },
    { name: 'isMaker', value: ({ isMaker }) => isMaker },
    { name: 'orderId', value: ({ orderId }) => orderId },
    { name: 'clientId', value: ({ clientId }) => clientId },
    { name: 'tradeId', value: ({ tradeId }) => tradeId },
  ],
};

/** What the account's orders traded, each trade by itself, with its fee. */
export function FillHistory({ trading }: { trading: Trading }) {
  return (
    <HistoryOfMarkets
      trading={trading}
      history={histories(trading).fills}
      caption={t('fills')}
      columns={useMemo(columns, [])}
      file={fillFile}
      empty={{ title: t('noFills'), hint: t('noFillsHint') }}
    />
  );
}
