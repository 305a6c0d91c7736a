import { type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { ReplyOf } from '../../messaging/contract.ts';
import type { LogEntry } from '../../messaging/log.ts';
import type { Collecting, Collector } from './collector.ts';
import { type Part, part } from './part.ts';
import { known, type Remote } from './remote.ts';

/** A line of the log: an entry, or the number of one that no longer opens. */
export type LogRow = { number: number; entry?: LogEntry };

export interface LogList {
  /** Newest first. */
  rows: readonly LogRow[];
  /** How many entries the whole log has. */
  total: number;
  /** Where it goes on; none: that was the oldest. */
  next: number | undefined;
}

/** How far "Verify log" has come, and what it found. */
export type Verifying =
  | { status: 'idle' }
  | { status: 'running'; checked: number; total: number | undefined }
  | { status: 'holds'; checked: number }
  | { status: 'broken'; checked: number; problem: NonNullable<ReplyOf<'log.verify'>['problem']> }
  | { status: 'failed'; error: WireError };

export interface LogState extends Part {
  readonly remote: ReadonlySignal<Remote<LogList>>;
  readonly search: ReadonlySignal<string>;
  readonly verifying: ReadonlySignal<Verifying>;
  /** Every entry under the search, for a file. */
  readonly collector: Collector<LogEntry>;
  find(search: string): void;
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  verify(): Promise<void>;
}

const PAGE = 100;
const FILE_PAGE = 1000;
/** A screen is filled by so many. */
const FEWEST = 20;

function rowsOf({ entries, damaged }: ReplyOf<'log.read'>): LogRow[] {
  const rows: LogRow[] = entries.map((entry) => ({ number: entry.number, entry }));
  for (const number of damaged) rows.push({ number });
  return rows.sort((a, b) => b.number - a.number);
}

export function createLog(call: WalletCall, now: () => number = Date.now): LogState {
  const remote = signal<Remote<LogList>>({ status: 'idle' });
  const search = signal('');
  const verifying = signal<Verifying>({ status: 'idle' });
  const collecting = signal<Collecting>({ status: 'idle' });
  let generation = 0;
  let collection = 0;

  const page = (before: number | undefined, limit: number) =>
    call('log.read', {
      limit,
      ...(before === undefined ? {} : { before }),
      ...(search.value === '' ? {} : { search: search.value }),
    });

  /** A search looks through so many entries a call and may find few: it goes on until there is something to show. */
  const more = async (below: LogList | undefined, wanted: () => boolean): Promise<LogList> => {
    const rows = [...(below?.rows ?? [])];
    const enough = rows.length + FEWEST;
    let next = below?.next;
    for (;;) {
      const reply: ReplyOf<'log.read'> = await page(next, PAGE);
      rows.push(...rowsOf(reply));
      next = reply.next;
      if (next === undefined || rows.length >= enough || !wanted()) {
        return { rows, total: reply.total, next };
      }
    }
  };

  /** Below what is there, or anew. */
  const load = async (below: LogList | undefined): Promise<void> => {
    generation += 1;
    const mine = generation;
    const last = known(remote.value);
    remote.value = { status: 'loading', ...(last && { last }) };
    const result = await more(below, () => mine === generation).then(
      (value): Remote<LogList> => ({ status: 'ready', value, at: now() }),
      (error: unknown): Remote<LogList> => ({
        status: 'failed',
        error: toWireError(error),
        ...(last && { last }),
      }),
    );
    if (mine === generation) remote.value = result;
  };

  /** What a file was brought together from so far; kept when it fails, so that it goes on there. */
  const begun = (): { entries: LogEntry[]; looked: number; before?: number; total?: number } => ({
    entries: [],
    looked: 0,
  });
  let gathered = begun();
  const cancel = (): void => {
    collection += 1;
    gathered = begun();
    collecting.value = { status: 'idle' };
  };

  const collect = async (): Promise<readonly LogEntry[] | undefined> => {
    if (collecting.value.status === 'running') return undefined;
    collection += 1;
    const mine = collection;
    const { looked, total } = gathered;
    collecting.value = { status: 'running', looked, total };
    try {
      for (;;) {
        const { entries, damaged, total: all, next } = await page(gathered.before, FILE_PAGE);
        if (mine !== collection) return undefined;
        gathered = {
          entries: [...gathered.entries, ...entries],
          looked: gathered.looked + entries.length + damaged.length,
          // Under a search nobody knows of how many.
          ...(search.value === '' ? { total: all } : {}),
          ...(next === undefined ? {} : { before: next }),
        };
        if (next === undefined) break;
        const { looked: so, total: of } = gathered;
        collecting.value = { status: 'running', looked: so, total: of };
      }
    } catch (error) {
      if (mine === collection) {
        const { looked: so, total: of } = gathered;
        collecting.value = { status: 'failed', error: toWireError(error), looked: so, total: of };
      }
      return undefined;
    }
    const { entries } = gathered;
    cancel();
    return entries;
  };

  return {
    remote,
    search,
    verifying,
    collector: { state: collecting, run: collect, cancel },
    find(next) {
      if (search.value === next) return;
      search.value = next;
      cancel();
      void load(undefined);
    },
    refresh: () => load(undefined),
    async loadMore() {
      const list = known(remote.value)?.value;
      if (list?.next !== undefined && remote.value.status !== 'loading') await load(list);
    },
    async verify() {
      if (verifying.value.status === 'running') return;
      verifying.value = { status: 'running', checked: 0, total: undefined };
      let from: number | undefined;
      try {
        for (;;) {
          const reply: ReplyOf<'log.verify'> = await call(
            'log.verify',
            from === undefined ? {} : { from },
          );
          // Locked meanwhile: nothing is known.
          if (verifying.value.status !== 'running') return;
          const { checked, total, next, problem } = reply;
          if (problem) {
            verifying.value = { status: 'broken', checked, problem };
            return;
          }
          if (next === undefined) {
            verifying.value = { status: 'holds', checked };
            return;
          }
          verifying.value = { status: 'running', checked, total };
          from = next;
        }
      } catch (error) {
        verifying.value = { status: 'failed', error: toWireError(error) };
      }
    },
    reset() {
      generation += 1;
      cancel();
      remote.value = { status: 'idle' };
      search.value = '';
      verifying.value = { status: 'idle' };
    },
  };
}

export const activityLog = part(({ call, now }) => createLog(call, now));
