import { type Amount, floorTo, minOf, plain, zero } from './decimal.ts';
import { type Order, remainingOf, type Side } from './order.ts';

export type Level = [price: string, quantity: string];
export interface Reach {
  readonly quantity: Amount;
  readonly cost: Amount;
}

/** Resting orders of one market by price, then by time. Knows nothing of money. */
export interface Book {
  readonly updates: number;
  add(order: Order): void;
  remove(order: Order): void;
  /** A fill changed the quantity of a resting order. */
  touch(): void;
  /** The order that a taker on `side` would meet first. */
  bestAgainst(side: Side): Order | undefined;
  /** What a taker would get, level by level, up to `limit`, without moving anything. */
  walk(taker: Order, limit: Amount | undefined): Reach;
  /** Both sides by ascending price, as the exchange answers depth. */
  depth(perSide: number): { asks: Level[]; bids: Level[] };
}

/** Would a taker on `side` with this limit refuse `price`? */
export const isBeyond = (side: Side, price: Amount, limit: Amount | undefined): boolean =>
  limit !== undefined && (side === 'Bid' ? price.gt(limit) : price.lt(limit));

export function createBook(): Book {
  const sides: Record<Side, Order[]> = { Bid: [], Ask: [] }; // best first
  const against = (side: Side): Order[] => (side === 'Bid' ? sides.Ask : sides.Bid);
  let updates = 0;

  const priceOf = (order: Order): Amount => order.price ?? zero;

  /** Index of the first order that is worse than `order`: equal prices keep their time. */
  function placeFor(order: Order, list: Order[]): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = list[middle];
      const worse =
        other && isBeyond(order.side === 'Bid' ? 'Ask' : 'Bid', priceOf(other), order.price);
      if (worse) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function levels(list: Order[], perSide: number): Level[] {
    const sums = new Map<string, Amount>();
    for (const order of list) {
      const price = plain(priceOf(order));
      const sum = sums.get(price);
      if (!sum && sums.size === perSide) break;
      sums.set(price, (sum ?? zero).plus(remainingOf(order)));
    }
    return [...sums].map(([price, quantity]) => [price, plain(quantity)]);
  }

  return {
    get updates() {
      return updates;
    },
    add(order) {
      const list = sides[order.side];
      list.splice(placeFor(order, list), 0, order);
      updates += 1;
    },
    remove(order) {
      const list = sides[order.side];
      const index = list.indexOf(order);
      if (index < 0) return;
      list.splice(index, 1);
      updates += 1;
    },
    touch() {
      updates += 1;
    },
    bestAgainst: (side) => against(side)[0],
    walk(taker, limit) {
      let quantity = zero;
      let cost = zero;
      for (const maker of against(taker.side)) {
        const price = priceOf(maker);
        if (isBeyond(taker.side, price, limit)) break;
        if (maker.account === taker.account) {
          if (taker.draft.selfTradePrevention === 'RejectMaker') continue;
          break;
        }
        const wanted = taker.quoteQuantity
          ? floorTo(taker.quoteQuantity.minus(cost).div(price), taker.market.stepSize)
          : remainingOf(taker).minus(quantity);
        const taken = minOf(wanted, remainingOf(maker));
        if (taken.eq(0)) break;
        quantity = quantity.plus(taken);
        cost = cost.plus(taken.times(price));
      }
      return { quantity, cost };
    },
    depth: (perSide) => ({
      asks: levels(sides.Ask, perSide),
      bids: levels(sides.Bid, perSide).reverse(),
    }),
  };
}
