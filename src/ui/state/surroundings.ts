import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Decimal } from '../../core/decimal.ts';
import type { Market, Position } from '../../exchange/types.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { FreshnessState } from '../components/Freshness.tsx';
import { type BalancesState, createBalances } from './balances.ts';
import { freshnessOf } from './freshness.ts';
import { createMarketData, type MarketData } from './market.ts';
import { orderContext } from './order-context.ts';
import { readPositions } from './orders.ts';
import { createPoller } from './poller.ts';
import type { Presence } from './presence.ts';
import { createReads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';

/** Live data around what a site asks: of the account that it asks for, whichever one the popup shows. */
export interface Surroundings {
  market: MarketData;
  balances: BalancesState;
  positions: ReadonlySignal<Remote<readonly Position[]>>;
  /** What is known around an order on that market. */
  contextOf(market: Market): OrderContext;
  available(asset: string): Decimal | undefined;
  /** Whether there has been an answer to everything that warnings stand on, and whether it was one to stand on. */
  readonly looked: ReadonlySignal<'waiting' | 'known' | 'failed'>;
  readonly freshness: ReadonlySignal<FreshnessState | undefined>;
}

const LOOK_MS = 4_000;

/** @param account - Whose request is in sight; nothing is asked while there is none. */
export function createSurroundings(
  call: WalletCall,
  presence: Presence,
  account: ReadonlySignal<string | undefined>,
  now: () => number = Date.now,
): Surroundings {
  const reads = createReads(call, () => account.value);
  const market = createMarketData(reads);
  const balances = createBalances(reads, market);
  const positions = createLoader(() => readPositions(reads, now));

  const poller = createPoller(presence, LOOK_MS, async () => {
    const fresh = await Promise.all([
      market.ensureMarkets(),
      market.refreshPrices(true),
      balances.refresh(true),
      positions.refresh(true),
    ]);
    return fresh.every(Boolean);
  });
  effect(() => {
    const id = account.value;
    untracked(() => {
      poller.stop();
      balances.reset();
      positions.reset();
      if (id === undefined) market.reset();
      else poller.start();
    });
  });

  const online = signal(presence.isOnline());
  presence.onChange(() => {
    online.value = presence.isOnline();
  });
  const remotes = computed((): readonly Remote<unknown>[] => [
    market.markets.value,
    market.tickers.value,
    market.markPrices.value,
    balances.remote.value,
    positions.state.value,
  ]);

  return {
    market,
    balances,
    looked: computed(() => {
      if (remotes.value.every((remote) => known(remote) !== undefined)) return 'known';
      const open = remotes.value.some(
        (remote) => known(remote) === undefined && remote.status !== 'failed',
      );
      return open ? 'waiting' : 'failed';
    }),
    // The list of markets is asked for once: its age says nothing.
    freshness: computed(() => freshnessOf(remotes.value.slice(1), online.value, now())),
    positions: positions.state,
    contextOf: (of) =>
      orderContext(of, { data: market, balances, positions: () => positions.state.value }),
    available: balances.available,
  };
}
