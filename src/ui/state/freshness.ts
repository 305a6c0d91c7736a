import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FreshnessState } from '../components/Freshness.tsx';
import type { Presence } from './presence.ts';
import { known, type Remote } from './remote.ts';

/** A load that follows a value this young is a routine poll: the value still counts as live. */
const LIVE_MS = 20_000;

/** How far several remote values, shown together, can be trusted: as far as the worst of them. */
export function freshnessOf(
  remotes: readonly Remote<unknown>[],
  online: boolean,
  now: number,
): FreshnessState {
  if (!online) return { state: 'offline' };
  const failed = remotes.filter((remote) => remote.status === 'failed');
  if (failed.some(({ error }) => error.code === 'NETWORK' && error.data.kind === 'offline')) {
    return { state: 'offline' };
  }
  const times = failed.flatMap((remote) => known(remote)?.at ?? []);
  if (failed.length > 0) {
    return times.length > 0 ? { state: 'stale', since: Math.min(...times) } : { state: 'updating' };
  }
  const live = remotes.every((remote) => now - (known(remote)?.at ?? 0) < LIVE_MS);
  return { state: live ? 'live' : 'updating' };
}

/** `sources` is read each time one of them changes. */
export function createFreshness(
  presence: Presence,
  sources: () => readonly Remote<unknown>[],
): ReadonlySignal<FreshnessState> {
  const online = signal(presence.isOnline());
  presence.onChange(() => {
    online.value = presence.isOnline();
  });
  return computed(() => freshnessOf(sources(), online.value, Date.now()));
}
