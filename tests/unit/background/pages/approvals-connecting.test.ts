import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, DESK, OTHER_ACCOUNT } from '../site-world.ts';
import { BALANCES, error, SEND, setUp, TERMS, WAITING } from './approvals-scene.ts';

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
