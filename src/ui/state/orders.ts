import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { isAppError, toWireError, type WireError } from '../../core/errors.ts';
import {
  type Order,
  orders as orderList,
  type Position,
  positions as positionList,
} from '../../exchange/types.ts';
import type { Snapshot } from '../../messaging/contract.ts';
import type { Prepared, RequestView } from '../../messaging/requests.ts';
import { type OneParams, singleOf } from '../../messaging/shapes.ts';
import { type Fate, fateOf, isOpen, isRecent, refusalOf } from './fate.ts';
import type { Reads } from './reads.ts';
import { createLoader, type Following, type Known, known, type Remote } from './remote.ts';
import type { Requests, Sent } from './requests.ts';

/** What became of a cancel, as far as it is known: a request's fate, or never sent for a reason. */
export interface CancelReport {
  fate: Fate;
  /** Why it failed. */
  error?: WireError | undefined;
}

export interface OrdersState {
  readonly remote: ReadonlySignal<Remote<readonly Order[]>>;
  readonly positions: ReadonlySignal<Remote<readonly Position[]>>;
  /** What is known of the open orders, newest first. */
  readonly listed: ReadonlySignal<readonly Order[]>;
  /** How many more there are than are listed, until the exchange has been asked. */
  readonly unlisted: ReadonlySignal<number>;
  /** Markets with open orders and how many, by symbol. */
  readonly byMarket: ReadonlySignal<readonly { symbol: string; count: number }[]>;
  /**
   * How the cancel of that order stands; `undefined` if none was asked for lately, or if it was answered as done and the
   * exchange has listed the order since: its book is right, whatever an answer said.
   */
  cancelOf(order: Order): CancelReport | undefined;
  cancel(order: Order): Promise<void>;
  /** One request for that market: the exchange has no cancel for all of them. */
  cancelMarket(symbol: string): Promise<CancelReport>;
  /** Is there any position, as far as is known? */
  readonly holds: ReadonlySignal<boolean>;
  refresh(quiet?: boolean): Promise<boolean>;
  refreshPositions(quiet?: boolean): Promise<boolean>;
  readonly following: {
    orders: Following<readonly Order[]>;
    positions: Following<readonly Position[]>;
  };
  seed(snapshot: Snapshot): void;
  reset(): void;
}

/** Of two that were placed in the same moment, the one with the greater id. Ids are digits, some beyond 2^53. */
const newestFirst = (a: Order, b: Order): number =>
  b.createdAt - a.createdAt || b.id.length - a.id.length || (a.id < b.id ? 1 : -1);

/**
 * A list that is longer than its snapshot keeps the background and the page busy while it is read: first they draw what was
 * seen last.
 */
const DRAWN_MS = 200;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A list that was under way when the cancel was answered may still hold the order. */
const UNDER_WAY_MS = 3_000;

const reportOf = (sent: Sent): CancelReport => {
  if (sent.kind === 'known') return { fate: fateOf(sent.view), error: refusalOf(sent.view) };
  return sent.kind === 'lost' ? { fate: 'checking' } : { fate: 'notSent', error: sent.error };
};

/** The account's positions. The exchange has been seen to answer 404 where there is none. */
export const readPositions = (
  reads: Reads,
  now: () => number,
): Promise<Known<readonly Position[]>> =>
  reads.account('positionQuery', {}, positionList).catch((error: unknown) => {
    if (isAppError(error, 'EXCHANGE') && error.data.status === 404) return { value: [], at: now() };
    throw error;
  });

export function createOrders(
  reads: Reads,
  requests: Requests,
  now: () => number = Date.now,
): OrdersState {
  /** When what was seen last is on the page. */
  let drawn = Promise.resolve();
  const orders = createLoader<readonly Order[]>(async () => {
    await drawn;
    return reads.account('orderQueryAll', {}, orderList);
  });
  /** What the last snapshot left out, and when it was so. */
  const leftOut = signal({ at: 0, count: 0 });
  const positions = createLoader(() => readPositions(reads, now));
  /** Cancels that the journal has not told of: on their way to it, or refused before they reached it. By order id. */
  const local = signal<ReadonlyMap<string, CancelReport & { at: number }>>(new Map());

  const setLocal = (id: string, report: CancelReport | undefined): void => {
    const next = new Map(local.value);
    if (report) next.set(id, { ...report, at: now() });
    else next.delete(id);
    local.value = next;
  };

  const perform = async (instruction: string, params: OneParams): Promise<Sent> => {
    let prepared: Prepared;
    try {
      prepared = await requests.prepare(instruction, params);
    } catch (error) {
      return { kind: 'notSent', error: toWireError(error) };
    }
    return requests.send(prepared);
  };

  const cancels = computed(() => {
    const byOrder = new Map<string, RequestView>();
    // Newest first, so the first one of an order is the one that counts.
    for (const view of requests.all.value) {
      const { orderId } = singleOf(view);
      if (view.instruction !== 'orderCancel' || typeof orderId !== 'string') continue;
      if (!byOrder.has(orderId)) byOrder.set(orderId, view);
    }
    return byOrder;
  });

  return {
    remote: orders.state,
    positions: positions.state,
    listed: computed(() => (known(orders.state.value)?.value ?? []).toSorted(newestFirst)),
    unlisted: computed(() => {
      const { at, count } = leftOut.value;
      return known(orders.state.value)?.at === at ? count : 0;
    }),
    byMarket: computed(() => {
      const counts = new Map<string, number>();
      for (const { symbol } of known(orders.state.value)?.value ?? []) {
        counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      }
      return [...counts]
        .map(([symbol, count]) => ({ symbol, count }))
        .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    }),
    cancelOf(order) {
      const mine = local.value.get(order.id);
      if (mine) return mine;
      const view = cancels.value.get(order.id);
      if (!view) return undefined;
      const report = reportOf({ kind: 'known', view });
      const settledAt = view.settledAt ?? Number.POSITIVE_INFINITY;
      const listedAt = known(orders.state.value)?.at ?? 0;
      if (report.fate === 'done' && listedAt > settledAt + UNDER_WAY_MS) return undefined;
      return isOpen(view) || isRecent(view, now()) ? report : undefined;
    },
    async cancel(order) {
      if (local.value.get(order.id)?.fate === 'sending') return;
      setLocal(order.id, { fate: 'sending' });
      const sent = await perform('orderCancel', { symbol: order.symbol, orderId: order.id });
      setLocal(order.id, sent.kind === 'known' ? undefined : reportOf(sent));
      await orders.refreshAnew();
    },
    async cancelMarket(symbol) {
      const report = reportOf(await perform('orderCancelAll', { symbol }));
      await orders.refreshAnew();
      return report;
    },
    async refresh(quiet) {
      const fresh = await Promise.all([orders.refresh(quiet), positions.refresh(quiet)]);
      return fresh.every(Boolean);
    },
    holds: computed(() => (known(positions.state.value)?.value.length ?? 0) > 0),
    refreshPositions: positions.refresh,
    following: { orders, positions },
    seed(snapshot) {
      if (snapshot.orders) {
        const { at, value, total = value.length } = snapshot.orders;
        orders.seed({ at, value });
        leftOut.value = { at, count: total - value.length };
        if (total > value.length) drawn = pause(DRAWN_MS);
      }
      if (snapshot.positions) positions.seed(snapshot.positions);
    },
    reset() {
      orders.reset();
      positions.reset();
      local.value = new Map();
    },
  };
}
