import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import { isZero } from '../../core/decimal.ts';
import type { Problem } from '../../exchange/bounds.ts';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import { type CheckedLadder, checkLadder } from '../../exchange/ladder-form.ts';
import { EMPTY_DRAFT, inSight, type OrderDraft } from '../../exchange/order-draft.ts';
import { type Checked, checkOrder } from '../../exchange/order-form.ts';
import { snapTo, stepped } from '../../exchange/sizing.ts';
import type { Market } from '../../exchange/types.ts';
import type { Prepared } from '../../messaging/requests.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { BalancesState } from './balances.ts';
import type { Drafts } from './drafts.ts';
import type { MarketData } from './market.ts';
import { orderContext } from './order-context.ts';
import type { OrdersState } from './orders.ts';
import type { Reads } from './reads.ts';
import { createShares, type Percent, positive, type Sharing } from './sharing.ts';
import { storedDraft } from './trade-draft.ts';

export interface TradeState {
  /** The form as it stands, with the market that is shown. */
  readonly draft: ReadonlySignal<OrderDraft>;
  readonly market: ReadonlySignal<Market | undefined>;
  /** The draft without what its order type or market has no place for. `undefined` until the market is known. */
  readonly inSight: ReadonlySignal<OrderDraft | undefined>;
  /** That, checked. `undefined` for a ladder. */
  readonly checked: ReadonlySignal<Checked | undefined>;
  /** A ladder, checked. `undefined` for anything else. */
  readonly ladder: ReadonlySignal<CheckedLadder | undefined>;
  /** The orders of the form: none while something is wrong with it. */
  readonly orders: ReadonlySignal<readonly OrderParams[]>;
  /** What to say beside the fields: everything once a review was asked for, before that nothing about empty fields. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** What is known around the order. */
  readonly context: ReadonlySignal<OrderContext>;
  /** What the last press of a share came to. */
  readonly sharing: ReadonlySignal<Sharing | undefined>;
  change(part: Partial<OrderDraft>): void;
  /** One tick up or down, from the reference price if there is none yet. */
  step(direction: 'up' | 'down'): void;
  /** Puts the mark price in, or the last one where there is no mark. */
  useReference(): void;
  /** Puts in a share of what the account can trade. */
  useShare(percent: Percent): Promise<void>;
  /** Shows every problem; yields whether there is none. */
  attempt(): boolean;
  /** After an order was placed: its size and its client id are not for a second press. Whatever was typed meanwhile stays. */
  clearPlaced(placed: Prepared['params']): void;
  restore(): Promise<void>;
  reset(): void;
}

const FORM = 'trade';
const DEFAULT_SYMBOL = 'SOL_USDC';

export function createTrade(
  data: MarketData,
  balances: BalancesState,
  orders: OrdersState,
  drafts: Drafts,
  reads: Pick<Reads, 'account'>,
): TradeState {
  const stored = signal<OrderDraft>(EMPTY_DRAFT);
  const attempted = signal(false);

  const draft = computed((): OrderDraft => {
    if (stored.value.symbol !== '') return stored.value;
    const tradable = data.tradable.value;
    const shown = tradable.find(({ symbol }) => symbol === DEFAULT_SYMBOL) ?? tradable[0];
    return { ...stored.value, symbol: shown?.symbol ?? '' };
  });
  const market = computed(() => data.market(draft.value.symbol));
  const order = computed(() => market.value && inSight(draft.value, market.value));
  const isLadder = computed(() => draft.value.orderType === 'Ladder');
  const checked = computed(() =>
    order.value && market.value && !isLadder.value
      ? checkOrder(order.value, market.value)
      : undefined,
  );
  const ladder = computed(() =>
    order.value && market.value && isLadder.value
      ? checkLadder(order.value, market.value)
      : undefined,
  );

  const context = computed((): OrderContext => {
    if (!market.value) return {};
    const positions = () => orders.positions.value;
    return orderContext(market.value, { data, balances, positions });
  });

  const change = (part: Partial<OrderDraft>): void => {
    stored.value = { ...draft.value, ...part };
    drafts.write(FORM, stored.value);
  };
  const shares = createShares({
    ...{ order, market, context, reads },
    put: (quantity) => change({ quantity }),
  });

  return {
    draft,
    market,
    inSight: order,
    checked,
    ladder,
    context,
    sharing: shares.sharing,
    orders: computed(() => {
      if (ladder.value) return ladder.value.ok ? ladder.value.orders : [];
      return checked.value?.ok ? [checked.value.params] : [];
    }),
    problems: computed(() => {
      const found = ladder.value ?? checked.value;
      if (!found || found.ok) return [];
      return attempted.value
        ? found.problems
        : found.problems.filter(({ reason }) => reason !== 'required');
    }),
    change,
    step(direction) {
      if (!market.value) return;
      const grid = market.value.filters.price.tickSize;
      const now = positive(draft.value.price);
      const from = now ?? data.reference(market.value.symbol)?.price;
      if (from === undefined) return;
      const next = now === undefined ? snapTo(from, grid) : stepped(from, grid, direction);
      if (!isZero(next)) change({ price: next });
    },
    useReference() {
      const reference = market.value && data.reference(market.value.symbol);
      if (!reference || !market.value) return;
      change({ price: snapTo(reference.price, market.value.filters.price.tickSize) });
    },
    useShare: shares.use,
    attempt() {
      attempted.value = true;
      return (ladder.value ?? checked.value)?.ok === true;
    },
    clearPlaced({ quantity, quoteQuantity, triggerQuantity, clientId }) {
      attempted.value = false;
      const size = String(quantity ?? quoteQuantity ?? triggerQuantity).replace(/%$/, '');
      const typed = draft.value;
      if (typed.quantity.trim() === size) change({ quantity: '' });
      if (typed.clientId.trim() === String(clientId)) change({ clientId: '' });
    },
    async restore() {
      const before = stored.value;
      const read = v.safeParse(storedDraft, await drafts.read(FORM));
      // What was typed while the draft was on its way is newer than the draft.
      if (read.success && stored.value === before) stored.value = read.output;
    },
    reset() {
      stored.value = EMPTY_DRAFT;
      attempted.value = false;
      shares.reset();
    },
  };
}
