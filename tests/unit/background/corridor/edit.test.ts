import { describe, expect, it } from 'vitest';
import type { ConfirmedEdit } from '../../../../src/background/corridor/edit.ts';
import type { Fault } from '../../../exchange/faults.ts';
import { limit, orderWorld, prepareOrder, refusalOf, wallet } from '../order-world.ts';
import { ACCOUNT, createLife, type Process } from '../world.ts';

const PATH = '/api/v1/order';
const DELETE = { method: 'DELETE', path: PATH } as const;
const changed = { ...limit, price: '91', quantity: '1' };

/** A resting order, and what a person confirmed about it. */
async function editWorld() {
  const world = await orderWorld();
  const { start, practice, apiKey } = world;
  const resting = start();
  const placed = await resting.corridor.send(wallet, await prepareOrder(resting, limit));
  const orderId = placed.orderId ?? '';
  const prepare = async (process: Process, params: object = changed, executed = '0') => {
    const cancelled = { symbol: 'SOL_USDC', orderId };
    return {
      account: ACCOUNT,
      cancel: await prepareOrder(process, cancelled, 'orderCancel'),
      order: await prepareOrder(process, params),
      executed,
    };
  };
  const open = () => practice.openOrders(apiKey).map(({ price }) => price);
  /** The changes after the first order, as method and path. */
  const sent = () =>
    world
      .changes()
      .slice(1)
      .map(({ method }) => method);
  return { ...world, orderId, prepare, open, sent };
}

const reason = (why: string) => ({ code: 'NOT_REPLACED', data: { reason: why } });

describe('editing an order', () => {
  it('cancels it and places the new one, both told apart and linked', async () => {
    const { start, prepare, open, sent, orderId } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const { cancel, order } = await process.corridor.edit(edit);
    expect(cancel).toMatchObject({ outcome: 'done', orderId, replacedBy: edit.order.id });
    expect(order).toMatchObject({ outcome: 'placed', replaces: edit.cancel.id });
    expect(open()).toEqual(['91']);
    expect(sent()).toEqual(['DELETE', 'POST']);
    const log = (await process.log.read({ limit: 2 })).entries;
    expect(log.map(({ request }) => request)).toEqual([edit.order.id, edit.cancel.id]);
  });

  it('writes both down before either leaves', async () => {
    const { start, prepare, practice } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const states: unknown[] = [];
    process.inspect(() => {
      const [a, b] = [process.seen.get(edit.cancel.id), process.seen.get(edit.order.id)];
      states.push([a?.state, b?.state]);
      return undefined;
    });
    await process.corridor.edit(edit);
    expect(states).toEqual([
      ['sent', 'recorded'],
      ['settled', 'sent'],
    ]);
    expect(practice.requests().filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('is nobody else’s to settle while it is under way', async () => {
    const { start, prepare, open } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    process.inspect((request) => {
      // A wake in the middle of it looks through what is not settled.
      if (request.method === 'DELETE') void process.reconciler.resume();
      return undefined;
    });
    const { order } = await process.corridor.edit(edit);
    expect(order).toMatchObject({ outcome: 'placed' });
    expect(open()).toEqual(['91']);
  });

  it('keeps an update of Buckle waiting from its first word to its end', async () => {
    const { start, prepare } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const busy: boolean[] = [];
    process.inspect(() => {
      busy.push(process.corridor.isBusy());
      return undefined;
    });
    const editing = process.corridor.edit(edit);
    busy.push(process.corridor.isBusy());
    await editing;
    expect(busy).toEqual([true, true, true]);
    expect(process.corridor.isBusy()).toBe(false);
  });

  it('asked many times with the same ids, at once and later, is done once', async () => {
    const { start, prepare, open, sent } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const all = await Promise.all(Array.from({ length: 9 }, () => process.corridor.edit(edit)));
    const later = await start().corridor.edit(edit);
    expect(new Set([...all, later].map(({ order }) => order.orderId)).size).toBe(1);
    expect(sent()).toEqual(['DELETE', 'POST']);
    expect(open()).toEqual(['91']);
  });

  it.each<[string, (edit: ConfirmedEdit) => object, string, string]>([
    [
      'another price',
      (e) => ({ order: { ...e.order, params: { ...limit, clientId: 1 } } }),
      'digest',
      'digest-mismatch',
    ],
    [
      'another order to cancel',
      (e) => ({ cancel: { ...e.cancel, params: { symbol: 'SOL_USDC', orderId: '1' } } }),
      'cancel.digest',
      'digest-mismatch',
    ],
    ['no number for what was executed', () => ({ executed: 'some' }), 'executed', 'number-format'],
    [
      'one id for both',
      (e) => ({ order: { ...e.order, id: e.cancel.id } }),
      'order.id',
      'conflict',
    ],
  ])('R20: sends nothing with %s', async (_name, change, path, why) => {
    const { start, prepare, sent, open } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const refusal = await refusalOf(process.corridor.edit({ ...edit, ...change(edit) }));
    expect(refusal).toMatchObject({ path, reason: why });
    expect(sent()).toEqual([]);
    expect(open()).toEqual(['90.5']);
  });

  it('cancels no order that is named by a client id: it may be used again', async () => {
    const { start, prepare, sent } = await editWorld();
    const process = start();
    const cancelled = { symbol: 'SOL_USDC', clientId: 1 };
    const cancel = await prepareOrder(process, cancelled, 'orderCancel');
    const refusal = await refusalOf(process.corridor.edit({ ...(await prepare(process)), cancel }));
    expect(refusal).toMatchObject({ path: 'cancel.orderId', reason: 'required' });
    expect(sent()).toEqual([]);
  });

  it('is nobody else’s to ask about while it is under way', async () => {
    const { start, prepare } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    const editing = process.corridor.edit(edit);
    const other = { ...edit, account: ACCOUNT.replace(/.$/, 'f') };
    expect(await refusalOf(process.corridor.edit(other))).toEqual({ code: 'UNAUTHORIZED' });
    expect((await editing).order).toMatchObject({ outcome: 'placed' });
  });

  it('does not replace an order by one of another market, or a list', async () => {
    const { start, prepare, sent } = await editWorld();
    const process = start();
    for (const params of [{ ...limit, symbol: 'SOL_USDC_PERP', price: '90' }, [limit]]) {
      const edit = await prepare(process, params);
      const refusal = await refusalOf(process.corridor.edit(edit));
      expect(refusal).toMatchObject({ path: 'symbol', reason: 'conflict' });
    }
    expect(sent()).toEqual([]);
  });

  it('takes nothing for an edit that is not one: ids of requests that were sent alone', async () => {
    const { start, prepare, sent } = await editWorld();
    const process = start();
    const edit = await prepare(process);
    await process.corridor.send(wallet, edit.cancel);
    expect(await refusalOf(process.corridor.edit(edit))).toMatchObject({ path: 'order.id' });
    expect(sent()).toEqual(['DELETE']);
  });
});

describe('an edit stops between its halves', () => {
  const stopped = async (
    fault: Omit<Fault, 'method' | 'path'> | undefined,
    before: (world: Awaited<ReturnType<typeof editWorld>>) => void = () => undefined,
    executed?: string,
  ) => {
    const world = await editWorld();
    const process = world.start();
    const edit = await world.prepare(process, changed, executed);
    before(world);
    if (fault) world.practice.faults.add({ ...fault, ...DELETE });
    const { cancel, order } = await process.corridor.edit(edit);
    world.practice.faults.clear();
    const end = await world.settled(process, edit.cancel.id);
    await world.clock.sleep(100_000);
    return { cancel, order, end, ...world };
  };
  const posts = (sent: readonly string[]) => sent.filter((method) => method === 'POST').length;

  it.each<[string, Omit<Fault, 'method' | 'path'>]>([
    ['answered with 202 and done', { kind: 'empty-202', afterProcessing: true }],
    ['answered with 503 and done', { kind: 'status', status: 503, afterProcessing: true }],
    ['done, and the answer cut off', { kind: 'drop-after' }],
    ['done, and answered with HTML', { kind: 'html', afterProcessing: true }],
    ['done, and answered with other types', { kind: 'wrong-types' }],
  ])('goes on once the cancel is certain: %s', async (_name, fault) => {
    const { cancel, order, open, sent } = await stopped(fault);
    expect(cancel).toMatchObject({ outcome: 'done' });
    expect(order).toMatchObject({ outcome: 'placed' });
    expect([open(), posts(sent())]).toEqual([['91'], 1]);
  });

  it.each<[string, Omit<Fault, 'method' | 'path'>]>([
    ['refused', { kind: 'status', status: 429 }],
    ['cut off before it arrived', { kind: 'drop-before' }],
  ])('when the cancel was %s', async (_name, fault) => {
    const { order, open, sent } = await stopped(fault);
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('not-cancelled') });
    expect([open(), posts(sent())]).toEqual([['90.5'], 0]);
  });

  it('when the cancel was taken and is not done: after that nobody knows', async () => {
    const { order, end, open, sent } = await stopped({ kind: 'empty-202' });
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('unknown') });
    expect(end).toMatchObject({ outcome: 'unknown' });
    expect([open(), posts(sent())]).toEqual([['90.5'], 0]);
  });

  it('when the exchange cannot be asked for a minute; the cancel is found out all the same', async () => {
    const { order, end, open, sent } = await stopped({ kind: 'drop-after' }, ({ practice }) =>
      practice.faults.add({ kind: 'status', status: 503, method: 'GET', times: 60 }),
    );
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('unknown') });
    expect(end).toMatchObject({ outcome: 'done' });
    expect([open(), posts(sent())]).toEqual([[], 0]);
  });

  it('when the cancel is answered with an order that is filled, whatever else is said of it', async () => {
    const world = await editWorld();
    const process = world.start();
    const edit = await world.prepare(process);
    const [order] = world.practice.openOrders(world.apiKey);
    const body = JSON.stringify({ ...order, status: 'Filled', executedQuantity: '0' });
    world.practice.faults.add({ kind: 'status', status: 200, body, ...DELETE });
    const { order: end } = await process.corridor.edit(edit);
    expect(end).toMatchObject({ outcome: 'notSent', error: reason('unknown') });
    expect(posts(world.sent())).toBe(0);
  });

  it('when the old order was filled before', async () => {
    const { cancel, order, sent } = await stopped(undefined, ({ practice }) =>
      practice.setMarkPrice('SOL_USDC', '80'),
    );
    expect(cancel.outcome).toBe('refused');
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('not-cancelled') });
    expect(posts(sent())).toBe(0);
  });

  it('when the old order was filled, and the answer to the cancel lost', async () => {
    const { order, sent } = await stopped({ kind: 'drop-before' }, ({ practice }) =>
      practice.setMarkPrice('SOL_USDC', '80'),
    );
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('filled') });
    expect(posts(sent())).toBe(0);
  });

  it('when more of the old order was executed than the person saw', async () => {
    const { cancel, order, open, sent } = await stopped(undefined, ({ practice }) => {
      practice.clearLiquidity('SOL_USDC');
      practice.placeLiquidity('SOL_USDC', 'Ask', '90.5', '0.5');
    });
    expect(cancel).toMatchObject({ outcome: 'done', executedQuantity: '0.5' });
    expect(order).toMatchObject({ outcome: 'notSent', error: reason('executed') });
    expect([open(), posts(sent())]).toEqual([[], 0]);
  });

  it('and not when it was executed just as far as the person saw', async () => {
    const partly = ({ practice }: Awaited<ReturnType<typeof editWorld>>) => {
      practice.clearLiquidity('SOL_USDC');
      practice.placeLiquidity('SOL_USDC', 'Ask', '90.5', '0.5');
    };
    const { order, open } = await stopped(undefined, partly, '0.500');
    expect(order).toMatchObject({ outcome: 'placed' });
    expect(open()).toEqual(['91']);
  });
});

describe('a worker that dies, or is locked, in between', () => {
  it('never places the order later, whenever it dies', async () => {
    const states = new Set<string>();
    for (let step = 1; step < 60; step += 1) {
      const { start, prepare, open, sent, settled, clock } = await editWorld();
      const edit = await prepare(start());
      const life = createLife(step);
      await Promise.race([
        start(life)
          .corridor.edit(edit)
          .then(() => undefined),
        life.died,
      ]);
      if (!life.isOver) break;
      const [before, posts] = [open(), sent().filter((method) => method === 'POST').length];
      const next = start();
      await next.reconciler.resume();
      const order = await next.journal.find(edit.order.id);
      if (order === undefined) {
        expect([open(), sent()]).toEqual([['90.5'], []]);
        continue;
      }
      states.add(`${order.outcome ?? order.state}`);
      const again = await next.corridor.edit(edit);
      for (const { id } of [edit.cancel, edit.order]) await settled(next, id);
      await clock.sleep(100_000);
      expect(sent().filter((method) => method === 'POST')).toHaveLength(posts);
      const end = (await next.journal.find(edit.order.id))?.outcome;
      const isPlaced = open().includes('91');
      expect([again.order.id, end === 'placed']).toEqual([edit.order.id, isPlaced]);
      const gone = (await next.journal.find(edit.cancel.id))?.outcome === 'done';
      expect(gone).toBe(!open().includes('90.5'));
      if (before.length === 0) expect(open()).toEqual([]);
      if (end === 'notSent') {
        expect((await next.journal.find(edit.order.id))?.error).toMatchObject({
          code: 'NOT_REPLACED',
        });
      }
    }
    expect([...states].sort()).toEqual(['notSent', 'placed', 'unknown']);
  });
});
