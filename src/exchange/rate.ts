/** Who is asking: what sites may use up leaves a share that only Buckle's own pages can touch. */
export type Asker = 'wallet' | 'site';

export interface RateBucket {
  /** Waits for the turn of one request under this API key. */
  take(key: string, asker: Asker): Promise<void>;
  /** The exchange answered 429: nobody sends under this key for so long. */
  pause(key: string, ms: number): void;
  /** For the meter in Settings. */
  read(key: string): RateReading;
}

/** `left` requests may go at once, of `capacity`. Nothing goes before `pausedUntil`, Unix ms. */
export interface RateReading {
  left: number;
  capacity: number;
  pausedUntil?: number;
}

/** Ordinary REST calls a minute and subaccount. @see support.backpack.exchange API FAQs */
export const REQUESTS_A_MINUTE = 2000;
const WALLET_SHARE = 0.25;

interface Bucket {
  tokens: number;
  at: number;
  pausedUntil: number;
}

/** A token bucket per API key that fills evenly over a minute. */
export function createRateBucket(deps: {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  capacity?: number;
}): RateBucket {
  const { now, sleep, capacity = REQUESTS_A_MINUTE } = deps;
  const perMs = capacity / 60_000;
  const buckets = new Map<string, Bucket>();

  const current = (key: string): Bucket => {
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: capacity, at, pausedUntil: 0 };
    bucket.tokens = Math.min(capacity, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
    bucket.at = at;
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    async take(key, asker) {
      const reserve = asker === 'wallet' ? 0 : capacity * WALLET_SHARE;
      for (;;) {
        const bucket = current(key);
        const paused = bucket.pausedUntil - bucket.at;
        if (paused <= 0 && bucket.tokens >= reserve + 1) {
          bucket.tokens -= 1;
          return;
        }
        await sleep(Math.max(paused, Math.ceil((reserve + 1 - bucket.tokens) / perMs), 1));
      }
    },
    pause(key, ms) {
      const bucket = current(key);
      bucket.pausedUntil = Math.max(bucket.pausedUntil, bucket.at + ms);
    },
    read(key) {
      const { tokens, at, pausedUntil } = current(key);
      const paused = pausedUntil > at ? { pausedUntil } : {};
      return { left: Math.floor(tokens), capacity, ...paused };
    },
  };
}
