import type { Account } from './accounts.ts';
import { createBook, isBeyond, type Reach } from './book.ts';
import { type Amount, amount, cut, floorTo, zero } from './decimal.ts';
import { band, type Market } from './markets.ts';
import { createMatching, type Venue } from './matching.ts';
import { type Draft, type ExpiryReason, type Order, remainingOf, revise } from './order.ts';
import { Refusal } from './refusal.ts';
import { closable, type Ledger, release, reserve } from './settlement.ts';
import type { OrderEvent } from './stream-frames.ts';

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
  /** Move the mark and fire the trigger orders it reaches. */
  setMark(market: Market, price: Amount): void;
}

interface Options {
  /** The server's clock, and the true time that the lag of histories is counted in. */
  clock(): number;
  now(): number;
  nextId(): string;
  /** Called once for each market, before its book is used for the first time. */
  opened(venue: Venue): void;
  /** Told of everything that happens to an order, as it happens. */
  happened(event: OrderEvent): void;
}

export function createEngine({ clock, now, nextId, opened, happened }: Options): Engine {
  const house: Ledger = new Map();
  const venues = new Map<string, Venue>();

  function venue(market: Market): Venue {
    const known = venues.get(market.symbol);
    if (known) return known;
    const fresh: Venue = {
      market,
      book: createBook(),
      trades: [],
      triggers: new Set(),
      mark: amount(market.startPrice),
    };
    venues.set(market.symbol, fresh);
    opened(fresh);
    return fresh;
  }

  const record = (order: Order): void => revise(order, now());

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

  const match = createMatching({ venue, clock, now, house, expire, record, happened });

  /** A market order may only go so far from the best price it found. */
  function impactLimit(order: Order): Amount | undefined {
    const best = venue(order.market).book.bestAgainst(order.side)?.price;
    return best?.times(order.side === 'Bid' ? band.maxImpact : band.minImpact);
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
    const { mark, triggers } = venue(market);
    const trigger = draft.triggerPrice === undefined ? undefined : amount(draft.triggerPrice);
    const quantity = trigger ? '0' : draft.quantity;
    const order: Order = {
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
      status: trigger ? 'TriggerPending' : 'New',
      expiryReason: undefined,
      createdAt: clock(),
      triggeredAt: undefined,
      firesAbove: trigger?.gte(mark),
      locked: zero,
      revisions: [],
    };
    if (trigger) {
      triggers.add(order);
      record(order);
      happened({ name: 'triggerPlaced', order });
    } else {
      activate(order);
    }
    account.orders.push(order);
    return order;
  }

  /** The size a trigger order gets when it fires; a percentage is of the position it closes. */
  function triggeredSize(order: Order): Amount {
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
    try {
      if (order.quantity.eq(0)) leave(order, 'TriggerFailed');
      else activate(order);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      leave(order, 'TriggerFailed');
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
    setMark(market, price) {
      const at = venue(market);
      at.mark = price;
      for (const order of [...at.triggers]) {
        const level = amount(order.draft.triggerPrice ?? '0');
        if (order.firesAbove ? price.gte(level) : price.lte(level)) fire(order);
      }
    },
  };
}
