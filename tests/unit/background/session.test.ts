import { expect, it } from 'vitest';
import { type AutoLockSettings, createAutoLock } from '../../../src/background/session.ts';
import { PASSWORD, world } from '../vault/fixtures.ts';

const MINUTE = 60_000;

/** One browser event, fired by the test; `fire` waits until what it started is done. */
function event<A>() {
  type Listener = (argument: A) => Promise<void> | undefined;
  const listeners: Listener[] = [];
  return {
    addListener: (listener: Listener) => void listeners.push(listener),
    async fire(argument: A) {
      expect(listeners).toHaveLength(1);
      for (const listener of listeners) await listener(argument);
    },
  };
}

function fakeBrowser() {
  const browser = {
    alarm: undefined as number | undefined,
    interval: 60,
    idleState: 'idle' as 'active' | 'idle' | 'locked',
    asked: [] as number[],
    open: [1, 2],
    alarms: {
      create: (name: string, { when }: { when: number }) => {
        expect(name).toBe('auto-lock');
        browser.alarm = when;
      },
      onAlarm: event<{ name: string }>(),
    },
    idle: {
      async queryState(seconds: number) {
        browser.asked.push(seconds);
        return browser.idleState;
      },
      setDetectionInterval(seconds: number) {
        browser.interval = seconds;
      },
      onStateChanged: event<'active' | 'idle' | 'locked'>(),
    },
    windows: { getAll: async () => browser.open, onRemoved: event<number>() },
  };
  return browser;
}

/** A vault that was unlocked by a person in Buckle's own surface. */
async function unlocked(edit: Partial<AutoLockSettings> = {}) {
  const { vault, restart, clock, half } = await world();
  const browser = fakeBrowser();
  const settings = { autoLockMinutes: 10, lockOnLastWindow: false, ...edit };
  const told: number[] = [];
  const start = (of: typeof vault, on = browser) => {
    const locked = () => void told.push(clock.now);
    const autoLock = createAutoLock({
      vault: of,
      browser: on,
      settings: async () => settings,
      locked,
    });
    autoLock.register();
    return autoLock;
  };
  const autoLock = start(vault);
  await vault.create(PASSWORD);
  await autoLock.touch();
  return { vault, restart, clock, half, browser, settings, told, start, autoLock };
}

it('sets an alarm at the deadline, and moves both with each touch', async () => {
  const { vault, clock, browser, autoLock, settings } = await unlocked();
  expect(browser.alarm).toBe(clock.now + 10 * MINUTE);
  expect(vault.deadline()).toBe(browser.alarm);
  clock.now += 9 * MINUTE;
  await autoLock.touch();
  expect(browser.alarm).toBe(clock.now + 10 * MINUTE);
  settings.autoLockMinutes = 1;
  await autoLock.touch();
  expect(browser.alarm).toBe(clock.now + MINUTE);
  expect(await vault.status()).toBe('unlocked');
});

it('locks when the alarm fires at the deadline, and tells of it', async () => {
  const { vault, clock, browser, told, half } = await unlocked();
  clock.now += 10 * MINUTE;
  await browser.alarms.onAlarm.fire({ name: 'auto-lock' });
  expect(told).toEqual([clock.now]);
  expect(half.value).toBeUndefined();
  expect(await vault.status()).toBe('locked');
});

it('locks by the alarm in a worker that was woken for it', async () => {
  const { restart, clock, told, half, start } = await unlocked();
  const browser = fakeBrowser();
  start(restart(), browser);
  clock.now += 10 * MINUTE;
  await browser.alarms.onAlarm.fire({ name: 'auto-lock' });
  expect(told).toEqual([clock.now]);
  expect(half.value).toBeUndefined();
});

it('sets the alarm again if it fires before the deadline, and leaves other alarms alone', async () => {
  const { vault, browser } = await unlocked();
  const deadline = browser.alarm;
  browser.alarm = undefined;
  await browser.alarms.onAlarm.fire({ name: 'another' });
  expect(browser.alarm).toBeUndefined();
  await browser.alarms.onAlarm.fire({ name: 'auto-lock' });
  expect(browser.alarm).toBe(deadline);
  expect(await vault.status()).toBe('unlocked');
});

it('sets no alarm for a locked vault, however it is touched', async () => {
  const { vault, browser, autoLock, told } = await unlocked();
  await vault.lock();
  browser.alarm = undefined;
  await autoLock.touch();
  expect(browser.alarm).toBeUndefined();
  expect(await vault.status()).toBe('locked');
  expect(told).toHaveLength(1);
});

it('locks with the screen, in a woken worker too', async () => {
  const { vault, browser, restart, start, told, half } = await unlocked();
  await browser.idle.onStateChanged.fire('active');
  expect(await vault.status()).toBe('unlocked');
  const later = fakeBrowser();
  const woken = restart();
  start(woken, later);
  await later.idle.onStateChanged.fire('locked');
  expect(half.value).toBeUndefined();
  expect(await woken.status()).toBe('locked');
  expect(told).toHaveLength(1);
});

it('locks when the computer is idle for the minutes of the setting, not for the minute of the browser', async () => {
  const { vault, browser, told } = await unlocked({ autoLockMinutes: 5 });
  expect(browser.interval).toBe(300);
  browser.idleState = 'active';
  await browser.idle.onStateChanged.fire('idle');
  expect(browser.asked).toEqual([300]);
  expect(await vault.status()).toBe('unlocked');
  browser.idleState = 'idle';
  await browser.idle.onStateChanged.fire('idle');
  expect(await vault.status()).toBe('locked');
  expect(told).toHaveLength(1);
});

it('never asks for a shorter idle time than browsers accept', async () => {
  const { browser } = await unlocked({ autoLockMinutes: 0.1 });
  expect(browser.interval).toBe(15);
});

it.each([
  ['the last window goes', true, [], 'locked'],
  ['another window is left', true, [2], 'unlocked'],
  ['the setting is off', false, [], 'unlocked'],
] as const)('when %s (setting: %s)', async (_name, lockOnLastWindow, open, status) => {
  const { vault, browser, told } = await unlocked({ lockOnLastWindow });
  browser.open = [...open];
  await browser.windows.onRemoved.fire(1);
  expect(await vault.status()).toBe(status);
  expect(told).toHaveLength(status === 'locked' ? 1 : 0);
});

it('tells of a lock by the button as well', async () => {
  const { vault, told } = await unlocked();
  const locked = vault.lock();
  expect(told).toHaveLength(1);
  await locked;
});
