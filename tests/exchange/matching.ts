import { isBeyond } from './book.ts';
import { type Amount, floorTo, minOf, zero } from './decimal.ts';
import type { Market } from './markets.ts';
import { type ExpiryReason, type Order, remainingOf } from './order.ts';
import { closable, type Ledger, settle } from './settlement.ts';
import type { OrderEvent } from './stream-frames.ts';
import { FIRST_TRADE_ID, type Venue } from './venue.ts';

interface Options {
  venue(market: Market): Venue;
  clock(): number;
  now(): number;
  readonly house: Ledger;
  expire(order: Order, reason: ExpiryReason): void;
  record(order: Order): void;
  happened(event: OrderEvent): void;
}

/**
 * Price-time matching. `match` trades until the taker is satisfied or has to stop, and tells the
 * reason for stopping when the rest of the order may not rest on the book. `print` is a trade between others.
 */
export function createMatching(options: Options) {
  const { venue, clock, now, house, expire, record, happened } = options;
  let tradeId = FIRST_TRADE_ID;

  function fill(order: Order, price: Amount, quantity: Amount, isMaker: boolean): void {
    const { fee, feeSymbol } = settle(order, price, quantity, isMaker, house);
    order.executedQuantity = order.executedQuantity.plus(quantity);
    order.executedQuoteQuantity = order.executedQuoteQuantity.plus(quantity.times(price));
    const done = order.quantity !== undefined && remainingOf(order).eq(0);
    order.status = done ? 'Filled' : 'PartiallyFilled';
    const summary = {
      orderId: order.id,
      clientId: order.draft.clientId,
      symbol: order.market.symbol,
      side: order.side,
      price: price.toFixed(),
      quantity: quantity.toFixed(),
      fee: fee.toFixed(),
      feeSymbol,
      isMaker,
      tradeId,
      timestamp: clock(),
    };
    order.account.fills.push({ at: now(), fill: summary });
    record(order);
    happened({ name: 'orderFill', order, fill: summary });
  }

  function trade(taker: Order, maker: Order, price: Amount, quantity: Amount): void {
    const at = venue(taker.market);
    tradeId += 1;
    fill(maker, price, quantity, true);
    fill(taker, price, quantity, false);
    if (maker.status === 'Filled') at.book.remove(maker);
    else at.book.touch();
    const isBuyerMaker = maker.side === 'Bid';
    at.trades.push({ id: tradeId, price, quantity, timestamp: clock(), isBuyerMaker });
  }

  function print({ market, trades, last }: Venue, price: Amount): void {
    tradeId += 1;
    const quantity = market.minQuantity;
    trades.push({ id: tradeId, price, quantity, timestamp: clock(), isBuyerMaker: price.lt(last) });
  }

  /** How much the taker still wants at this price, and why not more when that is nothing. */
  function appetite(taker: Order, price: Amount): { quantity: Amount; why?: ExpiryReason } {
    const { stepSize } = taker.market;
    const wanted = taker.quoteQuantity
      ? floorTo(taker.quoteQuantity.minus(taker.executedQuoteQuantity).div(price), stepSize)
      : remainingOf(taker);
    if (wanted.lte(0)) return { quantity: zero };
    const reducible = taker.draft.reduceOnly ? closable(taker) : wanted;
    if (reducible.lt(wanted)) return { quantity: reducible, why: 'ReduceOnlyNotReduced' };
    return { quantity: wanted };
  }

  function stopOf(taker: Order, maker: Order | undefined): ExpiryReason {
    if (!maker) return 'InsufficientLiquidity';
    return taker.draft.slippageTolerance === undefined
      ? 'PriceImpact'
      : 'SlippageToleranceExceeded';
  }

  function match(taker: Order, limit: Amount | undefined): ExpiryReason | undefined {
    const { book } = venue(taker.market);
    const prevention = taker.draft.selfTradePrevention ?? 'RejectTaker';
    for (;;) {
      const maker = book.bestAgainst(taker.side);
      if (!maker?.price || isBeyond(taker.side, maker.price, limit)) {
        if (taker.draft.orderType === 'Market') return stopOf(taker, maker);
        return taker.draft.timeInForce === 'IOC' ? 'ImmediateOrCancel' : undefined;
      }
      const { quantity, why } = appetite(taker, maker.price);
      if (quantity.eq(0)) return why;
      if (maker.account === taker.account) {
        if (prevention !== 'RejectTaker') expire(maker, 'SelfTradePrevention');
        if (prevention !== 'RejectMaker') return 'SelfTradePrevention';
        continue;
      }
      const offered = maker.draft.reduceOnly
        ? minOf(remainingOf(maker), closable(maker))
        : remainingOf(maker);
      if (offered.eq(0)) expire(maker, 'ReduceOnlyNotReduced');
      else trade(taker, maker, maker.price, minOf(quantity, offered));
      if (taker.status === 'Filled' || taker.quoteQuantity?.lte(taker.executedQuoteQuantity))
        return undefined;
    }
  }

  return { match, print };
}
