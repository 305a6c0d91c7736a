import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settled } from '../settled.ts';
import { DESK, ORDER } from '../site-world.ts';
import { BALANCES, error, SEND, setUp } from './approvals-scene.ts';

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
