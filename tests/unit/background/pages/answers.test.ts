import { describe, expect, it } from 'vitest';
import { createPracticeExchange } from '../../../exchange/exchange.ts';
import { ACCOUNT, createDisk, createVirtualClock, identityOf, startProcess } from '../world.ts';

const wallet = { zone: 'wallet' } as const;
const asked = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90.50',
  quantity: '1.500',
  clientId: 77,
};

async function world() {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = await identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '1000' }, SOL: { available: '10' } },
  });
  const process = startProcess({ clock, practice, identity, disk: await createDisk() });
  const send = async (instruction: string, params: object) => {
    const request = { account: ACCOUNT, instruction, params: { ...params } };
    return process.corridor.send(wallet, await process.corridor.prepare(request));
  };
  const settled = async (id: string) => {
    for (let i = 0; i < 200 && process.seen.get(id)?.state !== 'settled'; i += 1) {
      await clock.sleep(500);
    }
    return process.seen.get(id);
  };
  return { practice, identity, send, settled };
}

/** An order's answer as the exchange writes it. */
const answerOf = (changes: object): string =>
  JSON.stringify({
    ...asked,
    id: '4711',
    createdAt: 1_760_000_000_000,
    executedQuantity: '0',
    executedQuoteQuantity: '0',
    status: 'New',
    ...changes,
  });

describe('an answer to something else', () => {
  it.each([
    ['another client id', { clientId: 78 }],
    ['no client id', { clientId: null }],
    ['another market', { symbol: 'BTC_USDC' }],
    ['the other side', { side: 'Ask' }],
    ['another type', { orderType: 'Market' }],
    ['another price', { price: '90.51' }],
    ['another quantity', { quantity: '15' }],
    ['a trigger that was not asked for', { triggerPrice: '80', price: '91' }],
  ])('does not say that the order was placed: %s', async (_name, changes) => {
    const { practice, identity, send, settled } = await world();
    const body = answerOf(changes);
    practice.faults.add({
      kind: 'status',
      status: 200,
      method: 'POST',
      body,
      afterProcessing: true,
    });
    const view = await send('orderExecute', asked);
    expect(view).toMatchObject({ state: 'unknown' });
    const [order] = practice.openOrders(identity.apiKey);
    expect(await settled(view.id)).toMatchObject({ outcome: 'placed', orderId: order?.id });
  });

  it.each([
    ['another order', answerOf({ status: 'Cancelled' })],
    ['a web page', '<!doctype html><title>Welcome to the airport</title>'],
    ['broken JSON', '{"id":"47'],
    ['words', 'ok'],
    ['null', 'null'],
  ])('does not say that the cancel was done, or taken: %s', async (_name, body) => {
    const { practice, send, settled } = await world();
    const { orderId } = await send('orderExecute', asked);
    practice.faults.add({ kind: 'status', status: 200, method: 'DELETE', body });
    const view = await send('orderCancel', { symbol: asked.symbol, orderId });
    expect(view).toMatchObject({ state: 'unknown' });
    expect(view.outcome).toBeUndefined();
    expect(await settled(view.id)).toMatchObject({ outcome: 'absent' });
  });

  it('does not say that all orders were cancelled when it speaks of another market', async () => {
    const { practice, send, settled } = await world();
    await send('orderExecute', asked);
    const body = `[${answerOf({ symbol: 'BTC_USDC' })}]`;
    practice.faults.add({ kind: 'status', status: 200, method: 'DELETE', body });
    const view = await send('orderCancelAll', { symbol: asked.symbol });
    expect(view).toMatchObject({ state: 'unknown' });
    expect(await settled(view.id)).toMatchObject({ outcome: 'absent' });
  });

  it('an empty one to a cancel is taken, not done', async () => {
    const { practice, send } = await world();
    const { orderId } = await send('orderExecute', asked);
    practice.faults.add({ kind: 'status', status: 200, method: 'DELETE', body: '' });
    const view = await send('orderCancel', { symbol: asked.symbol, orderId });
    expect(view).toMatchObject({ state: 'answered', outcome: 'pending' });
  });
});
