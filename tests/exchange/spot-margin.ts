import { type Account, availableOf } from './accounts.ts';
import { type Amount, amount, maxOf, minOf, zero } from './decimal.ts';
import type { World } from './endpoint.ts';
import { band } from './markets.ts';
import type { Draft } from './order.ts';
import { knownMarket } from './rules.ts';

/**
 * Gets an order that may lend back or borrow what it is short of. What waits for its trigger is short of nothing yet.
 * @throws Refusal BORROW_LIMIT, before anything has moved
 */
export function fund(account: Account, { desks, markOf }: World, draft: Draft): void {
  const market = knownMarket(draft.symbol);
  if (draft.triggerPrice !== undefined || market.marketType !== 'SPOT') return;
  const buys = draft.side === 'Bid';
  const asset = buys ? market.quote : market.base;
  const mark = markOf(market.symbol);
  const price = draft.price === undefined ? mark.times(band.maxImpact) : amount(draft.price);
  const quantity = amount(draft.quantity ?? '0');
  const cost =
    draft.quoteQuantity === undefined ? quantity.times(price) : amount(draft.quoteQuantity);
  const wanted = buys ? cost : quantity;
  const short = (): Amount => maxOf(wanted.minus(availableOf(account, asset)), zero);
  const lent = desks.lending.bookOf(account).positions.get(asset)?.netQuantity ?? zero;
  // To take back what is lent is to borrow as far as there is something lent.
  const back = draft.autoLendRedeem ? minOf(short(), maxOf(lent, zero)) : zero;
  if (back.gt(0)) desks.lending.execute(account, asset, 'Borrow', back);
  if (draft.autoBorrow && short().gt(0)) desks.lending.execute(account, asset, 'Borrow', short());
}
