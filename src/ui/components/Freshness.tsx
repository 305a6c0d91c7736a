import { timeOfDay } from '../format.ts';
import { t } from '../text.ts';

/** How far what is shown can be trusted to be so now. `since`: when it was last seen, in Unix ms. */
export type FreshnessState =
  | { state: 'live' }
  | { state: 'updating' }
  | { state: 'stale'; since: number }
  | { state: 'offline' };

function words(freshness: FreshnessState): string {
  switch (freshness.state) {
    case 'live':
      return t('freshnessLive');
    case 'updating':
      return t('freshnessUpdating');
    case 'stale':
      return t('freshnessStale', timeOfDay(freshness.since));
    case 'offline':
      return t('freshnessOffline');
  }
}

/** A dot and its word. */
export function Freshness({ freshness }: { freshness: FreshnessState }) {
  return (
    <span class={`freshness freshness-${freshness.state}`}>
      <span class="freshness-dot" aria-hidden="true" />
      {words(freshness)}
    </span>
  );
}
