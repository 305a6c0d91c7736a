import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Market, Position } from '../../exchange/types.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { OneParams } from '../../messaging/shapes.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { FreshnessState } from '../components/Freshness.tsx';
import { createBalances } from './balances.ts';
import { freshnessOf } from './freshness.ts';
import { createMarketData, type MarketData } from './market.ts';
import { orderContext } from './order-context.ts';
import { readPositions } from './orders.ts';
import { createPoller } from './poller.ts';
import type { Presence } from './presence.ts';
import { createReads } from './reads.ts';
import { createLoader, known, type Remote } from './remote.ts';
import {
  createWithdrawalSurroundings,
  type WithdrawalSurroundings,
} from './withdrawal-surroundings.ts';

/** What is asked, as far as it says what has to be looked at. */
export interface Subject {
  /** Whose request it is, whichever account the popup shows. */
  account: string;
  /** Nothing has to be looked at for a request that is neither. */
  kind: 'orders' | 'withdrawal' | 'other';
  params: OneParams;
}

/** Live data around what a site asks. */
export interface Surroundings {
  market: MarketData;
  withdrawal: WithdrawalSurroundings;
  /** What is known around an order on that market. */
  contextOf(market: Market): OrderContext;
  /** Whether there has been an answer to everything that warnings stand on, and whether it was one to stand on. */
  readonly looked: ReadonlySignal<'waiting' | 'known' | 'failed'>;
  /** `undefined` where nothing live is shown. */
  readonly freshness: ReadonlySignal<FreshnessState | undefined>;
}

const LOOK_MS = 4_000;

/** @param subject - What is in sight; nothing is asked while there is nothing. */
export function createSurroundings(
  call: WalletCall,
  presence: Presence,
  subject: ReadonlySignal<Subject | undefined>,
  now: () => number = Date.now,
): Surroundings {
  const account = computed(() => subject.value?.account);
  const reads = createReads(call, () => account.value);
  const market = createMarketData(reads);
  const balances = createBalances(reads, market);
  const positions = createLoader<readonly Position[]>(() => readPositions(reads, now));
  const withdrawal = createWithdrawalSurroundings(call, reads, balances);

  const look = async (): Promise<boolean> => {
    const { kind, params } = subject.value ?? {};
    if (kind === 'withdrawal' && params) return withdrawal.look(params);
    if (kind !== 'orders') return true;
    const fresh = await Promise.all([
      market.ensureMarkets(),
      market.refreshPrices(true),
      balances.refresh(true),
      positions.refresh(true),
    ]);
    return fresh.every(Boolean);
  };
  const poller = createPoller(presence, LOOK_MS, look);
  effect(() => {
    const id = account.value;
    untracked(() => {
      for (const part of [balances, positions, withdrawal]) part.reset();
      if (id === undefined) market.reset();
    });
  });
  effect(() => {
    const { value } = subject;
    untracked(() => {
      poller.stop();
      if (value) poller.start();
    });
  });

  const online = signal(presence.isOnline());
  presence.onChange(() => {
    online.value = presence.isOnline();
  });
  const live = computed((): readonly Remote<unknown>[] => [
    market.tickers.value,
    market.markPrices.value,
    balances.remote.value,
    positions.state.value,
  ]);
  const remotes = computed((): readonly Remote<unknown>[] => {
    if (subject.value?.kind === 'withdrawal') return withdrawal.remotes.value;
    return subject.value?.kind === 'orders' ? [market.markets.value, ...live.value] : [];
  });

  return {
    market,
    withdrawal,
    contextOf: (of) =>
      orderContext(of, { data: market, balances, positions: () => positions.state.value }),
    looked: computed(() => {
      if (remotes.value.every((remote) => known(remote) !== undefined)) return 'known';
      const open = remotes.value.some(
        (remote) => known(remote) === undefined && remote.status !== 'failed',
      );
      return open ? 'waiting' : 'failed';
    }),
    freshness: computed(() =>
      subject.value?.kind === 'orders' ? freshnessOf(live.value, online.value, now()) : undefined,
    ),
  };
}
