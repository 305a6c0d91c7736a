import { useMemo, useState } from 'preact/hooks';
import type { RequestView } from '../../../messaging/requests.ts';
import { singleOf } from '../../../messaging/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import type { App } from '../../state/app.ts';
import { isOpen } from '../../state/fate.ts';
import { known } from '../../state/remote.ts';
import { plural, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { RequestNotices } from '../common/RequestNotices.tsx';
import { CancelAll } from './CancelAll.tsx';
import { orderColumns } from './order-columns.tsx';
import { Positions } from './Positions.tsx';

/** What rests on the exchange, and what is held there. */
export function Orders({ app }: { app: App }) {
  const { orders, market, requests, freshness } = app.trading;
  const [cancelling, setCancelling] = useState<(typeof orders.byMarket)['value']>();
  const remote = orders.remote.value;
  const list = known(remote);
  const rows = orders.listed.value;
  const unlisted = orders.unlisted.value;
  const columns = useMemo(() => orderColumns(orders, market), [orders, market]);
  const state = freshness.value?.state;
  const stale = state === 'stale' || state === 'offline';
  /** What is being waited for shows at the order itself, as long as that is listed. */
  const isInItsRow = (view: RequestView): boolean =>
    view.instruction === 'orderCancel' &&
    isOpen(view) &&
    rows.some(({ id }) => id === singleOf(view).orderId);
  return (
    <div class="orders">
      <RequestNotices requests={requests} isElsewhere={isInItsRow} />
      <LoadFailure remote={remote} onRetry={() => void orders.refresh()} />
      {(remote.status !== 'failed' || list) && (
        <section class="list">
          <div class="list-head">
            <h2>{t('openOrders')}</h2>
            {rows.length > 0 && (
              <Button
                small
                kind="danger"
                // Until all are known, nobody can see what would be cancelled.
                disabled={unlisted > 0}
                onPress={() => setCancelling(orders.byMarket.value)}
              >
                {t('cancelAllOrdersCount', rows.length + unlisted)}
              </Button>
            )}
          </div>
          <Table
            caption={t('openOrders')}
            hideCaption
            tall
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            skeletonRows={list ? 0 : 3}
            stale={stale}
            empty={
              <>
                <p class="empty-title">{t('noOrders')}</p>
                <p>{t('noOrdersHint')}</p>
                <Button onPress={() => app.navigation.go('trade')}>{t('goToTrade')}</Button>
              </>
            }
          />
          {unlisted > 0 && <p class="secondary">{plural('ordersToCome', unlisted)}</p>}
        </section>
      )}
      <Positions app={app} stale={stale} />
      {cancelling && (
        <CancelAll orders={orders} markets={cancelling} onBack={() => setCancelling(undefined)} />
      )}
    </div>
  );
}
