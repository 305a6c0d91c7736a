import type { Position } from './accounts.ts';
import { type Amount, amount, cut, plain } from './decimal.ts';
import { leverage } from './markets.ts';
import type { Order, PracticeFill } from './order.ts';
import type { Trade, Venue } from './venue.ts';

// What streams carry, letter by letter, as the exchange's documents have it.

export type OrderEventName =
  | 'orderAccepted'
  | 'orderCancelled'
  | 'orderExpired'
  | 'orderFill'
  | 'orderModified'
  | 'triggerPlaced'
  | 'triggerFailed';

/** Something happened to an order; a fill says what was traded. */
export interface OrderEvent {
  readonly name: OrderEventName;
  readonly order: Order;
  readonly fill?: PracticeFill;
}

/** Event and engine time in µs. */
export interface Stamp {
  readonly E: number;
  readonly T: number;
}

const shown = (value: Amount | undefined): string | null => (value ? plain(value) : null);

export function orderFrame({ name, order, fill }: OrderEvent, stamp: Stamp): object {
  const { draft } = order;
  return {
    e: name,
    ...stamp,
    s: order.market.symbol,
    c: draft.clientId ?? null,
    S: order.side,
    o: draft.orderType.toUpperCase(),
    f: draft.timeInForce ?? 'GTC',
    V: draft.selfTradePrevention ?? 'RejectTaker',
    q: shown(order.quantity),
    Q: shown(order.quoteQuantity),
    p: shown(order.price),
    P: draft.triggerPrice ?? null,
    B: draft.triggerBy ?? null,
    Y: draft.triggerQuantity ?? null,
    a: draft.takeProfitTriggerPrice ?? null,
    b: draft.stopLossTriggerPrice ?? null,
    j: draft.takeProfitLimitPrice ?? null,
    k: draft.stopLossLimitPrice ?? null,
    d: draft.takeProfitTriggerBy ?? null,
    g: draft.stopLossTriggerBy ?? null,
    X: order.status,
    R: name === 'orderExpired' ? (order.expiryReason ?? null) : null,
    i: order.id,
    t: fill?.tradeId ?? null,
    l: fill?.quantity ?? null,
    L: fill?.price ?? null,
    m: fill?.isMaker ?? null,
    n: fill?.fee ?? null,
    N: fill?.feeSymbol ?? null,
    z: plain(order.executedQuantity),
    Z: plain(order.executedQuoteQuantity),
    r: draft.reduceOnly ?? false,
    y: draft.postOnly ?? false,
    I: null,
    H: draft.strategyId ?? null,
    O: 'USER',
  };
}

/** A position as it stands. Amounts of it are numbers here, where other streams have texts. */
export function positionFrame(
  position: Position,
  mark: Amount,
  stamp: Stamp,
  event?: 'positionAdjusted' | 'positionOpened' | 'positionClosed',
): object {
  const { netQuantity, netCost } = position;
  const entry = netQuantity.eq(0) ? amount(0) : cut(netCost.div(netQuantity), 12);
  return {
    ...(event === undefined ? {} : { e: event }),
    ...stamp,
    s: position.symbol,
    b: plain(entry),
    B: plain(entry),
    f: Number(amount(1).div(leverage)),
    M: plain(mark),
    m: 0.0125,
    q: Number(netQuantity),
    Q: Number(netQuantity.abs()),
    n: plain(netQuantity.abs().times(mark)),
    i: position.id,
    p: plain(position.pnlRealized),
    P: plain(netQuantity.times(mark).minus(netCost)),
    l: 0,
  };
}

export const balanceFrame = (
  asset: string,
  balance: { available: string; locked: string; staked: string },
  stamp: Stamp,
): object => ({
  ...{ e: 'balanceUpdate', ...stamp, a: asset },
  ...{ A: balance.available, L: balance.locked, S: balance.staked },
});

export const tradeFrame = (symbol: string, trade: Trade, stamp: Stamp): object => ({
  ...{ e: 'trade', ...stamp, s: symbol, p: plain(trade.price), q: plain(trade.quantity) },
  ...{ t: trade.id, m: trade.isBuyerMaker },
});

export const markFrame = (venue: Venue, next: number, stamp: Stamp): object => ({
  ...{ e: 'markPrice', ...stamp, s: venue.market.symbol, p: plain(venue.mark) },
  ...{ i: plain(venue.index), f: '0.0000125', n: next },
});
