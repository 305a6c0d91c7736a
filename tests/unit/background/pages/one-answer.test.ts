import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTicketAnswers } from '../../../../src/background/pages/ticket-answers.ts';
import { createTickets, type Ticket } from '../../../../src/background/pages/tickets.ts';
import type { SiteOutcome } from '../../../../src/messaging/wire.ts';
import { createSiteWorld, DESK, ORDER } from '../site-world.ts';
import { createLife } from '../world.ts';

const send = { instruction: 'orderExecute', params: ORDER };
const OTHER = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a00f';

it('the first answer of a call stays, whatever else comes for it', async () => {
  const tickets = createTickets({
    all: async () => ({}),
    set: async () => undefined,
    remove: async () => undefined,
  });
  const answers = createTicketAnswers({
    tickets,
    ...{ push: async () => false, tellDecided: async () => true, isThere: async () => true },
    ...{ tellSettled: async () => undefined, find: async () => undefined },
    ...{ waiting: () => undefined, now: () => 1, report: () => undefined },
  });
  const id = randomUUID();
  const ask = { id, method: 'send', params: { ...send, unlockWithinMs: 0 } } as const;
  const ticket: Ticket = {
    ...{ id, call: randomUUID(), origin: DESK, tab: 1, askedAt: 1, shown: false, turn: -1 },
    ...{ ask, stage: { at: 'new' } },
  };
  await tickets.add(ticket, () => undefined);
  const first: SiteOutcome = { ok: true, value: 1 };
  await answers.finish(id, { outcome: first });
  await answers.finish(id, { outcome: { ok: true, value: 2 } });
  await answers.fail(id, new Error('late'));
  expect((await tickets.get(id))?.stage).toMatchObject({ at: 'done', reply: first });
});

it('an answer that got lost on its way is given again for half a minute, and nothing is done anew', async () => {
  const { state, start, open, ask, signed } = createSiteWorld();
  state.allows.trade = true;
  state.exchange = 'refuses';
  const background = start();
  const page = open(1);
  const call = randomUUID();
  const first = await ask(background, page, 'send', send, call);
  expect(first).toMatchObject({ error: { reason: 'exchange-refused' } });
  state.time += 29_000;
  await background.approvals.resume();
  expect(await ask(background, page, 'send', send, call)).toEqual(first);
  expect(signed).toHaveLength(1);
});

it('R16: an approval that was decided before a lock is none for what is asked again after it', async () => {
  let again = 0;
  for (let step = 1; step < 40; step += 1) {
    const { state, start, open, ask, executed } = createSiteWorld();
    const page = open(1);
    const call = randomUUID();
    const first = start();
    await ask(first, page, 'send', send, call);
    const [shown] = await first.approvals.list();
    if (shown === undefined) throw new Error('nothing to approve');
    const life = createLife(step);
    const second = start(life);
    await Promise.race([second.approvals.approve(shown.ticket, shown.digest, {}), life.died]);
    if (!life.isOver) break;
    const before = executed.length;
    const third = start();
    state.whileAsked = async () => {
      state.whileAsked = async () => undefined;
      state.isUnlocked = false;
      await third.approvals.resume();
      state.time += 5_000;
      state.isUnlocked = true;
      await third.approvals.resume();
    };
    await third.approvals.approve(shown.ticket, shown.digest, {}).catch(() => undefined);
    expect(executed.length).toBe(before);
    if (before === 0) again += (await third.approvals.list()).length;
  }
  expect(again).toBeGreaterThan(2);
});

it('a site is let in for no account that is not there', async () => {
  const { state, start, open, ask } = createSiteWorld();
  state.bound = undefined;
  const background = start();
  await ask(background, open(1), 'connect', { scopes: ['read'] });
  const [shown] = await background.approvals.list();
  const approving = background.approvals.approve(shown?.ticket ?? '', shown?.digest ?? '', {
    account: OTHER,
  });
  await expect(approving).rejects.toThrow('INVALID_INPUT');
  expect(state.bound).toBeUndefined();
});
