import { beforeEach, describe, expect, it } from 'vitest';
import { changingRequest, digestOf } from '../../../../src/background/corridor/request.ts';
import { ORIGIN, OTHER } from '../../policy/grant-fixture.ts';
import { refusalOf } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';
import { createSiteScene, type SiteScene } from './site-scene.ts';

let scene: SiteScene;

beforeEach(async () => {
  scene = await createSiteScene();
});

describe('what a site gets signed', () => {
  it('is a read under a read grant, without asking and without an entry', async () => {
    await scene.allow({ scopes: ['read'] });
    const prepared = await scene.prepare({}, 'balanceQuery');
    const done = await scene.process.sites.sign(ORIGIN, [prepared], { window: 60_000 });
    expect(done).toMatchObject({
      verdict: 'signed',
      signed: {
        method: 'GET',
        url: 'https://api.backpack.exchange/api/v1/capital',
        headers: { 'X-Window': '60000', 'X-API-Key': scene.world.identity.apiKey },
      },
    });
    expect((await scene.entries()).map(({ what }) => what)).toEqual(['grant']);
  });

  it('R30: is no trade unasked, whatever was granted, and none for longer than 5000 ms', async () => {
    await scene.allow();
    const prepared = await scene.prepare();
    const ask = { verdict: 'ask', because: 'signature' };
    expect(await scene.process.sites.sign(ORIGIN, [prepared], {})).toEqual(ask);
    expect(scene.signed).toEqual([]);
    const long = scene.process.sites.signApproved(ORIGIN, [prepared], {
      window: 5001,
      ticket: 't',
    });
    expect(await refusalOf(long)).toMatchObject({ path: 'window', limit: '5000' });
    const done = await scene.process.sites.signApproved(ORIGIN, [prepared], { ticket: 't' });
    expect(done).toMatchObject({ method: 'POST', headers: { 'X-Window': '5000' } });
    expect(JSON.parse(done.body ?? '')).toEqual(prepared.params);
    expect((await scene.entries())[0]).toMatchObject({
      what: 'sign',
      decision: 'approved',
      request: 't',
    });
  });

  it('R30: is never a withdrawal, and that it was asked for is in the log', async () => {
    const params = {
      address: '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin',
      blockchain: 'Solana',
      quantity: '1',
      symbol: 'SOL',
    };
    const prepared = await scene.prepare(params, 'withdraw');
    const unsupported = { code: 'UNSUPPORTED', method: 'sign' };
    expect(await refusalOf(scene.process.sites.sign(ORIGIN, [prepared], {}))).toEqual(unsupported);
    const approved = scene.process.sites.signApproved(ORIGIN, [prepared], { ticket: 't' });
    expect(await refusalOf(approved)).toEqual(unsupported);
    expect(scene.signed).toEqual([]);
    expect((await scene.entries())[0]).toMatchObject({ decision: 'refused', reason: 'send-only' });
  });

  it('R12: a site that asks for it again and again does not fill the log', async () => {
    const address = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';
    const params = { address, blockchain: 'Solana', quantity: '1', symbol: 'SOL' };
    const prepared = await scene.prepare(params, 'withdraw');
    for (let turn = 0; turn < 50; turn += 1) {
      await refusalOf(scene.process.sites.sign(ORIGIN, [prepared], {}));
    }
    expect(await scene.entries()).toHaveLength(20);
    await scene.world.clock.sleep(60_000);
    await refusalOf(scene.process.sites.sign(ORIGIN, [prepared], {}));
    expect(await scene.entries()).toHaveLength(21);
  });

  it('is accepted by the exchange as it stands: one order, a batch of one, a batch', async () => {
    for (const count of [0, 1, 3]) {
      const orders = await Promise.all(
        Array.from({ length: Math.max(1, count) }, () => scene.prepare()),
      );
      const options = { ticket: 't', batch: count > 0 };
      const done = await scene.process.sites.signApproved(ORIGIN, orders, options);
      const outcome = scene.practice.handle({
        method: done.method,
        url: new URL(done.url).pathname,
        headers: Object.fromEntries(
          Object.entries(done.headers).map(([k, v]) => [k.toLowerCase(), v]),
        ),
        body: done.body ?? '',
      });
      expect(outcome).toMatchObject({ kind: 'response', response: { status: 200 } });
      const what = count > 0 ? 'signBatch' : 'sign';
      expect((await scene.entries()).filter((each) => each.what === what)).toHaveLength(
        orders.length + (count === 3 ? 1 : 0),
      );
    }
    expect(scene.practice.openOrders(scene.world.identity.apiKey)).toHaveLength(5);
  });

  it('R33: is none for one account with an order of another in it', async () => {
    const [mine, prepared] = [await scene.prepare(), await scene.prepare()];
    const request = changingRequest(prepared.instruction, prepared.params);
    const digest = await digestOf(OTHER, request);
    const mixed = [mine, { ...prepared, account: OTHER, digest }];
    const signing = scene.process.sites.signApproved(ORIGIN, mixed, { batch: true, ticket: 't' });
    expect(await refusalOf(signing)).toMatchObject({ path: 'account', reason: 'conflict' });
    expect(scene.signed).toEqual([]);
  });

  it('is no batch of anything but orders, nor of more than the exchange takes', async () => {
    const reads = [await scene.prepare({}, 'balanceQuery')];
    const batch = { batch: true, ticket: 't' };
    expect(await refusalOf(scene.process.sites.signApproved(ORIGIN, reads, batch))).toMatchObject({
      path: 'orders',
    });
    const one = await scene.prepare();
    const many = Array.from({ length: 21 }, () => one);
    expect(await refusalOf(scene.process.sites.signApproved(ORIGIN, many, batch))).toMatchObject({
      limit: '20',
    });
    expect(
      await refusalOf(scene.process.sites.signApproved(ORIGIN, [one, one], { ticket: 't' })),
    ).toMatchObject({ limit: '1' });
    expect(await refusalOf(scene.process.sites.signApproved(ORIGIN, [], batch))).toMatchObject({
      path: 'orders',
    });
    expect(scene.signed).toEqual([]);
  });

  it('opens streams for 5000 ms at most, with its entry in the log', async () => {
    const streams = ['account.orderUpdate', 'account.positionUpdate.SOL_USDC_PERP'];
    const frame = await scene.process.sites.signSubscriptionApproved(ORIGIN, {
      account: ACCOUNT,
      streams,
      ticket: 't',
    });
    expect(frame).toMatchObject({ method: 'SUBSCRIBE', params: streams });
    const [apiKey, , timestamp, window] = frame.signature;
    expect([apiKey, window]).toEqual([scene.world.identity.apiKey, '5000']);
    expect(scene.signed.map(({ text }) => text)).toEqual([
      `instruction=subscribe&timestamp=${timestamp}&window=5000`,
    ]);
    expect((await scene.entries())[0]).toMatchObject({
      what: 'signSubscription',
      decision: 'approved',
      params: { streams: streams.join(', ') },
    });
  });
});
