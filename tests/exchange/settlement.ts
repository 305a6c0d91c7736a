import { type Account, availableOf, credit, lock, type Position } from './accounts.ts';
import { type Amount, amount, cut, maxOf, minOf, zero } from './decimal.ts';
import { fees, leverage, type Market } from './markets.ts';
import { type Order, remainingOf } from './order.ts';
import { refuse } from './refusal.ts';

const SCALE = 12;
const FEE_DECIMALS = 9;
const feeRate = (market: Market, isMaker: boolean): Amount =>
  amount(fees[market.marketType][isMaker ? 'maker' : 'taker']).div(10_000);

/** Which asset an order is paid with. */
const payAsset = ({ market, side }: Order): string =>
  market.marketType === 'SPOT' && side === 'Ask' ? market.base : market.quote;

const netOf = (account: Account, market: Market): Amount =>
  account.positions.get(market.symbol)?.netQuantity ?? zero;

/** How much of the position an order on its side could close. */
export function closable({ account, market, side }: Order): Amount {
  const net = netOf(account, market);
  return maxOf(side === 'Ask' ? net : net.neg(), zero);
}

/** The order's worst cost in the asset it is paid with. */
function need(order: Order, quantity: Amount, cost: Amount): Amount {
  if (order.market.marketType === 'SPOT') return order.side === 'Bid' ? cost : quantity;
  if (order.draft.reduceOnly || quantity.eq(0)) return zero;
  const opening = maxOf(quantity.minus(closable(order)), zero).div(quantity);
  const rate = amount(1).div(leverage).plus(feeRate(order.market, false));
  return cut(cost.times(opening).times(rate), SCALE);
}

/**
 * Check that the account can pay for the order and set the amount aside. A market order is only checked: it never
 * rests. `cost` is quantity × limit price, or what the book asks for a market order.
 * @throws Refusal INSUFFICIENT_FUNDS or INSUFFICIENT_MARGIN, before anything has moved.
 */
export function reserve(order: Order, quantity: Amount, cost: Amount): void {
  const asset = payAsset(order);
  const wanted = need(order, quantity, cost);
  if (wanted.gt(availableOf(order.account, asset)))
    throw order.market.marketType === 'SPOT'
      ? refuse('INSUFFICIENT_FUNDS', 'Insufficient funds')
      : refuse('INSUFFICIENT_MARGIN', 'Insufficient margin');
  if (order.draft.orderType === 'Limit') {
    lock(order.account, asset, wanted);
    order.locked = wanted;
  }
}

/** Give back part of what an order had set aside, or all of it. */
export function release(order: Order, part = order.locked): void {
  if (part.eq(0)) return;
  lock(order.account, payAsset(order), part.neg());
  order.locked = order.locked.minus(part);
}

export type Ledger = Map<string, Amount>;
export const collect = (ledger: Ledger, asset: string, value: Amount): void => {
  ledger.set(asset, (ledger.get(asset) ?? zero).plus(value));
};

function settlePosition(
  order: Order,
  price: Amount,
  quantity: Amount,
  fee: Amount,
  house: Ledger,
): void {
  const { account, market } = order;
  const asset = market.quote;
  const position: Position = account.positions.get(market.symbol) ?? {
    id: order.id,
    symbol: market.symbol,
    netQuantity: zero,
    netCost: zero,
    margin: zero,
    pnlRealized: zero,
  };
  const closing = minOf(quantity, closable(order));
  const sign = order.side === 'Bid' ? 1 : -1;
  const share = closing.eq(0)
    ? zero
    : cut(position.netCost.times(closing).div(position.netQuantity.abs()), SCALE);
  const pnl = closing.times(price).times(-sign).minus(share);
  position.netQuantity = position.netQuantity.plus(quantity.times(sign));
  position.netCost = position.netCost
    .minus(share)
    .plus(quantity.minus(closing).times(price).times(sign));
  position.pnlRealized = position.pnlRealized.plus(pnl);

  lock(account, asset, position.margin.neg());
  credit(account, asset, pnl.minus(fee));
  const shortfall = maxOf(availableOf(account, asset).neg(), zero); // the house bears what the account cannot
  credit(account, asset, shortfall);
  collect(house, asset, fee.minus(shortfall));
  position.margin = minOf(
    cut(position.netCost.abs().div(leverage), SCALE),
    availableOf(account, asset),
  );
  lock(account, asset, position.margin);
  if (!position.netQuantity.eq(0)) {
    account.positions.set(market.symbol, position);
  } else if (account.positions.delete(market.symbol)) {
    account.closedPositions.push(position);
  }
}

/** Move the money of one side of a trade; the fee goes to the house. Returns the fee and its asset. */
export function settle(
  order: Order,
  price: Amount,
  quantity: Amount,
  isMaker: boolean,
  house: Ledger,
): { fee: Amount; feeSymbol: string } {
  const { account, market, side } = order;
  const cost = quantity.times(price);
  const rest = remainingOf(order);
  if (order.locked.gt(0))
    release(
      order,
      quantity.eq(rest) ? order.locked : cut(order.locked.times(quantity).div(rest), SCALE),
    );
  const receives = market.marketType === 'SPOT' && side === 'Bid' ? quantity : cost;
  const feeSymbol = market.marketType === 'SPOT' && side === 'Bid' ? market.base : market.quote;
  const fee = cut(receives.times(feeRate(market, isMaker)), FEE_DECIMALS);
  if (market.marketType === 'PERP') {
    settlePosition(order, price, quantity, fee, house);
  } else {
    credit(account, payAsset(order), (side === 'Bid' ? cost : quantity).neg());
    credit(account, feeSymbol, receives.minus(fee));
    collect(house, feeSymbol, fee);
  }
  return { fee, feeSymbol };
}
