import { SiteRefusal } from '../../messaging/site-errors.ts';
import { MAX_UNDER_WAY } from './site-reading.ts';
import { isAt, isWaiting, type Ticket } from './tickets.ts';

/** What one origin may have waiting for a person or for the unlock, how much that may be, and how many a minute. */
const MAX_WAITING = 20;
const MAX_WAITING_LENGTH = 131_072;
const MAX_PER_MINUTE = 60;
/** What one origin may have of tickets, with what is over and kept for a moment, should its answer have got lost; and the characters of it all. */
const MAX_KEPT = 500;
const MAX_KEPT_LENGTH = 1_000_000;

const MINUTE = 60_000;

export interface SiteLimits {
  /** May this origin have one more under way? @throws SiteRefusal queue-full */
  admit(fresh: Ticket, all: readonly Ticket[]): void;
  /** May one more of this origin wait? Counts it. @throws SiteRefusal queue-full, rate-limit */
  wait(fresh: Ticket, all: readonly Ticket[]): void;
}

const lengths = new WeakMap<Ticket['ask'], number>();
/** Counted once: what was asked stays the same object, wherever its ticket stands. */
const lengthOf = ({ ask }: Ticket): number => {
  const length = lengths.get(ask) ?? JSON.stringify(ask).length;
  lengths.set(ask, length);
  return length;
};
const lengthOfAll = (tickets: readonly Ticket[]): number =>
  tickets.reduce((sum, each) => sum + lengthOf(each), 0);
const isOver = ({ stage }: Ticket): boolean => stage.at === 'done' && stage.told !== undefined;

/** Keeps one origin from flooding a person, and from crowding out the others (R12). */
export function createSiteLimits(now: () => number): SiteLimits {
  // Of this worker's life only; a page cannot end it.
  const asked = new Map<string, number[]>();

  return {
    admit(fresh, all) {
      const own = all.filter((each) => each.origin === fresh.origin && !isAt(each, 'watched'));
      const isLong = lengthOfAll([...own, fresh]) > MAX_KEPT_LENGTH;
      const underWay = own.filter((each) => !isOver(each)).length;
      if (underWay >= MAX_UNDER_WAY || own.length >= MAX_KEPT || isLong) {
        throw new SiteRefusal('queue-full', { limit: MAX_UNDER_WAY });
      }
    },
    wait(fresh, all) {
      const own = all.filter((each) => each.origin === fresh.origin && isWaiting(each));
      const length = lengthOfAll([...own, fresh]);
      if (own.length >= MAX_WAITING || length > MAX_WAITING_LENGTH) {
        throw new SiteRefusal('queue-full', { limit: MAX_WAITING });
      }
      const lately = (asked.get(fresh.origin) ?? []).filter((at) => now() - at < MINUTE);
      asked.set(fresh.origin, lately);
      const [oldest = 0] = lately;
      if (lately.length >= MAX_PER_MINUTE) {
        const retryAfterMs = Math.max(0, oldest + MINUTE - now());
        throw new SiteRefusal('rate-limit', { limit: MAX_PER_MINUTE, retryAfterMs });
      }
      lately.push(now());
    },
  };
}
