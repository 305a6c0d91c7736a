import type { Account } from './accounts.ts';
import { amount, floorTo } from './decimal.ts';
import type { Engine } from './engine.ts';
import type { MarketMaker } from './liquidity.ts';
import type { Side } from './order.ts';
import { knownMarket } from './rules.ts';

/** What a test may do to order books. */
export interface BookControls {
  /** Let the market maker rest one more order; returns its id. */
  placeLiquidity(symbol: string, side: Side, price: string, quantity: string): string;
  /** Take every order of the market maker off the book, until the mark moves again. */
  clearLiquidity(symbol: string): void;
  /** Make an open order smaller, as the exchange does with one that may only reduce. */
  shrinkOrder(apiKey: string, id: string, quantity: string): void;
  /**
   * Move the whole market: mark and index stand there, others trade there, the market maker quotes around it, through
   * resting orders if need be, and triggers fire.
   */
  setMarkPrice(symbol: string, price: string): void;
  /** Move the mark, the index or both, and nothing else: no trade, no quote. Triggers fire. */
  setReferencePrices(symbol: string, to: { mark?: string; index?: string }): void;
  /** Let others trade the least there is at that price: the last price moves, and nothing else. Triggers fire. */
  setLastPrice(symbol: string, price: string): void;
}

export const bookControls = (
  engine: Engine,
  marketMaker: MarketMaker,
  accountOf: (apiKey: string) => Account,
): BookControls => ({
  placeLiquidity: (symbol, side, price, quantity) =>
    marketMaker.rest(engine.venue(knownMarket(symbol)), side, price, quantity).id,
  clearLiquidity: (symbol) => marketMaker.withdraw(engine.venue(knownMarket(symbol))),
  shrinkOrder(apiKey, id, quantity) {
    const order = accountOf(apiKey).orders.find((each) => each.id === id);
    if (!order) throw new Error(`no order ${id}`);
    engine.shrink(order, amount(quantity));
  },
  setMarkPrice(symbol, price) {
    const market = knownMarket(symbol);
    const to = amount(price);
    engine.setReference(market, { mark: to, index: to });
    if (market.open) engine.print(market, floorTo(to, market.tickSize));
    marketMaker.quote(engine.venue(market));
  },
  setReferencePrices(symbol, { mark, index }) {
    engine.setReference(knownMarket(symbol), {
      ...(mark === undefined ? {} : { mark: amount(mark) }),
      ...(index === undefined ? {} : { index: amount(index) }),
    });
  },
  setLastPrice: (symbol, price) => engine.print(knownMarket(symbol), amount(price)),
});
