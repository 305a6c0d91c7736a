import { type Account, balancesOf } from './accounts.ts';
import type { Level } from './book.ts';
import { plain } from './decimal.ts';
import type { Engine } from './engine.ts';
import { tickerFrame, UPDATE_IDS_FROM } from './public.ts';
import { Refusal } from './refusal.ts';
import { knownMarket } from './rules.ts';
import { balanceFrame, markFrame, positionFrame, type Stamp, tradeFrame } from './stream-frames.ts';

/** What one stream says of what changed since it was last asked; the first asking is the point it starts from. */
export interface Feed {
  /** No more often than this, in ms. */
  readonly period: number;
  next(): object[];
}

export interface FeedSource {
  readonly engine: Engine;
  stamp(): Stamp;
  clock(): number;
}

type Levels = Map<string, string>;
const levelsOf = (levels: Level[]): Levels => new Map(levels);

/** New and changed levels, and those that are gone with quantity 0. */
const changes = (before: Levels, after: Levels): Level[] => [
  ...[...after].filter(([price, quantity]) => before.get(price) !== quantity),
  ...[...before.keys()].filter((price) => !after.has(price)).map((price): Level => [price, '0']),
];

function depthFeed(source: FeedSource, symbol: string, period: number): Feed {
  const { book } = source.engine.venue(knownMarket(symbol));
  const look = () => {
    const { asks, bids } = book.depth(1000);
    return { asks: levelsOf(asks), bids: levelsOf(bids), updates: book.updates };
  };
  let last = look();
  return {
    period,
    next() {
      if (book.updates === last.updates) return [];
      const now = look();
      const frame = {
        ...{ e: 'depth', ...source.stamp(), s: symbol },
        ...{ a: changes(last.asks, now.asks), b: changes(last.bids, now.bids) },
        ...{ U: UPDATE_IDS_FROM + last.updates + 1, u: UPDATE_IDS_FROM + now.updates },
      };
      last = now;
      return [frame];
    },
  };
}

function bookTickerFeed(source: FeedSource, symbol: string): Feed {
  const { book } = source.engine.venue(knownMarket(symbol));
  let last = '';
  return {
    period: 0,
    next() {
      const { asks, bids } = book.depth(1);
      const [ask, bid] = [asks[0], bids.at(-1)];
      const best = {
        a: ask?.[0] ?? null,
        A: ask?.[1] ?? null,
        b: bid?.[0] ?? null,
        B: bid?.[1] ?? null,
      };
      if (JSON.stringify(best) === last) return [];
      last = JSON.stringify(best);
      const u = UPDATE_IDS_FROM + book.updates;
      return [{ e: 'bookTicker', ...source.stamp(), s: symbol, ...best, u }];
    },
  };
}

function tradeFeed(source: FeedSource, symbol: string): Feed {
  const { trades } = source.engine.venue(knownMarket(symbol));
  let told = trades.length;
  return {
    period: 0,
    next() {
      const fresh = trades.slice(told);
      told = trades.length;
      return fresh.map((trade) => tradeFrame(symbol, trade, source.stamp()));
    },
  };
}

const HOUR_MS = 3_600_000;

function marketFeed(source: FeedSource, kind: string, symbol: string): Feed | undefined {
  const venue = source.engine.venue(knownMarket(symbol));
  if (kind === 'ticker') {
    return { period: 1000, next: () => [tickerFrame(venue, source.clock(), source.stamp())] };
  }
  if (kind === 'markPrice' && venue.market.marketType === 'PERP') {
    const nextFunding = () => (Math.floor(source.clock() / HOUR_MS) + 1) * HOUR_MS;
    return { period: 1000, next: () => [markFrame(venue, nextFunding(), source.stamp())] };
  }
  if (kind === 'bookTicker') return bookTickerFeed(source, symbol);
  if (kind === 'trade') return tradeFeed(source, symbol);
  return kind === 'depth' ? depthFeed(source, symbol, 0) : undefined;
}

export function balanceFeed(source: FeedSource, account: Account): Feed {
  let last = balancesOf(account);
  return {
    period: 0,
    next() {
      const now = balancesOf(account);
      const changed = Object.entries(now).filter(
        ([asset, balance]) => JSON.stringify(balance) !== JSON.stringify(last[asset]),
      );
      last = now;
      return changed.map(([asset, balance]) => balanceFrame(asset, balance, source.stamp()));
    },
  };
}

/** @param only - One market, or all of them. */
export function positionFeed(source: FeedSource, account: Account, only?: string): Feed {
  const markOf = (symbol: string) => source.engine.venue(knownMarket(symbol)).mark;
  /** How much was held, by market. The position of one that is closed is kept to tell of it. */
  const look = () =>
    new Map(
      [...account.positions.values()]
        .filter(({ symbol }) => (only ?? symbol) === symbol)
        .map((position) => [position.symbol, { position, held: plain(position.netQuantity) }]),
    );
  let last = look();
  return {
    period: 0,
    next() {
      const now = look();
      const frames: object[] = [];
      for (const [symbol, { position, held }] of now) {
        const before = last.get(symbol)?.held;
        if (before === held) continue;
        const event = before === undefined ? 'positionOpened' : 'positionAdjusted';
        frames.push(positionFrame(position, markOf(symbol), source.stamp(), event));
      }
      for (const [symbol, { position }] of last) {
        if (now.has(symbol)) continue;
        frames.push(positionFrame(position, markOf(symbol), source.stamp(), 'positionClosed'));
      }
      last = now;
      return frames;
    },
  };
}

/** What somebody who has just subscribed is told of the account's positions: no event. */
export const positionsAtFirst = (source: FeedSource, account: Account, only?: string): object[] =>
  [...account.positions.values()]
    .filter(({ symbol }) => (only ?? symbol) === symbol)
    .map((position) =>
      positionFrame(
        position,
        source.engine.venue(knownMarket(position.symbol)).mark,
        source.stamp(),
      ),
    );

/** The feed of a public stream; none for a stream that stays silent, as that of an unknown market does for ever. */
export function publicFeed(source: FeedSource, stream: string): Feed | undefined {
  const slowed = /^depth\.(200|600|1000)ms\.(.+)$/.exec(stream);
  const [kind = '', symbol = ''] = slowed
    ? ['depth', slowed[2]]
    : [stream.slice(0, stream.indexOf('.')), stream.slice(stream.indexOf('.') + 1)];
  try {
    return slowed ? depthFeed(source, symbol, Number(slowed[1])) : marketFeed(source, kind, symbol);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
