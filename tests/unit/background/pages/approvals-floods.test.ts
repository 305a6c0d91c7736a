import { describe, expect, it } from 'vitest';
import { settled } from '../settled.ts';
import { ORDER } from '../site-world.ts';
import { BALANCES, error, SEND, setUp, WAITING } from './approvals-scene.ts';

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
