import type { Presence } from './presence.ts';

export interface Poller {
  start(): void;
  stop(): void;
  /** The pace may have changed: looks at once if by now it would have. */
  pace(): void;
}

const LONGEST_MS = 60_000;
/** A focus and a visibility change come together: one look is enough. */
const TOO_SOON_MS = 1_000;

/**
 * Calls `refresh` now and then every `everyMs` (a function is asked anew each time), only while the surface is visible; at once when it comes back or the connection
 * does. Each failure in a row doubles the wait, up to a minute.
 * @param refresh - yields whether it went well; must not throw.
 */
export function createPoller(
  presence: Presence,
  everyMs: number | (() => number),
  refresh: () => Promise<boolean>,
  now: () => number = Date.now,
): Poller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unlisten: (() => void) | undefined;
  let failures = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let restingSince = 0;
  let looking = false;
  /** Counts the stops: a look that began before one says nothing about what came after it. */
  let round = 0;
  let started = false;

  const schedule = (): void => {
    clearTimeout(timer);
    const every = typeof everyMs === 'number' ? everyMs : everyMs();
    const wait = Math.min(every * 2 ** failures, Math.max(every, LONGEST_MS));
    timer = setTimeout(look, Math.max(0, restingSince + wait - now()));
  };
  const look = async (): Promise<void> => {
    if (looking || !started || !presence.isVisible()) return;
    looking = true;
    lookedAt = now();
    const mine = round;
    const ok = await refresh();
    if (mine !== round) return;
    looking = false;
    restingSince = now();
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
    pace() {
      if (started && !looking) schedule();
    },
  };
}
