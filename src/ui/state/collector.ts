import { type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { Reads } from './reads.ts';
import { type HistoryFilter, type HistorySource, startWalk, type Walk } from './walk.ts';

/** How far a collection has come: rows looked at, of how many if that is known. */
export type Collecting =
  | { status: 'idle' }
  | { status: 'running'; looked: number; total: number | undefined }
  | { status: 'failed'; error: WireError; looked: number; total: number | undefined };

/** Brings together every row of a history, for a file. */
export interface Collector<Row> {
  readonly state: ReadonlySignal<Collecting>;
  /** All rows under the filter, newest first. After a failure it goes on where it stopped. `undefined`: cancelled or failed. */
  run(): Promise<readonly Row[] | undefined>;
  /** Drops what was brought together. */
  cancel(): void;
}

const PAGE = 1000;
/** So many pages go at once; the rest at less than thirty a minute, which is the exchange's lowest limit. */
const BURST = 10;
const PAUSE_MS = 2_100;

const sleeping = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function createCollector<Row>(
  source: HistorySource<Row>,
  reads: Reads,
  filter: () => HistoryFilter,
  sleep: (ms: number) => Promise<void> = sleeping,
): Collector<Row> {
  const state = signal<Collecting>({ status: 'idle' });
  let walk: Walk<Row> | undefined;
  let rows: Row[] = [];
  let generation = 0;

  const forget = (): void => {
    generation += 1;
    walk = undefined;
    rows = [];
    state.value = { status: 'idle' };
  };

  /** @returns whether it came to the end; `false` if it was cancelled. */
  const goThrough = async (way: Walk<Row>, mine: number): Promise<boolean> => {
    for (let pages = 1; ; pages += 1) {
      const page = await way.next(PAGE);
      if (mine !== generation) return false;
      for (const row of page.rows) rows.push(row);
      state.value = { status: 'running', looked: way.keys.size, total: way.total };
      if (page.end) return true;
      if (pages >= BURST) await sleep(PAUSE_MS);
      if (mine !== generation) return false;
    }
  };

  return {
    state,
    async run() {
      if (state.value.status === 'running') return undefined;
      const way = walk ?? startWalk(source, reads, filter());
      walk = way;
      const mine = generation;
      state.value = { status: 'running', looked: way.keys.size, total: way.total };
      try {
        if (!(await goThrough(way, mine))) return undefined;
      } catch (error) {
        if (mine !== generation) return undefined;
        const { keys, total } = way;
        state.value = { status: 'failed', error: toWireError(error), looked: keys.size, total };
        return undefined;
      }
      const all = rows;
      forget();
      return all;
    },
    cancel: forget,
  };
}
