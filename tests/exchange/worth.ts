import type { Account } from './accounts.ts';
import { type Amount, amount, zero } from './decimal.ts';
import type { Engine } from './engine.ts';
import { marketOf } from './markets.ts';

/** What one unit of an asset is worth in USDC; nothing where there is no market for it. */
export function worthOf(engine: Engine, asset: string): Amount {
  if (asset === 'USDC') return amount(1);
  const market = marketOf(`${asset}_USDC`);
  return market ? engine.venue(market).mark : zero;
}

/** All that the account holds, in USDC. */
export function assetsValue(engine: Engine, account: Account): Amount {
  return [...account.holdings].reduce(
    (sum, [asset, { available, locked, staked }]) =>
      sum.plus(available.plus(locked).plus(staked).times(worthOf(engine, asset))),
    zero,
  );
}
