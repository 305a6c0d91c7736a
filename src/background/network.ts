import type { UseStore } from 'idb-keyval';
import { API, createExchange, type Exchange } from '../exchange/client.ts';
import type { Measured } from '../exchange/clock.ts';
import { createRateBucket, type RateBucket } from '../exchange/rate.ts';
import { type AccessBrowser, createExchangeAccess } from './network/exchange-access.ts';
import { createInspector, type Inspector } from './network/inspector.ts';
import { createMarketData, type MarketData } from './network/market-data.ts';
import { type HeaderRules, setRequestHeaders } from './network/request-headers.ts';
import { createTransport, onFetchTiming } from './network/transport.ts';
import type { SessionMemory } from './session-memory.ts';

export interface NetworkDependencies {
  browser: HeaderRules & AccessBrowser;
  memory: SessionMemory;
  /** For large public answers. */
  store: UseStore;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  report: (error: unknown) => void;
}

/** Everything between Buckle and the exchange. To be made in the worker's first turn. */
export interface Network {
  exchange: Exchange;
  rate: RateBucket;
  inspector: Inspector;
  marketData: MarketData;
}

export function createNetwork(deps: NetworkDependencies): Network {
  const { browser, memory, now, sleep } = deps;
  const clock = memory.value('clock');
  const protocol = memory.value('protocol');
  let headersSet: Promise<void> | undefined;
  /** Before the first request, and not before: a worker that only signs has no use for it. */
  const withHeaders = (): Promise<void> => {
    // Where the browser cannot do it, requests go out all the same.
    headersSet ??= setRequestHeaders(browser).catch(deps.report);
    return headersSet;
  };
  const transport = createTransport({
    fetch: (url, init) => fetch(url, init),
    streams: 'duplex' in Request.prototype,
    onTiming: onFetchTiming,
    memory: {
      get: async () => (await protocol.get()) as string | undefined,
      set: protocol.set,
    },
  });
  const access = createExchangeAccess(browser, API);
  access.register();
  const inspector = createInspector({ now });
  const rate = createRateBucket({ now, sleep });
  const exchange = createExchange({
    fetch: async (url, init) => {
      await withHeaders();
      return transport(url, init);
    },
    now,
    monotonic: () => performance.now(),
    sleep,
    random: Math.random,
    online: () => navigator.onLine,
    allowed: access.allowed,
    rate,
    clockMemory: {
      get: async () => (await clock.get()) as Measured | undefined,
      set: clock.set,
    },
    watch: inspector.watch,
  });
  const marketData = createMarketData({ exchange, store: deps.store, now });
  return { exchange, rate, inspector, marketData };
}
