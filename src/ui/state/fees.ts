import { computed, type ReadonlySignal } from '@preact/signals';
import { compare, type Decimal } from '../../core/decimal.ts';
import { hasPositions } from '../../exchange/rules.ts';
import { feeFor } from '../../exchange/sizing.ts';
import { type AccountSummary, accountSummary, type Market } from '../../exchange/types.ts';
import type { Reads } from './reads.ts';
import { createLoader, known } from './remote.ts';

export interface FeesState {
  readonly summary: ReadonlySignal<AccountSummary | undefined>;
  refresh(quiet?: boolean): Promise<boolean>;
  reset(): void;
}

export function createFees(reads: Reads): FeesState {
  const loader = createLoader<AccountSummary>(() =>
    reads.account('accountQuery', {}, accountSummary),
  );
  return {
    summary: computed(() => known(loader.state.value)?.value),
    refresh: loader.refresh,
    reset: loader.reset,
  };
}

/** The most that trading for `cost` can cost in fees: what the taker pays, unless the order may only make. Below zero: a rebate. */
export function feeAtMost(
  summary: AccountSummary,
  market: Market,
  cost: Decimal,
  onlyMakes: boolean,
): Decimal {
  const futures = hasPositions(market);
  const maker = futures ? summary.futuresMakerFee : summary.spotMakerFee;
  const taker = futures ? summary.futuresTakerFee : summary.spotTakerFee;
  const rate = onlyMakes || compare(maker, taker) > 0 ? maker : taker;
  return feeFor(cost, rate);
}
