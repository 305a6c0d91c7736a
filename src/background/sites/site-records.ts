import { del, get, keys, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { createQueue } from '../../core/queue.ts';
import { readable } from '../records/readable.ts';
import type { Seals } from '../records/seals.ts';

const siteRecord = v.object({
  /** The account that a person chose for the site. It stays bound to it until it is disconnected (R33). */
  account: v.optional(v.string()),
  /** Reads that were answered under a grant. */
  reads: v.number(),
  /** Unix ms. */
  lastSeenAt: v.optional(v.number()),
});
export type SiteRecord = v.InferOutput<typeof siteRecord>;

/** What is kept of each connected site, sealed. All that reads it throws LOCKED. */
export interface SiteRecords {
  of(origin: string): Promise<SiteRecord>;
  bind(origin: string, account: string): Promise<void>;
  /** A read of a bound site was answered under a grant. Counted at once, written within seconds: a few may go with a stopped worker. */
  countRead(origin: string): Promise<void>;
  forget(origin: string): Promise<void>;
  /** Forgets every other site: some were shut out while the vault was locked. */
  keepOnly(origins: readonly string[]): Promise<void>;
  /** Drops everything from memory, on lock. */
  forgetMemory(): void;
}

const PURPOSE = 'site';
const PREFIX = 'site/';
/** Between two writes of a count. */
const PAUSE = 5_000;

export function createSiteRecords(deps: {
  store: UseStore;
  seals: Seals;
  now: () => number;
}): SiteRecords {
  const { store, seals, now } = deps;
  /** A write that is under way must not come after the forgetting. */
  const serial = createQueue();
  const memory = new Map<string, SiteRecord>();
  const counted = new Map<string, number>();

  const of = async (origin: string): Promise<SiteRecord> => {
    const known = memory.get(origin);
    if (known !== undefined) return known;
    const sealed: unknown = await get(PREFIX + origin, store);
    const opened =
      sealed === undefined ? undefined : await readable(seals.open(PURPOSE, origin, sealed));
    const found = v.safeParse(siteRecord, opened);
    const record = found.success ? found.output : { reads: 0 };
    memory.set(origin, record);
    return record;
  };
  const write = async (origin: string, record: SiteRecord): Promise<void> => {
    await set(PREFIX + origin, await seals.seal(PURPOSE, origin, record), store);
    memory.set(origin, record);
  };
  const forget = async (origin: string): Promise<void> => {
    memory.delete(origin);
    await del(PREFIX + origin, store);
  };

  return {
    of,
    forget: (origin) => serial(() => forget(origin)),
    bind: (origin, account) =>
      serial(async () => write(origin, { ...(await of(origin)), account })),
    countRead: (origin) =>
      serial(async () => {
        const { reads, ...rest } = await of(origin);
        if (rest.account === undefined) return;
        const record = { ...rest, reads: reads + 1, lastSeenAt: now() };
        memory.set(origin, record);
        if (now() - (counted.get(origin) ?? 0) < PAUSE) return;
        counted.set(origin, now());
        await write(origin, record);
      }),
    keepOnly: (origins) =>
      serial(async () => {
        const keep = new Set(origins.map((origin) => PREFIX + origin));
        for (const key of (await keys(store)).map(String)) {
          if (key.startsWith(PREFIX) && !keep.has(key)) await forget(key.slice(PREFIX.length));
        }
      }),
    forgetMemory() {
      memory.clear();
      counted.clear();
    },
  };
}
