import type { Account } from './accounts.ts';
import { type Amount, amount, floorTo, maxOf, plain } from './decimal.ts';
import type { Engine } from './engine.ts';
import { isOpen, type Order, orderShape, type Side } from './order.ts';
import { parseObject } from './params.ts';
import type { Venue } from './venue.ts';

const LEVELS = 10;
const LEVEL_NOTIONAL = 20_000;

const template = parseObject('OrderExecutePayload', orderShape, {
  symbol: '',
  side: 'Bid',
  orderType: 'Limit',
  selfTradePrevention: 'RejectMaker',
}).params;

/** The house's own trader, so that market orders find somebody. It never meets itself. */
export interface MarketMaker {
  /** Replace its quotes by fresh ones around the mark: ten a side, each 0.05 % further out. */
  quote(venue: Venue): void;
  withdraw(venue: Venue): void;
  rest(venue: Venue, side: Side, price: string, quantity: string): Order;
}

export function createMarketMaker(
  account: Account,
  engine: () => Engine,
  random: () => number,
): MarketMaker {
  function rest({ market }: Venue, side: Side, price: string, quantity: string): Order {
    const order = { ...template, symbol: market.symbol, side, price, quantity };
    return engine().place(account, market, order);
  }

  function withdraw({ market }: Venue): void {
    const stale = account.orders.filter((order) => order.market === market && isOpen(order));
    for (const order of stale) engine().cancel(order);
  }

  return {
    rest,
    withdraw,
    quote(venue) {
      withdraw(venue);
      const { tickSize, stepSize, minQuantity, open } = venue.market;
      if (!open) return;
      const middle = floorTo(venue.mark, tickSize);
      const spacing: Amount = maxOf(floorTo(venue.mark.times('0.0005'), tickSize), tickSize);
      for (let level = 1; level <= LEVELS; level += 1) {
        const distance = spacing.times(level);
        for (const side of ['Bid', 'Ask'] as const) {
          const price = side === 'Bid' ? middle.minus(distance) : middle.plus(distance);
          const size = amount(Math.round(LEVEL_NOTIONAL * (0.5 + random()))).div(venue.mark);
          rest(venue, side, plain(price), plain(maxOf(floorTo(size, stepSize), minQuantity)));
        }
      }
    },
  };
}
