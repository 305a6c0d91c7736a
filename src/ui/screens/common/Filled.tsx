import { type Decimal, isDecimal } from '../../../core/decimal.ts';
import { splitSymbol } from '../../../exchange/symbols.ts';
import type { HistoricOrder, Order } from '../../../exchange/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { t } from '../../text.ts';

type Sized = Pick<
  Order | HistoricOrder,
  'executedQuantity' | 'quantity' | 'quoteQuantity' | 'symbol' | 'triggerPrice' | 'triggerQuantity'
>;

/** How much was asked for. A trigger order has its size, which may be a share, in another place until it fires. */
export function Size({ quantity, quoteQuantity, symbol, triggerPrice, triggerQuantity }: Sized) {
  if (triggerPrice != null && triggerQuantity != null) {
    return isDecimal(triggerQuantity) ? (
      <Amount value={triggerQuantity} />
    ) : (
      <span>{triggerQuantity}</span>
    );
  }
  if (quantity != null) return <Amount value={quantity} />;
  if (quoteQuantity != null) {
    return <Amount value={quoteQuantity} unit={splitSymbol(symbol).quote} />;
  }
  return <span>{t('absent')}</span>;
}

/** How much of an order is filled, and of how much. `live`: it may still change. */
export function Filled({ order, live = false }: { order: Sized; live?: boolean }) {
  const executed = (value: Decimal | null | undefined) =>
    value == null ? t('absent') : <Amount value={value} live={live} />;
  return (
    <span class="filled">
      {executed(order.executedQuantity)}
      {' / '}
      <Size {...order} />
    </span>
  );
}
