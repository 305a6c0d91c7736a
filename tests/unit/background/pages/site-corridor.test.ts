import { beforeEach, describe, expect, it } from 'vitest';
import { changingRequest, digestOf } from '../../../../src/background/corridor/request.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import type { Grant } from '../../../../src/policy/grant.ts';
import { createPracticeExchange, type PracticeExchange } from '../../../exchange/exchange.ts';
import { aGrant, ORIGIN, OTHER } from '../../policy/grant-fixture.ts';
import {
  ACCOUNT,
  createDisk,
  createLife,
  createVirtualClock,
  identityOf,
  type Process,
  startProcess,
  type World,
} from '../world.ts';

const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90',
  quantity: '0.5',
};
/** 0.5 SOL at a mark of 150. */
const WORTH = '75';

let world: World;
let practice: PracticeExchange;
let process: Process;
let bound: Map<string, string>;
/** Texts that were signed, each with what the activity log held at that moment. */
let signed: { text: string; logged: number }[];

const changes = () => practice.requests().filter(({ method }) => method !== 'GET');
const prepare = (params: object = limit, instruction = 'orderExecute'): Promise<AnyPrepared> =>
  process.sites.prepare(ORIGIN, { account: ACCOUNT, instruction, params });
const allow = (change: Partial<Grant> = {}): Promise<Grant> => {
  const {
    id: _,
    origin: __,
    account: ___,
    createdAt: ____,
    ...terms
  } = aGrant({
    maxOrder: WORTH,
    maxDay: '750',
    expiresAt: world.clock.now() + 3_600_000,
    ...change,
  });
  return process.grants.save({ origin: ORIGIN, account: ACCOUNT, terms });
};
const entries = async () => (await process.log.read({ limit: 1000 })).entries;
const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};

beforeEach(async () => {
  const clock = createVirtualClock();
  practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '100000' }, SOL: { available: '10' } },
  });
  bound = new Map([[ORIGIN, ACCOUNT]]);
  signed = [];
  const watched = {
    ...identity,
    sign: async (text: string) => {
      signed.push({ text, logged: (await process.log.read({ limit: 1 })).total });
      return identity.sign(text);
    },
  };
  world = { clock, practice, identity: watched, disk: await createDisk(), bound };
  process = startProcess(world);
});

describe('what a site sends', () => {
  it('goes through under a grant, and its answer comes back decoded', async () => {
    const grant = await allow();
    const prepared = await prepare();
    const sent = await process.sites.send(ORIGIN, prepared);
    expect(sent).toMatchObject({
      verdict: 'sent',
      view: { outcome: 'placed', origin: ORIGIN },
      answer: { status: 'New', clientId: singleOf(prepared).clientId, quantity: '0.5' },
    });
    expect((await process.grants.of(ORIGIN)).usage).toEqual([
      { grant: grant.id, day: WORTH, lastMinute: 1 },
    ]);
    expect((await entries())[0]).toMatchObject({
      what: 'send',
      origin: ORIGIN,
      decision: 'granted',
      grant: grant.id,
      request: prepared.id,
      params: { symbol: 'SOL_USDC' },
    });
  });

  it('asks a person without one, says why, and goes through once approved, with its entry in the log', async () => {
    const prepared = await prepare();
    const ask = { verdict: 'ask', because: 'no-grant' };
    expect(await process.sites.send(ORIGIN, prepared)).toEqual(ask);
    expect([changes(), await entries()]).toEqual([[], []]);
    const { view, answer } = await process.sites.sendApproved(ORIGIN, prepared, {});
    expect([view?.outcome, answer]).toMatchObject(['placed', { status: 'New' }]);
    expect(await entries()).toMatchObject([{ decision: 'approved', request: prepared.id }]);
  });

  it('reads under a read grant, else asks; an approved read goes through once', async () => {
    const prepared = await prepare({}, 'balanceQuery');
    expect(await process.sites.send(ORIGIN, prepared)).toMatchObject({ because: 'no-grant' });
    expect(await process.sites.sendApproved(ORIGIN, prepared, {})).toMatchObject({
      answer: { USDC: { available: '100000' } },
    });
    expect(await process.sites.send(ORIGIN, prepared)).toMatchObject({ verdict: 'ask' });
    await allow({ scopes: ['read'] });
    expect(await process.sites.send(ORIGIN, prepared)).toMatchObject({
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
    await allow(change);
    expect(await process.sites.send(ORIGIN, await prepare())).toEqual({ verdict: 'ask', because });
    expect(changes()).toEqual([]);
  });

  it('R32: of 100 at once under a cap of ten, ten leave and the rest ask', async () => {
    await allow();
    const all = await Promise.all(Array.from({ length: 100 }, () => prepare()));
    const done = await Promise.all(all.map((each) => process.sites.send(ORIGIN, each)));
    expect(done.filter(({ verdict }) => verdict === 'sent')).toHaveLength(10);
    expect(
      done.filter((each) => each.verdict === 'ask' && each.because === 'day-cap'),
    ).toHaveLength(90);
    expect(changes()).toHaveLength(10);
    expect(practice.openOrders(world.identity.apiKey)).toHaveLength(10);
  });

  it('gives back what the exchange refused, and keeps what became of nobody knows what', async () => {
    const { id } = await allow({ maxDay: WORTH });
    const path = '/api/v1/order';
    practice.faults.add({ method: 'POST', path, kind: 'status', status: 400 });
    expect(await process.sites.send(ORIGIN, await prepare())).toMatchObject({
      view: { outcome: 'refused' },
    });
    await expect
      .poll(async () => (await process.grants.of(ORIGIN)).usage)
      .toEqual([{ grant: id, day: '0', lastMinute: 1 }]);
    practice.faults.add({ method: 'POST', path, kind: 'drop-after' });
    expect(await process.sites.send(ORIGIN, await prepare())).toMatchObject({
      view: { state: 'unknown' },
    });
    expect(await process.sites.send(ORIGIN, await prepare())).toMatchObject({ because: 'day-cap' });
  });

  it('is one request however often it is sent, at once and later', async () => {
    await allow();
    const prepared = await prepare();
    await Promise.all([1, 2, 3].map(() => process.sites.send(ORIGIN, prepared)));
    await process.sites.send(ORIGIN, prepared);
    await process.sites.sendApproved(ORIGIN, prepared, {});
    expect(changes()).toHaveLength(1);
    expect((await process.grants.of(ORIGIN)).usage[0]?.lastMinute).toBe(1);
  });

  it('R33: is refused for any account but the one that the site is bound to', async () => {
    await allow();
    const prepared = await prepare();
    bound.set(ORIGIN, OTHER);
    const unauthorized = { code: 'UNAUTHORIZED' };
    expect(await refusal(prepare())).toEqual(unauthorized);
    expect(await refusal(process.sites.send(ORIGIN, prepared))).toEqual(unauthorized);
    expect(await refusal(process.sites.sendApproved(ORIGIN, prepared, {}))).toEqual(unauthorized);
    const asked = { account: ACCOUNT, streams: ['account.orderUpdate'], ticket: 't' };
    expect(await refusal(process.sites.signSubscriptionApproved(ORIGIN, asked))).toEqual(
      unauthorized,
    );
    bound.delete(ORIGIN);
    expect(await refusal(process.sites.send(ORIGIN, prepared))).toEqual(unauthorized);
    expect(signed).toEqual([]);
  });

  it('R20: is refused if it is not what was decided on, in any field', async () => {
    await allow();
    const prepared = await prepare();
    for (const change of [
      { params: { ...prepared.params, quantity: '0.51' } },
      { params: { ...prepared.params, side: 'Ask' } },
      { account: OTHER },
      { digest: '00' },
    ]) {
      const other = { ...prepared, ...change };
      if ('account' in change) bound.set(ORIGIN, OTHER);
      const mismatch = { reason: 'digest-mismatch' };
      expect(await refusal(process.sites.send(ORIGIN, other))).toMatchObject(mismatch);
      expect(await refusal(process.sites.sendApproved(ORIGIN, other, {}))).toMatchObject(mismatch);
      const options = { ticket: 't' };
      expect(await refusal(process.sites.signApproved(ORIGIN, [other], options))).toMatchObject(
        mismatch,
      );
      bound.set(ORIGIN, ACCOUNT);
    }
    expect(signed).toEqual([]);
    const more = { account: OTHER, params: { quantity: '9' } };
    const { view } = await process.sites.sendApproved(ORIGIN, prepared, more as object);
    expect(view).toMatchObject({ account: ACCOUNT, params: { quantity: '0.5' } });
  });

  it('R30: a withdrawal always asks, and leaves only with the password', async () => {
    await allow();
    const params = {
      address: '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin',
      blockchain: 'Solana',
      quantity: '1',
      symbol: 'SOL',
    };
    const prepared = await prepare(params, 'withdraw');
    expect(await process.sites.send(ORIGIN, prepared)).toMatchObject({ because: 'never-granted' });
    const none = await refusal(process.sites.sendApproved(ORIGIN, prepared, {}));
    expect(none).toMatchObject({ path: 'password', reason: 'required' });
    const wrong = process.sites.sendApproved(ORIGIN, prepared, { password: 'wrong' });
    expect(await refusal(wrong)).toEqual({ code: 'WRONG_PASSWORD' });
    expect([signed, changes()]).toEqual([[], []]);
  });

  it('R30: issueTwoFactorToken is not there for a site, nor are names of prototypes', async () => {
    for (const name of [
      'issueTwoFactorToken',
      '__proto__',
      'constructor',
      'toString',
      'subscribe',
    ]) {
      expect(await refusal(prepare({}, name))).toMatchObject({ path: 'instruction' });
    }
  });
});

describe('what a site gets signed', () => {
  it('is a read under a read grant, without asking and without an entry', async () => {
    await allow({ scopes: ['read'] });
    const prepared = await prepare({}, 'balanceQuery');
    const done = await process.sites.sign(ORIGIN, [prepared], { window: 60_000 });
    expect(done).toMatchObject({
      verdict: 'signed',
      signed: {
        method: 'GET',
        url: 'https://api.backpack.exchange/api/v1/capital',
        headers: { 'X-Window': '60000', 'X-API-Key': world.identity.apiKey },
      },
    });
    expect((await entries()).map(({ what }) => what)).toEqual(['grant']);
  });

  it('R30: is no trade unasked, whatever was granted, and none for longer than 5000 ms', async () => {
    await allow();
    const prepared = await prepare();
    const ask = { verdict: 'ask', because: 'signature' };
    expect(await process.sites.sign(ORIGIN, [prepared], {})).toEqual(ask);
    expect(signed).toEqual([]);
    const long = process.sites.signApproved(ORIGIN, [prepared], { window: 5001, ticket: 't' });
    expect(await refusal(long)).toMatchObject({ path: 'window', limit: '5000' });
    const done = await process.sites.signApproved(ORIGIN, [prepared], { ticket: 't' });
    expect(done).toMatchObject({ method: 'POST', headers: { 'X-Window': '5000' } });
    expect(JSON.parse(done.body ?? '')).toEqual(prepared.params);
    expect((await entries())[0]).toMatchObject({
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
    const prepared = await prepare(params, 'withdraw');
    const unsupported = { code: 'UNSUPPORTED', method: 'sign' };
    expect(await refusal(process.sites.sign(ORIGIN, [prepared], {}))).toEqual(unsupported);
    const approved = process.sites.signApproved(ORIGIN, [prepared], { ticket: 't' });
    expect(await refusal(approved)).toEqual(unsupported);
    expect(signed).toEqual([]);
    expect((await entries())[0]).toMatchObject({ decision: 'refused', reason: 'send-only' });
  });

  it('R12: a site that asks for it again and again does not fill the log', async () => {
    const address = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';
    const params = { address, blockchain: 'Solana', quantity: '1', symbol: 'SOL' };
    const prepared = await prepare(params, 'withdraw');
    for (let turn = 0; turn < 50; turn += 1) {
      await refusal(process.sites.sign(ORIGIN, [prepared], {}));
    }
    expect(await entries()).toHaveLength(20);
    await world.clock.sleep(60_000);
    await refusal(process.sites.sign(ORIGIN, [prepared], {}));
    expect(await entries()).toHaveLength(21);
  });

  it('is accepted by the exchange as it stands: one order, a batch of one, a batch', async () => {
    for (const count of [0, 1, 3]) {
      const orders = await Promise.all(Array.from({ length: Math.max(1, count) }, () => prepare()));
      const options = { ticket: 't', batch: count > 0 };
      const done = await process.sites.signApproved(ORIGIN, orders, options);
      const outcome = practice.handle({
        method: done.method,
        url: new URL(done.url).pathname,
        headers: Object.fromEntries(
          Object.entries(done.headers).map(([k, v]) => [k.toLowerCase(), v]),
        ),
        body: done.body ?? '',
      });
      expect(outcome).toMatchObject({ kind: 'response', response: { status: 200 } });
      const what = count > 0 ? 'signBatch' : 'sign';
      expect((await entries()).filter((each) => each.what === what)).toHaveLength(
        orders.length + (count === 3 ? 1 : 0),
      );
    }
    expect(practice.openOrders(world.identity.apiKey)).toHaveLength(5);
  });

  it('R33: is none for one account with an order of another in it', async () => {
    const [mine, prepared] = [await prepare(), await prepare()];
    const request = changingRequest(prepared.instruction, prepared.params);
    const digest = await digestOf(OTHER, request);
    const mixed = [mine, { ...prepared, account: OTHER, digest }];
    const signing = process.sites.signApproved(ORIGIN, mixed, { batch: true, ticket: 't' });
    expect(await refusal(signing)).toMatchObject({ path: 'account', reason: 'conflict' });
    expect(signed).toEqual([]);
  });

  it('is no batch of anything but orders, nor of more than the exchange takes', async () => {
    const reads = [await prepare({}, 'balanceQuery')];
    const batch = { batch: true, ticket: 't' };
    expect(await refusal(process.sites.signApproved(ORIGIN, reads, batch))).toMatchObject({
      path: 'orders',
    });
    const one = await prepare();
    const many = Array.from({ length: 21 }, () => one);
    expect(await refusal(process.sites.signApproved(ORIGIN, many, batch))).toMatchObject({
      limit: '20',
    });
    expect(
      await refusal(process.sites.signApproved(ORIGIN, [one, one], { ticket: 't' })),
    ).toMatchObject({ limit: '1' });
    expect(await refusal(process.sites.signApproved(ORIGIN, [], batch))).toMatchObject({
      path: 'orders',
    });
    expect(signed).toEqual([]);
  });

  it('opens streams for 5000 ms at most, with its entry in the log', async () => {
    const streams = ['account.orderUpdate', 'account.positionUpdate.SOL_USDC_PERP'];
    const frame = await process.sites.signSubscriptionApproved(ORIGIN, {
      account: ACCOUNT,
      streams,
      ticket: 't',
    });
    expect(frame).toMatchObject({ method: 'SUBSCRIBE', params: streams });
    const [apiKey, , timestamp, window] = frame.signature;
    expect([apiKey, window]).toEqual([world.identity.apiKey, '5000']);
    expect(signed.map(({ text }) => text)).toEqual([
      `instruction=subscribe&timestamp=${timestamp}&window=5000`,
    ]);
    expect((await entries())[0]).toMatchObject({
      what: 'signSubscription',
      decision: 'approved',
      params: { streams: streams.join(', ') },
    });
  });
});

describe('R16: a decision stands in the log before anything is signed', () => {
  const changing = () =>
    signed.filter(({ text }) => /^instruction=(order[EC]|subscribe)/.test(text));

  it('for a person and a site, sent and handed out', async () => {
    const grant = await allow();
    await process.sites.send(ORIGIN, await prepare());
    await process.sites.sendApproved(ORIGIN, await prepare({ ...limit, quantity: '2' }), {});
    await process.sites.signApproved(ORIGIN, [await prepare()], { ticket: 't' });
    const own = await process.corridor.prepare({
      account: ACCOUNT,
      instruction: 'orderExecute',
      params: limit,
    });
    await process.corridor.send({ zone: 'wallet' }, own);
    expect(changing().map(({ logged }) => logged)).toEqual([2, 3, 4, 5]);
    expect(
      (await entries()).map(({ origin, decision, grant: by }) => [origin, decision, by]),
    ).toEqual([
      ['buckle', 'approved', undefined],
      [ORIGIN, 'approved', undefined],
      [ORIGIN, 'approved', undefined],
      [ORIGIN, 'granted', grant.id],
      [ORIGIN, 'approved', grant.id],
    ]);
  });

  it('and nothing is signed, and nothing counted, if it cannot be written', async () => {
    const { id } = await allow({ maxDay: WORTH });
    const prepared = await prepare();
    const disk = world.disk;
    world.disk = (mode, callback) =>
      disk(mode, (objects) =>
        callback(
          new Proxy(objects, {
            get(target, name) {
              if (name === 'put') {
                return (value: unknown, key: IDBValidKey) => {
                  if (typeof key === 'number') throw new DOMException('full', 'QuotaExceededError');
                  return target.put(value, key);
                };
              }
              const member: unknown = Reflect.get(target, name);
              return typeof member === 'function' ? member.bind(target) : member;
            },
          }),
        ),
      );
    const full = startProcess(world);
    await expect(full.sites.send(ORIGIN, prepared)).rejects.toThrow();
    expect([changing(), changes()]).toEqual([[], []]);
    world.disk = disk;
    await expect
      .poll(async () => (await full.grants.of(ORIGIN)).usage)
      .toEqual([{ grant: id, day: '0', lastMinute: 1 }]);
  });

  it('wherever a worker dies: never sent twice, never over the cap, and what never left is given back', async () => {
    const seen = new Map<string, number>();
    for (let dieAt = 1; dieAt < 60; dieAt += 1) {
      const disk = await createDisk();
      const { grants: _, ...rest } = world;
      world = { ...rest, disk };
      process = startProcess(world);
      const before = changes().length;
      await allow({ maxDay: WORTH });
      const prepared = await prepare();
      const life = createLife(dieAt);
      const dying = startProcess(world, life);
      const ended = dying.sites.send(ORIGIN, prepared).then(() => 'done');
      const end = await Promise.race([ended, life.died.then(() => 'died')]);
      process = startProcess(world);
      await process.reconciler.resume();
      const isOver = async (): Promise<boolean> => {
        const found = await process.journal.find(prepared.id);
        return found === undefined || ['notSent', 'absent'].includes(found.outcome ?? '');
      };
      const known = await process.journal.find(prepared.id);
      const wasOver = await isOver();
      const again = await process.sites.send(ORIGIN, await prepare());
      // Either the first one may have left, and counts; or it is certain that nothing came of it, and this one takes its place.
      // What became of it may be found out meanwhile.
      if (wasOver) expect([dieAt, again.verdict]).toEqual([dieAt, 'sent']);
      if (again.verdict === 'sent') expect([dieAt, await isOver()]).toEqual([dieAt, true]);
      expect(changes().length - before).toBeLessThanOrEqual(1);
      expect((await process.log.verify()).problem).toBeUndefined();
      const label = `${end} ${known?.state ?? 'unwritten'}`;
      seen.set(label, (seen.get(label) ?? 0) + 1);
      if (end === 'done') break;
    }
    expect([...seen.keys()].sort()).toEqual(
      expect.arrayContaining(['died settled', 'died unwritten', 'done settled']),
    );
  });
});
