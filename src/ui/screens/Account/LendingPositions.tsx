import { type Decimal, isNegative, isZero, subtract } from '../../../core/decimal.ts';
import type { BorrowLendPosition } from '../../../exchange/answers/borrow-lend.ts';
import { Amount } from '../../components/Amount.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import { known, type Remote } from '../../state/remote.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';

const ZERO = '0' as Decimal;
const unsigned = (value: Decimal): Decimal => (isNegative(value) ? subtract(ZERO, value) : value);

function Figure({ value }: { value: Decimal | null | undefined }) {
  if (value == null || isZero(value)) return <span class="nothing">{t('absent')}</span>;
  return <Amount value={value} decimals={placesFor(value)} />;
}

const columns = (): readonly Column<BorrowLendPosition>[] => [
  {
    key: 'asset',
    header: t('columnAsset'),
    cell: ({ symbol, netQuantity }) => (
      <div class="cell-lines">
        <strong>{symbol}</strong>
        <span class="secondary">{t(isNegative(netQuantity) ? 'borrowed' : 'lent')}</span>
      </div>
    ),
  },
  {
    key: 'quantity',
    header: t('columnQuantity'),
    numeric: true,
    cell: ({ netQuantity }) => <Amount value={unsigned(netQuantity)} />,
  },
  {
    key: 'worth',
    header: t('columnWorth'),
    numeric: true,
    cell: ({ netExposureNotional }) => <Figure value={netExposureNotional} />,
  },
  {
    key: 'interest',
    header: t('columnInterest'),
    numeric: true,
    cell: ({ cumulativeInterest, estLiquidationPrice }) => (
      <div class="cell-lines">
        <Figure value={cumulativeInterest} />
        <span class="secondary">
          <Figure value={estLiquidationPrice} />
        </span>
      </div>
    ),
  },
];

interface LendingPositionsProps {
  positions: Remote<readonly BorrowLendPosition[]>;
  stale: boolean;
  onRetry: () => void;
}

/** What is lent and what is owed, asset by asset. */
export function LendingPositions({ positions, stale, onRetry }: LendingPositionsProps) {
  const list = known(positions);
  return (
    <section>
      <h2>{t('lentAndBorrowed')}</h2>
      <LoadFailure remote={positions} onRetry={onRetry} />
      {(positions.status !== 'failed' || list) && (
        <Table
          caption={t('lentAndBorrowed')}
          hideCaption
          tall
          columns={columns()}
          rows={list?.value ?? []}
          rowKey={({ id }) => id}
          skeletonRows={list ? 0 : 2}
          stale={stale}
          empty={
            <>
              <p class="empty-title">{t('noLending')}</p>
              <p>{t('noLendingHint')}</p>
            </>
          }
        />
      )}
    </section>
  );
}
