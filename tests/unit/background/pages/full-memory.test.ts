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

describe('a long answer', () => {
  const read = { instruction: 'balanceQuery', params: {} };

  it('is not written into memory, where it would crowd out everybody, and reaches its page all the same', async () => {
    const { state, start, open, ask } = createSiteWorld();
    const background = start();
    const page = open(1);
    state.balances = { USDC: '1'.repeat(300_000) };
    let longest = 0;
    state.takes = (record) => {
      longest = Math.max(longest, record.length);
      return true;
    };
    state.isUnlocked = false;
    const calls = Array.from({ length: 20 }, () => randomUUID());
    for (const call of calls) await ask(background, page, 'send', read, call);
    state.isUnlocked = true;
    await background.approvals.resume();
    const ok = { ok: true, value: state.balances };
    for (const call of calls) expect(page.answers.get(call)).toEqual(ok);
    expect(longest).toBeLessThan(15_000);
  });

  it('is asked for anew by a worker that comes after', async () => {
    const { state, start, open, ask } = createSiteWorld();
    const page = open(1);
    page.listens = false;
    state.balances = { USDC: '1'.repeat(300_000) };
    state.isUnlocked = false;
    const call = randomUUID();
    const first = start();
    await ask(first, page, 'send', read, call);
    state.isUnlocked = true;
    await first.approvals.resume();
    const second = start();
    await second.approvals.resume();
    await ask(second, page, 'send', read, call);
    expect(page.answers.get(call)).toEqual({ ok: true, value: state.balances });
  });
});
