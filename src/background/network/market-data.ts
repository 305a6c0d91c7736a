import { get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import type { Params } from '../../core/canonical.ts';
import type { Exchange } from '../../exchange/client.ts';
import { type PublicAnswer, type PublicName, publicData } from '../../exchange/public.ts';

interface Timed<T> {
  /** Unix ms at which it was asked for: however long the answer took, it is no younger. */
  at: number;
  answer: T;
}

export interface MarketData {
  /** Public data no older than its entry in `publicData` allows, or than `maxAgeMs`. */
  read<N extends PublicName>(
    name: N,
    params: Params,
    maxAgeMs?: number,
  ): Promise<Timed<PublicAnswer<N>>>;
}

/** Large answers that change rarely also wait on disk, in the clear, for the next worker. */
const KEPT: ReadonlySet<PublicName> = new Set<PublicName>(['markets', 'assets']);

const kept = v.object({ at: v.number(), answer: v.unknown() });

export function createMarketData(deps: {
  exchange: Pick<Exchange, 'market'>;
  store: UseStore;
  now: () => number;
}): MarketData {
  const memory = new Map<string, Timed<unknown>>();
  const loading = new Map<string, Promise<Timed<unknown>>>();

  const isFresh = ({ at }: { at: number }, maxAgeMs: number): boolean => {
    const age = deps.now() - at;
    return age >= 0 && age < maxAgeMs;
  };
  const fromDisk = async (
    name: PublicName,
    key: string,
    maxAgeMs: number,
  ): Promise<Timed<unknown> | undefined> => {
    const found = v.safeParse(kept, await get(key, deps.store));
    if (!found.success || !isFresh(found.output, maxAgeMs)) return undefined;
    // What an older version of Buckle kept may have another shape.
    const answer = v.safeParse(publicData[name].answer, found.output.answer);
    return answer.success ? { at: found.output.at, answer: answer.output } : undefined;
  };
  const load = async (
    name: PublicName,
    key: string,
    params: Params,
    maxAgeMs: number,
  ): Promise<Timed<unknown>> => {
    const onDisk = KEPT.has(name) ? await fromDisk(name, key, maxAgeMs) : undefined;
    const timed = onDisk ?? { at: deps.now(), answer: await deps.exchange.market(name, params) };
    // What may never serve again would only pile up, candles above all: each asking has a time of its own.
    if (maxAgeMs > 0) memory.set(key, timed);
    if (KEPT.has(name) && onDisk === undefined) await set(key, timed, deps.store);
    return timed;
  };
  return {
    async read(name, params, maxAgeMs = publicData[name].maxAgeMs) {
      const key = `market/${name}/${JSON.stringify(params)}`;
      const known = memory.get(key);
      if (known && isFresh(known, maxAgeMs)) return known as Timed<PublicAnswer<typeof name>>;
      const task = `${key} ${maxAgeMs}`;
      const same =
        loading.get(task) ?? load(name, key, params, maxAgeMs).finally(() => loading.delete(task));
      loading.set(task, same);
      return (await same) as Timed<PublicAnswer<typeof name>>;
    },
  };
}
