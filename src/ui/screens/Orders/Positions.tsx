import { useCallback, useMemo, useState } from 'preact/hooks';
import { add, assertDecimal, isNegative } from '../../../core/decimal.ts';
import { ClosePosition } from '../../app/lazily.tsx';
import { Amount } from '../../components/Amount.tsx';
import { Table } from '../../components/Table.tsx';
import type { App } from '../../state/app.ts';
import { liquidation } from '../../state/liquidation.ts';
import { known } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { positionColumns } from './position-columns.tsx';

const ZERO = assertDecimal('0');

/** What is held in futures, what it has made so far, and the way out of it. */
export function Positions({ app, stale }: { app: App; stale: boolean }) {
  const remote = app.trading.orders.positions.value;
  const list = known(remote);
  const rows = list?.value ?? [];
  const [asked, setAsked] = useState<{ symbol: string; open: boolean }>();
  const { prices } = liquidation(app.trading);
  const columns = useMemo(
    () => positionColumns(prices.value, ({ symbol }) => setAsked({ symbol, open: true })),
    [prices.value],
  );
  const close = useCallback(() => setAsked((before) => before && { ...before, open: false }), []);
  const total = rows.reduce((sum, { pnlUnrealized }) => add(sum, pnlUnrealized), ZERO);
  return (
    <section class="list">
      <div class="list-head">
        <h2>{t('positions')}</h2>
        {rows.length > 1 && (
          <p class="secondary">
            {t('unrealisedTotal')}{' '}
            <span class={isNegative(total) ? 'ask' : 'bid'}>
              <Amount value={total} decimals={2} padded />
            </span>
          </p>
        )}
      </div>
      {asked && <ClosePosition app={app} {...asked} onBack={close} />}
      <LoadFailure remote={remote} onRetry={() => void app.trading.orders.refresh()} />
      {(remote.status !== 'failed' || list) && (
        <Table
          caption={t('positions')}
          hideCaption
          tall
          columns={columns}
          rows={rows}
          rowKey={({ symbol }) => symbol}
          skeletonRows={list ? 0 : 1}
          stale={stale}
          empty={
            <>
              <p class="empty-title">{t('noPositions')}</p>
              <p>{t('noPositionsHint')}</p>
            </>
          }
        />
      )}
    </section>
  );
}
