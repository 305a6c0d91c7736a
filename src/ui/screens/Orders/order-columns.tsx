import { type Decimal, isNegative, isZero } from '../../../core/decimal.ts';
import type { Order } from '../../../exchange/types.ts';
import { distancePercent } from '../../../policy/warnings.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import type { Column } from '../../components/Table.tsx';
import { orderSentence } from '../../order-text.ts';
import type { MarketData } from '../../state/market.ts';
import type { OrdersState } from '../../state/orders.ts';
import { t } from '../../text.ts';
import { Age } from '../common/Age.tsx';
import { Filled } from '../common/Filled.tsx';
import { MarketName } from '../common/MarketName.tsx';
import { Side } from '../common/Side.tsx';
import { cancelText, mayCancelAgain } from './cancel-text.ts';

/** With a sign that is as wide as the plus. */
const signed = (percent: Decimal): string =>
  isNegative(percent) ? percent.replace('-', '−') : `+${percent}`;

/** What it is and how old, or how its cancel stands. */
function Asked({ order, orders }: { order: Order; orders: OrdersState }) {
  const report = orders.cancelOf(order);
  if (report) {
    return (
      <span
        class={mayCancelAgain(report) ? 'cell-note failed' : 'cell-note'}
        role="status"
        title={cancelText(report)}
      >
        {cancelText(report)}
      </span>
    );
  }
  return (
    <span class="secondary">
      <Side side={order.side} /> <Age at={order.createdAt} />
      {order.status === 'TriggerPending' && (
        <span title={t('waitsForTrigger')}> · {t('waits')}</span>
      )}
    </span>
  );
}

interface ActionsProps {
  order: Order;
  orders: OrdersState;
  onEdit: (order: Order) => void;
}

/** The buttons of a row. None works on an order whose cancel is under way. */
function Actions({ order, orders, onEdit }: ActionsProps) {
  const busy = !mayCancelAgain(orders.cancelOf(order));
  const words = orderSentence(order);
  return (
    <span class="row-actions">
      <Button
        small
        icon="edit"
        iconOnly
        title={t('editOrder')}
        busy={busy}
        onPress={() => onEdit(order)}
      >
        {t('editOrderOf', words)}
      </Button>
      <Button
        small
        icon="close"
        iconOnly
        title={t('cancelOrder')}
        busy={busy}
        onPress={() => void orders.cancel(order)}
      >
        {t('cancelOrderOf', words)}
      </Button>
    </span>
  );
}

function Distance({ order, market }: { order: Order; market: MarketData }) {
  const reference = market.reference(order.symbol);
  const price = order.price ?? order.triggerPrice;
  if (!reference || price == null || isZero(price)) return <span>{t('absent')}</span>;
  const title = t(reference.by === 'mark' ? 'fromMark' : 'fromLast', reference.price);
  return <span title={title}>{t('percent', signed(distancePercent(price, reference.price)))}</span>;
}

function Price({ order }: { order: Order }) {
  if (order.price != null && !isZero(order.price)) return <Amount value={order.price} />;
  if (order.triggerPrice != null) return <Amount value={order.triggerPrice} />;
  return <span>{t('marketPrice')}</span>;
}

/**
 * The columns of the open orders, two lines a row: what, how much, at what price, how far from the mark, how old. What a cell
 * shows beyond its order it looks up by itself: thousands of rows stay as they are while prices move.
 */
export function orderColumns(
  orders: OrdersState,
  market: MarketData,
  onEdit: (order: Order) => void,
): readonly Column<Order>[] {
  return [
    {
      key: 'market',
      header: t('columnOrder'),
      cell: (order) => (
        <div class="cell-lines">
          <MarketName symbol={order.symbol} />
          <Asked order={order} orders={orders} />
        </div>
      ),
    },
    {
      key: 'filled',
      header: t('columnFilled'),
      numeric: true,
      cell: (order) => <Filled order={order} live />,
    },
    {
      key: 'price',
      header: t('columnPrice'),
      numeric: true,
      cell: (order) => (
        <div class="cell-lines">
          <Price order={order} />
          <span class="secondary">
            <Distance order={order} market={market} />
          </span>
        </div>
      ),
    },
    {
      key: 'cancel',
      header: t('cancelOrder'),
      hideHeader: true,
      numeric: true,
      cell: (order) => <Actions order={order} orders={orders} onEdit={onEdit} />,
    },
  ];
}
