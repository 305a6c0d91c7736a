import type { Account } from './accounts.ts';
import { isBeyond, type Reach } from './book.ts';
import { type Amount, amount, cut, floorTo, plain, zero } from './decimal.ts';
import { band, type Market } from './markets.ts';
import { createMatching } from './matching.ts';
import {
  type Draft,
  type ExpiryReason,
  isOpen,
  type Order,
  orderShape,
  remainingOf,
  revise,
} from './order.ts';
import { parseObject } from './params.ts';
import { Refusal } from './refusal.ts';
import { closable, type Ledger, release, reserve } from './settlement.ts';
import type { OrderEvent } from './stream-frames.ts';
import { createVenue, isReached, type Venue, watched } from './venue.ts';

/** What is said of an order that leaves. */
const LEAVING = {
  Cancelled: 'orderCancelled',
  Expired: 'orderExpired',
  TriggerFailed: 'triggerFailed',
} as const;

export interface Engine {
  venue(market: Market): Venue;
  /** Fees the house has taken, less what it had to bear. */
  readonly house: Ledger;
  /** @throws Refusal when the account cannot pay; then nothing has changed. */
  place(account: Account, market: Market, draft: Draft): Order;
  cancel(order: Order): void;
  /** Make an open order smaller. @throws Error for what is executed, or not on the book */
  shrink(order: Order, quantity: Amount): void;
  /** Move mark, index or both, without a trade, and fire the trigger orders that they reach. */
  setReference(market: Market, to: { mark?: Amount; index?: Amount }): void;
  /** Let others trade the least there is at a price, and fire the trigger orders that it reaches. */
  print(market: Market, price: Amount): void;
}

/** An order that says nothing but what it must. */
const blank: Draft = parseObject('OrderExecutePayload', orderShape, {
  ...{ symbol: '', side: 'Bid', orderType: 'Limit' },
}).params;

interface Options {
  readonly seed: number;
  /** The server's clock, and the true time that the lag of histories is counted in. */
  clock(): number;
  now(): number;
  nextId(): string;
  /** Called once for each market, before its book is used for the first time. */
  opened(venue: Venue): void;
  /** Told of everything that happens to an order, as it happens. */
  happened(event: OrderEvent): void;
}

export function createEngine({ seed, clock, now, nextId, opened, happened }: Options): Engine {
  const house: Ledger = new Map();
  const venues = new Map<string, Venue>();
  const openedAt = clock();

  function venue(market: Market): Venue {
    const known = venues.get(market.symbol);
    if (known) return known;
    const fresh = createVenue(market, seed, openedAt);
    venues.set(market.symbol, fresh);
    opened(fresh);
    return fresh;
  }

  /** Keep the state an order is in now. What it has traded for the first time, its stop loss and take profit guard. */
  function record(order: Order): void {
    revise(order, now());
    if (order.executedQuantity.gt(0)) attach(order);
  }

  function leave(order: Order, status: 'Cancelled' | 'Expired' | 'TriggerFailed'): void {
    const { book, triggers } = venue(order.market);
    book.remove(order);
    triggers.delete(order);
    release(order);
    order.status = status;
    record(order);
    happened({ name: LEAVING[status], order });
  }

  function expire(order: Order, reason: ExpiryReason): void {
    order.expiryReason = reason;
    leave(order, 'Expired');
  }

  const { match, print } = createMatching({ venue, clock, now, house, expire, record, happened });

  /** A market order may only go so far from the best price it found: as far as it says itself, if it does. */
  function impactLimit({ market, side, draft }: Order): Amount | undefined {
    const best = venue(market).book.bestAgainst(side)?.price;
    const { slippageTolerance: tolerance, slippageToleranceType: type } = draft;
    if (!best || tolerance === undefined)
      return best?.times(side === 'Bid' ? band.maxImpact : band.minImpact);
    const room =
      type === 'Percent' ? best.times(tolerance).div(100) : market.tickSize.times(tolerance);
    return side === 'Bid' ? best.plus(room) : best.minus(room);
  }

  function finish(order: Order): void {
    order.status = 'Filled';
    record(order);
    happened({ name: 'orderFill', order });
  }

  /** Why an order may not even begin to trade. */
  function unfit(order: Order, reach: Reach, limit: Amount | undefined): ExpiryReason | undefined {
    const { draft, side } = order;
    const best = venue(order.market).book.bestAgainst(side)?.price;
    if (draft.postOnly && best && !isBeyond(side, best, limit)) return 'PostOnlyTaker';
    if (draft.reduceOnly && closable(order).eq(0)) return 'ReduceOnlyNotReduced';
    const kill = draft.timeInForce === 'FOK' && order.quantity?.gt(reach.quantity);
    return kill ? 'FillOrKill' : undefined;
  }

  /** Send an order to the book. @throws Refusal, before anything has moved. */
  function activate(order: Order): void {
    const { book } = venue(order.market);
    const { price } = order;
    const limit = price ?? impactLimit(order);
    const reach = book.walk(order, limit);
    if (price && order.quantity) reserve(order, order.quantity, price.times(order.quantity));
    else reserve(order, order.quantity ?? reach.quantity, reach.cost);
    happened({ name: 'orderAccepted', order });
    const stopped = unfit(order, reach, limit) ?? match(order, limit);
    if (order.status === 'Filled') return;
    if (stopped) {
      expire(order, stopped);
    } else if (order.quoteQuantity) {
      // what is left buys less than one step
      if (order.executedQuantity.eq(0)) expire(order, 'InvalidQuantity');
      else finish(order);
    } else {
      book.add(order);
      record(order);
    }
  }

  function place(account: Account, market: Market, draft: Draft): Order {
    const at = venue(market);
    const { triggers } = at;
    const trigger = draft.triggerPrice === undefined ? undefined : amount(draft.triggerPrice);
    const order = made(account, market, draft, {
      firesAbove: trigger?.gte(watched(draft, at)),
    });
    const index = account.orders.length;
    if (trigger) {
      triggers.add(order);
      record(order);
      happened({ name: 'triggerPlaced', order });
    } else {
      activate(order);
    }
    // Before what came along with it.
    account.orders.splice(index, 0, order);
    fireReached(at);
    return order;
  }

  function made(
    account: Account,
    market: Market,
    draft: Draft,
    { firesAbove, closes }: { firesAbove: boolean | undefined; closes?: Order },
  ): Order {
    const isTrigger = draft.triggerPrice !== undefined;
    const quantity = isTrigger ? '0' : draft.quantity;
    return {
      id: nextId(),
      account,
      market,
      draft,
      side: draft.side,
      price: draft.price === undefined ? undefined : amount(draft.price),
      quantity: quantity === undefined ? undefined : amount(quantity),
      quoteQuantity: draft.quoteQuantity === undefined ? undefined : amount(draft.quoteQuantity),
      executedQuantity: zero,
      executedQuoteQuantity: zero,
      status: isTrigger ? 'TriggerPending' : 'New',
      expiryReason: undefined,
      createdAt: clock(),
      triggeredAt: undefined,
      firesAbove,
      closes,
      locked: zero,
      revisions: [],
    };
  }

  const attachedTo = ({ account }: Order, parent: Order | undefined): Order[] =>
    account.orders.filter((each) => parent && each.closes === parent && isOpen(each));

  /** The stop loss and take profit of an order, each a trigger order of its own for what has been traded. */
  function attach(parent: Order): void {
    const { account, market, draft, side } = parent;
    if (account.orders.some(({ closes }) => closes === parent)) return;
    const buys = side === 'Bid';
    const levels = [
      [draft.stopLossTriggerPrice, draft.stopLossLimitPrice, draft.stopLossTriggerBy, !buys],
      [draft.takeProfitTriggerPrice, draft.takeProfitLimitPrice, draft.takeProfitTriggerBy, buys],
    ] as const;
    for (const [triggerPrice, price, triggerBy, firesAbove] of levels) {
      if (triggerPrice === undefined) continue;
      const own = {
        ...blank,
        ...{ symbol: market.symbol, side: buys ? ('Ask' as const) : ('Bid' as const) },
        ...{ orderType: price === undefined ? ('Market' as const) : ('Limit' as const), price },
        ...{ triggerPrice, triggerBy, triggerQuantity: plain(parent.executedQuantity) },
        reduceOnly: market.marketType === 'PERP',
      };
      const order = made(account, market, own, { firesAbove, closes: parent });
      venue(market).triggers.add(order);
      record(order);
      account.orders.push(order);
      happened({ name: 'triggerPlaced', order });
    }
  }

  /** The size a trigger order gets when it fires; a percentage is of the position it closes. */
  function triggeredSize(order: Order): Amount {
    if (order.closes) return order.closes.executedQuantity;
    const size = order.draft.triggerQuantity ?? '0';
    if (!size.endsWith('%')) return amount(size);
    const share = closable(order).times(size.slice(0, -1)).div(100);
    return floorTo(share, order.market.stepSize);
  }

  function fire(order: Order): void {
    venue(order.market).triggers.delete(order);
    order.quantity = triggeredSize(order);
    order.triggeredAt = clock();
    order.status = 'New';
    // One of the two has done what both were for.
    for (const other of attachedTo(order, order.closes))
      if (other !== order) leave(other, 'Cancelled');
    try {
      if (order.quantity.eq(0)) leave(order, 'TriggerFailed');
      else activate(order);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      leave(order, 'TriggerFailed');
    }
  }

  /** What fires may trade, and so reach the next, or take another along. */
  function fireReached(at: Venue): void {
    for (;;) {
      const next = [...at.triggers].find((order) => isReached(order, at));
      if (!next) return;
      fire(next);
    }
  }

  return {
    venue,
    house,
    place,
    cancel: (order) => leave(order, 'Cancelled'),
    shrink(order, quantity) {
      const rest = remainingOf(order);
      const next = quantity.minus(order.executedQuantity);
      if (next.lte(0) || next.gte(rest)) throw new Error('an order can only become smaller');
      release(order, cut(order.locked.times(rest.minus(next)).div(rest), 12));
      order.quantity = quantity;
      venue(order.market).book.touch();
      record(order);
      happened({ name: 'orderModified', order });
    },
    setReference(market, to) {
      const at = venue(market);
      at.moves.push({ at: clock(), mark: at.mark, index: at.index, ...to });
      fireReached(at);
    },
    print(market, price) {
      const at = venue(market);
      print(at, price);
      fireReached(at);
    },
  };
}
