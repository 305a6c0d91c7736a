import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toWireError } from '../../core/errors.ts';
import { type Collector, createCollector } from './collector.ts';
import type { Reads } from './reads.ts';
import { known, type Remote } from './remote.ts';
import {
  type HistoryFilter,
  type HistorySource,
  NO_FILTER,
  type Page,
  startWalk,
  type Walk,
} from './walk.ts';

export interface History<Row> {
  /** Newest first, each once. */
  rows: readonly Row[];
  /** There may be older ones. */
  more: boolean;
  /** How many rows were looked at: more than there are in `rows` where the filter is applied here. */
  looked: number;
  /** How many the exchange says there are under the filters that it knows. */
  total?: number;
}

/** A history of the selected account, as far back as a person has looked. */
export interface HistoryState<Row> {
  readonly remote: ReadonlySignal<Remote<History<Row>>>;
  readonly filter: ReadonlySignal<HistoryFilter>;
  /** Some of the filter is applied here: the exchange cannot do it. */
  readonly filteredHere: ReadonlySignal<boolean>;
  /** The newest page, anew; what is older stays if it joins. A `quiet` one leaves a shown failure standing until there is news. */
  refresh(quiet?: boolean): Promise<boolean>;
  /** The next older page, below what is there. A load under way is shared. */
  loadMore(): Promise<boolean>;
  /** Once more what has failed. */
  retry(): Promise<boolean>;
  setFilter(change: Partial<HistoryFilter>): void;
  /** Every row under the filter, for a file. */
  readonly collector: Collector<Row>;
  /** Tells a row from every other. */
  keyOf(row: Row): string;
  reset(): void;
}

const FIRST_PAGE = 100;
const NEXT_PAGE = 200;
/** Where rows are filtered here, one asking goes through so many of them, so that something turns up. */
const FILTERED_PAGE = 1000;
const FILTERED_PAGES = 5;
const ENOUGH = 50;

export function createHistory<Row>(reads: Reads, source: HistorySource<Row>): HistoryState<Row> {
  const remote = signal<Remote<History<Row>>>({ status: 'idle' });
  const filter = signal<HistoryFilter>(NO_FILTER);
  const collector = createCollector(source, reads, () => filter.value);
  let walk: Walk<Row> | undefined;
  let generation = 0;
  let running: Promise<boolean> | undefined;
  let again = (): Promise<boolean> => refresh();

  const isFilteredHere = ({ symbol, from, to }: HistoryFilter): boolean =>
    (!source.filters.symbol && symbol !== '') ||
    (!source.filters.time && (from !== undefined || to !== undefined));

  /** Pages until there is something to show. */
  const advance = async (way: Walk<Row>, limit: number): Promise<Page<Row>> => {
    const here = isFilteredHere(filter.value);
    const rows: Row[] = [];
    let last: Page<Row> | undefined;
    for (let pages = 1; ; pages += 1) {
      try {
        last = await way.next(here ? FILTERED_PAGE : limit);
      } catch (error) {
        // What came before the failure counts: the walk does not give it twice.
        if (last && rows.length > 0) return { ...last, rows };
        throw error;
      }
      rows.push(...last.rows);
      if (last.end || !here || rows.length >= ENOUGH || pages >= FILTERED_PAGES) {
        return { ...last, rows };
      }
    }
  };

  const shown = (way: Walk<Row>, rows: readonly Row[], more: boolean): History<Row> => ({
    rows,
    more,
    looked: way.keys.size,
    ...(way.total === undefined ? {} : { total: way.total }),
  });

  /** @param work - Yields what is to be shown; that is only taken over if nothing else has been asked for meanwhile. */
  const perform = (
    work: () => Promise<{ at: number; take: () => History<Row> }>,
    quiet: boolean,
  ): Promise<boolean> => {
    const mine = generation;
    const last = known(remote.value);
    const withLast = last ? { last } : {};
    if (!(quiet && remote.value.status === 'failed')) {
      remote.value = { status: 'loading', ...withLast };
    }
    const run = async (): Promise<boolean> => {
      let result: () => Remote<History<Row>>;
      try {
        const { at, take } = await work();
        result = () => ({ status: 'ready', at, value: take() });
      } catch (error) {
        result = () => ({ status: 'failed', error: toWireError(error), ...withLast });
      }
      if (mine !== generation) return false;
      running = undefined;
      remote.value = result();
      return remote.value.status === 'ready';
    };
    running = run();
    return running;
  };

  const refresh = (quiet = false): Promise<boolean> => {
    if (running) return running;
    again = () => refresh();
    return perform(async () => {
      const fresh = startWalk(source, reads, filter.value);
      const { rows, end, at } = await advance(fresh, FIRST_PAGE);
      const take = (): History<Row> => {
        const before = known(remote.value)?.value;
        if (before && walk?.absorb(fresh)) {
          const older = before.rows.filter((row) => !fresh.keys.has(source.key(row)));
          return shown(walk, [...rows, ...older], before.more);
        }
        walk = fresh;
        return shown(fresh, rows, !end);
      };
      return { at, take };
    }, quiet);
  };

  const loadMore = (): Promise<boolean> => {
    if (running) return running;
    const before = known(remote.value)?.value;
    const way = walk;
    if (!before || !way) return refresh();
    again = loadMore;
    return perform(async () => {
      const { rows, end, at } = await advance(way, NEXT_PAGE);
      return { at, take: () => shown(way, [...before.rows, ...rows], !end) };
    }, false);
  };

  const forget = (): void => {
    generation += 1;
    running = undefined;
    walk = undefined;
    remote.value = { status: 'idle' };
    collector.cancel();
  };

  return {
    remote,
    filter,
    filteredHere: computed(() => isFilteredHere(filter.value)),
    collector,
    keyOf: source.key,
    refresh,
    loadMore,
    retry: () => again(),
    setFilter(change) {
      const next = { ...filter.value, ...change };
      const { symbol, from, to } = filter.value;
      if (next.symbol === symbol && next.from === from && next.to === to) return;
      filter.value = next;
      forget();
      void refresh();
    },
    reset() {
      filter.value = NO_FILTER;
      forget();
    },
  };
}
