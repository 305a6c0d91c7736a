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
const REQUESTS_A_MINUTE = 2000;
/** Calls a minute that return a time range of market data: candles. They are counted apart, under the key `TIME_RANGES`. */
const RANGES_A_MINUTE = 30;
export const TIME_RANGES = 'time ranges';
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
  const { now, sleep } = deps;
  const capacityOf = (key: string): number =>
    key === TIME_RANGES ? RANGES_A_MINUTE : (deps.capacity ?? REQUESTS_A_MINUTE);
  const buckets = new Map<string, Bucket>();

  const current = (key: string): Bucket => {
    const at = now();
    const capacity = capacityOf(key);
    const bucket = buckets.get(key) ?? { tokens: capacity, at, pausedUntil: 0 };
    bucket.tokens = Math.min(
      capacity,
      bucket.tokens + Math.max(0, at - bucket.at) * (capacity / 60_000),
    );
    bucket.at = at;
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    async take(key, asker) {
      const capacity = capacityOf(key);
      const reserve = asker === 'wallet' ? 0 : capacity * WALLET_SHARE;
      const perMs = capacity / 60_000;
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
      return { left: Math.floor(tokens), capacity: capacityOf(key), ...paused };
    },
  };
}
