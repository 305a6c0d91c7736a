import { useMemo } from 'preact/hooks';
import { divide, isZero } from '../../../core/decimal.ts';
import type { HistoricOrder } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import { placesFor } from '../../places.ts';
import { histories } from '../../state/histories.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { Size } from '../common/Filled.tsx';
import { MarketName } from '../common/MarketName.tsx';
import { Side } from '../common/Side.tsx';
import { statusText } from '../common/status-text.ts';
import { ExactAmount } from './ExactAmount.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryOfMarkets } from './filtered-histories.tsx';
import { HistoryTime } from './HistoryTime.tsx';

const PRICE_PLACES = 8;

/** What was paid on average; for an order without a fill, what was asked. */
function Price({ order }: { order: HistoricOrder }) {
  const { executedQuantity, executedQuoteQuantity, orderType, price } = order;
  if (executedQuantity && executedQuoteQuantity && !isZero(executedQuantity)) {
    const average = divide(executedQuoteQuantity, executedQuantity, PRICE_PLACES);
    return <Amount value={average} decimals={placesFor(average)} />;
  }
  if (price && !isZero(price)) return <Amount value={price} />;
  return <span>{t(orderType === 'Market' ? 'marketPrice' : 'absent')}</span>;
}

function Executed({ order: { executedQuantity } }: { order: HistoricOrder }) {
  return executedQuantity == null ? (
    <span>{t('absent')}</span>
  ) : (
    <ExactAmount value={executedQuantity} />
  );
}

function Status({ order }: { order: HistoricOrder }) {
  return <span title={order.expiryReason ?? undefined}>{statusText(order.status)}</span>;
}

const columns = (): readonly Column<HistoricOrder>[] => [
  {
    key: 'order',
    header: t('columnOrder'),
    cell: (order) => (
      <div class="cell-lines" title={t('orderIdIs', order.id)}>
        <MarketName symbol={order.symbol} />
        <span class="secondary">
          <Side side={order.side} /> <HistoryTime moment={order.createdAt} />
        </span>
      </div>
    ),
  },
  {
    key: 'filled',
    header: t('columnFilled'),
    numeric: true,
    cell: (order) => (
      <div class="cell-lines">
        <Executed order={order} />
        <span class="secondary">
          {t('filledOfWord')} <Size {...order} />
        </span>
      </div>
    ),
  },
  {
    key: 'id',
    header: t('columnOrderId'),
    wide: true,
    cell: ({ id, orderType }) => (
      <div class="cell-lines">
        <span class="amount">{id}</span>
        <span class="secondary">{orderType}</span>
      </div>
    ),
  },
  {
    key: 'price',
    header: t('columnPriceStatus'),
    numeric: true,
    cell: (order) => (
      <div class="cell-lines">
        <Price order={order} />
        <span class="secondary">
          <Status order={order} />
        </span>
      </div>
    ),
  },
];

const orderFile: HistoryFile<HistoricOrder> = {
  name: 'orders',
  columns: [
    { name: 'createdAt', value: ({ createdAt }) => csvTime(createdAt) },
    { name: 'id', value: ({ id }) => id },
    { name: 'clientId', value: ({ clientId }) => clientId },
    { name: 'symbol', value: ({ symbol }) => symbol },
    { name: 'side', value: ({ side }) => side },
    { name: 'orderType', value: ({ orderType }) => orderType },
    { name: 'price', value: ({ price }) => price },
    { name: 'quantity', value: ({ quantity }) => quantity },
    { name: 'quoteQuantity', value: ({ quoteQuantity }) => quoteQuantity },
    { name: 'executedQuantity', value: ({ executedQuantity }) => executedQuantity },
    { name: 'executedQuoteQuantity', value: ({ executedQuoteQuantity }) => executedQuoteQuantity },
    { name: 'status', value: ({ status }) => status },
    { name: 'expiryReason', value: ({ expiryReason }) => expiryReason },
    { name: 'timeInForce', value: ({ timeInForce }) => timeInForce },
    { name: 'postOnly', value: ({ postOnly }) => postOnly },
    { name: 'triggerPrice', value: ({ triggerPrice }) => triggerPrice },
    { name: 'triggerQuantity', value: ({ triggerQuantity }) => triggerQuantity },
    { name: 'triggerBy', value: ({ triggerBy }) => triggerBy },
  ],
};

/** The exchange's history of the account's orders. It may lag behind the open ones. */
export function OrderHistory({ trading }: { trading: Trading }) {
  return (
    <HistoryOfMarkets
      trading={trading}
      history={histories(trading).orders}
      caption={t('orderHistory')}
      columns={useMemo(columns, [])}
      file={orderFile}
      empty={{ title: t('noHistory'), hint: t('noHistoryHint') }}
    />
  );
}
