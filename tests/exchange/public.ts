import { assets } from './assets.ts';
import { candleAnswer, newestTrades, spanAnswer, tradedIn } from './candles.ts';
import { marketType } from './capital.ts';
import { plain } from './decimal.ts';
import { type Endpoint, endpoint, json, words } from './endpoint.ts';
import type { Market } from './markets.ts';
import { marketAnswer, markets } from './markets.ts';
import { i64, oneOf, optional, text, upTo } from './params.ts';
import { knownMarket } from './rules.ts';
import type { Venue } from './venue.ts';

const visible = (): Market[] => markets.filter((market) => market.visible);

/** The first update id of every book. */
export const UPDATE_IDS_FROM = 5_796_499_452;

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;

/** What the last day was like, or another span of time: by whole minutes. */
function lately(venue: Venue, clock: number, length = DAY_MS) {
  const from = Math.floor((clock - length) / MINUTE_MS) * MINUTE_MS;
  const span = tradedIn(venue, from, clock + 1);
  if (span) return spanAnswer(venue, span);
  const { last } = venue;
  const still = { open: last, high: plain(last), low: plain(last), close: last };
  return { ...still, volume: '0', quoteVolume: '0', trades: 0 };
}

function tickerAnswer(venue: Venue, clock: number, interval: '1d' | '1w' = '1d'): object {
  const length = interval === '1d' ? DAY_MS : WEEK_MS;
  const { open, close, trades, ...rest } = lately(venue, clock, length);
  return {
    symbol: venue.market.symbol,
    firstPrice: plain(open),
    lastPrice: plain(close),
    priceChange: plain(close.minus(open)),
    priceChangePercent: close.minus(open).div(open).toFixed(6),
    ...rest,
    trades: String(trades),
  };
}

/** The same, in the letters of the stream. */
export function tickerFrame(venue: Venue, clock: number, stamp: object): object {
  const { open, close, high, low, volume, quoteVolume, trades } = lately(venue, clock);
  return {
    ...{ e: 'ticker', ...stamp, s: venue.market.symbol, o: plain(open), c: plain(close) },
    ...{ h: high, l: low, v: volume, V: quoteVolume, n: trades },
  };
}

const HOUR_MS = 3_600_000;
function markAnswer({ market, mark, index }: Venue, clock: number): object {
  const perp = market.marketType === 'PERP';
  return {
    symbol: market.symbol,
    markPrice: plain(mark),
    indexPrice: plain(index),
    fundingRate: perp ? '0.0000125' : null,
    nextFundingTimestamp: perp ? (Math.floor(clock / HOUR_MS) + 1) * HOUR_MS : null,
  };
}

const DEPTH_LIMITS = ['5', '10', '20', '50', '100', '500', '1000'] as const;
const tickerInterval = optional(oneOf('TickerInterval', '1d', '1w'));
const klineInterval = oneOf(
  'KlineInterval',
  ...([
    '1s',
    '1m',
    '3m',
    '5m',
    '15m',
    '30m',
    '1h',
    '2h',
    '4h',
    '6h',
    '8h',
    '12h',
    '1d',
    '3d',
  ] as const),
  ...(['1w', '1month'] as const),
);
const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const MONTH_S = 2_592_000;
const secondsOf = (interval: string): number =>
  interval === '1month'
    ? MONTH_S
    : Number.parseInt(interval, 10) * (unitSeconds[interval.slice(-1)] ?? 1);
const MOST_CANDLES = 1000;

/** What anybody may ask, unsigned. */
export const publicEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/status',
    params: {},
    handle: () => json({ message: null, status: 'Ok' }),
  }),
  endpoint({ method: 'GET', path: '/api/v1/ping', params: {}, handle: () => words('pong') }),
  endpoint({
    method: 'GET',
    path: '/api/v1/time',
    params: {},
    handle: ({ world }) => words(String(world.clock())),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/assets',
    params: { country: optional(text) },
    handle: () => json(assets),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/markets',
    params: { marketType: optional(marketType) },
    handle: ({ params }) =>
      json(
        markets
          .filter((market) => (params.marketType ?? market.marketType) === market.marketType)
          .map(marketAnswer),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/market',
    params: { symbol: text },
    handle: ({ params }) => json(marketAnswer(knownMarket(params.symbol))),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/ticker',
    params: { symbol: text, interval: tickerInterval },
    handle: ({ params, world }) =>
      json(
        tickerAnswer(
          world.engine.venue(knownMarket(params.symbol)),
          world.clock(),
          params.interval,
        ),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/tickers',
    params: { interval: tickerInterval },
    handle: ({ params, world }) =>
      json(
        visible().map((market) =>
          tickerAnswer(world.engine.venue(market), world.clock(), params.interval),
        ),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/depth',
    params: { symbol: text, limit: optional(oneOf('DepthLimit', ...DEPTH_LIMITS)) },
    handle({ params, world }) {
      const { book } = world.engine.venue(knownMarket(params.symbol));
      const { asks, bids } = book.depth(Number(params.limit ?? 1000));
      const lastUpdateId = String(UPDATE_IDS_FROM + book.updates);
      return json({ asks, bids, lastUpdateId, timestamp: world.clock() * 1000 });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/markPrices',
    params: { symbol: optional(text), marketType: optional(marketType) },
    handle: ({ params, world }) =>
      json(
        (params.symbol === undefined ? visible() : [knownMarket(params.symbol)])
          .filter((market) => (params.marketType ?? market.marketType) === market.marketType)
          .map((market) => markAnswer(world.engine.venue(market), world.clock())),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/trades',
    params: { symbol: text, limit: optional(upTo(1000)) },
    handle({ params, world }) {
      const newest = newestTrades(
        world.engine.venue(knownMarket(params.symbol)),
        params.limit ?? 100,
      );
      const answers = newest.map(({ id, price, quantity, timestamp, isBuyerMaker }) => ({
        id,
        price: plain(price),
        quantity: plain(quantity),
        quoteQuantity: plain(price.times(quantity)),
        timestamp,
        isBuyerMaker,
      }));
      return json(answers);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/klines',
    params: {
      symbol: text,
      interval: klineInterval,
      startTime: i64,
      endTime: optional(i64),
      priceType: optional(oneOf('KlinePriceType', 'Last', 'Index', 'Mark')),
    },
    handle({ params, world }) {
      const venue = world.engine.venue(knownMarket(params.symbol));
      const length = secondsOf(params.interval);
      const first = Math.floor(params.startTime / length) * length;
      const end = params.endTime ?? Math.floor(world.clock() / 1000);
      const count = Math.min(MOST_CANDLES, Math.max(0, Math.ceil((end - first) / length)));
      const candles = Array.from({ length: count }, (_, index) =>
        candleAnswer(
          venue,
          params.priceType ?? 'Last',
          (first + index * length) * 1000,
          length * 1000,
        ),
      );
      return json(candles);
    },
  }),
];
