import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Level } from '../../exchange/market-shapes.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import { createHeartbeat, type Watched } from './heartbeat.ts';
import { keepBalances, keepMark, keepOrders, keepPositions, keepTicker } from './keeping.ts';
import { type Part, part } from './part.ts';
import type { Trading } from './trading.ts';

/** The best prices of a market, the best first. `at` in Unix ms. */
export interface Book {
  market: string;
  at: number;
  bids: readonly Level[];
  asks: readonly Level[];
}

export interface Live extends Part {
  /** The last book that was told of the market on screen. */
  readonly book: ReadonlySignal<Book | undefined>;
  /** The screen is about that market; empty once it is about none. */
  showMarket(symbol: string): void;
  /** Whether the market's order book is on screen. */
  showDepth(isShown: boolean): void;
}

function watchedOf(account: string, market: string, depth: boolean): Watched {
  if (market === '') return { account };
  return { account, market, ...(depth ? { depth } : {}) };
}

const isSame = (a: Watched | undefined, b: Watched | undefined): boolean =>
  a?.account === b?.account && a?.market === b?.market && a?.depth === b?.depth;

/** After a fill an account has something else; not every exchange's stream of balances says so. */
const AFTER_FILL_MS = 1_000;

/** @param frame - Calls back before the next time that the page is drawn. */
export function createLive(
  trading: Trading,
  frame: (work: () => void) => void = (work) => void requestAnimationFrame(work),
  surface: string = crypto.randomUUID(),
): Live {
  const { call, presence, orders, balances, market, shown, streams } = trading;
  const onScreen = signal('');
  const isDeep = signal(false);
  const book = signal<Book | undefined>();
  const keepers = {
    orders: keepOrders(orders.following.orders),
    positions: keepPositions(orders.following.positions),
    balances: keepBalances(balances.following),
  };
  const tellTicker = keepTicker(market.following.tickers);
  const tellMark = keepMark(market.following.markPrices);

  let last: Watched | undefined;
  const watched = computed((): Watched | undefined => {
    const next = shown.value && watchedOf(shown.value.account, onScreen.value, isDeep.value);
    // The same object for the same thing, so that nothing is said twice.
    if (!isSame(last, next)) last = next;
    return last;
  });
  const repair = (): void => {
    for (const value of [orders.following.orders, orders.following.positions, balances.following]) {
      void value.refreshAnew();
    }
  };
  const heartbeat = createHeartbeat({
    ...{ call, presence, surface, watched, streams },
    joined: repair,
  });

  let isLooking = false;
  const lookAfterFill = (): void => {
    if (isLooking) return;
    isLooking = true;
    setTimeout(() => {
      isLooking = false;
      if (watched.peek()) void balances.following.refreshAnew();
    }, AFTER_FILL_MS);
  };

  const apply = (event: WalletEvent): void => {
    switch (event.name) {
      case 'liveOrders':
        keepers.orders.tell(event.updates);
        if (event.updates.some(({ fill }) => fill != null)) lookAfterFill();
        break;
      case 'livePositions':
        keepers.positions.tell(event.updates);
        break;
      case 'liveBalances':
        keepers.balances.tell(event.updates);
        break;
      case 'liveTicker':
        tellTicker(event.ticker);
        break;
      case 'liveMark':
        tellMark(event.mark);
        break;
      case 'liveDepth':
        book.value = event;
        break;
    }
  };
  const restart = (): void => {
    for (const keeper of Object.values(keepers)) keeper.restart();
  };
  let waiting: WalletEvent[] = [];
  const applyAll = (): void => {
    const events = waiting;
    waiting = [];
    batch(() => events.forEach(apply));
  };
  /** Is this of what is on screen now? What comes late is of what was there before. */
  const concerns = (event: WalletEvent): boolean => {
    const what = watched.peek();
    if (!what || !presence.isVisible()) return false;
    if ('account' in event && event.account !== undefined) return event.account === what.account;
    return 'market' in event && event.market !== undefined && event.market === what.market;
  };

  return {
    book: computed(() => (book.value?.market === onScreen.value ? book.value : undefined)),
    showMarket(symbol) {
      onScreen.value = symbol;
    },
    showDepth(isShown) {
      isDeep.value = isShown;
    },
    hear(event) {
      if (!event.name.startsWith('live') || !concerns(event)) return;
      if (event.name === 'live') {
        heartbeat.tell(event.account === undefined ? 'market' : 'account', event.state);
        if (event.repair) repair();
        return;
      }
      if (waiting.length === 0) frame(applyAll);
      waiting.push(event);
    },
    reset() {
      waiting = [];
      book.value = undefined;
      restart();
    },
    restore: restart,
  };
}

export const live = part(createLive);
