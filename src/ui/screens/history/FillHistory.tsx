import { useEffect, useMemo } from 'preact/hooks';
import { type Decimal, isNegative, isZero, truncate } from '../../../core/decimal.ts';
import { utcTime } from '../../../exchange/time.ts';
import type { Fill } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import type { Column } from '../../components/Table.tsx';
import { csvTime } from '../../csv.ts';
import type { Trading } from '../../state/trading.ts';
import { t } from '../../text.ts';
import { Side } from '../common/Side.tsx';
import type { HistoryFile } from './Export.tsx';
import { HistoryList } from './HistoryList.tsx';
import { HistoryTime } from './HistoryTime.tsx';

const FEE_PLACES = 8;
const LEAST = `0.${'0'.repeat(FEE_PLACES - 1)}1`;

/** A fee is often far smaller than its asset's unit: cut to eight places, whole on hover, but never down to nothing. */
function Fee({ fee, feeSymbol }: { fee: Decimal; feeSymbol: string }) {
  if (isZero(fee) || !isZero(truncate(fee, FEE_PLACES))) {
    return <Amount value={fee} decimals={FEE_PLACES} unit={feeSymbol} />;
  }
  return (
    <span class="amount" title={`${fee} ${feeSymbol}`}>
      {isNegative(fee) ? t('aboveMinus', LEAST) : t('below', LEAST)}
      <span class="amount-unit"> {feeSymbol}</span>
    </span>
  );
}

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
        <span>
          <Side side={side} /> <strong class="symbol">{symbol}</strong>
        </span>
        <span class="secondary">
          <HistoryTime moment={timestamp} />
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
        <Amount value={quantity} />
        <span class="secondary">
          {t('at')} <Amount value={price} />
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
          <Fee fee={fill.fee} feeSymbol={fill.feeSymbol ?? ''} />
        )}
        <Role {...fill} />
      </div>
    ),
  },
];

export const fillFile: HistoryFile<Fill> = {
  name: 'fills',
  columns: [
    { name: 'timestamp', value: ({ timestamp }) => csvTime(utcTime(timestamp), timestamp) },
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
  const { histories, market } = trading;
  useEffect(() => {
    void market.ensureMarkets();
  }, [market]);
  return (
    <HistoryList
      history={histories.fills}
      caption={t('fills')}
      columns={useMemo(columns, [])}
      file={fillFile}
      symbolLabel={t('market')}
      allSymbols={t('allMarkets')}
      symbols={market.symbols.value}
      empty={{ title: t('noFills'), hint: t('noFillsHint') }}
    />
  );
}
