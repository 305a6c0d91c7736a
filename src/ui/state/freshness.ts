import type { FreshnessState } from '../components/Freshness.tsx';
import { known, type Remote } from './remote.ts';

/** Older than this, what is being loaded anew is called updating rather than live. */
const OLD_MS = 15_000;

/** How far a screen that stands on `remotes` can be trusted to be so now. `undefined` if it has not asked for anything. */
export function freshnessOf(
  remotes: readonly Remote<unknown>[],
  online: boolean,
  now: number,
): FreshnessState | undefined {
  const asked = remotes.filter(({ status }) => status !== 'idle');
  if (asked.length === 0) return undefined;
  const seen = asked.map((remote) => known(remote)?.at);
  const oldest = Math.min(...seen.map((at) => at ?? Number.POSITIVE_INFINITY));
  const complete = seen.every((at) => at !== undefined);
  if (!online) return { state: 'offline' };
  const failed = asked.find((remote) => remote.status === 'failed');
  if (failed) {
    if (Number.isFinite(oldest)) return { state: 'stale', since: oldest };
    return failed.error.code === 'NETWORK' ? { state: 'offline' } : { state: 'updating' };
  }
  return complete && now - oldest < OLD_MS ? { state: 'live' } : { state: 'updating' };
}
