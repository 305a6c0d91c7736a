import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPoller } from '../../../src/ui/state/poller.ts';

function scene(outcome: () => boolean = () => true, everyMs: number | (() => number) = 4000) {
  let visible = true;
  const listeners = new Set<() => void>();
  const looks: number[] = [];
  const presence = {
    isVisible: () => visible,
    isOnline: () => true,
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const poller = createPoller(presence, everyMs, async () => {
    looks.push(Date.now());
    return outcome();
  });
  const show = (now: boolean): void => {
    visible = now;
    for (const listener of listeners) listener();
  };
  return { poller, looks, show, listeners };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a poller', () => {
  it('looks at once and then at its interval', async () => {
    const { poller, looks } = scene();
    poller.start();
    await vi.advanceTimersByTimeAsync(8000);
    expect(looks).toEqual([0, 4000, 8000]);
  });

  it('rests while nobody looks and wakes at once when somebody does', async () => {
    const { poller, looks, show } = scene();
    poller.start();
    await vi.advanceTimersByTimeAsync(100);
    show(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toEqual([0]);
    show(true);
    expect(looks).toEqual([0, 60_100]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(looks).toEqual([0, 60_100, 64_100]);
  });

  it('looks once when focus and visibility change together', async () => {
    const { poller, looks, show } = scene();
    poller.start();
    await vi.advanceTimersByTimeAsync(2000);
    show(true);
    await vi.advanceTimersByTimeAsync(1);
    show(true);
    expect(looks).toEqual([0, 2000]);
  });

  it('doubles its wait with each failure, up to a minute, and is quick again after a success', async () => {
    let ok = false;
    const { poller, looks } = scene(() => ok);
    poller.start();
    await vi.advanceTimersByTimeAsync(8000 + 16_000 + 32_000 + 60_000 + 60_000);
    expect(looks).toEqual([0, 8000, 24_000, 56_000, 116_000, 176_000]);
    ok = true;
    await vi.advanceTimersByTimeAsync(64_000);
    expect(looks.slice(6)).toEqual([236_000, 240_000]);
  });

  it('looks at once when its pace rises and it would have looked by then, else when it is due', async () => {
    let everyMs = 60_000;
    const { poller, looks } = scene(
      () => true,
      () => everyMs,
    );
    poller.start();
    await vi.advanceTimersByTimeAsync(10_000);
    everyMs = 4000;
    poller.pace();
    await vi.advanceTimersByTimeAsync(2000);
    expect(looks).toEqual([0, 10_000]);
    everyMs = 60_000;
    poller.pace();
    await vi.advanceTimersByTimeAsync(50_000);
    everyMs = 55_000;
    poller.pace();
    await vi.advanceTimersByTimeAsync(2999);
    expect(looks).toEqual([0, 10_000]);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks).toEqual([0, 10_000, 65_000]);
  });

  it('stops for good, its listener included', async () => {
    const { poller, looks, show, listeners } = scene();
    poller.start();
    await vi.advanceTimersByTimeAsync(10);
    poller.stop();
    show(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toEqual([0]);
    expect(listeners.size).toBe(0);
  });
});
