import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { Opening } from '../../../src/messaging/contract.ts';
import { createSession } from '../../../src/ui/state/session.ts';
import { account, fakeBackground, locked, settings, unlocked } from './background.ts';

const one = account(1);
const two = account(2);

async function open(opening: Opening, now: () => number = () => 0) {
  const fake = fakeBackground({ 'session.open': () => opening });
  const session = createSession(fake.call, now);
  const seen: (string | undefined)[] = [];
  session.onAccount((shown) => seen.push(shown && (shown.selected ?? 'none')));
  await session.open();
  return { fake, session, seen };
}

describe('the session of a surface', () => {
  it('knows after one message what to show', async () => {
    const { fake, session, seen } = await open(unlocked([one, two]));
    expect(fake.heard).toHaveLength(1);
    expect(session.state.value.status).toBe('unlocked');
    expect(session.account.value).toEqual(one);
    expect(seen).toEqual([one.id]);
  });

  it.each(['empty', 'locked', 'damaged'] as const)('shows a vault that is %s', async (status) => {
    const { session } = await open({ status, settings });
    expect(session.state.value).toEqual({ status, settings });
    expect(session.accounts.value).toEqual([]);
  });

  it('says that it could not be opened, and tries again', async () => {
    const fake = fakeBackground();
    const session = createSession(fake.call);
    await session.open();
    expect(session.state.value).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    fake.answers['session.open'] = () => locked;
    await session.open();
    expect(session.state.value.status).toBe('locked');
  });

  it('throws what the background answers to a wrong password, and stays locked', async () => {
    const { fake, session } = await open(locked);
    fake.answers['session.unlock'] = () => {
      throw new AppError('WRONG_PASSWORD', undefined);
    };
    await expect(session.unlock('nope')).rejects.toThrow('WRONG_PASSWORD');
    expect(session.state.value.status).toBe('locked');
  });

  it('drops everything private at the moment it hears of a lock', async () => {
    const { session, seen } = await open(unlocked([one]));
    session.hear({ name: 'session', status: 'locked' });
    expect(session.state.value).toEqual({ status: 'locked', settings });
    expect(session.account.value).toBeUndefined();
    expect(JSON.stringify(session.state.value)).not.toContain(one.apiKey);
    expect(seen).toEqual([one.id, undefined]);
  });

  it('does not take an answer from before a lock for the state after it', async () => {
    const { fake, session } = await open(unlocked([one]));
    let answer: (opening: Opening) => void = () => undefined;
    fake.answers['accounts.select'] = () =>
      new Promise<Opening>((resolve) => {
        answer = resolve;
      });
    const selecting = session.select(one.id);
    fake.answers['session.open'] = () => locked;
    session.hear({ name: 'session', status: 'locked' });
    answer(unlocked([one]));
    await selecting;
    expect(session.state.value.status).toBe('locked');
  });

  it('locks this surface before the background has answered', async () => {
    const { fake, session } = await open(unlocked([one]));
    fake.answers['session.lock'] = () => ({});
    fake.answers['session.open'] = () => locked;
    const locking = session.lock();
    expect(session.state.value.status).toBe('locked');
    await locking;
    expect(session.state.value.status).toBe('locked');
  });

  it('does not call a lock done that failed', async () => {
    const { fake, session } = await open(unlocked([one]));
    fake.answers['session.lock'] = () => {
      throw new AppError('STORAGE', undefined);
    };
    await session.lock();
    expect(session.state.value.status).toBe('unlocked');
  });

  it('tells of another account, and not of the same one again', async () => {
    const { fake, session, seen } = await open(unlocked([one, two]));
    await session.open();
    fake.answers['accounts.select'] = () => unlocked([one, two], two.id);
    await session.select(two.id);
    expect(seen).toEqual([one.id, two.id]);
    expect(session.account.value).toEqual(two);
  });

  it('keeps what it shows when the background cannot be asked', async () => {
    const { fake, session } = await open(unlocked([one]));
    delete fake.answers['session.open'];
    await session.open();
    expect(session.state.value.status).toBe('unlocked');
  });
});

describe('input in the surface', () => {
  const touches = (fake: { heard: { method: string }[] }): number =>
    fake.heard.filter(({ method }) => method === 'session.touch').length;

  it('is told at most once in 20 s', async () => {
    let now = 100_000;
    const { fake, session } = await open(unlocked([one]), () => now);
    fake.answers['session.touch'] = () => ({ deadline: 1 });
    session.touch();
    now += 19_999;
    session.touch();
    expect(touches(fake)).toBe(1);
    now += 1;
    session.touch();
    expect(touches(fake)).toBe(2);
  });

  it('is not told while locked', async () => {
    const { fake, session } = await open(locked);
    session.touch();
    expect(touches(fake)).toBe(0);
  });
});
