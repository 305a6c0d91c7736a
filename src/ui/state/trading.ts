import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { WalletCall } from '../../messaging/client.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import type { FreshnessState } from '../components/Freshness.tsx';
import { type BalancesState, createBalances } from './balances.ts';
import type { Drafts } from './drafts.ts';
import { type Followed, freshnessOf } from './freshness.ts';
import { createMarketData, type MarketData } from './market.ts';
import type { Navigation, Tab } from './navigation.ts';
import { createOrders, type OrdersState } from './orders.ts';
import type { Part } from './part.ts';
import { createPoller } from './poller.ts';
import { NEEDS, startPolling } from './polling.ts';
import type { Presence } from './presence.ts';
import { createReads, type Reads } from './reads.ts';
import type { Remote } from './remote.ts';
import { createRequests, type Requests } from './requests.ts';
import type { Session } from './session.ts';
import { NO_STREAMS, type Streams } from './streams.ts';

/** What every trading screen stands on, for the selected account. What only one needs is a part (`part.ts`). */
export interface Trading {
  call: WalletCall;
  presence: Presence;
  drafts: Drafts;
  now: () => number;
  reads: Reads;
  market: MarketData;
  balances: BalancesState;
  orders: OrdersState;
  requests: Requests;
  readonly online: ReadonlySignal<boolean>;
  /** Whose data is on screen, where a screen shows any. */
  readonly shown: ReadonlySignal<{ account: string } | undefined>;
  /** How the streams stand; kept up by `live.ts`. */
  readonly streams: Signal<Streams>;
  /** Of the screen that is shown. */
  readonly freshness: ReadonlySignal<FreshnessState | undefined>;
  /** The id of the selected account. */
  account(): string | undefined;
  /** It is the selected account, and somebody can see this surface. */
  isShown(account: string): boolean;
  /** From now on the part goes along with the account, the tab that is shown, and what the background tells. */
  join(part: Part): void;
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

export function createTrading(deps: TradingDependencies): Trading {
  const { call, presence, session, drafts, navigation, now = Date.now } = deps;
  const account = () => session.account.value?.id;
  const reads = createReads(call, account);
  const market = createMarketData(reads);
  const balances = createBalances(reads, market);
  const requests = createRequests(call, account, now);
  const orders = createOrders(reads, requests, now);
  const parts = signal<readonly Part[]>([]);
  const streams = signal<Streams>(NO_STREAMS);
  const online = signal(presence.isOnline());
  presence.onChange(() => {
    online.value = presence.isOnline();
  });

  /** The account whose data is in the parts above: it follows the session once they have let go of the one before. */
  const loaded = signal<string | undefined>();
  const active = computed(() => {
    const { id, status } = session.account.value ?? {};
    return id !== undefined && id === loaded.value && status === 'active'
      ? navigation.tab.value
      : undefined;
  });
  const isShown = (id: string): boolean => id === account() && presence.isVisible();
  const follow = startPolling({ presence, market, balances, orders, requests, streams, active });

  const remotesOf = (tab: Tab): readonly Remote<unknown>[] => {
    const own = parts.value.flatMap((part) =>
      part.tab === tab ? (part.remotes?.value ?? []) : [],
    );
    return tab === 'balances' ? [market.tickers.value, ...own] : own;
  };
  const followedIn = (tab: Tab): readonly Followed[] => {
    const { account: stream, market: ofMarket } = streams.value;
    switch (tab) {
      case 'balances':
        return [{ remote: balances.remote.value, stream }];
      case 'trade':
        return [
          { remote: balances.remote.value, stream },
          { remote: market.tickers.value, stream: ofMarket },
        ];
      case 'orders':
        return [{ remote: orders.remote.value, stream }];
      default:
        return [];
    }
  };

  session.onAccount((unlocked) => {
    loaded.value = undefined;
    const joined = parts.peek();
    for (const each of [balances, orders, requests, ...joined]) each.reset();
    if (!unlocked) return market.reset();
    market.seed(unlocked.snapshot);
    balances.seed(unlocked.snapshot);
    orders.seed(unlocked.snapshot);
    requests.seed(unlocked.requests);
    for (const part of joined) part.restore?.();
    loaded.value = unlocked.selected;
  });

  return {
    call,
    presence,
    drafts,
    now,
    reads,
    market,
    balances,
    orders,
    requests,
    online,
    streams,
    shown: computed(() => {
      const tab = active.value;
      const id = loaded.value;
      return tab && id && NEEDS[tab].length > 0 ? { account: id } : undefined;
    }),
    freshness: computed(() => {
      const tab = active.value;
      return tab && freshnessOf(remotesOf(tab), online.value, now(), followedIn(tab));
    }),
    account,
    isShown,
    join(part) {
      parts.value = [...parts.peek(), part];
      for (const { everyMs, refresh } of part.polls ?? []) {
        follow(
          createPoller(presence, everyMs, refresh),
          (tab) => tab !== undefined && tab === part.tab,
        );
      }
      if (loaded.peek() !== undefined) part.restore?.();
    },
    hear(event) {
      requests.hear(event);
      for (const part of parts.peek()) part.hear?.(event);
      // Something took effect, perhaps from another surface: the lists that are shown must say so.
      if (event.name !== 'request' || event.request.state !== 'settled') return;
      if (!isShown(event.request.account)) return;
      void orders.refresh(true);
      void balances.refresh(true);
    },
  };
}
