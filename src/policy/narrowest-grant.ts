import type { GrantTerms } from './grant.ts';

const DAY_MS = 86_400_000;
/** How long a site that only reads is let in unless the person says otherwise. */
const READ_DAYS = 30;

/** Reads of everything and nothing else. `now` in Unix ms. */
export const readTerms = (now: number): GrantTerms => ({
  scopes: ['read'],
  markets: 'all',
  kinds: [],
  reduceOnly: false,
  maxPerMinute: 1,
  expiresAt: now + READ_DAYS * DAY_MS,
});
