import * as v from 'valibot';
import { assertDecimal, compare, isZero } from '../../core/decimal.ts';
import { idText, maybe } from '../schema.ts';
import { amount, atOf, flag, texts, timed, times } from './frame.ts';
import type { OrderUpdate } from './updates.ts';

const ZERO = assertDecimal('0');

/** What an order is after an event that does not say so. */
const STATUS_AFTER: Readonly<Record<string, string>> = {
  orderAccepted: 'New',
  orderCancelled: 'Cancelled',
  orderExpired: 'Expired',
  triggerPlaced: 'TriggerPending',
  triggerFailed: 'TriggerFailed',
};

/** Streams write `LIMIT` where REST writes `Limit`. What is neither stays as it came. */
const ORDER_TYPES: Readonly<Record<string, string>> = { LIMIT: 'Limit', MARKET: 'Market' };

const orderFrame = v.pipe(
  v.object({
    ...times,
    e: v.string(),
    s: v.string(),
    i: idText,
    S: v.string(),
    o: v.string(),
    X: texts,
    c: maybe(v.pipe(v.union([v.number(), v.string()]), v.transform(Number))),
    ...{ f: texts, V: texts, B: texts, Y: texts, d: texts, g: texts, R: texts, N: texts },
    ...{ q: amount, Q: amount, p: amount, P: amount, z: amount, Z: amount },
    ...{ a: amount, b: amount, j: amount, k: amount, l: amount, L: amount, n: amount },
    ...{ r: flag, y: flag, m: flag },
    ...{ t: maybe(idText), I: maybe(idText), H: maybe(idText) },
  }),
  timed(),
);
type OrderFrame = v.InferOutput<typeof orderFrame>;

function statusOf({ e, X, q, z }: OrderFrame): string {
  const after = STATUS_AFTER[e];
  // The event is what happened: an order that was cancelled is not open, whatever else is said of it.
  if (X != null && (after === undefined || e === 'orderAccepted' || e === 'triggerPlaced')) {
    return X;
  }
  if (after !== undefined) return after;
  const executed = z ?? ZERO;
  if (e === 'orderFill' && q != null && compare(executed, q) >= 0) return 'Filled';
  return e === 'orderFill' || !isZero(executed) ? 'PartiallyFilled' : 'New';
}

const orderUpdateOf = (frame: OrderFrame): OrderUpdate => {
  const at = atOf(frame);
  const order = {
    id: frame.i,
    clientId: frame.c,
    createdAt: Math.floor(at / 1000),
    executedQuantity: frame.z,
    executedQuoteQuantity: frame.Z,
    expiryReason: frame.R,
    orderType: ORDER_TYPES[frame.o] ?? frame.o,
    postOnly: frame.y,
    price: frame.p,
    quantity: frame.q,
    quoteQuantity: frame.Q,
    reduceOnly: frame.r,
    relatedOrderId: frame.I,
    selfTradePrevention: frame.V,
    side: frame.S,
    status: statusOf(frame),
    stopLossLimitPrice: frame.k,
    stopLossTriggerBy: frame.g,
    stopLossTriggerPrice: frame.b,
    strategyId: frame.H,
    symbol: frame.s,
    takeProfitLimitPrice: frame.j,
    takeProfitTriggerBy: frame.d,
    takeProfitTriggerPrice: frame.a,
    timeInForce: frame.f,
    triggerBy: frame.B,
    triggerPrice: frame.P,
    triggerQuantity: frame.Y,
  };
  if (frame.e !== 'orderFill') return { event: frame.e, at, order };
  const { t, l, L, m, n, N } = frame;
  const fill = { tradeId: t, quantity: l, price: L, isMaker: m, fee: n, feeSymbol: N };
  return { event: frame.e, at, order, fill };
};
export const orderUpdateFrame = v.pipe(orderFrame, v.transform(orderUpdateOf));
