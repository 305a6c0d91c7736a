import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSiteWorld, ORDER } from '../site-world.ts';

// What the browser keeps in memory has a limit, and any site may have used it up.

const send = { instruction: 'orderExecute', params: ORDER };
const isAnswer = (record: string): boolean => record.includes('"at":"done"');

describe('an order whose answer finds no room in memory', () => {
  it('is not asked for again once a person had it sent, and is told when there is room', async () => {
    const { state, start, open, ask, executed } = createSiteWorld();
    const background = start();
    const page = open(1);
    const call = randomUUID();
    await ask(background, page, 'send', send, call);
    const [shown] = await background.approvals.list();
    if (shown === undefined) throw new Error('nothing to approve');
    state.takes = (record) => !isAnswer(record);
    const { request } = await background.approvals.approve(shown.ticket, shown.digest, {});
    expect(request).toMatchObject({ outcome: 'placed' });
    expect(await background.approvals.list()).toEqual([]);
    expect(await ask(background, page, 'send', send, call)).toEqual({ waiting: true });

    state.takes = () => true;
    await ask(background, page, 'send', send, call);
    expect(page.answers.get(call)).toMatchObject({ ok: true });
    expect(executed).toHaveLength(1);
  });

  it('is never told as a failure when a grant let it through', async () => {
    const { state, start, open, ask, executed } = createSiteWorld();
    state.allows.trade = true;
    const background = start();
    const page = open(1);
    const call = randomUUID();
    state.takes = (record) => !isAnswer(record);
    expect(await ask(background, page, 'send', send, call)).toEqual({ waiting: true });
    expect(await ask(background, page, 'send', send, call)).toEqual({ waiting: true });

    state.takes = () => true;
    await ask(background, page, 'send', send, call);
    expect(page.answers.get(call)).toMatchObject({ ok: true });
    expect(executed).toHaveLength(1);
  });
});
