import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { compare, type Decimal, isDecimal, isZero, multiply } from '../../core/decimal.ts';
import { account } from '../../exchange/instructions/account.ts';
import { isAtMarket, isStop, type OrderDraft } from '../../exchange/order-draft.ts';
import { hasPositions } from '../../exchange/rules.ts';
import { type ShareOf, shareOf } from '../../exchange/sizing.ts';
import type { Market } from '../../exchange/types.ts';
import type { OrderContext } from '../../policy/warnings.ts';
import type { Reads } from './reads.ts';

export type Percent = ShareOf['percent'];

/** What the last press of a share came to. It holds for as long as the question is the same. */
export type Sharing =
  | { status: 'asking'; percent: Percent }
  /** The exchange said what the account can trade. */
  | { status: 'asked'; most: Decimal; asset: string }
  /** The exchange could not be asked: the share is of the balance. */
  | { status: 'balance' }
  /** There is nothing to take a share of. */
  | { status: 'nothing' }
  /** The exchange counts by price, and none is there yet. */
  | { status: 'price' };

export interface Shares {
  readonly sharing: ReadonlySignal<Sharing | undefined>;
  /** Puts in a share of what the account can trade now. */
  use(percent: Percent): Promise<void>;
  reset(): void;
}

interface Sources {
  /** What is in sight of the form, and its market. */
  order: ReadonlySignal<OrderDraft | undefined>;
  market: ReadonlySignal<Market | undefined>;
  context: ReadonlySignal<OrderContext>;
  reads: Pick<Reads, 'account'>;
  put(quantity: string): void;
}

export const positive = (text: string): Decimal | undefined => {
  const value = text.trim();
  return isDecimal(value) && compare(value, '0' as Decimal) > 0 ? value : undefined;
};

const lesser = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b);

/** The price that an order is paid at: of a ladder the dearest, of a stop that of its trigger. */
function priceOf(order: OrderDraft): Decimal | undefined {
  if (order.orderType === 'Ladder') {
    const [from, to] = [positive(order.ladderFrom), positive(order.ladderTo)];
    return from !== undefined && to !== undefined ? (compare(from, to) > 0 ? from : to) : undefined;
  }
  if (!isAtMarket(order.orderType)) return positive(order.price);
  return isStop(order.orderType) ? positive(order.triggerPrice) : undefined;
}

/** What a share of the balance is taken of, and how it becomes a quantity: where the exchange does not say. */
function ofBalance(order: OrderDraft, market: Market, context: OrderContext, percent: Percent) {
  const { available, mark, position: held } = context;
  const step = market.filters.quantity.stepSize;
  if (order.reduceOnly && held !== undefined) {
    return { available: held.replace(/^-/, '') as Decimal, percent, step };
  }
  if (!available) return undefined;
  const inQuote = order.sizeIn === 'quote';
  // A future is bought and sold for the quote asset alike; on a spot market the sold asset itself is there.
  if (order.side === 'Ask' && !hasPositions(market)) {
    return inQuote ? undefined : { available: available.base, percent, step };
  }
  if (inQuote) return { available: available.quote, percent };
  const price = order.orderType === 'Market' ? mark : priceOf(order);
  return price === undefined ? undefined : { available: available.quote, percent, step, price };
}

/** What the exchange said can be traded, as something to take a share of. */
function ofMost(
  order: OrderDraft,
  market: Market,
  { mark, available }: OrderContext,
  most: Decimal,
  percent: Percent,
): ShareOf | undefined {
  const { stepSize: step, maxQuantity } = market.filters.quantity;
  const base = maxQuantity == null ? most : lesser(most, maxQuantity);
  if (order.sizeIn !== 'quote') return { available: base, percent, step };
  if (mark === undefined) return undefined;
  const worth = multiply(base, mark);
  // The price moves while it is asked for: what is there and not borrowed is never exceeded.
  const isBound = order.side === 'Bid' && !hasPositions(market) && !borrows(order);
  return {
    available: isBound && available ? lesser(worth, available.quote) : worth,
    percent,
  };
}

const borrows = ({ autoBorrow, autoLendRedeem }: OrderDraft): boolean =>
  autoBorrow || autoLendRedeem;

const flag = (on: boolean): true | undefined => (on ? true : undefined);

function questionOf(order: OrderDraft) {
  return {
    symbol: order.symbol,
    side: order.side,
    price: priceOf(order),
    reduceOnly: flag(order.reduceOnly),
    autoBorrow: flag(order.autoBorrow),
    autoBorrowRepay: flag(order.autoBorrowRepay),
    autoLendRedeem: flag(order.autoLendRedeem),
  };
}

/** 25, 50, 75 and 100 % of what the account can really trade, asked for when a share is pressed. */
export function createShares({ order, market, context, reads, put }: Sources): Shares {
  const last = signal<{ key: string; sharing: Sharing } | undefined>();
  const key = computed(() =>
    order.value
      ? JSON.stringify([questionOf(order.value), order.value.sizeIn, order.value.orderType])
      : '',
  );

  const conclude = (mine: string, sharing: Sharing, share: ShareOf | undefined): void => {
    const quantity = share && shareOf(share);
    if (quantity !== undefined) put(quantity);
    last.value = { key: mine, sharing: quantity === undefined ? { status: 'nothing' } : sharing };
  };

  return {
    sharing: computed(() => (last.value?.key === key.value ? last.value.sharing : undefined)),
    async use(percent) {
      const [asked, of, mine] = [order.value, market.value, key.value];
      if (!asked || !of) return;
      if (asked.sizeIn === 'share') return put(String(percent));
      const needsPrice = asked.orderType !== 'Market' && priceOf(asked) === undefined;
      // What a spot market sells is there whatever its price.
      if (needsPrice && (asked.side === 'Bid' || hasPositions(of)) && !asked.reduceOnly) {
        last.value = { key: mine, sharing: { status: 'price' } };
        return;
      }
      const asking = { key: mine, sharing: { status: 'asking', percent } } as const;
      last.value = asking;
      const answer = await reads
        .account('maxOrderQuantity', questionOf(asked), account.maxOrderQuantity.answer)
        .catch(() => undefined);
      // Another press, another account, or another order by now.
      if (last.value !== asking || key.value !== mine) return;
      if (!answer) {
        return conclude(mine, { status: 'balance' }, ofBalance(asked, of, context.value, percent));
      }
      const most = answer.value.maxOrderQuantity;
      const share = ofMost(asked, of, context.value, most, percent);
      conclude(
        mine,
        { status: 'asked', most, asset: of.baseSymbol },
        isZero(most) ? undefined : share,
      );
    },
    reset() {
      last.value = undefined;
    },
  };
}
