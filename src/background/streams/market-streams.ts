import * as v from 'valibot';
import type { Depth } from '../../exchange/market-shapes.ts';
import type { After, Connection, ConnectionState } from '../../exchange/streams/connection.ts';
import { createDepthBook, type DepthBook } from '../../exchange/streams/depth-book.ts';
import { depthFrame, markFrame, tickerFrame } from '../../exchange/streams/market-frames.ts';
import type { LiveState } from '../../messaging/live.ts';
import type { Connect } from './account-stream.ts';
import type { Batches } from './event-batches.ts';

/** How many prices of each side a surface is told. */
const LEVELS = 20;

export interface MarketStreams {
  /** What is on screen, and whether with its order book. */
  show(markets: ReadonlyMap<string, boolean>): void;
  stateOf(market: string): LiveState;
  hurry(): void;
}

const streamsOf = (market: string, depth: boolean): string[] => [
  `ticker.${market}`,
  `markPrice.${market}`,
  ...(depth ? [`depth.200ms.${market}`] : []),
];

/** What anybody may hear of the markets on screen, on one socket, and their order books. */
export function createMarketStreams(deps: {
  connect: Connect;
  depth: (market: string) => Promise<Depth>;
  batches: Batches;
  after: After;
}): MarketStreams {
  const { batches, after } = deps;
  const books = new Map<string, DepthBook>();
  let shown: ReadonlyMap<string, boolean> = new Map();
  let connection: Connection | undefined;

  const tellDepth = (market: string): void =>
    batches.add(`liveDepth/${market}`, () => {
      const best = books.get(market)?.best(LEVELS);
      return best && { name: 'liveDepth', market, ...best };
    });

  const heard = (stream: string, data: unknown): void => {
    const [kind] = stream.split('.', 1);
    if (kind === 'ticker') {
      const read = v.safeParse(tickerFrame, data);
      const market = read.success ? read.output.ticker.symbol : '';
      if (!read.success || !shown.has(market)) return;
      batches.add(`liveTicker/${market}`, () => ({ name: 'liveTicker', market, ...read.output }));
    } else if (kind === 'markPrice') {
      const read = v.safeParse(markFrame, data);
      const market = read.success ? read.output.mark.symbol : '';
      if (!read.success || !shown.has(market)) return;
      batches.add(`liveMark/${market}`, () => ({ name: 'liveMark', market, ...read.output }));
    } else if (kind === 'depth') {
      // One that cannot be read is a gap, which the next one shows.
      const read = v.safeParse(depthFrame, data);
      if (read.success) books.get(read.output.symbol)?.apply(read.output);
    }
  };

  const changed = (state: ConnectionState): void => {
    for (const book of books.values()) {
      if (state === 'live') book.start();
      else book.stop();
    }
    for (const market of shown.keys()) {
      batches.add(`live/${market}`, () => ({ name: 'live', market, state }));
    }
  };

  const say = (method: 'SUBSCRIBE' | 'UNSUBSCRIBE', params: readonly string[]): string =>
    JSON.stringify({ method, params });

  /** Every stream that is heard, or is to be. */
  const all = (markets: ReadonlyMap<string, boolean>): string[] =>
    [...markets].flatMap(([market, depth]) => streamsOf(market, depth));

  /** Keeps a book for each market that is shown with one. */
  const keepBooks = (): void => {
    for (const [market, book] of books) {
      if (shown.get(market)) continue;
      book.stop();
      books.delete(market);
    }
    for (const [market, depth] of shown) {
      if (!depth || books.has(market)) continue;
      const book = createDepthBook({
        snapshot: () => deps.depth(market),
        changed: () => tellDepth(market),
        after,
      });
      books.set(market, book);
      if (connection?.state === 'live') book.start();
    }
  };

  return {
    show(markets) {
      const before = new Set(all(shown));
      const next = new Set(all(markets));
      shown = markets;
      if (next.size === 0) {
        connection?.close();
        connection = undefined;
      } else if (connection === undefined) {
        connection = deps.connect({
          subscribe: async () => [say('SUBSCRIBE', all(shown))],
          heard,
          changed,
        });
      } else {
        const added = [...next].filter((stream) => !before.has(stream));
        const dropped = [...before].filter((stream) => !next.has(stream));
        if (added.length > 0) connection.send(say('SUBSCRIBE', added));
        if (dropped.length > 0) connection.send(say('UNSUBSCRIBE', dropped));
      }
      keepBooks();
    },
    stateOf: (market) => (shown.has(market) ? (connection?.state ?? 'off') : 'off'),
    hurry: () => connection?.hurry(),
  };
}
