import type { RequestView } from '../../../messaging/requests.ts';
import { singleOf } from '../../../messaging/shapes.ts';
import type { App } from '../../state/app.ts';
import { isOpen } from '../../state/fate.ts';
import { RequestNotices } from '../common/RequestNotices.tsx';
import { OpenOrders } from './OpenOrders.tsx';
import { Positions } from './Positions.tsx';

/** What rests on the exchange, and what is held there. */
export function Orders({ app }: { app: App }) {
  const { orders, requests, freshness } = app.trading;
  const state = freshness.value?.state;
  const stale = state === 'stale' || state === 'offline';
  /** What is being waited for shows at the order itself, as long as that is listed. */
  const isInItsRow = (view: RequestView): boolean =>
    view.instruction === 'orderCancel' &&
    isOpen(view) &&
    orders.listed.value.some(({ id }) => id === singleOf(view).orderId);
  return (
    <div class="orders">
      <RequestNotices requests={requests} isElsewhere={isInItsRow} />
      <OpenOrders app={app} stale={stale} />
      <Positions app={app} stale={stale} />
    </div>
  );
}
