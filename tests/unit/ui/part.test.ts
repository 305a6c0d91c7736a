import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WalletEvent } from '../../../src/messaging/contract.ts';
import { type App, createApp } from '../../../src/ui/state/app.ts';
import { part } from '../../../src/ui/state/part.ts';
import type { Remote } from '../../../src/ui/state/remote.ts';
import { account, type FakeBackground, fakeBackground, locked, unlocked } from './background.ts';

let fake: FakeBackground;
let app: App;
let tell: (event: WalletEvent) => void;
/** What the part was told to do, in order. */
let told: string[];

const aPart = () =>
  part(() => {
    told.push('made');
    return {
      tab: 'transfer' as const,
      polls: [
        {
          everyMs: 1000,
          refresh: async () => {
            told.push('asked');
            return true;
          },
        },
      ],
      remotes: signal([]),
      restore: () => void told.push('restored'),
      reset: () => void told.push('reset'),
      hear: ({ name }: WalletEvent) => void told.push(`heard ${name}`),
    };
  });

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  told = [];
  fake = fakeBackground({
    'session.open': () => unlocked([account(1), account(2)]),
    'accounts.select': ({ id }) => unlocked([account(1), account(2)], id),
    'exchange.market': () => ({ at: Date.now(), answer: [] }),
    'exchange.read': () => ({ at: Date.now(), answer: {} }),
  });
  app = createApp({
    call: fake.call,
    listen: (listener) => {
      tell = listener;
    },
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash: '#settings',
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
});
afterEach(() => vi.useRealTimers());

describe('a part of the trading state', () => {
  it('is made when it is first asked for, once for each surface', async () => {
    const aside = aPart();
    expect(told).toEqual([]);
    const first = aside(app.trading);
    expect(aside(app.trading)).toBe(first);
    expect(told).toEqual(['made']);
  });

  it('takes back its drafts at once where an account is shown, else when one comes', async () => {
    const aside = aPart();
    aside(app.trading);
    expect(told).toEqual(['made']);
    await app.session.open();
    expect(told).toEqual(['made', 'reset', 'restored']);
    const later = aPart();
    later(app.trading);
    expect(told.slice(3)).toEqual(['made', 'restored']);
  });

  it('lets go of an account that is left, and of everything when Buckle locks', async () => {
    await app.session.open();
    aPart()(app.trading);
    told = [];
    await app.session.select(account(2).id);
    expect(told).toEqual(['reset', 'restored']);
    fake.answers['session.open'] = () => locked;
    told = [];
    tell({ name: 'session', status: 'locked' });
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toContain('reset');
    expect(told).not.toContain('restored');
  });

  it('asks only while its tab is shown to somebody who may see it', async () => {
    await app.session.open();
    aPart()(app.trading);
    const asked = (): number => told.filter((what) => what === 'asked').length;
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked()).toBe(0);
    app.navigation.go('transfer');
    await vi.advanceTimersByTimeAsync(2500);
    expect(asked()).toBe(3);
    app.navigation.go('settings');
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toBe(3);
    app.navigation.go('transfer');
    await vi.advanceTimersByTimeAsync(0);
    fake.answers['session.open'] = () => locked;
    tell({ name: 'session', status: 'locked' });
    const before = asked();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toBe(before);
  });

  it('hears what the background tells', () => {
    aPart()(app.trading);
    tell({ name: 'sites' });
    expect(told).toEqual(['made', 'heard sites']);
  });

  it('counts for how fresh its own screen is, and no other', async () => {
    await app.session.open();
    const remotes = signal<readonly Remote<unknown>[]>([{ status: 'idle' }]);
    part(() => ({ tab: 'activity' as const, remotes, reset: () => undefined }))(app.trading);
    app.navigation.go('activity');
    expect(app.trading.freshness.value).toBeUndefined();
    remotes.value = [{ status: 'ready', value: 1, at: Date.now() }];
    expect(app.trading.freshness.value).toEqual({ state: 'live' });
    app.navigation.go('transfer');
    expect(app.trading.freshness.value).toBeUndefined();
  });
});
