import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertDecimal, compare } from '../../../../src/core/decimal.ts';
import {
  correctOrders,
  mergeOrders,
  type OrderPicture,
} from '../../../../src/exchange/streams/merge.ts';
import { emptyPicture, markOf } from '../../../../src/exchange/streams/picture.ts';
import type { OrderUpdate } from '../../../../src/exchange/streams/updates.ts';
import type { Order } from '../../../../src/exchange/types.ts';
import { runs } from '../../runs.ts';

/** One thing that happens at the exchange to the order in that place, if it can happen to it. */
const happening = fc.record({
  to: fc.nat(7),
  what: fc.constantFrom('place', 'place', 'fill', 'fill', 'cancel', 'modify', 'trigger', 'expire'),
  market: fc.constantFrom('SOL_USDC', 'BTC_USDC'),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const QUANTITY = 4;

/** An exchange with a few places for orders: what is true, and what it tells of each change. */
function createModel() {
  const places = new Map<number, Order>();
  let ids = 0;
  let at = 1_754_939_110_000_000;
  const told = (event: string, order: Order): OrderUpdate => ({ event, at, order: { ...order } });
  const end = (place: number, event: string, status: string): OrderUpdate[] => {
    const order = places.get(place);
    if (!order) return [];
    places.delete(place);
    return [told(event, { ...order, status })];
  };
  const change = (place: number, event: string, given: Partial<Order>): OrderUpdate[] => {
    const order = places.get(place);
    if (!order) return [];
    const next = { ...order, ...given };
    places.set(place, next);
    return [told(event, next)];
  };
  const fill = (place: number): OrderUpdate[] => {
    const order = places.get(place);
    if (!order || order.status === 'TriggerPending') return [];
    const executed = Number(order.executedQuantity) + 1;
    const executedQuantity = assertDecimal(String(executed));
    const status = executed === QUANTITY ? 'Filled' : 'PartiallyFilled';
    const events = change(place, 'orderFill', { executedQuantity, status });
    if (status === 'Filled') places.delete(place);
    return events;
  };
  return {
    open: (): Order[] => [...places.values()],
    apply({ to, what, market }: Happening): OrderUpdate[] {
      // Two in three events have a time of their own: one request may cause several at once.
      if (what !== 'modify') at += 7;
      const known = places.get(to);
      switch (what) {
        case 'place': {
          if (known) return fill(to);
          ids += 1;
          const order: Order = {
            ...{ id: String(ids), symbol: market, side: 'Bid', orderType: 'Limit', status: 'New' },
            ...{ price: assertDecimal('100'), quantity: assertDecimal(String(QUANTITY)) },
            ...{ executedQuantity: assertDecimal('0'), createdAt: Math.floor(at / 1000) },
          };
          places.set(to, order);
          return [told('orderAccepted', order)];
        }
        case 'fill':
          return fill(to);
        case 'cancel':
          return end(to, 'orderCancelled', 'Cancelled');
        case 'expire':
          return end(to, 'orderExpired', 'Expired');
        case 'modify':
          at += 1;
          return change(to, 'orderModified', { price: assertDecimal(String(100 + (at % 50))) });
        default: {
          if (known?.status === 'TriggerPending')
            return change(to, 'orderAccepted', { status: 'New' });
          if (known) return [];
          ids += 1;
          const order: Order = {
            ...{ id: String(ids), symbol: market, side: 'Ask', orderType: 'Limit' },
            ...{ status: 'TriggerPending', quantity: assertDecimal(String(QUANTITY)) },
            ...{ executedQuantity: assertDecimal('0'), createdAt: Math.floor(at / 1000) },
          };
          places.set(to, order);
          return [told('triggerPlaced', order)];
        }
      }
    },
  };
}

/** How an event gets through: not at all, once, twice, or with one from before it again. */
const passage = fc.constantFrom('dropped', 'once', 'twice', 'replay', 'swapped');

const byId = (orders: Iterable<Order>) => [...orders].sort((a, b) => Number(a.id) - Number(b.id));

it('ends at the open orders of a fresh read, whatever was lost before it and repeated after it', () => {
  const run = fc.property(
    fc.array(fc.tuple(happening, passage), { maxLength: 80 }),
    fc.array(fc.tuple(happening, passage), { maxLength: 40 }),
    fc.nat(40),
    (before, under, answeredAfter) => {
      const model = createModel();
      const heard: OrderUpdate[] = [];
      const ended = new Set<string>();
      let picture: OrderPicture = emptyPicture();
      const hear = (...updates: OrderUpdate[]): void => {
        const executed = new Map([...picture.items].map(([id, o]) => [id, o.executedQuantity]));
        picture = mergeOrders(picture, updates);
        heard.push(...updates);
        for (const { event, order } of updates) {
          if (/Cancelled|Expired/.test(event) || order.status === 'Filled') ended.add(order.id);
        }
        for (const [id, order] of picture.items) {
          expect(ended.has(id)).toBe(false);
          const was = executed.get(id);
          if (was) expect(compare(order.executedQuantity ?? was, was)).toBeGreaterThanOrEqual(0);
        }
      };
      const pass = (updates: OrderUpdate[], how: string): void => {
        if (how === 'dropped') return;
        hear(...updates);
        if (how === 'twice') hear(...updates);
        if (how === 'replay') hear(...heard.slice(0, 9), ...heard.slice(-9));
        if (how === 'swapped') hear(...heard.slice(-4).reverse());
      };
      for (const [what, how] of before) pass(model.apply(what), how);

      const mark = markOf(picture);
      let answer = model.open();
      let answered = false;
      under.forEach(([what, how], i) => {
        // The exchange answers at some point; its answer arrives at another.
        if (i === Math.floor(answeredAfter / 2)) answer = model.open();
        if (i === answeredAfter) {
          picture = correctOrders(picture, mark, answer);
          answered = true;
        }
        // The connection holds from the mark on, but it may say things twice.
        pass(model.apply(what), how === 'dropped' ? 'once' : how);
      });
      if (!answered) picture = correctOrders(picture, mark, answer);
      hear(...heard.slice(-20));

      const fresh = correctOrders(emptyPicture(), markOf(emptyPicture()), model.open());
      expect(byId(picture.items.values())).toEqual(byId(fresh.items.values()));
    },
  );
  fc.assert(run, { numRuns: runs(100, 1_500) });
});
