import { describe, expect, it } from 'vitest';
import { createReconciler } from '../../../../src/background/outcome/reconcile.ts';
import type { Journal } from '../../../../src/background/records/journal.ts';
import type { JournalEntry } from '../../../../src/background/records/journal-entry.ts';
import { instructions } from '../../../../src/exchange/instructions/index.ts';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import { createPracticeExchange } from '../../../exchange/exchange.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  identityOf,
  type Process,
  startProcess,
} from '../world.ts';

const wallet = { zone: 'wallet' } as const;
const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90.50',
  quantity: '1.500',
};

async function world() {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '100000' }, SOL: { available: '10' } },
  });
  /** How far this computer's clock has been set ahead of what it was. */
  let aheadMs = 0;
  const local = { ...clock, now: () => clock.now() + aheadMs };
  const setAhead = (ms: number): void => {
    aheadMs = ms;
  };
  const process = startProcess({ clock: local, practice, identity, disk: await createDisk() });
  const prepare = (params: object, instruction = 'orderExecute'): Promise<AnyPrepared> =>
    process.corridor.prepare({ account: ACCOUNT, instruction, params: { ...params } });
  /** Time passes until the request is settled, or for so long. */
  const settled = async (id: string, forMs = 120_000): Promise<JournalEntry | undefined> => {
    const end = clock.now() + forMs;
    while (clock.now() < end && (await process.journal.find(id))?.state !== 'settled') {
      await clock.sleep(250);
    }
    return process.journal.find(id);
  };
  return { clock, local, practice, identity, process, prepare, settled, setAhead };
}

const entryOf = ({ id, instruction, params, digest }: AnyPrepared, at: number): JournalEntry => ({
  id,
  account: ACCOUNT,
  origin: 'buckle',
  instruction: instruction as JournalEntry['instruction'],
  params,
  digest,
  decision: { by: 'person', at },
  state: 'recorded',
  recordedAt: at,
});

/** A second look at the same journal, whose writes of one entry wait for `gate`. */
function reconcilerBehind(
  {
    process,
    gate,
    slow,
  }: {
    process: Process;
    gate: Promise<void>;
    slow: string;
  },
  clock: ReturnType<typeof createVirtualClock>,
) {
  const journal: Journal = {
    ...process.journal,
    put: async (entry) => {
      if (entry.id === slow) await gate;
      return process.journal.put(entry);
    },
    settle: async (entry) => {
      if (entry.id === slow) await gate;
      return process.journal.settle(entry);
    },
  };
  return createReconciler({
    journal,
    reads: () => Promise.reject(new Error('nothing to look for')),
    sleep: clock.sleep,
    isUnderWay: process.corridor.isUnderWay,
    busy: () => undefined,
  });
}

describe('taking up what an earlier worker left', () => {
  it('never writes over the end of a request that was under way when it began to look', async () => {
    const { clock, practice, process, prepare } = await world();
    const left = await prepare(limit);
    await process.journal.add(entryOf(left, clock.now() - 1000));
    const review = await prepare(limit);
    practice.faults.add({ kind: 'delay', delayMs: 3000, path: '/api/v1/time' });
    const sending = process.corridor.send(wallet, review);
    while ((await process.journal.find(review.id)) === undefined) await clock.sleep(1);

    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const resumed = reconcilerBehind({ process, gate, slow: left.id }, clock).resume();
    expect(await sending).toMatchObject({ state: 'settled', outcome: 'placed' });
    open();
    await resumed;
    const placed = { state: 'settled', outcome: 'placed' };
    expect(await process.journal.find(review.id)).toMatchObject(placed);
    expect(process.seen.get(review.id)).toMatchObject(placed);
    expect(await process.journal.find(left.id)).toMatchObject({ outcome: 'notSent' });
  });

  it('takes up a request that is asked for again while it looks', async () => {
    const { clock, process, prepare, settled } = await world();
    const review = await prepare(limit);
    const timestamp = clock.now();
    await process.journal.add({
      ...entryOf(review, timestamp),
      state: 'sent',
      timestamp,
      window: 5000,
    });
    // A surface whose call was dropped with the earlier worker asks again, and wakes this one.
    const { find } = process.journal;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    process.journal.find = (id) => gate.then(() => find(id));
    const again = process.corridor.send(wallet, review);
    process.journal.find = find;
    await process.reconciler.resume();
    open();
    await again;
    expect(await settled(review.id)).toMatchObject({ state: 'settled', outcome: 'absent' });
  });
});

describe('finding the truth about an order', () => {
  it('says absent by the clock of the exchange, however ours is set meanwhile', async () => {
    const { clock, identity, process, prepare, settled, setAhead } = await world();
    const review = await prepare(limit);
    const window = 60_000;
    const timestamp = clock.now();
    const lost = entryOf(review, timestamp);
    await process.journal.add({ ...lost, state: 'unknown', timestamp, window });
    await process.exchange.clock.refresh();
    setAhead(55_000);
    const reconciler = createReconciler({
      journal: process.journal,
      reads: async () => ({ exchange: process.exchange, identity, window }),
      sleep: clock.sleep,
      isUnderWay: () => false,
      busy: () => undefined,
    });
    await reconciler.resume();
    await clock.sleep(60_000);
    // It could still take effect.
    expect(await process.journal.find(review.id)).toMatchObject({ state: 'unknown' });
    expect(await settled(review.id)).toMatchObject({ outcome: 'absent' });
  });

  it('finds an order whose timestamp lay ahead of the exchange', async () => {
    const { clock, identity, process, prepare, settled } = await world();
    const review = await prepare(limit);
    const { params } = review;
    const request = { instruction: 'orderExecute', entry: instructions.orderExecute, params };
    const stamped = await process.exchange.stamp(
      identity,
      { ...request, window: 60_000 },
      'wallet',
    );
    await process.exchange.transmit(stamped);
    const timestamp = stamped.timestamp + 40_000;
    const lost = entryOf(review, clock.now());
    await process.journal.add({ ...lost, state: 'unknown', timestamp, window: 60_000 });
    await process.reconciler.resume();
    expect(await settled(review.id)).toMatchObject({ outcome: 'placed', orderStatus: 'New' });
  });

  it('takes no order for its own that another request made under the same client id', async () => {
    const { practice, process, prepare, settled } = await world();
    const earlier = await process.corridor.send(wallet, await prepare({ ...limit, clientId: 5 }));
    expect(earlier).toMatchObject({ outcome: 'placed' });
    const lost = await prepare({ ...limit, clientId: 5 });
    practice.faults.add({ kind: 'drop-before', method: 'POST' });
    await process.corridor.send(wallet, lost);
    expect(await settled(lost.id)).toMatchObject({ outcome: 'absent' });
  });

  it('calls it unknown when an order under its client id is not what was asked for', async () => {
    const { identity, practice, process, prepare, settled } = await world();
    const lost = await prepare({ ...limit, clientId: 6 });
    const params = { ...limit, quantity: '1', clientId: 6 };
    const request = { instruction: 'orderExecute', entry: instructions.orderExecute, params };
    const stamped = await process.exchange.stamp(identity, { ...request, window: 5000 }, 'wallet');
    await process.exchange.transmit(stamped);
    practice.faults.add({ kind: 'drop-before', method: 'POST' });
    await process.corridor.send(wallet, lost);
    expect(await settled(lost.id)).toMatchObject({ outcome: 'unknown' });
  });

  it('calls it unknown when the history is too long to be searched back to it', async () => {
    const { clock, identity, process, prepare } = await world();
    const review = await prepare(limit);
    const { timestamp } = await process.exchange.stamp(
      identity,
      {
        instruction: 'orderExecute',
        entry: instructions.orderExecute,
        params: review.params,
        window: 5000,
      },
      'wallet',
    );
    const lost: JournalEntry = {
      ...entryOf(review, clock.now()),
      state: 'unknown',
      timestamp,
      window: 5000,
    };
    await process.journal.add(lost);
    // A market maker's history: page after page, all of it later.
    const other = { id: '1', clientId: 1, createdAt: '2100-01-01T00:00:00.000', ...limit };
    const page = Array.from({ length: 100 }, () => ({ ...other, status: 'Filled' }));
    const read = async (_identity: unknown, instruction: string) => ({
      answer: instruction === 'orderHistoryQueryAll' ? page : [],
    });
    const exchange = { ...process.exchange, read: read as typeof process.exchange.read };
    const reconciler = createReconciler({
      journal: process.journal,
      reads: async () => ({ exchange, identity, window: 5000 }),
      sleep: clock.sleep,
      isUnderWay: () => false,
      busy: () => undefined,
    });
    await reconciler.resume();
    while (process.seen.get(review.id)?.state !== 'settled') await clock.sleep(500);
    expect(process.seen.get(review.id)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('finding the truth about a cancel', () => {
  const resting = async () => {
    const known = await world();
    const order = await known.process.corridor.send(wallet, await known.prepare(limit));
    const params = { symbol: limit.symbol, orderId: order.orderId };
    return { ...known, cancel: await known.prepare(params, 'orderCancel'), order };
  };

  it('an order that filled before the cancel came was not cancelled', async () => {
    const { practice, process, cancel, settled } = await resting();
    practice.setHistoryLag(4_000);
    practice.faults.add({ kind: 'drop-before', method: 'DELETE' });
    const sending = process.corridor.send(wallet, cancel);
    practice.setMarkPrice('SOL_USDC', '80');
    await sending;
    expect(await settled(cancel.id)).toMatchObject({ outcome: 'absent', orderStatus: 'Filled' });
  });

  it('a 404 that is not in the words of the exchange proves nothing', async () => {
    const { practice, identity, process, cancel, settled } = await resting();
    practice.faults.add({ kind: 'drop-before', method: 'DELETE' });
    practice.faults.add({
      kind: 'text',
      status: 404,
      method: 'GET',
      path: '/api/v1/order',
      times: 3,
    });
    await process.corridor.send(wallet, cancel);
    expect(await settled(cancel.id)).toMatchObject({ outcome: 'absent' });
    expect(practice.openOrders(identity.apiKey)).toHaveLength(1);
  });

  it('one that was taken but never seen to be done is unknown, not absent', async () => {
    const { practice, process, cancel, settled } = await resting();
    practice.faults.add({ kind: 'empty-202', method: 'DELETE' });
    expect(await process.corridor.send(wallet, cancel)).toMatchObject({ outcome: 'pending' });
    expect(await settled(cancel.id)).toMatchObject({ outcome: 'unknown' });
  });
});
