import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settled } from '../settled.ts';
import { believesUndecided, createSiteWorld, DESK, ORDER } from '../site-world.ts';
import { createLife } from '../world.ts';
import { BALANCES, error, SEND, setUp, WAITING } from './approvals-scene.ts';

describe('what needs no person', () => {
  it('a read under a grant is answered in the reply, and leaves nothing behind', async () => {
    const { ask, world } = setUp();
    expect(await ask('send', BALANCES)).toEqual({ ok: true, value: { USDC: '1' } });
    expect(await ask('sign', BALANCES)).toMatchObject({ ok: true, value: { body: null } });
    expect(world.area.size).toBe(0);
    expect(world.state.windows).toBe(0);
  });

  it('reads under a grant are counted, and no others', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('send', BALANCES);
    await ask('sign', BALANCES);
    expect(world.state.reads).toBe(2);
    world.state.allows = { read: false, trade: true };
    await ask('send', SEND);
    await ask('send', BALANCES);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, {});
    expect(world.state.reads).toBe(2);
  });

  it('an order inside a grant is sent once, however often it is asked', async () => {
    const { ask, world, page } = setUp();
    world.state.allows.trade = true;
    const call = randomUUID();
    page.listens = false;
    await Promise.all([1, 2, 3].map(() => ask('send', SEND, call)));
    // However often its answer gets lost, and for however long: it is kept until it has arrived.
    for (let turn = 0; turn < 3; turn += 1) {
      world.state.time += 3_600_000;
      page.answers.clear();
      await ask('send', SEND, call);
      expect(page.answers.get(call)).toEqual({ ok: true, value: { id: '77', status: 'New' } });
    }
    expect(world.executed).toHaveLength(1);
    page.listens = true;
    await ask('send', SEND, call);
    expect(world.area.size).toBe(0);
    await ask('send', SEND);
    expect(world.executed).toHaveLength(2);
  });

  it('permissions say what was given, and while locked only that', async () => {
    const { ask, world } = setUp();
    expect(await ask('permissions')).toMatchObject({
      value: { locked: false, account: { label: 'Main' }, grants: [] },
    });
    world.state.isUnlocked = false;
    expect(await ask('permissions')).toEqual({ ok: true, value: { locked: true, grants: [] } });
  });
});

describe('what a person is asked', () => {
  it('waits in one window, is approved, and the answer is pushed to the document that asked', async () => {
    const { ask, only, approvals, page, world } = setUp();
    const call = randomUUID();
    expect(await ask('send', SEND, call)).toEqual(WAITING);
    expect(world.state).toMatchObject({ windows: 1, waiting: 1 });
    const { ticket, digest, origin, requests } = await only();
    expect([origin, requests[0]?.params]).toEqual([DESK, ORDER]);
    expect(await approvals.approve(ticket, digest, {})).toMatchObject({
      request: { outcome: 'placed' },
    });
    expect(page.answers.get(call)).toEqual({ ok: true, value: { id: '77', status: 'New' } });
    expect(world.state.waiting).toBe(0);
    expect(world.area.size).toBe(0);
  });

  it('an answer that nobody acknowledged is kept until the document asks again', async () => {
    const { ask, only, approvals, page, world } = setUp();
    page.listens = false;
    const call = randomUUID();
    await ask('send', SEND, call);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, {});
    world.state.time += 3_600_000;
    await approvals.resume();
    expect(await ask('send', SEND, call)).toMatchObject({ ok: true });
    expect(world.executed).toHaveLength(1);
  });

  it('R15: consent binds to what was shown: another digest approves nothing', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('send', SEND);
    const { ticket } = await only();
    await expect(approvals.approve(ticket, 'f'.repeat(64), {})).rejects.toThrow('INVALID_INPUT');
    expect(world.signed).toEqual([]);
    expect(await approvals.list()).toHaveLength(1);
  });

  it('nothing leaves before the page knows that it may, so that what it takes for undecided never left', async () => {
    const { ask, only, approvals, world, page, background } = setUp();
    const call = randomUUID();
    await ask('send', SEND, call);
    expect(believesUndecided(page, call)).toBe(true);
    page.isDeaf = true;
    const { ticket, digest } = await only();
    await expect(approvals.approve(ticket, digest, {})).rejects.toThrow('INVALID_INPUT');
    expect([world.signed, await approvals.list()]).toMatchObject([[], [{ ticket }]]);
    // The order would be let through at the unlock, by a grant that there is now.
    world.state.isUnlocked = false;
    await approvals.resume();
    world.state.isUnlocked = true;
    world.state.allows.trade = true;
    await approvals.resume();
    expect([world.signed, page.answers.size]).toEqual([[], 0]);
    page.isDeaf = false;
    page.listens = false;
    await world.ask(background, page, 'send', SEND, call);
    expect(world.executed).toHaveLength(1);
    expect(believesUndecided(page, call)).toBe(false);
  });

  it('what was decided and not carried out waits again, and the page knows that too', async () => {
    const { ask, only, approvals, world, page } = setUp();
    world.state.password = 'right';
    const call = randomUUID();
    const first = await ask('send', SEND, call);
    const { ticket, digest } = await only();
    const wrong = { password: 'wrong' };
    await expect(approvals.approve(ticket, digest, wrong)).rejects.toThrow('WRONG_PASSWORD');
    expect(believesUndecided(page, call)).toBe(false);
    // Word of the first time that it waited comes late, and says nothing any more.
    page.hears(call, first);
    expect(believesUndecided(page, call)).toBe(false);
    await ask('send', SEND, call);
    expect(believesUndecided(page, call)).toBe(true);
  });

  it('approving twice at once approves once', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    const both = await Promise.allSettled([1, 2].map(() => approvals.approve(ticket, digest, {})));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.executed).toHaveLength(1);
  });

  it('R15: another document, tab or origin gets nothing by naming the id of a call', async () => {
    const { ask, only, approvals, world, background } = setUp();
    const call = randomUUID();
    await ask('send', SEND, call);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, {});
    const other = world.open(2, 'https://other.example');
    expect(await world.ask(background, other, 'send', SEND, call)).toEqual(WAITING);
    expect(other.answers.size).toBe(0);
    await world.ask(background, other, 'cancel', { id: call });
    expect(world.executed).toHaveLength(1);
  });

  it('a wrong password, or anything else that kept it from being sent, leaves it open', async () => {
    const { ask, only, approvals, world, page } = setUp();
    world.state.password = 'right';
    await ask('send', SEND);
    const first = await only();
    await expect(
      approvals.approve(first.ticket, first.digest, { password: 'wrong' }),
    ).rejects.toThrow('WRONG_PASSWORD');
    expect(page.answers.size).toBe(0);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, { password: 'right' });
    expect([...page.answers.values()]).toMatchObject([{ ok: true }]);
    expect(world.executed).toHaveLength(1);
  });

  it('a refusal for want of a second factor leaves it open, under a new id of the journal', async () => {
    const { ask, only, approvals, world, page } = setUp();
    world.state.exchange = 'wants a code';
    await ask('send', SEND);
    const first = await only();
    const tried = await approvals.approve(first.ticket, first.digest, {});
    expect(tried.request).toMatchObject({ outcome: 'refused' });
    expect(page.answers.size).toBe(0);
    const second = await only();
    expect(second.digest).toBe(first.digest);
    expect(second.requests[0]?.id).not.toBe(first.requests[0]?.id);
    const twoFactor = { way: 'code', code: '123456' } as const;
    await approvals.approve(second.ticket, second.digest, { twoFactor });
    expect([...page.answers.values()]).toMatchObject([{ ok: true }]);
    expect(world.executed).toHaveLength(1);
  });

  it('the exchange’s refusal reaches the page in its own words', async () => {
    const { ask, only, approvals, world, page } = setUp();
    world.state.exchange = 'refuses';
    await ask('send', SEND);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, {});
    expect([...page.answers.values()]).toMatchObject([
      { ok: false, error: { code: 5000, data: { status: 400, code: 'INSUFFICIENT_FUNDS' } } },
    ]);
  });

  it('an outcome that is not known says so, and the end is told later, once', async () => {
    const { ask, world, page, background } = setUp();
    world.state.allows.trade = true;
    world.state.exchange = 'is silent';
    const call = randomUUID();
    await ask('send', SEND, call);
    expect(page.answers.get(call)).toMatchObject(error(5001, 'outcome-unknown'));
    await background.reconcile();
    await settled();
    expect(page.settled).toMatchObject([{ id: call, outcome: 'placed', orderId: '77' }]);
    expect(world.executed).toHaveLength(1);
  });

  it('what the journal can no longer tell is unknown: not sent again, and not called unsent', async () => {
    let unreadable = 0;
    for (let moment = 1; moment < 30; moment += 1) {
      const world = createSiteWorld();
      world.state.allows.trade = true;
      const page = world.open(1);
      const call = randomUUID();
      const life = createLife(moment);
      await Promise.race([world.ask(world.start(life), page, 'send', SEND, call), life.died]);
      if (page.answers.has(call)) break;
      for (const id of world.journal.keys()) world.damaged.add(id);
      const background = world.start();
      await background.approvals.resume();
      if (!page.answers.has(call)) await world.ask(background, page, 'send', SEND, call);
      if (world.damaged.size > 0) {
        expect(world.executed.length).toBeLessThanOrEqual(1);
        const answer = page.answers.get(call);
        // The last moments come after its answer was written down.
        if (answer?.ok) continue;
        unreadable += 1;
        expect(answer).toMatchObject(error(5001, 'outcome-unknown'));
      } else expect(world.executed).toHaveLength(1);
    }
    expect(unreadable).toBeGreaterThan(3);
  });

  it('an end that the journal can no longer tell stays unknown', async () => {
    const { ask, world, page, approvals } = setUp();
    world.state.allows.trade = true;
    world.state.exchange = 'is silent';
    await ask('send', SEND);
    for (const id of world.journal.keys()) world.damaged.add(id);
    await approvals.resume();
    expect(page.settled).toMatchObject([{ outcome: 'unknown' }]);
    expect(world.area.size).toBe(0);
  });

  it('signatures: a trade is always asked, a window beyond 5000 ms refused before that (R30)', async () => {
    const { ask, only, approvals, page, world } = setUp();
    expect(await ask('sign', { ...SEND, window: 5001 })).toMatchObject(
      error(-32602, 'invalid-params'),
    );
    const call = randomUUID();
    await ask('sign', { ...SEND, window: 3000 }, call);
    const { ticket, digest, window } = await only();
    expect(window).toBe(3000);
    expect(world.signed).toEqual([]);
    await approvals.approve(ticket, digest, {});
    expect(page.answers.get(call)).toMatchObject({
      ok: true,
      value: { headers: { 'X-Signature': 's' } },
    });
    expect(world.executed).toEqual([]);
  });

  it('a batch names the order that is wrong; a subscription shows its streams', async () => {
    const { ask, only, approvals } = setUp();
    const orders = [ORDER, { ...ORDER, price: '90.001' }];
    expect(await ask('signBatch', { orders })).toMatchObject({
      error: { code: -32602, data: { path: 'orders.1.price', reason: 'tick', limit: '0.01' } },
    });
    await ask('signSubscription', { streams: ['account.orderUpdate'] });
    expect(await only()).toMatchObject({
      kind: 'signSubscription',
      streams: ['account.orderUpdate'],
    });
    await approvals.rejectAll();
    expect(await approvals.list()).toEqual([]);
  });

  it('a question that stays open too long is rejected', async () => {
    const { ask, approvals, page, world } = setUp();
    await ask('send', SEND);
    world.state.time += 15 * 60_000;
    expect(await approvals.list()).toEqual([]);
    expect([...page.answers.values()]).toMatchObject([error(4001, 'rejected')]);
  });
});
