import { describe, expect, it } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { Opening } from '../../../src/messaging/contract.ts';
import { createAccounts } from '../../../src/ui/state/accounts.ts';
import { createSession } from '../../../src/ui/state/session.ts';
import { account, fakeBackground, locked, unlocked } from './background.ts';

const fresh = account(1, 'unregistered');

async function scene(verify: () => ReturnType<typeof account>) {
  let opening: Opening = unlocked([]);
  const fake = fakeBackground({
    'session.open': () => opening,
    'accounts.import': () => {
      opening = unlocked([fresh]);
      return fresh;
    },
    'accounts.verify': () => {
      const answer = verify();
      opening = unlocked([answer]);
      return answer;
    },
  });
  const session = createSession(fake.call);
  const accounts = createAccounts(fake.call, session);
  await session.open();
  const settled = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { fake, session, accounts, settled };
}

describe('an imported key', () => {
  it('is shown and checked with the exchange at once', async () => {
    const { session, accounts, settled } = await scene(() => account(1));
    await accounts.importKey('Main', 'key', 'secret');
    await settled();
    expect(accounts.checks.value.get(fresh.id)).toEqual({ status: 'active' });
    expect(session.account.value?.status).toBe('active');
  });

  it('stays when the exchange does not know it', async () => {
    const { session, accounts, settled } = await scene(() => {
      throw new AppError('UNREGISTERED_KEY', undefined);
    });
    await accounts.importKey('Main', 'key', 'secret');
    await settled();
    expect(accounts.checks.value.get(fresh.id)).toEqual({ status: 'unregistered' });
    expect(session.accounts.value).toEqual([fresh]);
  });

  it('is called unchecked, not unknown, when the exchange cannot be reached', async () => {
    const { accounts, settled } = await scene(() => {
      throw new AppError('NETWORK', { kind: 'offline' });
    });
    await accounts.importKey('Main', 'key', 'secret');
    await settled();
    expect(accounts.checks.value.get(fresh.id)).toEqual({
      status: 'unchecked',
      error: { code: 'NETWORK', data: { kind: 'offline' } },
    });
  });

  it('is not checked when it was refused', async () => {
    const { fake, accounts } = await scene(() => account(1));
    fake.answers['accounts.import'] = () => {
      throw invalid('secret', 'secret-length');
    };
    await expect(accounts.importKey('Main', 'key', 'secret')).rejects.toThrow('INVALID_INPUT');
    expect(fake.heard.map(({ method }) => method)).not.toContain('accounts.verify');
    expect(accounts.checks.value.size).toBe(0);
  });
});

describe('what is known of keys', () => {
  it('is forgotten when Buckle locks, an answer under way included', async () => {
    const { fake, session, accounts, settled } = await scene(() => account(1));
    await accounts.importKey('Main', 'key', 'secret');
    fake.answers['session.open'] = () => locked;
    session.hear({ name: 'session', status: 'locked' });
    await settled();
    expect(accounts.checks.value.size).toBe(0);
  });
});
