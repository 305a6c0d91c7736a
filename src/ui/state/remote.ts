import { type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';

/** A value and when it was so, in Unix ms. */
export interface Known<T> {
  value: T;
  at: number;
}

/** What a surface knows of something that lives elsewhere. `last` is the last good value: old data greys, it never vanishes. */
export type Remote<T> =
  | { status: 'idle' }
  | { status: 'loading'; last?: Known<T> }
  | { status: 'ready'; value: T; at: number }
  | { status: 'failed'; error: WireError; last?: Known<T> };

/** The newest value that is known, whatever has happened since. */
export function known<T>(remote: Remote<T>): Known<T> | undefined {
  if (remote.status === 'ready') return { value: remote.value, at: remote.at };
  return remote.status === 'idle' ? undefined : remote.last;
}

export interface Loader<T> {
  readonly state: ReadonlySignal<Remote<T>>;
  /**
   * Loads anew; a load under way is shared. A `quiet` load (a poll) leaves a shown failure standing until there is news.
   * @returns whether a fresh value came.
   */
  refresh(quiet?: boolean): Promise<boolean>;
  /** Shows a value from elsewhere, such as a snapshot, unless a newer one is known. */
  seed(value: Known<T>): void;
  /**
   * Puts news into the value. During a load it is kept as well, and put into the answer, which may be older than the news: so
   * `change` must come to the same if it is done twice. Without a value there is nothing to change: the next load brings all.
   */
  merge(change: (value: T) => T): void;
  /** Forgets everything; the answer of a load under way is dropped. */
  reset(): void;
}

export function createLoader<T>(load: () => Promise<Known<T>>): Loader<T> {
  const state = signal<Remote<T>>({ status: 'idle' });
  let running: Promise<boolean> | undefined;
  let generation = 0;
  /** What came during the load that is under way, in order. */
  let news: ((value: T) => T)[] = [];

  const withLast = (): { last?: Known<T> } => {
    const last = known(state.value);
    return last ? { last } : {};
  };

  const run = async (mine: number): Promise<boolean> => {
    const result = await load().then(
      ({ value, at }): Remote<T> => {
        const current = news.reduce((merged, change) => change(merged), value);
        return { status: 'ready', value: current, at };
      },
      (error: unknown): Remote<T> => ({
        status: 'failed',
        error: toWireError(error),
        ...withLast(),
      }),
    );
    if (mine !== generation) return false;
    running = undefined;
    news = [];
    state.value = result;
    return result.status === 'ready';
  };

  return {
    state,
    refresh(quiet = false) {
      if (running) return running;
      if (!(quiet && state.value.status === 'failed')) {
        state.value = { status: 'loading', ...withLast() };
      }
      news = [];
      running = run(generation);
      return running;
    },
    seed(value) {
      const last = known(state.value);
      if (last && last.at >= value.at) return;
      state.value = running ? { status: 'loading', last: value } : { status: 'ready', ...value };
    },
    merge(change) {
      if (running) news.push(change);
      const remote = state.value;
      if (remote.status === 'ready') state.value = { ...remote, value: change(remote.value) };
      else if (remote.status !== 'idle' && remote.last) {
        const last = { ...remote.last, value: change(remote.last.value) };
        state.value = { ...remote, last };
      }
    },
    reset() {
      generation += 1;
      running = undefined;
      news = [];
      state.value = { status: 'idle' };
    },
  };
}
