import { beforeEach, describe, expect, it } from 'vitest';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import type { Grant } from '../../../../src/policy/grant.ts';
import { ORIGIN, OTHER } from '../../policy/grant-fixture.ts';
import { refusalOf } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';
import { createSiteScene, type SiteScene, WORTH } from './site-scene.ts';

let scene: SiteScene;

beforeEach(async () => {
  scene = await createSiteScene();
});

describe('what a site sends', () => {
  it('goes through under a grant, and its answer comes back decoded', async () => {
    const grant = await scene.allow();
    const prepared = await scene.prepare();
    const sent = await scene.process.sites.send(ORIGIN, prepared);
    expect(sent).toMatchObject({
      verdict: 'sent',
      view: { outcome: 'placed', origin: ORIGIN },
      answer: { status: 'New', clientId: singleOf(prepared).clientId, quantity: '0.5' },
    });
    expect((await scene.process.grants.of(ORIGIN)).usage).toEqual([
      { grant: grant.id, day: WORTH, lastMinute: 1 },
    ]);
    expect((await scene.entries())[0]).toMatchObject({
      what: 'send',
      origin: ORIGIN,
      decision: 'granted',
      grant: grant.id,
      request: prepared.id,
      params: { symbol: 'SOL_USDC' },
    });
  });

  it('asks a person without one, says why, and goes through once approved, with its entry in the log', async () => {
    const prepared = await scene.prepare();
    const ask = { verdict: 'ask', because: 'no-grant' };
    expect(await scene.process.sites.send(ORIGIN, prepared)).toEqual(ask);
    expect([scene.changes(), await scene.entries()]).toEqual([[], []]);
    const { view, answer } = await scene.process.sites.sendApproved(ORIGIN, prepared, {});
    expect([view?.outcome, answer]).toMatchObject(['placed', { status: 'New' }]);
    expect(await scene.entries()).toMatchObject([{ decision: 'approved', request: prepared.id }]);
  });

  it('reads under a read grant, else asks; an approved read goes through once', async () => {
    const prepared = await scene.prepare({}, 'balanceQuery');
    expect(await scene.process.sites.send(ORIGIN, prepared)).toMatchObject({ because: 'no-grant' });
    expect(await scene.process.sites.sendApproved(ORIGIN, prepared, {})).toMatchObject({
      answer: { USDC: { available: '100000' } },
    });
    expect(await scene.process.sites.send(ORIGIN, prepared)).toMatchObject({ verdict: 'ask' });
    await scene.allow({ scopes: ['read'] });
    expect(await scene.process.sites.send(ORIGIN, prepared)).toMatchObject({
      answer: { USDC: { available: '100000' } },
    });
  });

  it.each<[string, Partial<Grant>, string]>([
    ['the cap of an order', { maxOrder: '74.99' }, 'order-cap'],
    ['the markets', { markets: ['BTC_USDC'] }, 'market'],
    ['the kinds', { kinds: ['cancel'] }, 'order-kind'],
    ['reducing only', { reduceOnly: true }, 'reduce-only'],
    ['reading', { scopes: ['read'] }, 'scope'],
  ])('asks beyond %s', async (_name, change, because) => {
    await scene.allow(change);
    expect(await scene.process.sites.send(ORIGIN, await scene.prepare())).toEqual({
      verdict: 'ask',
      because,
    });
    expect(scene.changes()).toEqual([]);
  });

  it('R32: of 100 at once under a cap of ten, ten leave and the rest ask', async () => {
    await scene.allow();
    const all = await Promise.all(Array.from({ length: 100 }, () => scene.prepare()));
    const done = await Promise.all(all.map((each) => scene.process.sites.send(ORIGIN, each)));
    expect(done.filter(({ verdict }) => verdict === 'sent')).toHaveLength(10);
    expect(
      done.filter((each) => each.verdict === 'ask' && each.because === 'day-cap'),
    ).toHaveLength(90);
    expect(scene.changes()).toHaveLength(10);
    expect(scene.practice.openOrders(scene.world.identity.apiKey)).toHaveLength(10);
  });

  it('gives back what the exchange refused, and keeps what became of nobody knows what', async () => {
    const { id } = await scene.allow({ maxDay: WORTH });
    const path = '/api/v1/order';
    scene.practice.faults.add({ method: 'POST', path, kind: 'status', status: 400 });
    expect(await scene.process.sites.send(ORIGIN, await scene.prepare())).toMatchObject({
      view: { outcome: 'refused' },
    });
    await expect
      .poll(async () => (await scene.process.grants.of(ORIGIN)).usage)
      .toEqual([{ grant: id, day: '0', lastMinute: 1 }]);
    scene.practice.faults.add({ method: 'POST', path, kind: 'drop-after' });
    expect(await scene.process.sites.send(ORIGIN, await scene.prepare())).toMatchObject({
      view: { state: 'unknown' },
    });
    expect(await scene.process.sites.send(ORIGIN, await scene.prepare())).toMatchObject({
      because: 'day-cap',
    });
  });

  it('is one request however often it is sent, at once and later', async () => {
    await scene.allow();
    const prepared = await scene.prepare();
    await Promise.all([1, 2, 3].map(() => scene.process.sites.send(ORIGIN, prepared)));
    await scene.process.sites.send(ORIGIN, prepared);
    await scene.process.sites.sendApproved(ORIGIN, prepared, {});
    expect(scene.changes()).toHaveLength(1);
    expect((await scene.process.grants.of(ORIGIN)).usage[0]?.lastMinute).toBe(1);
  });

  it('R33: is refused for any account but the one that the site is bound to', async () => {
    await scene.allow();
    const prepared = await scene.prepare();
    scene.bound.set(ORIGIN, OTHER);
    const unauthorized = { code: 'UNAUTHORIZED' };
    expect(await refusalOf(scene.prepare())).toEqual(unauthorized);
    expect(await refusalOf(scene.process.sites.send(ORIGIN, prepared))).toEqual(unauthorized);
    expect(await refusalOf(scene.process.sites.sendApproved(ORIGIN, prepared, {}))).toEqual(
      unauthorized,
    );
    const asked = { account: ACCOUNT, streams: ['account.orderUpdate'], ticket: 't' };
    expect(await refusalOf(scene.process.sites.signSubscriptionApproved(ORIGIN, asked))).toEqual(
      unauthorized,
    );
    scene.bound.delete(ORIGIN);
    expect(await refusalOf(scene.process.sites.send(ORIGIN, prepared))).toEqual(unauthorized);
    expect(scene.signed).toEqual([]);
  });

  it('R20: is refused if it is not what was decided on, in any field', async () => {
    await scene.allow();
    const prepared = await scene.prepare();
    for (const change of [
      { params: { ...prepared.params, quantity: '0.51' } },
      { params: { ...prepared.params, side: 'Ask' } },
      { account: OTHER },
      { digest: '00' },
    ]) {
      const other = { ...prepared, ...change };
      if ('account' in change) scene.bound.set(ORIGIN, OTHER);
      const mismatch = { reason: 'digest-mismatch' };
      expect(await refusalOf(scene.process.sites.send(ORIGIN, other))).toMatchObject(mismatch);
      expect(await refusalOf(scene.process.sites.sendApproved(ORIGIN, other, {}))).toMatchObject(
        mismatch,
      );
      const options = { ticket: 't' };
      expect(
        await refusalOf(scene.process.sites.signApproved(ORIGIN, [other], options)),
      ).toMatchObject(mismatch);
      scene.bound.set(ORIGIN, ACCOUNT);
    }
    expect(scene.signed).toEqual([]);
    const more = { account: OTHER, params: { quantity: '9' } };
    const { view } = await scene.process.sites.sendApproved(ORIGIN, prepared, more as object);
    expect(view).toMatchObject({ account: ACCOUNT, params: { quantity: '0.5' } });
  });

  it('R30: a withdrawal always asks, and leaves only with the password', async () => {
    await scene.allow();
    const params = {
      address: '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin',
      blockchain: 'Solana',
      quantity: '1',
      symbol: 'SOL',
    };
    const prepared = await scene.prepare(params, 'withdraw');
    expect(await scene.process.sites.send(ORIGIN, prepared)).toMatchObject({
      because: 'never-granted',
    });
    const none = await refusalOf(scene.process.sites.sendApproved(ORIGIN, prepared, {}));
    expect(none).toMatchObject({ path: 'password', reason: 'required' });
    const wrong = scene.process.sites.sendApproved(ORIGIN, prepared, { password: 'wrong' });
    expect(await refusalOf(wrong)).toEqual({ code: 'WRONG_PASSWORD' });
    expect([scene.signed, scene.changes()]).toEqual([[], []]);
  });

  it('R30: issueTwoFactorToken is not there for a site, nor are names of prototypes', async () => {
    for (const name of [
      'issueTwoFactorToken',
      '__proto__',
      'constructor',
      'toString',
      'subscribe',
    ]) {
      expect(await refusalOf(scene.prepare({}, name))).toMatchObject({ path: 'instruction' });
    }
  });
});
