import { expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors.ts';
import { limit, orderWorld, prepareOrder, refusalOf, wallet } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';

const POST = { method: 'POST', path: '/api/v1/order' } as const;
/** What looks for an order whose answer was lost. */
const LOOKS = { method: 'GET', path: /orders?$|fills/ } as const;
const expired = JSON.stringify({ code: 'TIMEOUT', message: 'Request has expired' });

it.each([200, 408, 500, 503, 504])(
  'one that may have taken effect is never stamped anew, whatever is said of its age: %i',
  async (status) => {
    const { start, practice, changes, settled, apiKey } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'status', status, body: expired, afterProcessing: true, ...POST });
    const prepared = await prepareOrder(process, limit);
    const view = await process.corridor.send(wallet, prepared);
    expect(view).toMatchObject({ state: 'unknown' });
    expect(await settled(process, prepared.id)).toMatchObject({ outcome: 'placed' });
    expect(changes()).toHaveLength(1);
    expect(practice.openOrders(apiKey)).toHaveLength(1);
  },
);

it('one that has expired is stamped anew by the exchange’s clock as it is now', async () => {
  const { start, practice, changes } = await orderWorld();
  const process = start();
  await process.corridor.send(wallet, await prepareOrder(process, limit));
  practice.setClockSkew(3_600_000);
  const view = await process.corridor.send(wallet, await prepareOrder(process, limit));
  expect(view).toMatchObject({ outcome: 'placed' });
  expect(changes()).toHaveLength(3);
});

it('one whose answer is lost is written down as unknown at once', async () => {
  const { start, practice } = await orderWorld();
  const process = start();
  practice.faults.add({ kind: 'drop-after', ...POST });
  practice.faults.add({ kind: 'status', status: 503, times: 99, ...LOOKS });
  const prepared = await prepareOrder(process, limit);
  await process.corridor.send(wallet, prepared);
  expect(await process.journal.find(prepared.id)).toMatchObject({ state: 'unknown' });
});

it('one whose entry cannot be read any more is not sent again, and not called damaged, as if it had never left', async () => {
  const { start, changes } = await orderWorld();
  const process = start();
  const prepared = await prepareOrder(process, limit);
  await process.corridor.send(wallet, prepared);
  process.journal.find = () => Promise.reject(new AppError('VAULT_DAMAGED', undefined));
  expect(await refusalOf(process.corridor.send(wallet, prepared))).toEqual({ code: 'INTERNAL' });
  expect(changes()).toHaveLength(1);
});

it('a client id is taken for its own account only', async () => {
  const { start, clock } = await orderWorld();
  const process = start();
  const params = { ...limit, clientId: 7 };
  const at = clock.now();
  await process.journal.add({
    ...{ id: crypto.randomUUID(), account: ACCOUNT.replace(/.$/, 'f'), origin: 'buckle' },
    ...{ instruction: 'orderExecute', params, digest: '', state: 'recorded', recordedAt: at },
    decision: { by: 'person', at },
  });
  const view = await process.corridor.send(wallet, await prepareOrder(process, params));
  expect(view).toMatchObject({ outcome: 'placed' });
});
