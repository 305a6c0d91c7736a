import type { LiveState } from '../../messaging/live.ts';

/** How the streams stand that this surface stands on. */
export interface Streams {
  account: LiveState;
  market: LiveState;
}

export const NO_STREAMS: Streams = { account: 'off', market: 'off' };
