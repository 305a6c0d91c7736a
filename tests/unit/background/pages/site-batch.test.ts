import { beforeEach, describe, expect, it, vi } from 'vitest';
import { outcomeOf, settledOf } from '../../../../src/background/pages/site-outcome.ts';
import type { RequestView } from '../../../../src/messaging/requests.ts';
import type { Grant } from '../../../../src/policy/grant.ts';
import { ORIGIN } from '../../policy/grant-fixture.ts';
import { refusalOf } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';
import { createSiteScene, limit, type SiteScene } from './site-scene.ts';

const three = [limit, { ...limit, price: '91' }, { ...limit, price: '92' }];

let scene: SiteScene;

const prepare = (params: unknown = three, instruction = 'orderExecute') =>
  scene.prepare(params, instruction);
const usage = async () => (await scene.process.grants.of(ORIGIN)).usage[0];

beforeEach(async () => {
  scene = await createSiteScene();
});

describe('a batch of a site', () => {
  it('goes through under a grant, reserved as one: the sum of the orders, and each counted', async () => {
    await scene.allow({ maxPerMinute: 3 });
    const sent = await scene.process.sites.send(ORIGIN, await prepare());
    expect(sent).toMatchObject({
      verdict: 'sent',
      view: { outcome: 'placed', origin: ORIGIN },
      answer: [{ operation: 'Ok', price: '90' }, { operation: 'Ok' }, { operation: 'Ok' }],
    });
    expect(await usage()).toMatchObject({ day: '225', lastMinute: 3 });
    expect(scene.changes()).toHaveLength(1);
  });

  it.each<[string, unknown[], Partial<Grant>, string]>([
    ['one order is worth too much', [limit, { ...limit, quantity: '0.6' }], {}, 'order-cap'],
    [
      'one order is of another kind',
      [limit, { ...limit, stopLossTriggerPrice: '80' }],
      {},
      'order-kind',
    ],
    [
      'one order is on another market',
      [limit, { ...limit, symbol: 'BTC_USDC', quantity: '0.00001', price: '90000' }],
      { markets: ['SOL_USDC'] },
      'market',
    ],
    ['all together are worth too much a day', three, { maxDay: '224.99' }, 'day-cap'],
    ['there are too many for the minute', three, { maxPerMinute: 2 }, 'minute-cap'],
  ])('asks as a whole if %s', async (_name, orders, change, because) => {
    await scene.allow(change);
    const ask = { verdict: 'ask', because };
    expect(await scene.process.sites.send(ORIGIN, await prepare(orders))).toEqual(ask);
    expect(scene.changes()).toEqual([]);
    expect(await usage()).toMatchObject({ day: '0', lastMinute: 0 });
  });

  it('R13: batches at once cannot overrun a cap', async () => {
    await scene.allow({ maxDay: '450', maxPerMinute: 100 });
    const all = await Promise.all(Array.from({ length: 4 }, () => prepare()));
    const sent = await Promise.all(all.map((each) => scene.process.sites.send(ORIGIN, each)));
    expect(sent.map(({ verdict }) => verdict).sort()).toEqual(['ask', 'ask', 'sent', 'sent']);
    expect(await usage()).toMatchObject({ day: '450' });
  });

  it('gives back what was reserved when nothing came of it, and keeps it while that is not known', async () => {
    await scene.allow();
    scene.practice.faults.add({ kind: 'status', status: 429, method: 'POST' });
    await scene.process.sites.send(ORIGIN, await prepare());
    await vi.waitFor(async () => expect(await usage()).toMatchObject({ day: '0', lastMinute: 3 }));
    const mixed = await prepare([limit, { ...limit, side: 'Ask', price: '400', quantity: '0.1' }]);
    scene.practice.faults.add({ kind: 'drop-after', method: 'POST' });
    await scene.process.sites.send(ORIGIN, mixed);
    expect(await usage()).toMatchObject({ day: '115' });
  });

  it('is sent once approved, with its orders in the log', async () => {
    const prepared = await prepare();
    const { view, answer } = await scene.process.sites.sendApproved(ORIGIN, prepared, {});
    expect(view).toMatchObject({ outcome: 'placed' });
    expect(answer).toHaveLength(3);
    expect((await scene.process.log.read({ limit: 1 })).entries).toMatchObject([
      { decision: 'approved', params: prepared.params },
    ]);
  });

  it('is not signed under the name of a single order', async () => {
    const prepared = await prepare();
    for (const batch of [false, true]) {
      const work = scene.process.sites.signApproved(ORIGIN, [prepared], {
        batch,
        ticket: prepared.id,
      });
      expect(await refusalOf(work)).toMatchObject({ code: 'INVALID_INPUT', reason: 'wrong-type' });
    }
    expect((await scene.process.log.read({ limit: 9 })).entries).toEqual([]);
  });
});

describe('what a page hears of a batch', () => {
  const view = (outcome: RequestView['outcome'], parts: RequestView['parts']): RequestView => ({
    ...{ id: ACCOUNT, account: ACCOUNT, origin: ORIGIN, instruction: 'orderExecute' },
    params: [
      { ...limit, clientId: 1 },
      { ...limit, clientId: 2 },
    ],
    ...{ state: 'settled', outcome, parts, recordedAt: 0 },
  });
  const placed = { clientId: 1, outcome: 'placed', orderId: '77', orderStatus: 'New' } as const;
  const error = { code: 'EXCHANGE', data: { status: 200, code: 'INVALID_PRICE', message: 'no' } };
  const refused = { clientId: 2, outcome: 'refused', error } as const;
  const ok = { operation: 'Ok', ...limit, clientId: 1, id: '77', status: 'New' };

  it('is each order in its place, found out or answered', () => {
    expect(outcomeOf(view('partly', [placed, refused]))).toEqual({
      ok: true,
      value: [ok, { operation: 'Err', code: 'INVALID_PRICE', message: 'no' }],
    });
    expect(outcomeOf(view('partly', [placed, { clientId: 2, outcome: 'absent' }]))).toMatchObject({
      value: [ok, { operation: 'Err', code: 'NOT_PLACED' }],
    });
    expect(outcomeOf(view('refused', [{ ...refused, clientId: 1 }, refused]))).toMatchObject({
      ok: true,
      value: [{ operation: 'Err' }, { operation: 'Err' }],
    });
  });

  it('is a failure if it was refused whole, or none of it arrived, or nobody knows of one', () => {
    expect(outcomeOf({ ...view('refused', []), error })).toMatchObject({
      error: { reason: 'exchange-refused' },
    });
    const failed = (outcome: RequestView['outcome']) => outcomeOf(view(outcome, []));
    expect(failed('absent')).toMatchObject({ error: { reason: 'not-sent' } });
    expect(failed('unknown')).toMatchObject({ error: { reason: 'outcome-unknown' } });
  });

  it('tells the end of each order once it is known', () => {
    const open = { clientId: 2, outcome: 'unknown' } as const;
    expect(settledOf('c', view('unknown', [placed, open]))).toEqual({
      ...{ id: 'c', instruction: 'orderExecute', outcome: 'unknown' },
      parts: [placed, open],
    });
  });
});
