import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { BalancesState } from './balances.ts';
import type { MarketData } from './market.ts';
import type { Tab } from './navigation.ts';
import type { OrdersState } from './orders.ts';
import { createPoller, type Poller } from './poller.ts';
import type { Presence } from './presence.ts';
import type { Requests } from './requests.ts';
import type { Streams } from './streams.ts';

const ORDERS_MS = 4_000;
const BALANCES_MS = 8_000;
const PRICES_MS = 4_000;
/** While a stream tells what changes, reads only make sure of it. */
const CALM_MS = 45_000;

const POLLED = ['orders', 'positions', 'balances', 'prices'] as const;
type Polled = (typeof POLLED)[number];

/** What each screen needs to be fresh, aside from its own part. */
export const NEEDS: Record<Tab, readonly Polled[]> = {
  balances: ['balances', 'prices'],
  orders: ['orders', 'positions', 'prices'],
  trade: ['prices', 'balances', 'orders', 'positions'],
  transfer: ['balances'],
  activity: [],
  settings: [],
};

interface PollingDependencies {
  presence: Presence;
  market: MarketData;
  balances: BalancesState;
  orders: OrdersState;
  requests: Requests;
  streams: ReadonlySignal<Streams>;
  /** The tab that shows data of an account, if one does. */
  active: ReadonlySignal<Tab | undefined>;
}

/** Lets a poller run while `wanted` says so. */
export type Follow = (poller: Poller, wanted: (tab: Tab | undefined) => boolean) => void;

/** From now on what the shown tab needs is read again and again, less often while a stream tells of it. */
export function startPolling(deps: PollingDependencies): Follow {
  const { presence, market, balances, orders, requests, streams, active } = deps;
  const isToldOf = computed(() => streams.value.account === 'live');
  /** What is being found out has to be asked for, stream or not. */
  const isCalm = computed(() => isToldOf.value && requests.open.value.length === 0);
  /** What could not be read once is asked for as often as without a stream: nothing else would put it right. */
  const areOrdersCalm = computed(() => isCalm.value && orders.remote.value.status !== 'failed');
  const areBalancesCalm = computed(
    () => isToldOf.value && balances.remote.value.status !== 'failed',
  );
  const pollers: Record<Polled, Poller> = {
    orders: createPoller(
      presence,
      () => (areOrdersCalm.peek() ? CALM_MS : ORDERS_MS),
      async () => {
        // While something is being looked for, asking also wakes a background that was stopped in the middle of it.
        if (requests.open.value.length > 0) await requests.refresh();
        return orders.refresh(true);
      },
    ),
    // Streams tell of what was traded, and not of what the price makes of it.
    positions: createPoller(
      presence,
      ORDERS_MS,
      async () => !(isCalm.peek() && orders.holds.peek()) || orders.refreshPositions(true),
    ),
    balances: createPoller(
      presence,
      () => (areBalancesCalm.peek() ? CALM_MS : BALANCES_MS),
      () => balances.refresh(true),
    ),
    prices: createPoller(presence, PRICES_MS, async () => {
      const fresh = await Promise.all([market.ensureMarkets(), market.refreshPrices(true)]);
      return fresh.every(Boolean);
    }),
  };

  const follow: Follow = (poller, wanted) => {
    effect(() => {
      const wants = wanted(active.value);
      untracked(() => (wants ? poller.start() : poller.stop()));
    });
  };
  for (const name of POLLED) {
    follow(pollers[name], (tab) => tab !== undefined && NEEDS[tab].includes(name));
  }

  for (const calm of [areOrdersCalm, areBalancesCalm]) {
    calm.subscribe(() => {
      for (const name of POLLED) pollers[name].pace();
    });
  }
  return follow;
}
