import { assertDecimal, compare, isZero } from '../../core/decimal.ts';
import type { Balance, Balances, Order, Position } from '../types.ts';
import { corrected, type Mark, merged, type Picture, type Subject } from './picture.ts';
import type { BalanceUpdate, OrderUpdate, PositionUpdate } from './updates.ts';

const ZERO = assertDecimal('0');

type Fields = Readonly<Record<string, unknown>>;

/** What an update says over what is known. A `null` or a gap in it says nothing: not every event carries every field. */
const over = <T extends Fields>(known: T, said: Fields): T => ({
  ...known,
  ...Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)),
});

const ENDED: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'Expired', 'TriggerFailed']);
const executedOf = ({ executedQuantity }: Order) => executedQuantity ?? ZERO;

/** The one of two pictures of an order in which more of it is executed; if none is, the second. */
const further = (a: Order, b: Order): Order => (compare(executedOf(a), executedOf(b)) > 0 ? a : b);

const orders: Subject<Order, OrderUpdate> = {
  keyOf: ({ order }) => order.id,
  scopeOf: ({ order }) => order.symbol,
  isEnd: ({ order }) => ENDED.has(order.status),
  newer: (known, answered) => ({
    ...further(known, answered),
    createdAt: answered.createdAt,
  }),
  after(known, { event, order }) {
    if (ENDED.has(order.status)) return undefined;
    if (known === undefined) return order;
    const { createdAt } = known;
    // A modified order is told whole: what it no longer has, such as a stop loss, comes as null.
    const next = event === 'orderModified' ? { ...known, ...order } : over(known, order);
    return further(known, { ...next, createdAt });
  },
};

const positions: Subject<Position, PositionUpdate> = {
  keyOf: ({ position }) => position.symbol,
  scopeOf: ({ position }) => position.symbol,
  // A market can be entered again.
  isEnd: () => false,
  newer: (_, answered) => answered,
  after(known, { event, position }) {
    if (event === 'positionClosed' || isZero(position.netQuantity)) return undefined;
    if (known === undefined) return position;
    const next = over(known, position);
    // No stream tells where a position of another size would be liquidated.
    const same = compare(known.netQuantity, next.netQuantity) === 0;
    return same ? next : { ...next, estLiquidationPrice: undefined };
  },
};

const balances: Subject<Balance, BalanceUpdate> = {
  keyOf: ({ symbol }) => symbol,
  scopeOf: ({ symbol }) => symbol,
  isEnd: () => false,
  newer: (_, answered) => answered,
  after(known, { available, locked, staked }) {
    return { ...known, available, locked, staked: staked ?? known?.staked ?? ZERO };
  },
};

/** Open orders by order id. */
export type OrderPicture = Picture<Order, OrderUpdate>;
/** Open positions by market. */
export type PositionPicture = Picture<Position, PositionUpdate>;
/** Balances by asset. */
export type BalancePicture = Picture<Balance, BalanceUpdate>;

/**
 * Open orders after those updates. No update makes an order less executed, and none brings an ended one back, however
 * often and in whatever order they come.
 */
export const mergeOrders = (picture: OrderPicture, updates: readonly OrderUpdate[]): OrderPicture =>
  merged(orders, picture, updates);

export const mergePositions = (
  picture: PositionPicture,
  updates: readonly PositionUpdate[],
): PositionPicture => merged(positions, picture, updates);

export const mergeBalances = (
  picture: BalancePicture,
  updates: readonly BalanceUpdate[],
): BalancePicture => merged(balances, picture, updates);

/** Open orders after a read's answer. @param mark - `markOf` the picture as the read left. */
export const correctOrders = (
  picture: OrderPicture,
  mark: Mark,
  answer: readonly Order[],
): OrderPicture =>
  corrected(orders, picture, mark, new Map(answer.map((order) => [order.id, order])));

export const correctPositions = (
  picture: PositionPicture,
  mark: Mark,
  answer: readonly Position[],
): PositionPicture =>
  corrected(positions, picture, mark, new Map(answer.map((each) => [each.symbol, each])));

export const correctBalances = (
  picture: BalancePicture,
  mark: Mark,
  answer: Balances,
): BalancePicture => corrected(balances, picture, mark, new Map(Object.entries(answer)));
