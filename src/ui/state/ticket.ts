import { effect, untracked } from '@preact/signals';
import { listOf } from '../../core/canonical.ts';
import { add, assertDecimal } from '../../core/decimal.ts';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import type { AnyPrepared } from '../../messaging/requests.ts';
import { singleOf } from '../../messaging/shapes.ts';
import { fateOf } from './fate.ts';
import { createFees, type FeesState } from './fees.ts';
import { type Part, part } from './part.ts';
import { createBatchPlacement, createPlacement, type PlacementState } from './placement.ts';
import { createTrade, type TradeState } from './trade.ts';
import type { Trading } from './trading.ts';

/** Everything that the order ticket stands on, for the selected account. */
export interface Ticket extends Part {
  trade: TradeState;
  placement: PlacementState<OrderParams>;
  /** For the orders of a ladder. */
  ladder: PlacementState<readonly OrderParams[], AnyPrepared>;
  fees: FeesState;
}

const FEES_MS = 10 * 60_000;

function createTicket({ market, balances, orders, requests, drafts, reads }: Trading): Ticket {
  const trade = createTrade(market, balances, orders, drafts, reads);
  const placement = createPlacement<OrderParams>(requests, 'orderExecute');
  const ladder = createBatchPlacement<OrderParams>(requests, 'orderExecute');
  const fees = createFees(reads);

  /** The order whose size has been taken out of the form. */
  let cleared: string | undefined;
  effect(() => {
    const placed = placement.placement.value;
    if (placed?.kind !== 'known' || fateOf(placed.view) !== 'placed') return;
    const { id, orderStatus, executedQuantity = '0' } = placed.view;
    const params = singleOf(placed.view);
    // What expired without a fill is likely to be tried again with another price.
    const idle = orderStatus === 'Expired' && !/[1-9]/.test(executedQuantity);
    if (cleared === id || idle) return;
    cleared = id;
    untracked(() => trade.clearPlaced(params));
  });
  effect(() => {
    const placed = ladder.placement.value;
    if (placed?.kind !== 'known' || cleared === placed.view.id) return;
    const fate = fateOf(placed.view);
    if (fate !== 'placed' && fate !== 'partly') return;
    cleared = placed.view.id;
    const sizes = listOf(placed.view.params).map(({ quantity }) => assertDecimal(String(quantity)));
    const quantity = sizes.reduce(add, assertDecimal('0'));
    untracked(() => trade.clearPlaced({ quantity }));
  });

  return {
    trade,
    placement,
    ladder,
    fees,
    tab: 'trade',
    polls: [{ everyMs: FEES_MS, refresh: () => fees.refresh(true) }],
    restore: () => void trade.restore(),
    reset() {
      for (const each of [trade, placement, ladder, fees]) each.reset();
    },
  };
}

export const ticket = part(createTicket);
