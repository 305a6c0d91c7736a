import { isAppError } from '../../core/errors.ts';
import { SiteRefusal } from '../../messaging/site-errors.ts';
import type { SiteReply } from '../../messaging/wire.ts';
import { isReading, type SiteRequests } from './site-requests.ts';
import type { WaitingAsk } from './tickets.ts';

/** What one origin may have under way that no person has been asked about. */
export const MAX_UNDER_WAY = 100;

/**
 * Reads under a grant, and writes nothing. `undefined`: it takes a ticket.
 * @throws SiteRefusal queue-full for an origin that has too much under way, or what it is refused with
 */
export type ReadAtOnce = (origin: string, ask: WaitingAsk) => Promise<SiteReply | undefined>;

export function createReadAtOnce(deps: {
  requests: Pick<SiteRequests, 'weigh'>;
  isUnlocked: () => Promise<boolean>;
}): ReadAtOnce {
  const underWay = new Map<string, number>();

  /** Keeps one origin from crowding out the others (R12). */
  const within = async <T>(origin: string, work: () => Promise<T>): Promise<T> => {
    const begun = underWay.get(origin) ?? 0;
    if (begun >= MAX_UNDER_WAY) throw new SiteRefusal('queue-full', { limit: MAX_UNDER_WAY });
    underWay.set(origin, begun + 1);
    try {
      return await work();
    } finally {
      underWay.set(origin, (underWay.get(origin) ?? 1) - 1);
    }
  };

  return async (origin, ask) => {
    if (!isReading(ask) || !(await deps.isUnlocked())) return undefined;
    try {
      const weighed = await within(origin, () =>
        deps.requests.weigh(origin, ask, async () => undefined),
      );
      return 'end' in weighed ? weighed.end.outcome : undefined;
    } catch (error) {
      if (isAppError(error, 'LOCKED')) return undefined;
      throw error;
    }
  };
}
