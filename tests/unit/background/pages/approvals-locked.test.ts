import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settled } from '../settled.ts';
import { BALANCES, error, SEND, setUp, WAITING } from './approvals-scene.ts';

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
