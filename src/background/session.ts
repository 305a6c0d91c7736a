import type { Vault } from '../vault/vault.ts';

const ALARM = 'auto-lock';
/** Browsers accept no shorter one. */
const SHORTEST_DETECTION_S = 15;

interface BrowserEvent<A> {
  addListener(listener: (argument: A) => Promise<void> | undefined): void;
}

type IdleState = 'active' | 'idle' | 'locked';

/** The part of the browser that locking needs. */
export interface AutoLockBrowser {
  alarms: {
    create(name: string, info: { when: number }): unknown;
    onAlarm: BrowserEvent<{ name: string }>;
  };
  idle: {
    queryState(detectionIntervalInSeconds: number): Promise<IdleState>;
    setDetectionInterval(intervalInSeconds: number): void;
    onStateChanged: BrowserEvent<IdleState>;
  };
  windows: { getAll(): Promise<readonly unknown[]>; onRemoved: BrowserEvent<number> };
}

export interface AutoLockSettings {
  autoLockMinutes: number;
  lockOnLastWindow: boolean;
}

export interface AutoLockDependencies {
  vault: Pick<Vault, 'status' | 'lock' | 'onLock' | 'extend' | 'deadline'>;
  browser: AutoLockBrowser;
  settings: () => Promise<AutoLockSettings>;
  /** Called at once at each lock, whatever its cause, to tell every open surface. */
  locked: () => void;
}

export interface AutoLock {
  /** Adds all listeners. To be called in the worker's first turn. */
  register(): void;
  /** A person did something in Buckle's own surface: moves the deadline. Never called for a site. */
  touch(): Promise<void>;
}

/** Locks the vault by time, by the state of the computer and with the last window. */
export function createAutoLock({
  vault,
  browser,
  settings,
  locked,
}: AutoLockDependencies): AutoLock {
  function arm(): void {
    const deadline = vault.deadline();
    // One alarm of this name: a new one takes the place of the last.
    if (deadline !== undefined) browser.alarms.create(ALARM, { when: deadline });
  }

  /** The deadline is data: `status` locks if it has passed, and if it has moved the alarm follows it. */
  async function onDeadline(): Promise<void> {
    if ((await vault.status()) === 'unlocked') arm();
  }

  /** `locked` comes from Chrome when the screen locks. Firefox knows only `idle`, after the minutes of the setting. */
  async function onIdleState(state: IdleState): Promise<void> {
    if (state === 'idle') {
      const seconds = detectionSeconds(await settings());
      // The event may have been measured by an interval that is not ours (the browser's own is one minute).
      if ((await browser.idle.queryState(seconds)) === 'active') return;
    }
    if (state !== 'active') await vault.lock();
  }

  async function onWindowClosed(): Promise<void> {
    const { lockOnLastWindow } = await settings();
    if (lockOnLastWindow && (await browser.windows.getAll()).length === 0) await vault.lock();
  }

  return {
    register() {
      vault.onLock(locked);
      browser.alarms.onAlarm.addListener(({ name }) => (name === ALARM ? onDeadline() : undefined));
      browser.idle.onStateChanged.addListener(onIdleState);
      browser.windows.onRemoved.addListener(onWindowClosed);
    },
    async touch() {
      const current = await settings();
      browser.idle.setDetectionInterval(detectionSeconds(current));
      await vault.extend(current.autoLockMinutes * 60_000);
      arm();
    },
  };
}

const detectionSeconds = ({ autoLockMinutes }: AutoLockSettings): number =>
  Math.max(SHORTEST_DETECTION_S, Math.round(autoLockMinutes * 60));
