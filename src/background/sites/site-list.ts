import { get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { createQueue } from '../../core/queue.ts';
import { isSiteOrigin } from '../../policy/site-origin.ts';

const origin = v.pipe(v.string(), v.check(isSiteOrigin));
const siteList = v.object({
  connected: v.array(v.object({ origin, connectedAt: v.number() })),
  blocked: v.array(v.object({ origin, at: v.number() })),
  everySite: v.boolean(),
});
/** Origins that were let in, those that may never ask, and whether every site may ask. Times in Unix ms. */
export type SiteList = v.InferOutput<typeof siteList>;

export interface SiteLists {
  read(): Promise<SiteList>;
  /** @returns `false` if it was connected already */
  connect(origin: string): Promise<boolean>;
  disconnect(origin: string): Promise<void>;
  block(origin: string, blocked: boolean): Promise<void>;
  openToAll(on: boolean): Promise<void>;
  isConnected(origin: string): Promise<boolean>;
  isBlocked(origin: string): Promise<boolean>;
  /** Takes it from disk again: it was erased. */
  forget(): void;
}

const KEY = 'sites';
const NONE: SiteList = { connected: [], blocked: [], everySite: false };

/** In the clear, since it is needed while locked. Exact origins, scheme and port included; nothing is keyed by them. */
export function createSiteList({ store, now }: { store: UseStore; now: () => number }): SiteLists {
  const serial = createQueue();
  let known: SiteList | undefined;

  const read = async (): Promise<SiteList> => {
    if (known === undefined) {
      const found = v.safeParse(siteList, await get(KEY, store));
      known ??= found.success ? found.output : NONE;
    }
    return known;
  };
  const write = async (next: SiteList): Promise<void> => {
    await set(KEY, next, store);
    known = next;
  };
  const without = <T extends { origin: string }>(list: readonly T[], gone: string): T[] =>
    list.filter((each) => each.origin !== gone);
  const has = (list: readonly { origin: string }[], wanted: string): boolean =>
    list.some((each) => each.origin === wanted);

  return {
    read,
    connect: (wanted) =>
      serial(async () => {
        const list = await read();
        const { connected, blocked } = list;
        if (has(connected, wanted)) return false;
        const added = { origin: wanted, connectedAt: now() };
        // A person who lets a site in means it, whatever was said before.
        await write({
          ...list,
          connected: [...connected, added],
          blocked: without(blocked, wanted),
        });
        return true;
      }),
    disconnect: (gone) =>
      serial(async () => {
        const list = await read();
        await write({ ...list, connected: without(list.connected, gone) });
      }),
    block: (wanted, isBlocked) =>
      serial(async () => {
        const list = await read();
        const blocked = without(list.blocked, wanted);
        if (isBlocked) blocked.push({ origin: wanted, at: now() });
        await write({ ...list, blocked });
      }),
    openToAll: (everySite) => serial(async () => write({ ...(await read()), everySite })),
    isConnected: async (wanted) => has((await read()).connected, wanted),
    isBlocked: async (wanted) => has((await read()).blocked, wanted),
    forget() {
      known = undefined;
    },
  };
}
