import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import type { FreshnessState } from '../components/Freshness.tsx';
import { type BalancesState, createBalances } from './balances.ts';
import type { Drafts } from './drafts.ts';
import { fateOf } from './fate.ts';
import { createFees, type FeesState } from './fees.ts';
import { freshnessOf } from './freshness.ts';
import { createHistories, type Histories } from './histories.ts';
import { createMarketData, type MarketData } from './market.ts';
import type { Navigation, Tab } from './navigation.ts';
import { createOrders, type OrdersState } from './orders.ts';
import { createPlacement, type PlacementState } from './placement.ts';
import { createPoller, type Poller } from './poller.ts';
import type { Presence } from './presence.ts';
import { createReads } from './reads.ts';
import type { Remote } from './remote.ts';
import { createRequests, type Requests } from './requests.ts';
import type { Session } from './session.ts';
import { createTrade, type TradeState } from './trade.ts';
import { createTransferring, type Transferring } from './transferring.ts';

/** Everything that the trading screens stand on, for the selected account. */
export interface Trading {
  market: MarketData;
  balances: BalancesState;
  orders: OrdersState;
  requests: Requests;
  trade: TradeState;
  placement: PlacementState<OrderParams>;
  histories: Histories;
  fees: FeesState;
  transfer: Transferring;
  readonly online: ReadonlySignal<boolean>;
  /** Of the screen that is shown. */
  readonly freshness: ReadonlySignal<FreshnessState | undefined>;
  hear(event: WalletEvent): void;
}

export interface TradingDependencies {
  call: WalletCall;
  presence: Presence;
  session: Session;
  drafts: Drafts;
  navigation: Navigation;
  now?: () => number;
}

const ORDERS_MS = 4_000;
const BALANCES_MS = 8_000;
const PRICES_MS = 4_000;
const FEES_MS = 10 * 60_000;
const TRANSFERS_MS = 3_000;
const LIMITS_MS = 15_000;

const POLLED = ['orders', 'balances', 'prices', 'fees', 'transfers', 'limits'] as const;
type Polled = (typeof POLLED)[number];

/** What each screen needs to be fresh. */
const NEEDS: Record<Tab, readonly Polled[]> = {
  balances: ['balances', 'prices'],
  orders: ['orders', 'prices'],
  trade: ['prices', 'balances', 'orders', 'fees'],
  transfer: ['transfers', 'balances', 'limits'],
  activity: [],
  settings: [],
};

export function createTrading(deps: TradingDependencies): Trading {
  const { call, presence, session, drafts, navigation, now = Date.now } = deps;
  const account = () => session.account.value?.id;
  const reads = createReads(call, account);
  const market = createMarketData(reads);
  const balances = createBalances(reads, market);
  const requests = createRequests(call, account, now);
  const orders = createOrders(reads, requests, now);
  const trade = createTrade(market, balances, orders, drafts);
  const placement = createPlacement<OrderParams>(requests, 'orderExecute');
  const histories = createHistories(reads);
  const fees = createFees(reads);
  const transfer = createTransferring({ call, reads, requests, balances, drafts, now });
  const online = signal(presence.isOnline());
  presence.onChange(() => {
    online.value = presence.isOnline();
  });

  const pollers: Record<Polled, Poller> = {
    orders: createPoller(presence, ORDERS_MS, async () => {
      // While something is being looked for, asking also wakes a background that was stopped in the middle of it.
      if (requests.open.value.length > 0) await requests.refresh();
      return orders.refresh(true);
    }),
    balances: createPoller(presence, BALANCES_MS, () => balances.refresh(true)),
    fees: createPoller(presence, FEES_MS, () => fees.refresh(true)),
    transfers: createPoller(presence, TRANSFERS_MS, async () => {
      if (requests.open.value.length > 0) await requests.refresh();
      return transfer.transfers.refresh(true);
    }),
    limits: createPoller(presence, LIMITS_MS, async () => {
      const fresh = await Promise.all([transfer.ensure(), transfer.withdrawal.refreshLimit(true)]);
      return fresh.every(Boolean);
    }),
    prices: createPoller(presence, PRICES_MS, async () => {
      const fresh = await Promise.all([market.ensureMarkets(), market.refreshPrices(true)]);
      return fresh.every(Boolean);
    }),
  };

  /** The account whose data is in the parts above: it follows the session once they have let go of the one before. */
  const loaded = signal<string | undefined>();
  const active = computed(() => {
    const { id, status } = session.account.value ?? {};
    return id !== undefined && id === loaded.value && status === 'active'
      ? navigation.tab.value
      : undefined;
  });
  effect(() => {
    const needed = active.value ? NEEDS[active.value] : [];
    for (const name of POLLED) {
      if (needed.includes(name)) pollers[name].start();
      else pollers[name].stop();
    }
  });

  /** The order whose size has been taken out of the form. */
  let cleared: string | undefined;
  effect(() => {
    const placed = placement.placement.value;
    if (placed?.kind !== 'known' || fateOf(placed.view) !== 'placed') return;
    const { id, params, orderStatus, executedQuantity = '0' } = placed.view;
    // What expired without a fill is likely to be tried again with another price.
    const idle = orderStatus === 'Expired' && !/[1-9]/.test(executedQuantity);
    if (cleared === id || idle) return;
    cleared = id;
    untracked(() => trade.clearQuantity(String(params.quantity ?? params.quoteQuantity ?? '')));
  });

  const remotesOf: Record<Tab, () => readonly Remote<unknown>[]> = {
    balances: () => [balances.remote.value, market.tickers.value],
    orders: () => [orders.remote.value],
    trade: () => [market.tickers.value, balances.remote.value],
    transfer: () => [transfer.transfers.withdrawals.value, transfer.transfers.deposits.value],
    activity: () => [histories.orders.remote.value, histories.fills.remote.value],
    settings: () => [],
  };

  session.onAccount((unlocked) => {
    loaded.value = undefined;
    for (const part of [balances, orders, requests, trade, placement, fees, transfer]) part.reset();
    for (const history of Object.values(histories)) history.reset();
    if (!unlocked) {
      market.reset();
      transfer.assets.reset();
      return;
    }
    market.seed(unlocked.snapshot);
    balances.seed(unlocked.snapshot);
    orders.seed(unlocked.snapshot);
    requests.seed(unlocked.requests);
    void trade.restore();
    transfer.restore();
    loaded.value = unlocked.selected;
  });

  return {
    market,
    balances,
    orders,
    requests,
    trade,
    placement,
    histories,
    fees,
    transfer,
    online,
    freshness: computed(() =>
      active.value ? freshnessOf(remotesOf[active.value](), online.value, now()) : undefined,
    ),
    hear(event) {
      requests.hear(event);
      // Something took effect, perhaps from another surface: the lists that are shown must say so.
      if (event.name !== 'request' || event.request.state !== 'settled') return;
      if (event.request.account !== account() || !presence.isVisible()) return;
      void orders.refresh(true);
      void balances.refresh(true);
      if (event.request.instruction === 'withdraw') void transfer.transfers.refresh(true);
    },
  };
}
