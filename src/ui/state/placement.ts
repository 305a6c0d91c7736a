import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import type { Prepared, RequestView } from '../../messaging/requests.ts';
import { fateOf, isOpen } from './fate.ts';
import { withoutAbsent } from './reads.ts';
import type { Requests } from './requests.ts';

/** What became of the order that was confirmed last. */
export type Placement =
  | { kind: 'known'; view: RequestView }
  | { kind: 'notSent'; error: WireError }
  /** Neither the answer nor the journal could be had: it may or may not be on the exchange. */
  | { kind: 'lost' };

export interface PlacementState {
  /** The order under review, just as it will be signed. */
  readonly review: ReadonlySignal<Prepared | undefined>;
  readonly busy: ReadonlySignal<'preparing' | 'sending' | undefined>;
  /** Why the background would not prepare it. */
  readonly error: ReadonlySignal<WireError | undefined>;
  readonly placement: ReadonlySignal<Placement | undefined>;
  prepare(params: OrderParams): Promise<void>;
  back(): void;
  /** Sends what is under review; a second press while it is on its way does nothing. */
  place(): Promise<void>;
  /** Takes the report of the last order away. */
  dismiss(): void;
  clearError(): void;
  reset(): void;
}

/**
 * From a checked order to its place on the exchange. What is reviewed is what `requests.prepare` gave back, and that very
 * thing is sent; the id in it makes sending twice sending once.
 */
export function createPlacement(requests: Requests): PlacementState {
  const review = signal<Prepared | undefined>();
  const busy = signal<'preparing' | 'sending' | undefined>();
  const error = signal<WireError | undefined>();
  /** The id of the order that was confirmed last, or why it was not sent. */
  const last = signal<{ id: string; failed?: WireError } | undefined>();
  let generation = 0;

  const placement = computed((): Placement | undefined => {
    if (!last.value) return undefined;
    const view = requests.view(last.value.id);
    if (view) return { kind: 'known', view };
    return last.value.failed ? { kind: 'notSent', error: last.value.failed } : { kind: 'lost' };
  });

  return {
    review,
    busy,
    error,
    placement: computed(() => (busy.value === 'sending' ? undefined : placement.value)),
    async prepare(params) {
      if (busy.value) return;
      const mine = generation;
      busy.value = 'preparing';
      error.value = undefined;
      const result = await requests.prepare('orderExecute', withoutAbsent(params)).then(
        (prepared) => ({ prepared }),
        (thrown: unknown) => ({ failed: toWireError(thrown) }),
      );
      if (mine !== generation) return;
      busy.value = undefined;
      if ('failed' in result) error.value = result.failed;
      else {
        review.value = result.prepared;
        last.value = undefined;
      }
    },
    back() {
      if (busy.value !== 'sending') review.value = undefined;
    },
    async place() {
      const prepared = review.value;
      if (!prepared || busy.value) return;
      const mine = generation;
      busy.value = 'sending';
      const sent = await requests.send(prepared);
      if (mine !== generation) return;
      last.value =
        sent.kind === 'notSent' ? { id: prepared.id, failed: sent.error } : { id: prepared.id };
      review.value = undefined;
      busy.value = undefined;
    },
    dismiss() {
      last.value = undefined;
    },
    clearError() {
      error.value = undefined;
    },
    reset() {
      generation += 1;
      for (const each of [review, busy, error, last]) each.value = undefined;
    },
  };
}

/** Orders like this one whose fate is not known yet: sending another may make two. */
export const openTwins = (
  requests: Requests,
  { symbol, side }: OrderParams,
): readonly RequestView[] =>
  requests.open.value.filter(
    (view) =>
      isOpen(view) &&
      view.instruction === 'orderExecute' &&
      fateOf(view) !== 'refused' &&
      view.params.symbol === symbol &&
      view.params.side === side,
  );
