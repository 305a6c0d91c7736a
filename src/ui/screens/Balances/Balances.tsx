import { useState } from 'preact/hooks';
import { type Decimal, isZero } from '../../../core/decimal.ts';
import type { AssetRow, Valuation } from '../../../exchange/valuation.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import type { App } from '../../state/app.ts';
import { known } from '../../state/remote.ts';
import { plural, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { SplitBar } from './SplitBar.tsx';

const VALUE_PLACES = 2;

function quantity(value: Decimal, live = false) {
  if (isZero(value)) return <span class="nothing">0</span>;
  return <Amount value={value} decimals={placesFor(value)} live={live} />;
}

function columns(): readonly Column<AssetRow>[] {
  return [
    { key: 'asset', header: t('columnAsset'), cell: ({ asset }) => <strong>{asset}</strong> },
    {
      key: 'available',
      header: t('columnAvailable'),
      numeric: true,
      cell: ({ available }) => quantity(available, true),
    },
    {
      key: 'locked',
      header: t('columnLocked'),
      numeric: true,
      cell: ({ locked }) => quantity(locked),
    },
    {
      key: 'staked',
      header: t('columnStaked'),
      numeric: true,
      cell: ({ staked }) => quantity(staked),
    },
    {
      key: 'value',
      header: t('columnValue'),
      numeric: true,
      cell: ({ value }) =>
        value === undefined ? t('absent') : <Amount value={value} decimals={VALUE_PLACES} padded />,
    },
  ];
}

function Total({ valuation, stale }: { valuation: Valuation | undefined; stale: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a figure with a name is no set of form fields
    <div role="group" aria-label={t('totalValue')} class={stale ? 'total stale' : 'total'}>
      <p class="total-label">{t('totalValue')}</p>
      <p class="total-figure">
        {valuation ? (
          <Amount value={valuation.total} decimals={VALUE_PLACES} padded unit="USDC" />
        ) : (
          <Skeleton />
        )}
      </p>
      {valuation && <SplitBar rows={valuation.held} />}
      {valuation !== undefined && valuation.unpriced > 0 && (
        <p class="secondary">{plural('totalLeavesOut', valuation.unpriced)}</p>
      )}
    </div>
  );
}

function goDeposit({ navigation }: App): void {
  navigation.goTransfer('deposit');
  navigation.go('transfer');
}

/** What the account holds and what it is worth. */
export function Balances({ app }: { app: App }) {
  const { balances, freshness, market } = app.trading;
  const [unfolded, setUnfolded] = useState(false);
  const remote = balances.remote.value;
  const valuation = balances.valuation.value;
  const prices = market.tickers.value;
  // Before the first prices have come the total would be that of USDC alone.
  const isPriced = prices.status === 'failed' || known(prices) !== undefined;
  const state = freshness.value?.state;
  const stale = state === 'stale' || state === 'offline';
  const empty = valuation?.empty ?? [];
  const rows = [...(valuation?.held ?? []), ...(unfolded ? empty : [])];
  return (
    <div class="balances">
      <LoadFailure remote={remote} onRetry={() => void balances.refresh()} />
      {remote.status === 'failed' && !valuation ? null : (
        <>
          <Total valuation={isPriced ? valuation : undefined} stale={stale} />
          <Table
            caption={t('tabBalances')}
            hideCaption
            columns={columns()}
            rows={rows}
            rowKey={({ asset }) => asset}
            skeletonRows={valuation ? 0 : 4}
            stale={stale}
            empty={
              <>
                <p class="empty-title">{t('noBalances')}</p>
                <p>{t('noBalancesHint')}</p>
                <Button onPress={() => goDeposit(app)}>{t('deposit')}</Button>
              </>
            }
          />
          {empty.length > 0 && (
            <Button small onPress={() => setUnfolded(!unfolded)}>
              {unfolded ? t('hideZeroBalances') : plural('showZeroBalances', empty.length)}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
