import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settled } from '../settled.ts';
import { ACCOUNT } from '../site-world.ts';
import { createLife } from '../world.ts';
import { error, SEND, setUp, TERMS } from './approvals-scene.ts';

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
