import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  assertDecimal,
  type Decimal,
  isNegative,
  isZero,
  multiply,
  nearestMultiples,
  subtract,
} from '../../core/decimal.ts';
import type { OrderParams } from '../../exchange/instructions/orders.ts';
import type { Market, Position } from '../../exchange/types.ts';
import { type Part, part } from './part.ts';
import { createPlacement, type PlacementState } from './placement.ts';
import { known } from './remote.ts';

/** How much of a position is to be closed, in percent. */
export const SHARES = ['25', '50', '75', '100'] as const;
export type Share = (typeof SHARES)[number];

/** Closing one position at the market, all of it or a part. */
export interface Closing extends Part {
  /** As it is now; `undefined` if none is chosen or it is gone. */
  readonly position: ReadonlySignal<Position | undefined>;
  readonly share: ReadonlySignal<Share>;
  /** How much goes, in whole steps of the market; `undefined` where less than a step would, or the market is not known. */
  readonly quantity: ReadonlySignal<Decimal | undefined>;
  readonly placement: PlacementState<OrderParams>;
  choose(symbol: string): void;
  setShare(share: Share): void;
  /** Opens the review. */
  review(): void;
}

const ZERO = assertDecimal('0');
const HUNDREDTH = assertDecimal('0.01');

/** The size of what a share of a position comes to. All of it is all of it, whatever the market's step. */
export function closingQuantity(
  netQuantity: Decimal,
  share: Share,
  market: Market | undefined,
): Decimal | undefined {
  const size = isNegative(netQuantity) ? subtract(ZERO, netQuantity) : netQuantity;
  if (share === '100') return isZero(size) ? undefined : size;
  if (!market) return undefined;
  const part = multiply(multiply(size, assertDecimal(share)), HUNDREDTH);
  const { below } = nearestMultiples(part, market.filters.quantity.stepSize);
  return isZero(below) ? undefined : below;
}

/** A market order that can only make the position smaller. */
const closingOrder = ({ symbol, netQuantity }: Position, quantity: Decimal): OrderParams => ({
  symbol,
  side: isNegative(netQuantity) ? 'Bid' : 'Ask',
  orderType: 'Market',
  quantity,
  reduceOnly: true,
});

export const closing = part((trading): Closing => {
  const chosen = signal<string | undefined>();
  const share = signal<Share>('100');
  const placement = createPlacement<OrderParams>(trading.requests, 'orderExecute');
  const position = computed(() =>
    known(trading.orders.positions.value)?.value.find(({ symbol }) => symbol === chosen.value),
  );
  const quantity = computed(
    () =>
      position.value &&
      closingQuantity(
        position.value.netQuantity,
        share.value,
        trading.market.market(position.value.symbol),
      ),
  );
  return {
    position,
    share,
    quantity,
    placement,
    choose(symbol) {
      chosen.value = symbol;
      share.value = '100';
      placement.clearError();
      placement.dismiss();
    },
    setShare(next) {
      share.value = next;
      placement.clearError();
    },
    review() {
      if (!position.value || quantity.value === undefined) return;
      void placement.prepare(closingOrder(position.value, quantity.value));
    },
    reset() {
      chosen.value = undefined;
      share.value = '100';
      placement.reset();
    },
  };
});
