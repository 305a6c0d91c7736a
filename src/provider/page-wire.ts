import type { SiteOutcome } from '../messaging/wire.ts';

/**
 * What the page's script and the bridge tell each other, by `window.postMessage` to their own origin. Anybody in the page can
 * say the same: none of it proves anything, and nothing in it is more than the page may do anyway.
 */

/** Marks what is for the bridge, and what is for the page. */
export const TO_BRIDGE = 'buckle-bridge';
export const TO_PAGE = 'buckle-page';

/** A call, under a key that nobody can know before; or the question whether the bridge is still there. */
export type ToBridge =
  | { key: string; method: string; params: unknown; ping?: undefined }
  | { ping: true };

export type ToPage =
  /** The end of the call with that key. `id`: what the background knows the call by. No reply: its params were not plain. */
  | { key: string; id: string; reply: SiteOutcome | undefined; turn?: undefined; state?: undefined }
  /** The call with that key waits (odd), or was decided (even) and may have left. Of two, the greater is the newer. */
  | { key: string; turn: number; id?: undefined; reply?: undefined; state?: undefined }
  /** Told unasked: `connect`, `lock` and so on, as the background put it. */
  | { name: string; data: unknown; state?: undefined }
  /** `pong`: it is there. `fresh`: it takes calls from now on and knows of none so far. `lost`: there is no extension any more. */
  | { state: 'pong' | 'fresh' | 'lost' };

/** Calls `listener` with what this very window posted to itself for `to`. Frames and other windows are not heard. */
export function hear<M>(to: string, listener: (message: M) => void): void {
  addEventListener('message', ({ source, data }) => {
    if (source === window && data?.to === to) listener(data);
  });
}
