import type { Presence } from './presence.ts';

export interface Poller {
  start(): void;
  stop(): void;
}

const LONGEST_MS = 60_000;
/** A focus and a visibility change come together: one look is enough. */
const TOO_SOON_MS = 1_000;

/**
 * Calls `refresh` now and then every `everyMs`, only while the surface is visible; at once when it comes back or the connection
 * does. Each failure in a row doubles the wait, up to a minute.
 * @param refresh - yields whether it went well; must not throw.
 */
export function createPoller(
  presence: Presence,
  everyMs: number,
  refresh: () => Promise<boolean>,
  now: () => number = Date.now,
): Poller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unlisten: (() => void) | undefined;
  let failures = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking = false;
  /** Counts the stops: a look that began before one says nothing about what came after it. */
  let round = 0;
  let started = false;

  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(everyMs * 2 ** failures, Math.max(everyMs, LONGEST_MS)));
  };
  const look = async (): Promise<void> => {
    if (looking || !started || !presence.isVisible()) return;
    looking = true;
    lookedAt = now();
    const mine = round;
    const ok = await refresh();
    if (mine !== round) return;
    looking = false;
    failures = ok ? 0 : failures + 1;
    if (started) schedule();
  };
  const onChange = (): void => {
    if (presence.isVisible() && now() - lookedAt >= TOO_SOON_MS) void look();
  };

  return {
    start() {
      if (started) return;
      started = true;
      unlisten = presence.onChange(onChange);
      failures = 0;
      void look();
    },
    stop() {
      started = false;
      looking = false;
      round += 1;
      clearTimeout(timer);
      unlisten?.();
      lookedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
