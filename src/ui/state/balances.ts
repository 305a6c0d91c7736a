import { computed, type ReadonlySignal } from '@preact/signals';
import { assertDecimal, type Decimal } from '../../core/decimal.ts';
import { type Balances, balances } from '../../exchange/types.ts';
import { type Valuation, valuation } from '../../exchange/valuation.ts';
import type { Snapshot } from '../../messaging/contract.ts';
import type { MarketData } from './market.ts';
import type { Reads } from './reads.ts';
import { createLoader, type Following, known, type Remote } from './remote.ts';

export interface BalancesState {
  readonly remote: ReadonlySignal<Remote<Balances>>;
  /** With values at the newest prices; `undefined` until balances are known. */
  readonly valuation: ReadonlySignal<Valuation | undefined>;
  /** What can be spent of an asset. An account that has none of it has `0`; `undefined` if nothing is known. */
  available(asset: string): Decimal | undefined;
  refresh(quiet?: boolean): Promise<boolean>;
  readonly following: Following<Balances>;
  seed(snapshot: Snapshot): void;
  reset(): void;
}

const NOTHING = assertDecimal('0');

export function createBalances(reads: Reads, market: MarketData): BalancesState {
  const loader = createLoader<Balances>(() => reads.account('balanceQuery', {}, balances));
  const current = computed(() => known(loader.state.value)?.value);
  return {
    remote: loader.state,
    valuation: computed(
      () =>
        current.value &&
        valuation(
          current.value,
          known(market.tickers.value)?.value ?? [],
          known(market.markPrices.value)?.value ?? [],
        ),
    ),
    available(asset) {
      if (!current.value) return undefined;
      return Object.hasOwn(current.value, asset) ? current.value[asset]?.available : NOTHING;
    },
    refresh: loader.refresh,
    following: loader,
    seed: (snapshot) => snapshot.balances && loader.seed(snapshot.balances),
    reset: loader.reset,
  };
}
