import { computed, type ReadonlySignal } from '@preact/signals';
import { type Decimal, isZero } from '../../core/decimal.ts';
import type { Market, MarkPrice, Ticker } from '../../exchange/types.ts';
import type { Snapshot } from '../../messaging/contract.ts';
import type { Reads } from './reads.ts';
import { createLoader, type Following, known, type Remote } from './remote.ts';

export interface MarketData {
  readonly markets: ReadonlySignal<Remote<readonly Market[]>>;
  readonly tickers: ReadonlySignal<Remote<readonly Ticker[]>>;
  readonly markPrices: ReadonlySignal<Remote<readonly MarkPrice[]>>;
  /** Markets where an order may be placed, by symbol. */
  readonly tradable: ReadonlySignal<readonly Market[]>;
  /** Every market, tradable or not: old orders name markets that have closed since. */
  readonly symbols: ReadonlySignal<readonly string[]>;
  market(symbol: string): Market | undefined;
  ticker(symbol: string): Ticker | undefined;
  /** The price that others are measured against: the mark price, else the last one. */
  reference(symbol: string): { price: Decimal; by: 'mark' | 'last' } | undefined;
  /** The list of markets changes seldom: asked for once, and again if that failed. */
  ensureMarkets(): Promise<boolean>;
  /** Tickers and mark prices; yields whether both are fresh. */
  refreshPrices(quiet?: boolean): Promise<boolean>;
  readonly following: {
    tickers: Following<readonly Ticker[]>;
    markPrices: Following<readonly MarkPrice[]>;
  };
  seed(snapshot: Snapshot): void;
  reset(): void;
}

const isTradable = ({ visible, orderBookState }: Market): boolean =>
  visible &&
  (orderBookState === 'Open' || orderBookState === 'LimitOnly' || orderBookState === 'PostOnly');

export function createMarketData(reads: Reads): MarketData {
  const markets = createLoader<readonly Market[]>(() => reads.market('markets'));
  const tickers = createLoader<readonly Ticker[]>(() => reads.market('tickers'));
  const markPrices = createLoader<readonly MarkPrice[]>(() => reads.market('markPrices'));

  const marketBySymbol = computed(
    () => new Map(known(markets.state.value)?.value.map((each) => [each.symbol, each])),
  );
  const tickerBySymbol = computed(
    () => new Map(known(tickers.state.value)?.value.map((each) => [each.symbol, each])),
  );
  const markBySymbol = computed(
    () =>
      new Map(known(markPrices.state.value)?.value.map((each) => [each.symbol, each.markPrice])),
  );

  return {
    markets: markets.state,
    tickers: tickers.state,
    markPrices: markPrices.state,
    tradable: computed(() =>
      [...marketBySymbol.value.values()]
        .filter(isTradable)
        .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    ),
    symbols: computed(() => [...marketBySymbol.value.keys()].sort()),
    market: (symbol) => marketBySymbol.value.get(symbol),
    ticker: (symbol) => tickerBySymbol.value.get(symbol),
    reference(symbol) {
      const mark = markBySymbol.value.get(symbol);
      if (mark !== undefined && !isZero(mark)) return { price: mark, by: 'mark' };
      const last = tickerBySymbol.value.get(symbol)?.lastPrice;
      return last === undefined || isZero(last) ? undefined : { price: last, by: 'last' };
    },
    async ensureMarkets() {
      return markets.state.value.status === 'ready' || markets.refresh();
    },
    async refreshPrices(quiet) {
      const fresh = await Promise.all([tickers.refresh(quiet), markPrices.refresh(quiet)]);
      return fresh.every(Boolean);
    },
    following: { tickers, markPrices },
    seed(snapshot) {
      if (snapshot.tickers) tickers.seed(snapshot.tickers);
      if (snapshot.markPrices) markPrices.seed(snapshot.markPrices);
    },
    reset() {
      for (const loader of [markets, tickers, markPrices]) loader.reset();
    },
  };
}
