import { computed, type ReadonlySignal } from '@preact/signals';
import type { Asset } from '../../exchange/types.ts';
import type { Reads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';

/** What the exchange says of assets and the networks they move on. */
export interface AssetsState {
  readonly remote: ReadonlySignal<Remote<readonly Asset[]>>;
  /** Assets that can move at all, by symbol in order. */
  readonly movable: ReadonlySignal<readonly Asset[]>;
  /** Every network that some asset moves on, in order. */
  readonly chains: ReadonlySignal<readonly string[]>;
  asset(symbol: string): Asset | undefined;
  /** It changes seldom: asked for once, and again if that failed. */
  ensure(): Promise<boolean>;
  reset(): void;
}

export function createAssets(reads: Reads): AssetsState {
  const loader = createLoader<readonly Asset[]>(() => reads.market('assets'));
  const bySymbol = computed(
    () => new Map(known(loader.state.value)?.value.map((asset) => [asset.symbol, asset])),
  );
  return {
    remote: loader.state,
    movable: computed(() =>
      [...bySymbol.value.values()]
        .filter(({ tokens }) => tokens.length > 0)
        .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    ),
    chains: computed(() => {
      const tokens = [...bySymbol.value.values()].flatMap((asset) => asset.tokens);
      return [...new Set(tokens.map(({ blockchain }) => blockchain))].sort();
    }),
    asset: (symbol) => bySymbol.value.get(symbol),
    async ensure() {
      return loader.state.value.status === 'ready' || loader.refresh();
    },
    reset: loader.reset,
  };
}
