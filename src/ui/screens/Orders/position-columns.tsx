import {
  assertDecimal,
  type Decimal,
  isNegative,
  isZero,
  multiply,
  subtract,
} from '../../../core/decimal.ts';
import type { Position } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { Column } from '../../components/Table.tsx';
import { placesFor } from '../../places.ts';
import { t } from '../../text.ts';
import { MarketName } from '../common/MarketName.tsx';

const ZERO = assertDecimal('0');
const unsigned = (value: Decimal): Decimal => (isNegative(value) ? subtract(ZERO, value) : value);

const PRICE = (value: Decimal) => <Amount value={value} decimals={placesFor(value)} />;

/** The money that a position binds, where the answer says how much of its worth that is. */
function Margin({ position }: { position: Position }) {
  const { imf, netExposureNotional: worth } = position;
  if (imf == null || worth == null) return <>{t('absent')}</>;
  return <Amount value={multiply(unsigned(worth), imf)} decimals={2} padded />;
}

function Liquidation({ price }: { price: Decimal | null | undefined }) {
  return price == null || isZero(price) ? t('absent') : PRICE(price);
}

/** What is held, at which price, what it has made, where it ends, and the way out. */
export function positionColumns(
  liquidationPrices: ReadonlyMap<string, Decimal>,
  onClose: (position: Position) => void,
): readonly Column<Position>[] {
  return [
    {
      key: 'market',
      header: t('columnPosition'),
      cell: ({ symbol, netQuantity }) => {
        const short = isNegative(netQuantity);
        return (
          <div class="cell-lines">
            <MarketName symbol={symbol} />
            <span>
              <span class={short ? 'side ask' : 'side bid'}>
                <Icon name={short ? 'down' : 'up'} />
                {short ? t('short') : t('long')}
              </span>{' '}
              <Amount value={unsigned(netQuantity)} />
            </span>
          </div>
        );
      },
    },
    {
      key: 'margin',
      header: t('columnMargin'),
      numeric: true,
      wide: true,
      cell: (position) => <Margin position={position} />,
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
      header: t('columnUnrealisedLiquidation'),
      numeric: true,
      cell: ({ symbol, pnlUnrealized, estLiquidationPrice }) => (
        <div class="cell-lines">
          <span class={isNegative(pnlUnrealized) ? 'ask' : 'bid'}>
            <Amount value={pnlUnrealized} decimals={2} padded />
          </span>
          <span class="secondary">
            <Liquidation price={liquidationPrices.get(symbol) ?? estLiquidationPrice} />
          </span>
        </div>
      ),
    },
    {
      key: 'close',
      header: t('closePosition'),
      hideHeader: true,
      numeric: true,
      cell: (position) => (
        <Button
          small
          icon="close"
          iconOnly
          title={t('closePosition')}
          onPress={() => onClose(position)}
        >
          {t('closePositionOf', position.symbol)}
        </Button>
      ),
    },
  ];
}
