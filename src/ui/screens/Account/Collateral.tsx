import { type Decimal, isZero } from '../../../core/decimal.ts';
import type { MarginSummary } from '../../../exchange/answers/account.ts';
import { Amount } from '../../components/Amount.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import { known, type Remote } from '../../state/remote.ts';
import { type MessageKey, t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';

type Row = MarginSummary['collateral'][number];

const money = (value: Decimal | null | undefined) =>
  value == null ? t('absent') : <Amount value={value} decimals={2} padded unit="USD" />;

const TOTALS = [
  ['netEquity', 'netEquity'],
  ['netEquityAvailable', 'netEquityAvailable'],
  ['liabilitiesValue', 'liabilities'],
  ['pnlUnrealized', 'columnUnrealised'],
] as const satisfies readonly (readonly [keyof MarginSummary, MessageKey])[];

const columns = (): readonly Column<Row>[] => [
  { key: 'asset', header: t('columnAsset'), cell: ({ symbol }) => <strong>{symbol}</strong> },
  {
    key: 'quantity',
    header: t('columnQuantity'),
    numeric: true,
    cell: ({ totalQuantity: all }) =>
      all == null ? t('absent') : <Amount value={all} decimals={placesFor(all)} />,
  },
  {
    key: 'weight',
    header: t('columnWeight'),
    numeric: true,
    cell: ({ collateralWeight }) => <>{collateralWeight ?? t('absent')}</>,
  },
  {
    key: 'value',
    header: t('columnValue'),
    numeric: true,
    cell: ({ collateralValue }) => money(collateralValue),
  },
];

interface CollateralProps {
  collateral: Remote<MarginSummary>;
  stale: boolean;
  onRetry: () => void;
}

/** What stands behind loans and positions, and how far it is used. */
export function Collateral({ collateral, stale, onRetry }: CollateralProps) {
  const summary = known(collateral)?.value;
  const rows = summary?.collateral.filter(({ totalQuantity: all }) => all == null || !isZero(all));
  return (
    <section>
      <h2>{t('collateral')}</h2>
      <LoadFailure remote={collateral} onRetry={onRetry} />
      {summary && (
        <dl class={stale ? 'review-fields stale' : 'review-fields'}>
          {TOTALS.map(([name, key]) => (
            <div key={name}>
              <dt>{t(key)}</dt>
              <dd>{money(summary[name])}</dd>
            </div>
          ))}
          <div>
            <dt>{t('marginFraction')}</dt>
            <dd>{summary.marginFraction ?? t('marginNone')}</dd>
          </div>
        </dl>
      )}
      {(collateral.status !== 'failed' || summary) && (
        <Table
          caption={t('collateral')}
          hideCaption
          columns={columns()}
          rows={rows ?? []}
          rowKey={({ symbol }) => symbol}
          skeletonRows={summary ? 0 : 3}
          stale={stale}
          empty={<p>{t('noCollateral')}</p>}
        />
      )}
    </section>
  );
}
