import type { Depth, Level } from '../market-shapes.ts';
import type { After } from './connection.ts';
import type { DepthUpdate } from './market-frames.ts';

export interface DepthBook {
  /** The stream speaks from now on, perhaps after a break: what it says needs a snapshot to stand on. */
  start(): void;
  apply(update: DepthUpdate): void;
  /** The best prices of each side, the best first; nothing while the book is not whole. `at` in Unix ms. */
  best(count: number): { at: number; bids: Level[]; asks: Level[] } | undefined;
  stop(): void;
}

const SHORTEST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** Nothing as old as this is missing in a snapshot that is yet to come. */
const KEPT = 500;

/** By value: REST writes `86700` where the stream writes `86700.0`. */
type Side = Map<number, Level>;

function write(side: Side, levels: readonly Level[]): void {
  for (const level of levels) {
    const [price, quantity] = level;
    if (Number(quantity) === 0) side.delete(Number(price));
    else side.set(Number(price), level);
  }
}

function bestOf(side: Side, count: number, descending: boolean): Level[] {
  const prices = Float64Array.from(side.keys()).sort();
  const best = descending ? prices.slice(-count).reverse() : prices.slice(0, count);
  return Array.from(best, (price) => side.get(price)).filter((level) => level !== undefined);
}

/**
 * An order book that is kept by a stream of changes. No snapshot ever comes on the stream, so one is read, and again whenever
 * the changes do not follow one upon the other.
 */
export function createDepthBook(deps: {
  snapshot: () => Promise<Depth>;
  /** The book is another now. */
  changed: () => void;
  after: After;
}): DepthBook {
  const bids: Side = new Map();
  const asks: Side = new Map();
  /** Update id that the book is at; `undefined` while it is not whole. */
  let last: number | undefined;
  let at = 0;
  /** What came while a snapshot was on its way. */
  let waiting: DepthUpdate[] = [];
  let turn = 0;
  let failures = 0;
  let cancel = (): void => undefined;

  const take = (update: DepthUpdate): boolean => {
    if (last === undefined || update.first > last + 1) return false;
    if (update.last <= last) return true;
    write(bids, update.bids);
    write(asks, update.asks);
    last = update.last;
    at = update.at / 1000;
    return true;
  };

  const load = async (mine: number): Promise<void> => {
    const depth = await deps.snapshot();
    if (mine !== turn) return;
    bids.clear();
    asks.clear();
    write(bids, depth.bids);
    write(asks, depth.asks);
    last = depth.lastUpdateId;
    at = depth.timestamp / 1000;
    const kept = waiting;
    waiting = [];
    if (!kept.every(take)) {
      begin(kept);
      return;
    }
    failures = 0;
    deps.changed();
  };

  /** Reads a snapshot: at once the first time, then with longer and longer pauses. */
  function begin(from: DepthUpdate[]): void {
    turn += 1;
    const mine = turn;
    last = undefined;
    waiting = from;
    cancel();
    const pause = Math.min(SHORTEST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    const ask = (): void =>
      void load(mine).catch(() => {
        if (mine === turn) begin(waiting);
      });
    if (failures === 0) ask();
    else cancel = deps.after(pause, ask);
    failures += 1;
  }

  return {
    start() {
      failures = 0;
      begin([]);
    },
    apply(update) {
      if (last === undefined) {
        waiting = [...waiting.slice(1 - KEPT), update];
      } else if (take(update)) {
        deps.changed();
      } else {
        begin([update]);
      }
    },
    best: (count) =>
      last === undefined
        ? undefined
        : {
            at: Math.floor(at),
            bids: bestOf(bids, count, true),
            asks: bestOf(asks, count, false),
          },
    stop() {
      turn += 1;
      cancel();
      last = undefined;
      waiting = [];
    },
  };
}
