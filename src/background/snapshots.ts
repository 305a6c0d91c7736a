import { get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { type Snapshot, snapshot } from '../messaging/contract.ts';
import type { Seals } from './journal.ts';
import { readable } from './readable.ts';

export interface Snapshots {
  /** What was last seen for the account; empty if nothing was, or if it cannot be read. */
  of(account: string): Promise<Snapshot>;
  keep(account: string, part: Snapshot): Promise<void>;
  /** Drops everything from memory, on lock. */
  forget(): void;
}

const PURPOSE = 'snapshot';
/** Between two writes of one account: what is on screen is fresher anyway. */
const PAUSE = 5_000;

/** The last thing seen of each account, sealed, so that a surface has something true to show while fresh data loads. */
export function createSnapshots(deps: {
  store: UseStore;
  seals: Seals;
  now: () => number;
}): Snapshots {
  const { store, seals, now } = deps;
  const memory = new Map<string, Snapshot>();
  const written = new Map<string, number>();
  const key = (account: string): string => `snapshot/${account}`;

  const read = async (account: string): Promise<Snapshot> => {
    const sealed: unknown = await get(key(account), store);
    if (sealed === undefined) return {};
    const found = v.safeParse(snapshot, await readable(seals.open(PURPOSE, account, sealed)));
    return found.success ? found.output : {};
  };
  const of = async (account: string): Promise<Snapshot> => {
    const known = memory.get(account) ?? (await read(account));
    memory.set(account, known);
    return known;
  };
  return {
    of,
    forget() {
      memory.clear();
      written.clear();
    },
    async keep(account, part) {
      const whole = { ...(await of(account)), ...part };
      memory.set(account, whole);
      if (now() - (written.get(account) ?? 0) < PAUSE) return;
      written.set(account, now());
      await set(key(account), await seals.seal(PURPOSE, account, whole), store);
    },
  };
}
