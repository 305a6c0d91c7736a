import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { compare, type Decimal } from '../../core/decimal.ts';
import { toWireError, type WireError } from '../../core/errors.ts';
import type { Problem } from '../../exchange/bounds.ts';
import { inSight, type OrderDraft } from '../../exchange/order-draft.ts';
import { type Checked, checkOrder } from '../../exchange/order-form.ts';
import { draftOf, executedOf } from '../../exchange/replacement.ts';
import type { Market, Order } from '../../exchange/types.ts';
import type { AnyPrepared, RequestView } from '../../messaging/requests.ts';
import { singleOf } from '../../messaging/shapes.ts';
import { createEditDraft } from './edit-draft.ts';
import { type Part, part } from './part.ts';
import { withoutAbsent } from './reads.ts';
import { known } from './remote.ts';
import type { Trading } from './trading.ts';
import { createTurn, preparedOr } from './turn.ts';

/** The two requests of an edit, just as they will be signed. */
export interface PreparedEdit {
  cancel: AnyPrepared;
  order: AnyPrepared;
}

/** What became of the two that were confirmed, as far as it is known. */
export type EditReport =
  | { kind: 'known'; cancel: RequestView; order: RequestView }
  /** Nothing has left. */
  | { kind: 'notSent'; error: WireError }
  /** Neither the answer nor the journal could be had. */
  | { kind: 'lost' };

export interface OrderEdit extends Part {
  /** The order that is edited, as it was when the edit began. */
  readonly order: ReadonlySignal<Order | undefined>;
  readonly draft: ReadonlySignal<OrderDraft | undefined>;
  readonly market: ReadonlySignal<Market | undefined>;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** The order as it is listed now; `undefined` if it is not open any more. */
  readonly listed: ReadonlySignal<Order | undefined>;
  /** More of it has been filled than the draft stands on. */
  readonly isBehind: ReadonlySignal<boolean>;
  readonly review: ReadonlySignal<PreparedEdit | undefined>;
  readonly busy: ReadonlySignal<'preparing' | 'sending' | undefined>;
  /** Why it could not be prepared. */
  readonly error: ReadonlySignal<WireError | undefined>;
  readonly report: ReadonlySignal<EditReport | undefined>;
  /**
   * Begins an edit, or goes on with one of that order which closing windows have interrupted; yields whether Buckle has a form
   * for the order.
   */
  open(order: Order): boolean;
  close(): void;
  /** Forgets what was typed: a person has gone back. */
  discard(): void;
  change(part: Partial<OrderDraft>): void;
  /** Starts over from what is left now. Prices stay as they were typed. */
  catchUp(): void;
  prepare(): Promise<void>;
  back(): void;
  place(): Promise<void>;
}

interface Editing {
  order: Order;
  draft: OrderDraft;
}

interface Confirmed {
  cancel: string;
  order: string;
  failed?: WireError;
}

const listOf = (problems: Checked | undefined): readonly Problem[] =>
  problems && !problems.ok ? problems.problems : [];

function createOrderEdit(trading: Trading): OrderEdit {
  const { call, market: data, orders, requests } = trading;
  const kept = createEditDraft(trading.drafts);
  const editing = signal<Editing | undefined>();
  const review = signal<PreparedEdit | undefined>();
  const confirmed = signal<Confirmed | undefined>();
  const turn = createTurn();
  const { busy, error, run } = turn;

  const market = computed(() => editing.value && data.market(editing.value.order.symbol));
  const checked = computed(
    () =>
      editing.value &&
      market.value &&
      checkOrder(inSight(editing.value.draft, market.value), market.value),
  );
  const listed = computed(() => {
    const id = editing.value?.order.id;
    return known(orders.remote.value)?.value.find((each) => each.id === id);
  });

  const report = computed((): EditReport | undefined => {
    if (!confirmed.value || busy.value === 'sending') return undefined;
    const cancel = requests.view(confirmed.value.cancel);
    const order = requests.view(confirmed.value.order);
    if (cancel && order) return { kind: 'known', cancel, order };
    const { failed } = confirmed.value;
    return failed ? { kind: 'notSent', error: failed } : { kind: 'lost' };
  });

  const forget = (): void => {
    turn.reset();
    for (const each of [editing, review, confirmed]) each.value = undefined;
  };
  /** Goes on with what an earlier window was closed over, if it was an edit of this order. */
  const restore = async (begun: Editing): Promise<void> => {
    const typed = await kept.read(begun.order);
    // What was typed while the draft was on its way is newer than the draft.
    if (typed && editing.value === begun)
      editing.value = { ...begun, draft: { ...begun.draft, ...typed } };
  };
  const send = async ({ cancel, order }: PreparedEdit, executed: Decimal): Promise<Confirmed> => {
    const ids = { cancel: cancel.id, order: order.id };
    const half = ({ id, digest, params }: AnyPrepared) => ({
      id,
      digest,
      params: singleOf({ params }),
    });
    try {
      const sent = await call('requests.edit', {
        ...{ account: cancel.account, cancel: half(cancel), order: half(order), executed },
      });
      for (const request of [sent.cancel, sent.order]) requests.hear({ name: 'request', request });
      return ids;
    } catch (thrown) {
      const failed = toWireError(thrown);
      // An error that the background gave on purpose is thrown before anything leaves; any other says nothing.
      if (failed.code !== 'INTERNAL') return { ...ids, failed };
      return (await requests.refresh()) ? { ...ids, failed } : ids;
    }
  };

  return {
    order: computed(() => editing.value?.order),
    draft: computed(() => editing.value?.draft),
    market,
    problems: computed(() => listOf(checked.value)),
    listed,
    isBehind: computed(
      () =>
        editing.value !== undefined &&
        listed.value !== undefined &&
        compare(executedOf(listed.value), executedOf(editing.value.order)) > 0,
    ),
    review,
    busy,
    error,
    report,
    open(order) {
      const draft = draftOf(order);
      forget();
      if (!draft) return false;
      const begun = { order, draft };
      editing.value = begun;
      void restore(begun);
      return true;
    },
    close: forget,
    discard: kept.forget,
    change(part) {
      if (!editing.value) return;
      error.value = undefined;
      const next = { ...editing.value, draft: { ...editing.value.draft, ...part } };
      editing.value = next;
      kept.write(next.order, next.draft);
    },
    catchUp() {
      const now = listed.value;
      const draft = now && draftOf(now);
      if (!editing.value || !now || !draft) return;
      const { quantity } = draft;
      review.value = undefined;
      editing.value = { order: now, draft: { ...editing.value.draft, quantity } };
    },
    prepare: () =>
      run('preparing', async () => {
        const now = editing.value;
        if (!now || !checked.value?.ok) return () => undefined;
        const { symbol, id: orderId } = now.order;
        const params = withoutAbsent(checked.value.params);
        const account = trading.account() ?? '';
        const order = { symbol, orderId };
        const result = await preparedOr(call('requests.prepareEdit', { account, order, params }));
        return () => {
          if ('failed' in result) error.value = result.failed;
          else review.value = result.prepared;
        };
      }),
    back() {
      if (busy.value !== 'sending') review.value = undefined;
    },
    async place() {
      const [prepared, now] = [review.value, editing.value];
      if (!prepared || !now) return;
      await run('sending', async () => {
        const sent = await send(prepared, executedOf(now.order));
        kept.forget();
        return () => {
          review.value = undefined;
          confirmed.value = sent;
          void orders.refresh(true);
        };
      });
    },
    tab: 'orders',
    reset: forget,
  };
}

export const orderEdit = part(createOrderEdit);
