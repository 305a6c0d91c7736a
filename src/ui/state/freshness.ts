import type { LiveState } from '../../messaging/live.ts';
import type { FreshnessState } from '../components/Freshness.tsx';
import { known, type Remote } from './remote.ts';

/** Older than this, what is being loaded anew is called updating rather than live. */
const OLD_MS = 15_000;

/** A value that a stream keeps up while it is live. */
export interface Followed {
  remote: Remote<unknown>;
  stream: LiveState;
}

const atOf = (remote: Remote<unknown>): number => known(remote)?.at ?? Number.POSITIVE_INFINITY;

/**
 * How far a screen can be trusted to be so now that stands on `remotes` and on what streams keep up. `undefined` if it has not
 * asked for anything.
 */
export function freshnessOf(
  remotes: readonly Remote<unknown>[],
  online: boolean,
  now: number,
  followed: readonly Followed[] = [],
): FreshnessState | undefined {
  const all = [...remotes, ...followed.map(({ remote }) => remote)];
  const asked = all.filter(({ status }) => status !== 'idle');
  if (asked.length === 0) return undefined;
  const oldest = Math.min(...asked.map(atOf));
  if (!online) return { state: 'offline' };
  const failed = asked.find((remote) => remote.status === 'failed');
  if (failed) {
    if (Number.isFinite(oldest)) return { state: 'stale', since: oldest };
    return failed.error.code === 'NETWORK' ? { state: 'offline' } : { state: 'updating' };
  }
  if (asked.some((remote) => known(remote) === undefined)) return { state: 'updating' };
  // What would be told at once if the stream were there is only asked for now and then: that is not live.
  if (followed.some(({ stream }) => stream === 'down')) return { state: 'updating' };
  const polled = followed.filter(({ stream }) => stream !== 'live').map(({ remote }) => remote);
  const isFresh = [...remotes, ...polled].every(
    (remote) => remote.status === 'idle' || now - atOf(remote) < OLD_MS,
  );
  return { state: isFresh ? 'live' : 'updating' };
}
