import { useMemo, useState } from 'preact/hooks';
import type { Order } from '../../../exchange/types.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import type { App } from '../../state/app.ts';
import { known } from '../../state/remote.ts';
import { plural, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { CancelAll } from './CancelAll.tsx';
import { EditOrder } from './lazily.tsx';
import { orderColumns } from './order-columns.tsx';

/** What rests on the exchange, each order with its cancel and its edit, and the cancel of all. */
export function OpenOrders({ app, stale }: { app: App; stale: boolean }) {
  const { orders, market } = app.trading;
  const [cancelling, setCancelling] = useState<(typeof orders.byMarket)['value']>();
  const [editing, setEditing] = useState<Order>();
  const remote = orders.remote.value;
  const list = known(remote);
  const rows = orders.listed.value;
  const unlisted = orders.unlisted.value;
  const columns = useMemo(() => orderColumns(orders, market, setEditing), [orders, market]);
  return (
    <>
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
                {app.navigation.tab.value !== 'trade' && (
                  <Button onPress={() => app.navigation.go('trade')}>{t('goToTrade')}</Button>
                )}
              </>
            }
          />
          {unlisted > 0 && <p class="secondary">{plural('ordersToCome', unlisted)}</p>}
        </section>
      )}
      {editing && (
        <EditOrder
          key={editing.id}
          trading={app.trading}
          order={editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {cancelling && (
        <CancelAll orders={orders} markets={cancelling} onBack={() => setCancelling(undefined)} />
      )}
    </>
  );
}
