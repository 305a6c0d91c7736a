import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { GrantTerms } from '../../../../src/policy/grant.ts';
import { settled } from '../settled.ts';
import {
  ACCOUNT,
  believesUndecided,
  createSiteWorld,
  DESK,
  ORDER,
  OTHER_ACCOUNT,
} from '../site-world.ts';
import { createLife } from '../world.ts';

const BALANCES = { instruction: 'balanceQuery' };
const SEND = { instruction: 'orderExecute', params: ORDER };
const TERMS: GrantTerms = {
  ...{ scopes: ['read'], markets: 'all', kinds: [], reduceOnly: false },
  ...{ maxPerMinute: 10, expiresAt: 1_790_000_000_000 },
};
const WAITING = { waiting: true, turn: 1 };
const error = (code: number, reason: string) => ({ ok: false, error: { code, reason } });

function setUp() {
  const world = createSiteWorld();
  const background = world.start();
  const page = world.open(1);
  const { approvals } = background;
  return {
    ...{ world, background, page, approvals },
    ask: (method: string, params?: unknown, call?: string) =>
      world.ask(background, page, method, params, call),
    /** The one that waits. */
    only: async () => {
      const [first] = await approvals.list();
      if (first === undefined) throw new Error('nothing waits');
      return first;
    },
  };
}

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

describe('R25: an approval and a worker that is stopped', () => {
  it('one that wakes the next worker is carried out, whatever that one is busy with', async () => {
    const { ask, only, world } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    const next = world.start().approvals;
    const taking = next.resume();
    expect(await next.approve(ticket, digest, {})).toMatchObject({
      request: { outcome: 'placed' },
    });
    await taking;
    expect(world.executed).toHaveLength(1);
  });

  it('asked again of the next worker it is one approval, wherever the first died', async () => {
    for (let dieAt = 1; dieAt < 24; dieAt += 1) {
      const { ask, only, world, page } = setUp();
      const call = randomUUID();
      await ask('send', SEND, call);
      const { ticket, digest } = await only();
      const life = createLife(dieAt);
      const first = world.start(life).approvals.approve(ticket, digest, {});
      await Promise.race([first, life.died]);
      const next = world.start();
      const isOver = world.area.size === 0;
      const [again] = await Promise.allSettled([
        next.approvals.approve(ticket, digest, {}),
        next.approvals.resume(),
      ]);
      await next.reconcile();
      await next.approvals.resume();
      await settled();
      expect([dieAt, again.status]).toEqual([dieAt, isOver ? 'rejected' : 'fulfilled']);
      expect([dieAt, await next.approvals.list()]).toEqual([dieAt, []]);
      const done = world.executed.length;
      const answer = done === 1 ? { ok: true } : error(5005, 'not-sent');
      expect([dieAt, page.answers.get(call)]).toMatchObject([dieAt, answer]);
    }
  });

  it('powers that came along are given once', async () => {
    for (let dieAt = 1; dieAt < 24; dieAt += 1) {
      const { ask, only, world } = setUp();
      world.state.bound = undefined;
      await ask('connect', { scopes: ['read'] });
      const { ticket, digest } = await only();
      const given = { account: ACCOUNT, terms: TERMS };
      const life = createLife(dieAt);
      const first = world.start(life).approvals.approve(ticket, digest, given);
      await Promise.race([first, life.died]);
      const next = world.start().approvals;
      await Promise.allSettled([next.approve(ticket, digest, given), next.resume()]);
      expect([dieAt, world.grants.length, world.state.bound]).toEqual([dieAt, 1, ACCOUNT]);
    }
  });

  it('with another digest it approves nothing, decided or not', async () => {
    const { ask, only, world } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    const life = createLife(4);
    await Promise.race([world.start(life).approvals.approve(ticket, digest, {}), life.died]);
    const next = world.start().approvals;
    await expect(next.approve(ticket, 'f'.repeat(64), {})).rejects.toThrow('INVALID_INPUT');
    expect(world.executed).toEqual([]);
  });
});

describe('connecting', () => {
  it('the person chooses account and powers; asked again for the same, nobody is asked', async () => {
    const { ask, only, approvals, page, world } = setUp();
    world.state.bound = undefined;
    expect(await ask('send', BALANCES)).toMatchObject(error(4100, 'not-granted'));
    const call = randomUUID();
    await ask('connect', { scopes: ['read'], reason: 'Charts' }, call);
    const { ticket, digest, connect, requests } = await only();
    expect([connect, requests]).toEqual([{ scopes: ['read'], reason: 'Charts' }, []]);
    await expect(approvals.approve(ticket, digest, {})).rejects.toThrow('INVALID_INPUT');
    await approvals.approve(ticket, (await only()).digest, { account: ACCOUNT, terms: TERMS });
    expect(page.answers.get(call)).toMatchObject({
      value: { account: { label: 'Main' }, grants: [{ scopes: ['read'] }] },
    });
    expect(JSON.stringify(page.answers.get(call))).not.toContain(`"${ACCOUNT}"`);
    expect(world.letIn).toEqual([DESK]);
    expect(world.notes).toMatchObject([
      { what: 'connect', decision: 'approved', account: ACCOUNT },
    ]);
    expect(await ask('connect', { scopes: ['read'] })).toMatchObject({ ok: true });
    expect(await ask('connect', { scopes: ['read', 'trade'] })).toEqual(WAITING);
  });

  it('powers that cannot be given bind nothing: the site does not learn the account', async () => {
    const { ask, only, approvals, world } = setUp();
    world.state.bound = undefined;
    await ask('connect', { scopes: ['read'] });
    const { ticket, digest } = await only();
    const terms = { ...TERMS, expiresAt: 1 };
    await expect(approvals.approve(ticket, digest, { account: ACCOUNT, terms })).rejects.toThrow();
    expect(world.state.bound).toBeUndefined();
    await approvals.rejectAll();
    expect(await ask('permissions')).toEqual({ ok: true, value: { locked: false, grants: [] } });
  });

  it('a site that is let in anew has nothing of what it was given another time', async () => {
    const { ask, only, approvals, page, world } = setUp();
    const left = { origin: DESK, account: ACCOUNT, createdAt: 1, id: randomUUID() };
    world.grants.push({ ...TERMS, ...left, scopes: ['read', 'trade'] });
    world.state.bound = undefined;
    const call = randomUUID();
    await ask('connect', { scopes: ['read'] }, call);
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, { account: ACCOUNT });
    expect(page.answers.get(call)).toMatchObject({ ok: true, value: { grants: [] } });
    expect(world.grants).toEqual([]);
  });

  it('R33: a site stays bound to its account', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('connect', { scopes: ['read'] });
    const { ticket, digest, account } = await only();
    expect(account).toBe(ACCOUNT);
    await expect(approvals.approve(ticket, digest, { account: OTHER_ACCOUNT })).rejects.toThrow();
    expect(world.state.bound).toBe(ACCOUNT);
  });

  it('R33: of two questions to be let in, the first one’s account binds', async () => {
    const { ask, approvals, world } = setUp();
    world.state.bound = undefined;
    await ask('connect', { scopes: ['read'] });
    await ask('connect', { scopes: ['trade'] });
    const [first, second] = await approvals.list();
    if (first === undefined || second === undefined) throw new Error('two wait');
    await approvals.approve(first.ticket, first.digest, { account: ACCOUNT });
    const other = { account: OTHER_ACCOUNT, terms: TERMS };
    await expect(approvals.approve(second.ticket, second.digest, other)).rejects.toThrow();
    expect([world.state.bound, world.grants]).toEqual([ACCOUNT, []]);
    // It says now for which account it is.
    expect(await approvals.list()).toMatchObject([{ account: ACCOUNT }]);
    await approvals.approve(second.ticket, second.digest, { account: ACCOUNT });
    expect(world.state.bound).toBe(ACCOUNT);
  });

  it('an account that was removed refuses what waits and what comes, until the site connects anew', async () => {
    const { ask, only, approvals, page, world } = setUp();
    await ask('send', SEND);
    world.state.accounts = [OTHER_ACCOUNT];
    await approvals.accountRemoved(ACCOUNT);
    expect([...page.answers.values()]).toMatchObject([error(4100, 'account-removed')]);
    expect(await ask('send', BALANCES)).toMatchObject(error(4100, 'account-removed'));
    await ask('connect', { scopes: ['read'] });
    const { ticket, digest } = await only();
    await approvals.approve(ticket, digest, { account: OTHER_ACCOUNT });
    expect(world.state.bound).toBe(OTHER_ACCOUNT);
  });

  it('a stranger may ask to be let in, and nothing else', async () => {
    const { ask, world } = setUp();
    world.state.standing = 'stranger';
    world.state.bound = undefined;
    for (const [method, params] of [
      ['send', BALANCES],
      ['permissions', {}],
      ['disconnect', {}],
    ] as const) {
      expect(await ask(method, params)).toMatchObject(error(4100, 'not-connected'));
    }
    expect(await ask('connect', { scopes: ['read'] })).toEqual(WAITING);
    world.state.standing = 'none';
    expect(await ask('connect', { scopes: ['read'] })).toMatchObject(error(4100, 'not-connected'));
  });
});

describe('R26: rejecting', () => {
  it('closing the window rejects at once what it showed; the next request opens a new one', async () => {
    const { ask, approvals, page, world } = setUp();
    await ask('send', SEND);
    await ask('connect', { scopes: ['trade'] });
    await approvals.list();
    world.state.windows = 0;
    await approvals.closed();
    expect([...page.answers.values()]).toMatchObject([
      error(4001, 'rejected'),
      error(4001, 'rejected'),
    ]);
    expect(world.signed).toEqual([]);
    expect(world.state.windows).toBe(0);
    await ask('send', SEND);
    expect(world.state.windows).toBe(1);
    expect(world.notes).toMatchObject([
      { what: 'send', decision: 'rejected', instruction: 'orderExecute', params: ORDER },
      { what: 'connect', decision: 'rejected' },
    ]);
  });

  it('what came as the window closed was not seen: it gets a window of its own', async () => {
    const { ask, approvals, page, world } = setUp();
    await ask('send', SEND);
    world.state.windows = 0;
    await approvals.closed();
    expect(page.answers.size).toBe(0);
    expect(world.state.windows).toBe(1);
  });

  it('one, and all of one site', async () => {
    const { ask, only, approvals, world, background, page } = setUp();
    const other = world.open(2, 'https://other.example');
    await ask('send', SEND);
    await world.ask(background, other, 'send', SEND);
    await approvals.reject((await only()).ticket);
    expect([page.answers.size, other.answers.size]).toEqual([1, 0]);
    await approvals.rejectAll(DESK);
    expect(other.answers.size).toBe(0);
    await approvals.rejectAll();
    expect(other.answers.size).toBe(1);
  });
});

describe('two decisions at once', () => {
  it.each([
    ['rejected', 'rejected'],
    ['shut out', 'not-connected'],
  ] as const)(
    'approved and %s: the page hears what was done, whichever comes first',
    async (_name, reason) => {
      const ends = new Set<string>();
      for (let moment = 0; moment < 40; moment += 1) {
        const { ask, only, approvals, page, world } = setUp();
        const call = randomUUID();
        await ask('send', SEND, call);
        const { ticket, digest } = await only();
        const approving = approvals.approve(ticket, digest, {}).catch(() => undefined);
        for (let turn = 0; turn < moment; turn += 1) await Promise.resolve();
        await (reason === 'rejected' ? approvals.reject(ticket) : approvals.part(DESK));
        await approving;
        await settled();
        const answer = page.answers.get(call);
        // A page that is shut out is told nothing of what was decided before.
        if (answer === undefined) expect(reason).toBe('not-connected');
        else expect([moment, answer.ok]).toEqual([moment, world.executed.length === 1]);
        if (world.executed.length === 1) expect(world.notes).toEqual([]);
        ends.add(answer === undefined ? 'none' : answer.ok ? 'ok' : answer.error.reason);
      }
      expect(ends).toContain(reason);
    },
  );
});

describe('a page that leaves', () => {
  it('cancels what is not decided: by its own word, by another document in its tab, with its tab', async () => {
    const { approvals, world, background } = setUp();
    const leaves = [
      (page: ReturnType<typeof world.open>, call: string) =>
        world.ask(background, page, 'cancel', { id: call }),
      (page: ReturnType<typeof world.open>) =>
        world
          .ask(background, world.open(page.tab), 'permissions')
          .then(() => world.ask(background, world.open(page.tab), 'send', BALANCES)),
      (page: ReturnType<typeof world.open>) => approvals.leave(page.tab),
    ];
    for (const [index, leave] of leaves.entries()) {
      const page = world.open(10 + index);
      const call = randomUUID();
      await world.ask(background, page, 'send', SEND, call);
      expect(await approvals.list()).toHaveLength(1);
      await leave(page, call);
      expect([index, await approvals.list(), page.answers.get(call)]).toEqual([
        index,
        [],
        undefined,
      ]);
    }
    expect(world.state.waiting).toBe(0);
    expect(world.signed).toEqual([]);
  });

  it('an approval for a document that is gone is not carried out', async () => {
    const { ask, only, approvals, page, world } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    page.isThere = false;
    await expect(approvals.approve(ticket, digest, {})).rejects.toThrow('INVALID_INPUT');
    expect(world.signed).toEqual([]);
    expect(await approvals.list()).toEqual([]);
  });

  it('disconnecting ends what waits', async () => {
    const { ask, page, approvals } = setUp();
    const call = randomUUID();
    await ask('send', SEND, call);
    expect(await ask('disconnect')).toEqual({ ok: true, value: {} });
    expect(page.answers.get(call)).toMatchObject(error(4100, 'not-connected'));
    expect(await approvals.list()).toEqual([]);
  });
});

describe('R24: locked', () => {
  it('a call waits for the unlock, then goes its way; unlocking is no consent', async () => {
    const { ask, approvals, page, world } = setUp();
    world.state.isUnlocked = false;
    world.state.allows.trade = false;
    const read = randomUUID();
    expect(await ask('send', BALANCES, read)).toEqual(WAITING);
    // What only reads opens no window.
    expect(world.state).toMatchObject({ windows: 0, waiting: 1 });
    await ask('send', SEND);
    expect(world.state).toMatchObject({ windows: 1, waiting: 2 });
    world.state.isUnlocked = true;
    await approvals.resume();
    expect([...page.answers]).toEqual([[read, { ok: true, value: { USDC: '1' } }]]);
    expect(await approvals.list()).toHaveLength(1);
    expect(world.signed).toEqual([]);
  });

  it('not longer than the page says', async () => {
    const { ask, page, world } = setUp();
    world.state.isUnlocked = false;
    expect(await ask('send', { ...SEND, unlockWithinMs: 0 })).toMatchObject(error(4900, 'locked'));
    const call = randomUUID();
    const params = { ...SEND, unlockWithinMs: 5_000 };
    await ask('send', params, call);
    world.state.time += 4_999;
    expect(await ask('send', params, call)).toEqual(WAITING);
    world.state.time += 1;
    await ask('send', params, call);
    expect(page.answers.get(call)).toMatchObject(error(4900, 'locked'));
  });

  it('what was asked before a lock is asked anew after it', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('send', SEND);
    const before = await only();
    world.state.isUnlocked = false;
    await approvals.resume();
    expect(await approvals.list()).toEqual([]);
    await expect(approvals.approve(before.ticket, before.digest, {})).rejects.toThrow();
    world.state.isUnlocked = true;
    await approvals.resume();
    expect((await only()).requests[0]?.id).not.toBe(before.requests[0]?.id);
    expect(world.signed).toEqual([]);
  });

  it('R16: an approval that a lock and an unlock overtake is not honoured, same as the request may be', async () => {
    const { ask, only, approvals, world } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    world.state.whileAsked = async () => {
      world.state.whileAsked = async () => undefined;
      for (const isUnlocked of [false, true]) {
        world.state.isUnlocked = isUnlocked;
        await approvals.resume();
      }
    };
    await expect(approvals.approve(ticket, digest, {})).rejects.toThrow('INVALID_INPUT');
    expect(world.signed).toEqual([]);
    expect((await only()).digest).toBe(digest);
  });

  it('an approval that a lock overtakes is not honoured after it', async () => {
    const { ask, only, approvals, world, page } = setUp();
    await ask('send', SEND);
    const { ticket, digest } = await only();
    world.state.beforeSigning = () => {
      world.state.isUnlocked = false;
    };
    await expect(approvals.approve(ticket, digest, {})).rejects.toThrow('LOCKED');
    world.state.beforeSigning = () => undefined;
    await approvals.resume();
    world.state.isUnlocked = true;
    await approvals.resume();
    await settled();
    expect([world.signed, page.answers.size]).toEqual([[], 0]);
    expect(await approvals.list()).toHaveLength(1);
  });

  it('a person says no while a locked request is just being weighed: nothing is sent', async () => {
    const { ask, approvals, page, world } = setUp();
    world.state.isUnlocked = false;
    await ask('send', SEND);
    world.state.isUnlocked = true;
    world.state.allows.trade = true;
    await Promise.all([approvals.resume(), approvals.rejectAll()]);
    expect([...page.answers.values()]).toMatchObject([error(4001, 'rejected')]);
    expect(world.executed).toEqual([]);
  });
});

describe('R12: floods', () => {
  it('1,000 requests at once from one tab open one window, and starve no other site', async () => {
    const { ask, approvals, world, background } = setUp();
    const replies = await Promise.all(Array.from({ length: 1000 }, () => ask('send', SEND)));
    expect(replies.filter((reply) => 'waiting' in reply)).toHaveLength(20);
    const refusals = replies.flatMap((reply) => ('ok' in reply && !reply.ok ? [reply.error] : []));
    expect(new Set(refusals.map(({ reason }) => reason))).toEqual(new Set(['queue-full']));
    expect(world.state).toMatchObject({ windows: 1, waiting: 20 });
    const other = world.open(2, 'https://other.example');
    expect(await world.ask(background, other, 'send', SEND)).toEqual(WAITING);
    expect((await approvals.list()).map(({ origin }) => origin)).toContain('https://other.example');
  });

  it('1,000 reads at once from one tab: most are refused, before any of them takes a turn', async () => {
    const { ask } = setUp();
    const replies = await Promise.all(Array.from({ length: 1000 }, () => ask('send', BALANCES)));
    const isRead = (reply: (typeof replies)[number]) => 'ok' in reply && reply.ok;
    expect(replies.filter(isRead)).toHaveLength(100);
    expect(replies.at(-1)).toMatchObject(error(-32005, 'queue-full'));
    expect(await ask('send', BALANCES)).toMatchObject({ ok: true });
  });

  it('while locked as well', async () => {
    const { ask, world } = setUp();
    world.state.isUnlocked = false;
    const replies = await Promise.all(Array.from({ length: 100 }, () => ask('send', SEND)));
    expect(replies.filter((reply) => 'waiting' in reply)).toHaveLength(20);
    expect(world.state.windows).toBe(1);
  });

  it('a site that asks again as soon as it is refused is held to so many a minute', async () => {
    const { ask, approvals, world } = setUp();
    const reasons: unknown[] = [];
    for (let turn = 0; turn < 70; turn += 1) {
      const reply = await ask('send', SEND);
      reasons.push('waiting' in reply ? 'waiting' : 'error' in reply && reply.error);
      await approvals.rejectAll();
    }
    expect(reasons.filter((reason) => reason === 'waiting')).toHaveLength(60);
    expect(reasons.at(-1)).toMatchObject({
      code: -32005,
      reason: 'rate-limit',
      data: { limit: 60 },
    });
    world.state.time += 60_000;
    expect(await ask('send', SEND)).toEqual(WAITING);
  });

  it('what is kept of refused calls stays small: they must not fill the memory that Buckle itself needs', async () => {
    const { ask, world } = setUp();
    const params = { ...ORDER, price: '90.001', clientId: 'x'.repeat(60_000) };
    const reply = await ask('send', { instruction: 'orderExecute', params });
    expect(reply).toMatchObject(error(-32602, 'invalid-params'));
    for (let turn = 0; turn < 100; turn += 1) {
      await ask('send', { instruction: 'orderExecute', params });
    }
    const kept = () => JSON.stringify([...world.area]).length;
    expect(kept()).toBeLessThan(1_200_000);
    world.state.time += 60_000;
    await ask('send', { instruction: 'nothing', params: {} });
    await settled();
    for (let turn = 0; turn < 1000; turn += 1) {
      await ask('send', { ...SEND, params: { ...ORDER, price: '90.001' } });
    }
    expect(world.area.size).toBeLessThan(600);
    expect(kept()).toBeLessThan(1_200_000);
    world.state.time += 60_000;
    await ask('send', SEND);
    await settled();
    expect(await ask('send', SEND)).toEqual(WAITING);
  });

  it('what waits stays small: a few large requests fill a site’s share', async () => {
    const { ask } = setUp();
    const orders = Array.from({ length: 50 }, () => ({ ...ORDER, clientId: 'x'.repeat(900) }));
    const replies = [];
    for (let turn = 0; turn < 4; turn += 1) replies.push(await ask('signBatch', { orders }));
    expect(replies.slice(0, 2)).toEqual([WAITING, WAITING]);
    expect(replies.at(-1)).toMatchObject(error(-32005, 'queue-full'));
  });
});
