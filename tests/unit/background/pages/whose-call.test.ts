import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTickets } from '../../../../src/background/pages/tickets.ts';
import { createSiteWorld, DESK, ORDER } from '../site-world.ts';

const send = { instruction: 'orderExecute', params: ORDER };

it.each<[string, Parameters<ReturnType<typeof createSiteWorld>['open']>]>([
  ['another site in another tab', [2, 'https://other.example']],
  ['another tab of the same site', [2]],
])('R15: a call’s id says nothing to anybody else: %s', async (_who, place) => {
  const { start, open, ask, executed } = createSiteWorld();
  const background = start();
  const [page, other] = [open(1), open(...place)];
  const call = randomUUID();
  await ask(background, page, 'send', send, call);
  const [shown] = await background.approvals.list();
  if (shown === undefined) throw new Error('nothing to approve');
  // It asks for nothing that waits already, and takes nothing back.
  expect(await ask(background, other, 'cancel', { id: call })).toMatchObject({ ok: true });
  await ask(background, other, 'permissions', {}, call);
  expect(await background.approvals.list()).toHaveLength(1);
  await ask(background, other, 'send', send, call);
  expect(await background.approvals.list()).toHaveLength(2);

  await background.approvals.approve(shown.ticket, shown.digest, {});
  expect(page.answers.get(call)).toMatchObject({ ok: true });
  expect(await ask(background, other, 'send', send, call)).toMatchObject({ waiting: true });
  expect(executed).toHaveLength(1);
});

it('R15: a document that takes the place of another in its tab hears nothing of its calls', async () => {
  const { start, open, ask, executed } = createSiteWorld();
  const background = start();
  const page = open(1);
  const call = randomUUID();
  await ask(background, page, 'send', send, call);
  const [shown] = await background.approvals.list();
  await background.approvals.approve(shown?.ticket ?? '', shown?.digest ?? '', {});
  const next = open(1);
  expect(await ask(background, next, 'send', send, call)).toMatchObject({ waiting: true });
  expect(next.answers.has(call)).toBe(false);
  expect(executed).toHaveLength(1);
});

it('a question that was open for too long is approved no more', async () => {
  const { state, start, open, ask, executed } = createSiteWorld();
  const background = start();
  await ask(background, open(1), 'send', send);
  const [shown] = await background.approvals.list();
  if (shown === undefined) throw new Error('nothing to approve');
  state.time += 15 * 60_000;
  await expect(background.approvals.approve(shown.ticket, shown.digest, {})).rejects.toThrow();
  expect(executed).toEqual([]);
});

it('R15: a ticket is its document’s alone; where documents have no names, its tab’s and its site’s', async () => {
  const [id, call] = [randomUUID(), randomUUID()];
  const ask = { id: call, method: 'send', params: { ...send, unlockWithinMs: 0 } } as const;
  const rest = { askedAt: 1, shown: false, turn: -1, ask, stage: { at: 'new' } } as const;
  const named = { origin: DESK, tab: 1, document: 'a' };
  const nameless = { origin: DESK, tab: 1 };
  for (const asker of [named, nameless]) {
    const tickets = createTickets({
      all: async () => ({}),
      set: async () => undefined,
      remove: async () => undefined,
    });
    await tickets.add({ id, call, ...rest, ...asker }, () => undefined);
    expect(await tickets.find(asker, call)).toMatchObject({ id });
    for (const other of [{ tab: 2 }, { origin: `${DESK}:8443` }, { document: 'b' }]) {
      expect(await tickets.find({ ...asker, ...other }, call)).toBeUndefined();
    }
    expect(await tickets.find(asker, randomUUID())).toBeUndefined();
    if (asker === named) expect(await tickets.find(nameless, call)).toBeUndefined();
  }
});
