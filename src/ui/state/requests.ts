import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { AppError, toWireError, type WireError } from '../../core/errors.ts';
import type { WalletCall } from '../../messaging/client.ts';
import type { WalletEvent } from '../../messaging/contract.ts';
import type { AnyPrepared, Prepared, RequestView, TwoFactor } from '../../messaging/requests.ts';
import { type OneParams, type ParamsOrList, singleOf } from '../../messaging/shapes.ts';
import { type Fate, fateOf, isOpen, isRecent, later } from './fate.ts';

/**
 * What came of sending. `known`: the journal has it, and its view says how it stands. `notSent`: certain never to have left.
 * `lost`: neither could be found out; `all` will tell once the background answers again.
 */
export type Sent =
  | { kind: 'known'; view: RequestView }
  | { kind: 'notSent'; error: WireError }
  | { kind: 'lost'; id: string };

/** What is typed for this one request and goes along with it. Never kept. */
export interface Secrets {
  password?: string;
  twoFactor?: TwoFactor;
}

export interface Requests {
  /** What Buckle sent from this browser for the selected account, newest first. */
  readonly all: ReadonlySignal<readonly RequestView[]>;
  /** Requests that move on by themselves: something is being waited for. */
  readonly open: ReadonlySignal<readonly RequestView[]>;
  /** What a person should be told of without asking: what is being found out, and what lately ended badly. */
  readonly remarkable: ReadonlySignal<readonly RequestView[]>;
  /** The person has read it. What is still being found out cannot be put away. */
  dismiss(id: string): void;
  view(id: string): RequestView | undefined;
  /** @throws INVALID_INPUT naming the field, or why it cannot be prepared. Nothing is signed or stored. */
  prepare(instruction: string, params: OneParams): Promise<Prepared>;
  /** The same for a batch: what is wrong with the third order is named `params.2.price`. */
  prepareBatch(instruction: string, params: readonly OneParams[]): Promise<AnyPrepared>;
  /** Sends exactly what was prepared. Never throws: what is not certain is not an error. */
  send(prepared: AnyPrepared, secrets?: Secrets): Promise<Sent>;
  refresh(): Promise<boolean>;
  hear(event: WalletEvent): void;
  seed(views: readonly RequestView[]): void;
  reset(): void;
}

const TOLD: ReadonlySet<Fate> = new Set<Fate>([
  'checking',
  'pending',
  'partly',
  'absent',
  'unknown',
]);

/** What is made anew and reported where that was done: sending it again may make two. */
const makesAnew = ({ instruction }: Pick<RequestView, 'instruction'>): boolean =>
  instruction === 'orderExecute' || instruction === 'withdraw';

/**
 * A refused order is reported where it was placed; a refused cancel may have lost its row meanwhile. Of an edit that stopped half
 * way the old order may be gone.
 */
const isRemarkable = (view: RequestView): boolean => {
  const fate = fateOf(view);
  const isHalf = fate === 'notSent' && view.replaces !== undefined;
  return TOLD.has(fate) || isHalf || (fate === 'refused' && !makesAnew(view));
};

export function createRequests(
  call: WalletCall,
  account: () => string | undefined,
  now: () => number = Date.now,
): Requests {
  const dismissed = signal<ReadonlySet<string>>(new Set());
  const byId = signal<ReadonlyMap<string, RequestView>>(new Map());

  const take = (views: readonly RequestView[]): void => {
    if (views.length === 0) return;
    const next = new Map(byId.value);
    for (const view of views) {
      const known = next.get(view.id);
      next.set(view.id, known ? later(known, view) : view);
    }
    byId.value = next;
  };

  const all = computed(() =>
    [...byId.value.values()]
      .filter((view) => view.account === account())
      .sort((a, b) => b.recordedAt - a.recordedAt),
  );

  const refresh = (): Promise<boolean> =>
    call('requests.list', {}).then(
      (views) => {
        take(views);
        return true;
      },
      () => false,
    );

  /** The message itself failed, so its answer says nothing: only the journal knows. */
  const lookUp = async (id: string, error: WireError): Promise<Sent> => {
    const listed = await refresh();
    const view = byId.value.get(id);
    if (view) return { kind: 'known', view };
    return listed ? { kind: 'notSent', error } : { kind: 'lost', id };
  };

  const preparing = async (instruction: string, params: ParamsOrList): Promise<AnyPrepared> => {
    const id = account();
    if (id === undefined) throw new AppError('LOCKED', undefined);
    return call('requests.prepare', { account: id, instruction, params });
  };

  return {
    all,
    open: computed(() => all.value.filter(isOpen)),
    remarkable: computed(() =>
      all.value.filter(
        (view) =>
          isRemarkable(view) &&
          (isOpen(view) || (isRecent(view, now()) && !dismissed.value.has(view.id))),
      ),
    ),
    dismiss(id) {
      dismissed.value = new Set([...dismissed.value, id]);
    },
    view: (id) => byId.value.get(id),
    async prepare(instruction, params) {
      const prepared = await preparing(instruction, params);
      return { ...prepared, params: singleOf(prepared) };
    },
    prepareBatch: (instruction, params) => preparing(instruction, [...params]),
    async send({ id, account: of, instruction, params, digest }, secrets = {}) {
      try {
        const confirmed = { id, account: of, instruction, params, digest, ...secrets };
        const view = await call('requests.send', confirmed);
        take([view]);
        return { kind: 'known', view: byId.value.get(id) ?? view };
      } catch (error) {
        const wire = toWireError(error);
        // An error that the background gave on purpose is thrown before anything leaves; any other says nothing.
        return wire.code === 'INTERNAL' ? lookUp(id, wire) : { kind: 'notSent', error: wire };
      }
    },
    refresh,
    hear(event) {
      if (event.name === 'request') take([event.request]);
    },
    seed: take,
    reset() {
      byId.value = new Map();
      dismissed.value = new Set();
    },
  };
}
