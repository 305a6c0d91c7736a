import { type Book, createBook } from './book.ts';
import { type Amount, amount } from './decimal.ts';
import type { Market } from './markets.ts';
import type { Draft, Order } from './order.ts';
import { createPast, type Past } from './past.ts';

/** Trades since the opening have greater ids, those before it smaller ones. */
export const FIRST_TRADE_ID = 109_748_000;

export interface Trade {
  readonly id: number;
  readonly price: Amount;
  readonly quantity: Amount;
  readonly timestamp: number;
  readonly isBuyerMaker: boolean;
}

/** Everything the exchange keeps about one market. */
export interface Venue {
  readonly market: Market;
  readonly book: Book;
  /** What was traded before the exchange opened, and since. */
  readonly past: Past;
  readonly trades: Trade[];
  readonly triggers: Set<Order>;
  /** Where mark and index have stood, and since when in Unix ms; the last is where they stand. */
  readonly moves: Reference[];
  readonly mark: Amount;
  readonly index: Amount;
  /** The price of the last trade. */
  readonly last: Amount;
}

export interface Reference {
  readonly at: number;
  readonly mark: Amount;
  readonly index: Amount;
}

/**
 * @param seed - Of the exchange: what the market's past was like.
 * @param opened - When the exchange was opened, in Unix ms; what is before is past.
 */
export function createVenue(market: Market, seed: number, opened: number): Venue {
  const start = amount(market.startPrice);
  const first: Reference = { at: opened, mark: start, index: start };
  const moves = [first];
  const current = (): Reference => moves.at(-1) ?? first;
  const trades: Trade[] = [];
  return {
    market,
    book: createBook(),
    past: createPast(market, seed, opened),
    trades,
    triggers: new Set(),
    moves,
    get mark() {
      return current().mark;
    },
    get index() {
      return current().index;
    },
    get last() {
      return trades.at(-1)?.price ?? start;
    },
  };
}

/** What a trigger order watches. Which it is where the order does not say is documented nowhere. */
export function watched({ triggerBy }: Draft, { mark, index, last }: Venue): Amount {
  if (triggerBy === 'LastPrice') return last;
  return triggerBy === 'IndexPrice' ? index : mark;
}

/** Has the price that an order waits for come? */
export const isReached = ({ draft, firesAbove }: Order, at: Venue): boolean => {
  const level = amount(draft.triggerPrice ?? '0');
  const price = watched(draft, at);
  return firesAbove ? price.gte(level) : price.lte(level);
};
