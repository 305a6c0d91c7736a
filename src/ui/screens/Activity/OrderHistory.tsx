import { useEffect } from 'preact/hooks';
import { divide, isZero } from '../../../core/decimal.ts';
import { utcTime } from '../../../exchange/time.ts';
import type { HistoricOrder } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import { known } from '../../state/remote.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { Filled } from '../common/Filled.tsx';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { MarketName } from '../common/MarketName.tsx';
import { Side } from '../common/Side.tsx';
import { statusText } from '../common/status-text.ts';
import { When } from '../common/When.tsx';

const PRICE_PLACES = 8;

/** What was paid on average; for an order without a fill, what was asked. */
function Price({ order }: { order: HistoricOrder }) {
  const { executedQuantity, executedQuoteQuantity, price } = order;
  if (executedQuantity && executedQuoteQuantity && !isZero(executedQuantity)) {
    const average = divide(executedQuoteQuantity, executedQuantity, PRICE_PLACES);
    return <Amount value={average} decimals={placesFor(average)} />;
  }
  if (price && !isZero(price)) return <Amount value={price} />;
  return <span>{t('marketPrice')}</span>;
}

function Status({ order }: { order: HistoricOrder }) {
  return <span title={order.expiryReason ?? undefined}>{statusText(order.status)}</span>;
}

function columns(): readonly Column<HistoricOrder>[] {
  return [
    {
      key: 'order',
      header: t('columnOrder'),
      cell: (order) => {
        const at = utcTime(order.createdAt);
        return (
          <div class="cell-lines">
            <MarketName symbol={order.symbol} />
            <span class="secondary">
              <Side side={order.side} /> {Number.isNaN(at) ? order.createdAt : <When at={at} />}
            </span>
          </div>
        );
      },
    },
    {
      key: 'filled',
      header: t('columnFilled'),
      numeric: true,
      cell: (order) => <Filled order={order} />,
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
}

/** The exchange's history of the account's orders, newest first. It may lag behind the open ones. */
export function OrderHistory({ trading }: { trading: Trading }) {
  const { history, market } = trading;
  const remote = history.remote.value;
  const list = known(remote);
  const idle = remote.status === 'idle';
  useEffect(() => {
    void history.refresh();
  }, [history]);
  useEffect(() => {
    // Another account was chosen while this was open.
    if (idle) void history.refresh();
  }, [history, idle]);
  useEffect(() => {
    void market.ensureMarkets();
  }, [market]);
  const symbols = market.symbols.value;
  return (
    <div class="list">
      <Select
        label={t('market')}
        value={history.symbol.value}
        options={[
          { value: '', text: t('allMarkets') },
          ...symbols.map((symbol) => ({ value: symbol, text: symbol })),
        ]}
        onChange={history.filter}
      />
      <LoadFailure remote={remote} onRetry={() => void history.refresh()} />
      {(remote.status !== 'failed' || list) && (
        <Table
          caption={t('orderHistory')}
          hideCaption
          tall
          columns={columns()}
          rows={list?.value.rows ?? []}
          rowKey={({ id }) => id}
          skeletonRows={list ? 0 : 5}
          stale={remote.status === 'failed'}
          empty={
            <>
              <p class="empty-title">{t('noHistory')}</p>
              <p>{t('noHistoryHint')}</p>
            </>
          }
        />
      )}
      {list?.value.more && (
        <Button busy={remote.status === 'loading'} onPress={() => void history.loadMore()}>
          {t('loadMore')}
        </Button>
      )}
    </div>
  );
}
