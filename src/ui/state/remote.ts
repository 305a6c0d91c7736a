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
   * As `refresh`, quietly, with an answer to a question that was asked after this moment: a load that is under way began
   * before what just happened, so there is one more after it.
   */
  refreshAnew(): Promise<boolean>;
  /**
   * From now on somebody keeps the value up by what streams tell. `leaving` is called as each load leaves, and at once for
   * one that is under way; what it yields makes the value of the load's answer, which may be older than what was told since.
   */
  follow(leaving: () => (answer: T) => T): void;
  /** Puts in a value that is as new as can be. Where none is known it is not shown: nobody knows the rest of it. */
  show(value: T): void;
  /** Forgets everything; the answer of a load under way is dropped. */
  reset(): void;
}

/** A value as seen by who keeps it up with what streams tell. */
export type Following<T> = Pick<Loader<T>, 'state' | 'follow' | 'show' | 'refreshAnew'>;

export function createLoader<T>(load: () => Promise<Known<T>>): Loader<T> {
  const state = signal<Remote<T>>({ status: 'idle' });
  let running: Promise<boolean> | undefined;
  let generation = 0;
  let leaving: (() => (answer: T) => T) | undefined;
  let settle: ((answer: T) => T) | undefined;

  const withLast = (): { last?: Known<T> } => {
    const last = known(state.value);
    return last ? { last } : {};
  };

  const run = async (mine: number): Promise<boolean> => {
    const result = await load().then(
      (value): Remote<T> => ({ status: 'ready', ...value }),
      (error: unknown): Remote<T> => ({
        status: 'failed',
        error: toWireError(error),
        ...withLast(),
      }),
    );
    if (mine !== generation) return false;
    running = undefined;
    state.value =
      result.status === 'ready' && settle ? { ...result, value: settle(result.value) } : result;
    return result.status === 'ready';
  };

  const refresh = (quiet = false): Promise<boolean> => {
    if (running) return running;
    if (!(quiet && state.value.status === 'failed')) {
      state.value = { status: 'loading', ...withLast() };
    }
    settle = leaving?.();
    running = run(generation);
    return running;
  };

  return {
    state,
    refresh,
    async refreshAnew() {
      if (running) await running;
      return refresh(true);
    },
    seed(value) {
      const last = known(state.value);
      if (last && last.at >= value.at) return;
      state.value = running ? { status: 'loading', last: value } : { status: 'ready', ...value };
    },
    follow(next) {
      leaving = next;
      if (running) settle = next();
    },
    show(value) {
      const remote = state.value;
      if (remote.status === 'ready') state.value = { ...remote, value };
      else if (remote.status !== 'idle' && remote.last) {
        state.value = { ...remote, last: { ...remote.last, value } };
      }
    },
    reset() {
      generation += 1;
      running = undefined;
      state.value = { status: 'idle' };
    },
  };
}
