import { type ReadonlySignal, signal } from '@preact/signals';
import { toWireError } from '../../core/errors.ts';
import type { HistoricOrder } from '../../exchange/types.ts';
import type { Reads } from './reads.ts';
import { known, type Remote } from './remote.ts';

export interface History {
  rows: readonly HistoricOrder[];
  /** There are older ones. */
  more: boolean;
}

export interface HistoryState {
  readonly remote: ReadonlySignal<Remote<History>>;
  /** Only this market; empty for all of them. */
  readonly symbol: ReadonlySignal<string>;
  /** The newest page, anew. */
  refresh(): Promise<boolean>;
  /** The next older page, below what is there. */
  loadMore(): Promise<boolean>;
  filter(symbol: string): void;
  reset(): void;
}

const PAGE = 100;

export function createHistory(reads: Reads): HistoryState {
  const remote = signal<Remote<History>>({ status: 'idle' });
  const symbol = signal('');
  let generation = 0;

  /** `offset` counts from the newest order, so a page that moved on meanwhile brings some rows again: each is kept once. */
  const load = async (offset: number, kept: readonly HistoricOrder[]): Promise<boolean> => {
    generation += 1;
    const mine = generation;
    const last = known(remote.value);
    const withLast = last ? { last } : {};
    remote.value = { status: 'loading', ...withLast };
    const only = symbol.value === '' ? {} : { symbol: symbol.value };
    const params = { limit: PAGE, offset, sortDirection: 'Desc' as const, ...only };
    const result = await reads.account('orderHistoryQueryAll', params).then(
      ({ value, at }): Remote<History> => {
        const ids = new Set(kept.map(({ id }) => id));
        const rows = [...kept, ...value.filter(({ id }) => !ids.has(id))];
        return { status: 'ready', at, value: { rows, more: value.length === PAGE } };
      },
      (error: unknown): Remote<History> => ({
        status: 'failed',
        error: toWireError(error),
        ...withLast,
      }),
    );
    if (mine !== generation) return false;
    remote.value = result;
    return result.status === 'ready';
  };

  const forget = (): void => {
    generation += 1;
    remote.value = { status: 'idle' };
  };

  return {
    remote,
    symbol,
    refresh: () => load(0, []),
    loadMore() {
      const rows = known(remote.value)?.value.rows ?? [];
      return load(rows.length, rows);
    },
    filter(next) {
      if (symbol.value === next) return;
      symbol.value = next;
      forget();
      void load(0, []);
    },
    reset() {
      symbol.value = '';
      forget();
    },
  };
}
