import { type Corridor, type CorridorDependencies, createCorridor } from './corridor/corridor.ts';
import { createRuleCheck } from './corridor/rule-check.ts';
import type { MarketData } from './network/market-data.ts';
import type { Reads } from './outcome/finding.ts';
import { createReconciler, type Reconciler } from './outcome/reconcile.ts';

export interface ChangesDependencies
  extends Omit<CorridorDependencies, 'checkRules' | 'randomId' | 'randomU32' | 'lost'> {
  marketData: MarketData;
  /** Reads as that account. @throws LOCKED, or INVALID_INPUT if the account is no longer there. */
  reads: (account: string) => Promise<Reads>;
  /** Something is being looked for, or nothing any more. */
  busy: (looking: boolean) => void;
}

/**
 * The way of everything that changes something, and what finds out how it ended: one part, so that what a request needs once
 * it has left is there before it leaves.
 */
export interface Changes {
  corridor: Corridor;
  reconciler: Reconciler;
}

export function createChanges(deps: ChangesDependencies): Changes {
  const { journal, sleep, busy, reads } = deps;
  const reconciler = createReconciler({
    ...{ journal, reads, sleep, busy },
    isUnderWay: (id) => corridor.isUnderWay(id),
  });
  const corridor = createCorridor({
    ...deps,
    checkRules: createRuleCheck(deps.marketData),
    randomId: () => crypto.randomUUID(),
    randomU32: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    lost: (entry) => reconciler.track(entry),
  });
  return { corridor, reconciler };
}
