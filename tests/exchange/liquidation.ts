import type { Account, Position } from './accounts.ts';
import { type Amount, cut, decimalsOf, zero } from './decimal.ts';
import type { World } from './endpoint.ts';
import { maintenance } from './markets.ts';
import { knownMarket } from './rules.ts';
import { assetsValue } from './worth.ts';

/**
 * The mark price at which the account's equity is no more than what its positions must be backed with, were this
 * position's mark alone to move: `equity without it + q × price − cost = |q| × price × maintenance + that of the
 * others`. Undefined where no price above zero does that.
 */
export function liquidationPrice(
  position: Position,
  account: Account,
  { engine, desks, markOf }: World,
): Amount | undefined {
  const { netQuantity: net, netCost, symbol } = position;
  let free = assetsValue(engine, account).plus(desks.lending.netValue(account));
  for (const other of account.positions.values()) {
    if (other === position) continue;
    const worth = other.netQuantity.times(markOf(other.symbol));
    free = free.plus(worth.minus(other.netCost)).minus(worth.abs().times(maintenance));
  }
  const slope = net.minus(net.abs().times(maintenance));
  const price = netCost.minus(free).div(slope);
  return price.gt(zero) ? cut(price, decimalsOf(knownMarket(symbol).tickSize)) : undefined;
}
