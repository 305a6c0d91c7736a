import type { Reads } from './reads.ts';
import type { Known } from './remote.ts';

/** What is asked of a history. Times in Unix ms: `from` is the first that belongs, `to` the first that does not. */
export interface HistoryFilter {
  /** A market or an asset; empty for all. */
  symbol: string;
  from?: number | undefined;
  to?: number | undefined;
}

export const NO_FILTER: HistoryFilter = { symbol: '' };

/** One kind of history: where its rows come from, newest first, and what is in them. */
export interface HistorySource<Row> {
  read(
    reads: Reads,
    page: { limit: number; offset: number },
    filter: HistoryFilter,
  ): Promise<Known<readonly Row[]> & { total?: number }>;
  /** Tells a row from every other of its account. */
  key(row: Row): string;
  /** Unix ms; `NaN` if it cannot be read. */
  at(row: Row): number;
  symbol(row: Row): string;
  /** What the exchange filters by itself; the rest is filtered here, from what it gives. */
  filters: { symbol: boolean; time: boolean };
}

export interface Page<Row> {
  /** Those that the filter leaves and that no page before had. */
  rows: readonly Row[];
  /** Nothing older can belong. */
  end: boolean;
  /** Unix ms of the answer. */
  at: number;
}

/** A way through a history from its newest row to its oldest. Rows that a moving history gives twice are kept once. */
export interface Walk<Row> {
  /** The next older page; the walk only moves on if it comes. @throws as `Reads.account`. */
  next(limit: number): Promise<Page<Row>>;
  /** Takes over the rows of a walk that began later, if it has met this one; what they push on is allowed for. */
  absorb(newer: Walk<Row>): boolean;
  /** Keys of all rows that were given so far, those included that the filter leaves out. */
  readonly keys: ReadonlySet<string>;
  /** How many the exchange says there are under the filters that it knows. */
  readonly total: number | undefined;
}

function belongs<Row>(source: HistorySource<Row>, filter: HistoryFilter, row: Row): boolean {
  const { symbol, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = filter;
  if (symbol !== '' && source.symbol(row) !== symbol) return false;
  const at = source.at(row);
  // A time that cannot be read rules nothing out.
  return Number.isNaN(at) || (at >= from && at < to);
}

/** Rows without an id of their own may be alike and still be two. */
function numbered(key: string, seen: Map<string, number>): string {
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return before === 0 ? key : `${key} ${before}`;
}

export function startWalk<Row>(
  source: HistorySource<Row>,
  reads: Reads,
  filter: HistoryFilter,
): Walk<Row> {
  const keys = new Set<string>();
  let offset = 0;
  let total: number | undefined;

  const isPast = (last: Row | undefined): boolean =>
    last !== undefined && filter.from !== undefined && source.at(last) < filter.from;

  return {
    keys,
    get total() {
      return total;
    },
    async next(limit) {
      const answer = await source.read(reads, { limit, offset }, filter);
      const { value } = answer;
      offset += value.length;
      total = answer.total;
      const rows: Row[] = [];
      const seen = new Map<string, number>();
      for (const row of value) {
        const key = numbered(source.key(row), seen);
        if (!keys.has(key) && belongs(source, filter, row)) rows.push(row);
        keys.add(key);
      }
      const gone = total === undefined ? value.length < limit : offset >= total;
      return {
        rows,
        at: answer.at,
        end: gone || value.length === 0 || (!source.filters.time && isPast(value.at(-1))),
      };
    },
    absorb(newer) {
      const fresh = [...newer.keys].filter((key) => !keys.has(key));
      if (fresh.length === newer.keys.size) return false;
      for (const key of fresh) keys.add(key);
      offset += fresh.length;
      total = newer.total;
      return true;
    },
  };
}
