import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { listOf } from '../../core/canonical.ts';
import type { WireError } from '../../core/errors.ts';
import { twoFactorOf } from '../../exchange/two-factor.ts';
import type { AnyPrepared, Prepared, RequestView, TwoFactor } from '../../messaging/requests.ts';
import type { OneParams } from '../../messaging/shapes.ts';
import { fateOf, isOpen, refusalOf } from './fate.ts';
import { withoutAbsent } from './reads.ts';
import type { Requests, Secrets, Sent } from './requests.ts';
import { createTurn, preparedOr } from './turn.ts';

/** What became of the request that was confirmed last. */
export type Placement =
  | { kind: 'known'; view: RequestView }
  | { kind: 'notSent'; error: WireError }
  /** Neither the answer nor the journal could be had: it may or may not be on the exchange. */
  | { kind: 'lost' };

/** A second factor is asked for. `first`: before anything was sent, because the person said that it will be needed. */
export interface Prompt<R extends AnyPrepared = Prepared> {
  prepared: R;
  reason: 'first' | 'needed' | 'wrong' | 'disabled';
  /** The exchange's own words. */
  refusal?: WireError | undefined;
}

export interface PlacementState<P, R extends AnyPrepared = Prepared> {
  /** The request under review, just as it will be signed. */
  readonly review: ReadonlySignal<R | undefined>;
  readonly prompt: ReadonlySignal<Prompt<R> | undefined>;
  readonly busy: ReadonlySignal<'preparing' | 'sending' | undefined>;
  /** Why the background would not prepare it, or not send it as it was confirmed: nothing has left. */
  readonly error: ReadonlySignal<WireError | undefined>;
  readonly placement: ReadonlySignal<Placement | undefined>;
  prepare(params: P): Promise<void>;
  back(): void;
  /** Sends what is under review; a second press while it is on its way does nothing. */
  place(secrets?: Secrets): Promise<void>;
  /** Asks for the second factor before the first try. */
  askFirst(): void;
  /** After a refusal for want of a second factor: the same request once more, as a new one, with it. */
  again(twoFactor: TwoFactor): Promise<void>;
  /** Leaves the prompt; what was refused stays refused. */
  giveUp(): void;
  /** Takes the report of the last request away. */
  dismiss(): void;
  clearError(): void;
  reset(): void;
}

const MISMATCH: WireError = {
  code: 'INVALID_INPUT',
  data: { path: 'digest', reason: 'digest-mismatch' },
};

/** The background wants the password, or another one: the review can still be confirmed. */
const isAboutPassword = (error: WireError): boolean =>
  error.code === 'WRONG_PASSWORD' ||
  (error.code === 'INVALID_INPUT' && error.data.path === 'password');

/**
 * From a checked form to the exchange. What is reviewed is what `requests.prepare` gave back, and that very thing is sent;
 * the id in it makes sending twice sending once.
 */
function createPlacementOf<R extends AnyPrepared>(
  requests: Requests,
  instruction: string,
  preparedFrom: (params: R['params']) => Promise<R>,
): PlacementState<R['params'], R> {
  const review = signal<R | undefined>();
  const prompt = signal<Prompt<R> | undefined>();
  /** The id of the request that was confirmed last, or why it was not sent. */
  const last = signal<{ id: string; failed?: WireError } | undefined>();
  const turn = createTurn();
  const { busy, error, run } = turn;

  const placement = computed((): Placement | undefined => {
    if (!last.value || busy.value === 'sending') return undefined;
    const view = requests.view(last.value.id);
    if (view) return { kind: 'known', view };
    return last.value.failed ? { kind: 'notSent', error: last.value.failed } : { kind: 'lost' };
  });

  const preparing = (params: R['params']) => preparedOr(preparedFrom(params));

  const conclude = (prepared: R, sent: Sent) => (): void => {
    if (sent.kind === 'notSent' && isAboutPassword(sent.error)) {
      prompt.value = undefined;
      review.value = prepared;
      error.value = sent.error;
      return;
    }
    review.value = undefined;
    const refusal = sent.kind === 'known' ? refusalOf(sent.view) : undefined;
    // A code can go along with a withdrawal only.
    const reason = instruction === 'withdraw' && refusal ? twoFactorOf(refusal) : undefined;
    prompt.value = reason && { prepared, reason, refusal };
    if (reason) return;
    last.value =
      sent.kind === 'notSent' ? { id: prepared.id, failed: sent.error } : { id: prepared.id };
  };

  return {
    review,
    prompt,
    busy,
    error,
    placement,
    prepare: (params) =>
      run('preparing', async () => {
        const result = await preparing(params);
        return () => {
          if ('failed' in result) error.value = result.failed;
          else {
            review.value = result.prepared;
            last.value = undefined;
          }
        };
      }),
    back() {
      if (busy.value === 'sending') return;
      for (const each of [review, prompt, error]) each.value = undefined;
    },
    async place(secrets) {
      const prepared = review.value;
      if (!prepared) return;
      await run('sending', async () => conclude(prepared, await requests.send(prepared, secrets)));
    },
    askFirst() {
      if (review.value && !busy.value) prompt.value = { prepared: review.value, reason: 'first' };
    },
    async again(twoFactor) {
      const asked = prompt.value;
      if (!asked) return;
      await run('sending', async () => {
        const fail = (why: WireError) => (): void => {
          error.value = why;
        };
        const result = await preparing(asked.prepared.params);
        if ('failed' in result) return fail(result.failed);
        // What was reviewed is what is sent, also the second time.
        if (result.prepared.digest !== asked.prepared.digest) return fail(MISMATCH);
        return conclude(result.prepared, await requests.send(result.prepared, { twoFactor }));
      });
    },
    giveUp() {
      if (busy.value === 'sending') return;
      for (const each of [prompt, error]) each.value = undefined;
    },
    dismiss() {
      last.value = undefined;
    },
    clearError() {
      error.value = undefined;
    },
    reset() {
      turn.reset();
      for (const each of [review, prompt, last]) each.value = undefined;
    },
  };
}

type Members = Parameters<typeof withoutAbsent>[0];

/** For one request at a time. */
export function createPlacement<P extends Members>(
  requests: Requests,
  instruction: string,
): PlacementState<P> {
  const one = createPlacementOf<Prepared>(requests, instruction, (params) =>
    requests.prepare(instruction, params),
  );
  return { ...one, prepare: (params) => one.prepare(withoutAbsent(params)) };
}

/** For several of a kind that go together, as one request. */
export function createBatchPlacement<P extends Members>(
  requests: Requests,
  instruction: string,
): PlacementState<readonly P[], AnyPrepared> {
  const batch = createPlacementOf<AnyPrepared>(requests, instruction, (params) =>
    requests.prepareBatch(instruction, listOf<OneParams>(params)),
  );
  return { ...batch, prepare: (list) => batch.prepare(list.map((each) => withoutAbsent(each))) };
}

/** Requests of the same kind that are like this one and whose fate is not known yet: sending another may make two. */
export const openTwins = (
  requests: Requests,
  instruction: string,
  alike: OneParams,
): readonly RequestView[] =>
  requests.open.value.filter(
    (view) =>
      isOpen(view) &&
      view.instruction === instruction &&
      fateOf(view) !== 'refused' &&
      listOf(view.params).some((params) =>
        Object.entries(alike).every(([key, value]) => params[key] === value),
      ),
  );
