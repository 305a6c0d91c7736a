import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toWireError, type WireError } from '../../core/errors.ts';
import { twoFactorOf } from '../../exchange/two-factor.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { RequestOf, WalletEvent } from '../../messaging/contract.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import { type Fate, fateOf, later, refusalOf } from './fate.ts';
import { createLoader, known, type Remote } from './remote.ts';

/** What the person gives along with the decision. */
export type Given = Omit<RequestOf<'approvals.approve'>, 'ticket' | 'digest'>;

/** What the person lets this site do from now on. */
export type Remembered = Omit<RequestOf<'grants.save'>, 'id'>;

/**
 * How the shown request stands. `code`: the exchange wants a second factor for it. `told`: it has been decided and there is
 * something to read before going on; `unsaved` if the grant that came along could not be kept. `lost`: it was approved and
 * nobody can say whether it was sent.
 */
export type Stage =
  | { status: 'asking'; error?: WireError | undefined }
  | { status: 'deciding'; decision: 'approve' | 'reject'; code?: CodeAsked | undefined }
  | ({ status: 'code'; error?: WireError | undefined } & CodeAsked)
  | { status: 'told'; view?: RequestView | undefined; unsaved?: WireError | undefined }
  | { status: 'lost' };

/** Why a second factor is asked for, and the refusal with the exchange's own words. */
export interface CodeAsked {
  reason: 'needed' | 'wrong' | 'disabled';
  refusal: WireError;
}

export interface Approvals {
  readonly remote: ReadonlySignal<Remote<readonly ApprovalView[]>>;
  /** The request in sight: it stays while it is decided and until its result has been read. */
  readonly shown: ReadonlySignal<ApprovalView | undefined>;
  /** Where it stands among those that wait, from 1; `count` is at least 1 while something is shown. */
  readonly position: ReadonlySignal<{ index: number; count: number }>;
  readonly stage: ReadonlySignal<Stage>;
  /** What was approved last and went well. */
  readonly done: ReadonlySignal<{ approval: ApprovalView; fate: Fate | undefined } | undefined>;
  /** The page took the request back that was in sight. */
  readonly withdrawn: ReadonlySignal<boolean>;
  /** Nothing waits and nothing is left to read. */
  readonly over: ReadonlySignal<boolean>;
  step(by: 1 | -1): void;
  /** Consents to exactly what is in sight; `remember` is kept once that was taken. Never throws. */
  approve(given: Given, remember?: Remembered): Promise<void>;
  /** Leaves the second factor aside: the request waits for another decision. */
  withoutCode(): void;
  reject(): Promise<void>;
  rejectAll(): Promise<void>;
  /** The result has been read. */
  acknowledge(): void;
  refresh(quiet?: boolean): Promise<boolean>;
  hear(event: WalletEvent): void;
  reset(): void;
}

/** Ends that speak for themselves on the site: no need to stop for them. */
const WELL: ReadonlySet<Fate> = new Set<Fate>(['placed', 'done']);

const ASKING: Stage = { status: 'asking' };
const nothing = (): undefined => undefined;

export function createApprovals(call: WalletCall, now: () => number = Date.now): Approvals {
  const loader = createLoader<readonly ApprovalView[]>(async () => ({
    value: await call('approvals.list', {}),
    at: now(),
  }));
  const stage = signal<Stage>(ASKING);
  /** The request that is being decided or reported, whatever the list says meanwhile. */
  const held = signal<ApprovalView | undefined>();
  const current = signal<string | undefined>();
  const done = signal<{ approval: ApprovalView; fate: Fate | undefined } | undefined>();
  const withdrawn = signal(false);
  let generation = 0;

  const waiting = computed(() => known(loader.state.value)?.value ?? []);
  const index = computed(() =>
    Math.max(
      0,
      waiting.value.findIndex(({ ticket }) => ticket === current.value),
    ),
  );
  const shown = computed(() => held.value ?? waiting.value[index.value]);

  const waits = ({ ticket: wanted }: ApprovalView): boolean =>
    waiting.value.some(({ ticket }) => ticket === wanted);

  /** A newer list. A request that left it by itself was taken back by its page. */
  const refresh = async (quiet = false): Promise<boolean> => {
    const before = held.value ? undefined : shown.value?.ticket;
    const fresh = await loader.refresh(quiet);
    if (!fresh || held.value) return fresh;
    const gone = before !== undefined && !waiting.value.some(({ ticket }) => ticket === before);
    withdrawn.value = gone && stage.value.status === 'asking';
    if (gone) stage.value = ASKING;
    current.value = shown.value?.ticket;
    return fresh;
  };

  /** A list that was under way may be older than the decision: one more after it. */
  const refreshAnew = async (): Promise<boolean> => {
    if (loader.state.value.status === 'loading') await loader.refresh(true);
    return refresh(true);
  };

  const goOn = async (mine: number): Promise<void> => {
    await refreshAnew();
    if (mine !== generation) return;
    held.value = undefined;
    stage.value = ASKING;
    current.value = waiting.value[index.value]?.ticket;
  };

  /** The answer to an approval did not come: only the list tells whether it was taken. */
  const lookUp = async (approval: ApprovalView, error: WireError): Promise<Stage> => {
    const listed = await refreshAnew();
    return listed && waits(approval) ? { status: 'asking', error } : { status: 'lost' };
  };

  const carryOut = async (
    approval: ApprovalView,
    given: Given,
    remember: Remembered | undefined,
    code: CodeAsked | undefined,
  ): Promise<Stage | 'done'> => {
    const { ticket, digest } = approval;
    let view: RequestView | undefined;
    try {
      view = (await call('approvals.approve', { ticket, digest, ...given })).request;
    } catch (thrown) {
      const error = toWireError(thrown);
      // An error that the background gave on purpose is thrown before anything leaves; any other says nothing.
      if (error.code === 'INTERNAL') return lookUp(approval, error);
      return code ? { status: 'code', ...code, error } : { status: 'asking', error };
    }
    const refusal = view && fateOf(view) === 'refused' ? refusalOf(view) : undefined;
    const reason = refusal && twoFactorOf(refusal);
    if (refusal && reason) return { status: 'code', reason, refusal };
    const unsaved = remember && (await call('grants.save', remember).then(nothing, toWireError));
    if (unsaved || (view && !WELL.has(fateOf(view)))) return { status: 'told', view, unsaved };
    done.value = { approval, fate: view && fateOf(view) };
    return 'done';
  };

  const end = async (decision: 'reject', work: () => Promise<unknown>): Promise<void> => {
    const approval = shown.value;
    if (!approval || stage.value.status !== 'asking') return;
    const mine = generation;
    held.value = approval;
    stage.value = { status: 'deciding', decision };
    done.value = undefined;
    withdrawn.value = false;
    const error = await work().then(() => undefined, toWireError);
    if (mine !== generation) return;
    if (!error) return goOn(mine);
    held.value = undefined;
    stage.value = { status: 'asking', error };
  };

  return {
    remote: loader.state,
    shown,
    position: computed(() => ({
      index: index.value + 1,
      count: Math.max(waiting.value.length, shown.value ? 1 : 0),
    })),
    stage,
    done,
    withdrawn,
    over: computed(
      () => loader.state.value.status === 'ready' && shown.value === undefined && !held.value,
    ),
    step(by) {
      if (stage.value.status !== 'asking') return;
      const count = waiting.value.length;
      const next = waiting.value[(index.value + by + count) % Math.max(1, count)];
      current.value = next?.ticket;
      stage.value = ASKING;
      withdrawn.value = false;
    },
    async approve(given, remember) {
      const approval = shown.value;
      const before = stage.value;
      if (!approval || (before.status !== 'asking' && before.status !== 'code')) return;
      const mine = generation;
      held.value = approval;
      const code = before.status === 'code' ? before : undefined;
      stage.value = { status: 'deciding', decision: 'approve', code };
      done.value = undefined;
      withdrawn.value = false;
      const next = await carryOut(approval, given, remember, code);
      if (mine !== generation) return;
      if (next === 'done') return goOn(mine);
      const isOpen = next.status === 'asking' || next.status === 'code';
      // What no longer waits cannot be decided again: its page has gone, or somebody else was quicker.
      if (isOpen && next.error && (await refreshAnew()) && !waits(approval)) {
        if (mine !== generation) return;
        await goOn(mine);
        withdrawn.value = true;
        return;
      }
      if (next.status === 'asking') held.value = undefined;
      stage.value = next;
    },
    withoutCode() {
      if (stage.value.status !== 'code') return;
      held.value = undefined;
      stage.value = ASKING;
    },
    reject: () =>
      end('reject', async () => {
        const ticket = shown.value?.ticket;
        if (ticket !== undefined) await call('approvals.reject', { ticket });
      }),
    rejectAll: () => end('reject', () => call('approvals.rejectAll', {})),
    acknowledge() {
      if (stage.value.status === 'told' || stage.value.status === 'lost') void goOn(generation);
    },
    refresh,
    hear(event) {
      if (event.name === 'approvals') void refreshAnew();
      const { value } = stage;
      if (event.name !== 'request' || value.status !== 'told') return;
      if (event.request.id === value.view?.id) {
        stage.value = { ...value, view: later(value.view, event.request) };
      }
    },
    reset() {
      generation += 1;
      loader.reset();
      stage.value = ASKING;
      for (const each of [held, current, done]) each.value = undefined;
      withdrawn.value = false;
    },
  };
}
