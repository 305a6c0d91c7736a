import { assertDecimal, type Decimal, isNegative, subtract } from '../../../core/decimal.ts';
import type { Position } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { Column } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import { t } from '../../text.ts';
import { MarketName } from '../common/MarketName.tsx';

const ZERO = assertDecimal('0');
const unsigned = (value: Decimal): Decimal => (isNegative(value) ? subtract(ZERO, value) : value);

const PRICE = (value: Decimal) => <Amount value={value} decimals={placesFor(value)} />;

export function positionColumns(): readonly Column<Position>[] {
  return [
    {
      key: 'market',
      header: t('columnPosition'),
      cell: ({ symbol, netQuantity }) => {
        const short = isNegative(netQuantity);
        return (
          <div class="cell-lines">
            <MarketName symbol={symbol} />
            <span class={short ? 'side ask' : 'side bid'}>
              <Icon name={short ? 'down' : 'up'} />
              {short ? t('short') : t('long')}
            </span>
          </div>
        );
      },
    },
    {
      key: 'quantity',
      header: t('quantity'),
      numeric: true,
      cell: ({ netQuantity }) => <Amount value={unsigned(netQuantity)} />,
    },
    {
      key: 'price',
      header: t('columnEntryMark'),
      numeric: true,
      cell: ({ entryPrice, markPrice }) => (
        <div class="cell-lines">
          {PRICE(entryPrice)}
          <span class="secondary">{PRICE(markPrice)}</span>
        </div>
      ),
    },
    {
      key: 'pnl',
      header: t('columnUnrealised'),
      numeric: true,
      cell: ({ pnlUnrealized }) => (
        <span class={isNegative(pnlUnrealized) ? 'ask' : 'bid'}>
          <Amount value={pnlUnrealized} decimals={2} padded />
        </span>
      ),
    },
  ];
}
