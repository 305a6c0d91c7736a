import { type Signal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';

type Doing = 'preparing' | 'sending';

/** What a form does with the background: one thing at a time. */
export interface Turn {
  readonly busy: Signal<Doing | undefined>;
  /** Why it went no further: nothing has left. */
  readonly error: Signal<WireError | undefined>;
  /** Does nothing while something else is under way. What `work` yields is done at its end, unless it was reset meanwhile. */
  run(what: Doing, work: () => Promise<() => void>): Promise<void>;
  /** Another account is shown, or another order: what is under way is left alone and changes nothing any more. */
  reset(): void;
}

export function createTurn(): Turn {
  const busy = signal<Doing | undefined>();
  const error = signal<WireError | undefined>();
  let generation = 0;
  return {
    busy,
    error,
    async run(what, work) {
      if (busy.value) return;
      const mine = generation;
      busy.value = what;
      error.value = undefined;
      const conclude = await work();
      if (mine !== generation) return;
      busy.value = undefined;
      conclude();
    },
    reset() {
      generation += 1;
      busy.value = undefined;
      error.value = undefined;
    },
  };
}

/** What was prepared, or why it was not. Never throws. */
export const preparedOr = <R>(
  preparing: Promise<R>,
): Promise<{ prepared: R } | { failed: WireError }> =>
  preparing.then(
    (prepared) => ({ prepared }),
    (thrown: unknown) => ({ failed: toWireError(thrown) }),
  );
