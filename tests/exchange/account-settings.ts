import { type Account, credit } from './accounts.ts';
import { assetOf } from './assets.ts';
import { amount, cut, plain } from './decimal.ts';
import type { Engine } from './engine.ts';
import { leverage, marketOf } from './markets.ts';
import { naive } from './order.ts';
import { refuse } from './refusal.ts';
import { worthOf } from './worth.ts';

const LARGEST_LEVERAGE = 50;

/** What `PATCH /api/v1/account` sets. Only told again: the engine's margin does not follow it. */
export interface Settings {
  readonly autoBorrowSettlements: boolean;
  readonly autoLend: boolean;
  readonly autoRepayBorrows: boolean;
  readonly leverageLimit: string;
}
type Change = { readonly [K in keyof Settings]: Settings[K] | undefined };

export function createSettings() {
  const chosen = new Map<Account, Settings>();
  const of = (account: Account): Settings =>
    chosen.get(account) ?? {
      autoBorrowSettlements: true,
      autoLend: false,
      autoRepayBorrows: true,
      leverageLimit: leverage,
    };
  return {
    of,
    update(account: Account, change: Change): void {
      const limit = amount(change.leverageLimit ?? leverage);
      if (limit.lt(1) || limit.gt(LARGEST_LEVERAGE))
        throw refuse('MAX_LEVERAGE_REACHED', 'Max leverage reached');
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      chosen.set(account, { ...of(account), ...Object.fromEntries(given) });
    },
  };
}
export type AccountSettings = ReturnType<typeof createSettings>;

interface Conversion {
  readonly at: number;
  readonly row: { readonly id: number; readonly symbol: string };
}

/** Balances too small to trade, turned into USDC at the mark. */
export function createDust(options: { engine: Engine; clock(): number; now(): number }) {
  const { engine, clock, now } = options;
  const conversions = new Map<Account, Conversion[]>();
  let lastId = 41_000;
  const rowsOf = (account: Account): readonly Conversion[] => conversions.get(account) ?? [];

  const isDust = (account: Account, symbol: string): boolean => {
    const available = account.holdings.get(symbol)?.available;
    const market = marketOf(`${symbol}_USDC`);
    return Boolean(available?.gt(0) && market && available.lt(market.minQuantity));
  };

  function convertOne(account: Account, symbol: string): void {
    const quantity = account.holdings.get(symbol)?.available ?? amount(0);
    const received = cut(quantity.times(worthOf(engine, symbol)), 6);
    credit(account, symbol, quantity.neg());
    credit(account, 'USDC', received);
    lastId += 1;
    const row = {
      id: lastId,
      symbol,
      quantity: plain(quantity),
      usdcReceived: plain(received),
      timestamp: naive(clock()),
    };
    conversions.set(account, [...rowsOf(account), { at: now(), row }]);
  }

  return {
    rowsOf,
    /** One asset, or all that can be. @throws Refusal for one that is no dust. */
    convert(account: Account, symbol: string | undefined): void {
      if (symbol === undefined) {
        for (const each of [...account.holdings.keys()])
          if (isDust(account, each)) convertOne(account, each);
        return;
      }
      if (!assetOf(symbol)) throw refuse('INVALID_ASSET', 'Invalid asset');
      if (!isDust(account, symbol)) throw refuse('INVALID_QUANTITY', 'Balance is not dust');
      convertOne(account, symbol);
    },
  };
}
