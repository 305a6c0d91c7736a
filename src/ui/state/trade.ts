import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import { compare, type Decimal, isDecimal, isZero } from '../../core/decimal.ts';
import type { Problem } from '../../exchange/bounds.ts';
import { type Checked, checkOrder, hasPositions, type OrderDraft } from '../../exchange/rules.ts';
import { type ShareOf, shareOf, snapTo, stepped } from '../../exchange/sizing.ts';
import type { Market } from '../../exchange/types.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { BalancesState } from './balances.ts';
import type { Drafts } from './drafts.ts';
import type { MarketData } from './market.ts';
import { orderContext } from './order-context.ts';
import type { OrdersState } from './orders.ts';

export interface TradeState {
  /** The form as it stands, with the market that is shown. */
  readonly draft: ReadonlySignal<OrderDraft>;
  readonly market: ReadonlySignal<Market | undefined>;
  /** The draft without what its order type or market has no place for, checked. `undefined` until the market is known. */
  readonly checked: ReadonlySignal<Checked | undefined>;
  /** What to say beside the fields: everything once a review was asked for, before that nothing about empty fields. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** What is known around the order. */
  readonly context: ReadonlySignal<OrderContext>;
  change(part: Partial<OrderDraft>): void;
  /** One tick up or down, from the reference price if there is none yet. */
  step(direction: 'up' | 'down'): void;
  /** Puts the mark price in, or the last one where there is no mark. */
  useReference(): void;
  /** Puts in a share of what can be spent. */
  useShare(percent: ShareOf['percent']): void;
  /** Shows every problem; yields whether there is none. */
  attempt(): boolean;
  /** After an order was placed: its size is not for a second press. Whatever was typed meanwhile stays. */
  clearQuantity(placed: string): void;
  restore(): Promise<void>;
  reset(): void;
}

const FORM = 'trade';
const DEFAULT_SYMBOL = 'SOL_USDC';

const EMPTY: OrderDraft = {
  symbol: '',
  side: 'Bid',
  orderType: 'Limit',
  price: '',
  quantity: '',
  sizeIn: 'base',
  timeInForce: 'GTC',
  postOnly: false,
  reduceOnly: false,
};

const typed = v.pipe(v.string(), v.maxLength(100));
const storedDraft: v.GenericSchema<unknown, OrderDraft> = v.object({
  symbol: typed,
  side: v.picklist(['Bid', 'Ask']),
  orderType: v.picklist(['Limit', 'Market']),
  price: typed,
  quantity: typed,
  sizeIn: v.picklist(['base', 'quote']),
  timeInForce: v.picklist(['GTC', 'IOC', 'FOK']),
  postOnly: v.boolean(),
  reduceOnly: v.boolean(),
});

/** A choice that is not in sight must not be in the order. */
export function inSight(draft: OrderDraft, market: Market): OrderDraft {
  const limit = draft.orderType === 'Limit';
  return {
    ...draft,
    sizeIn: limit ? 'base' : draft.sizeIn,
    timeInForce: limit ? draft.timeInForce : 'GTC',
    postOnly: limit && draft.postOnly,
    reduceOnly: hasPositions(market) && draft.reduceOnly,
  };
}

const positive = (text: string): Decimal | undefined => {
  const value = text.trim();
  return isDecimal(value) && compare(value, '0' as Decimal) > 0 ? value : undefined;
};

export function createTrade(
  data: MarketData,
  balances: BalancesState,
  orders: OrdersState,
  drafts: Drafts,
): TradeState {
  const stored = signal<OrderDraft>(EMPTY);
  const attempted = signal(false);

  const draft = computed((): OrderDraft => {
    if (stored.value.symbol !== '') return stored.value;
    const tradable = data.tradable.value;
    const shown = tradable.find(({ symbol }) => symbol === DEFAULT_SYMBOL) ?? tradable[0];
    return { ...stored.value, symbol: shown?.symbol ?? '' };
  });
  const market = computed(() => data.market(draft.value.symbol));
  const order = computed(() => market.value && inSight(draft.value, market.value));
  const checked = computed(
    () => order.value && market.value && checkOrder(order.value, market.value),
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

  /** What a share is taken of, and how it becomes a quantity. */
  const spendable = (percent: ShareOf['percent']): ShareOf | undefined => {
    if (!market.value || !order.value) return undefined;
    const { available, mark, position: held } = context.value;
    const step = market.value.filters.quantity.stepSize;
    const { side, orderType, sizeIn, price: text, reduceOnly } = order.value;
    if (reduceOnly && held !== undefined) {
      return { available: held.replace(/^-/, '') as Decimal, percent, step };
    }
    if (!available) return undefined;
    const price = orderType === 'Limit' ? positive(text) : mark;
    const inQuote = sizeIn === 'quote';
    // A future is bought and sold for the quote asset alike; on a spot market the sold asset itself is there.
    if (side === 'Ask' && !hasPositions(market.value)) {
      return inQuote ? undefined : { available: available.base, percent, step };
    }
    if (inQuote) return { available: available.quote, percent };
    return price === undefined ? undefined : { available: available.quote, percent, step, price };
  };

  return {
    draft,
    market,
    checked,
    context,
    problems: computed(() => {
      if (!checked.value || checked.value.ok) return [];
      return attempted.value
        ? checked.value.problems
        : checked.value.problems.filter(({ reason }) => reason !== 'required');
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
    useShare(percent) {
      const share = spendable(percent);
      const quantity = share && shareOf(share);
      if (quantity !== undefined) change({ quantity });
    },
    attempt() {
      attempted.value = true;
      return checked.value?.ok === true;
    },
    clearQuantity(placed) {
      attempted.value = false;
      if (draft.value.quantity.trim() === placed) change({ quantity: '' });
    },
    async restore() {
      const before = stored.value;
      const read = v.safeParse(storedDraft, await drafts.read(FORM));
      // What was typed while the draft was on its way is newer than the draft.
      if (read.success && stored.value === before) stored.value = read.output;
    },
    reset() {
      stored.value = EMPTY;
      attempted.value = false;
    },
  };
}
