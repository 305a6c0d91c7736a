import { del, get, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import type { ReadInstruction } from '../../exchange/instructions/index.ts';
import type { Order } from '../../exchange/types.ts';
import { type Snapshot, snapshot } from '../../messaging/contract.ts';
import { readable } from './readable.ts';
import type { Seals } from './seals.ts';

export interface Snapshots {
  /** What was last seen for the account; empty if nothing was, or if it cannot be read. */
  of(account: string): Promise<Snapshot>;
  keep(account: string, part: Snapshot): Promise<void>;
  /** The account was removed. */
  remove(account: string): Promise<void>;
  /** Drops everything from memory, on lock. */
  forget(): void;
}

const PURPOSE = 'snapshot';
/** Between two writes of one account: what is on screen is fresher anyway. */
const PAUSE = 5_000;

/** More open orders than fill any screen: the rest would only make every opening slower. */
const ORDERS_KEPT = 50;

/** The orders that are seen first. */
function newest(all: readonly Order[]): { value: Order[]; total?: number } {
  if (all.length <= ORDERS_KEPT) return { value: [...all] };
  const sorted = all.toSorted((a, b) => b.createdAt - a.createdAt);
  return { value: sorted.slice(0, ORDERS_KEPT), total: all.length };
}

/** The reads whose answer is kept as the last thing seen. */
export const snapshotOf = (
  instruction: ReadInstruction,
  params: object,
  timed: { at: number; value: unknown },
): Snapshot => {
  if (Object.keys(params).length > 0) return {};
  if (instruction === 'balanceQuery') return { balances: timed } as Snapshot;
  if (instruction === 'orderQueryAll') {
    return { orders: { at: timed.at, ...newest(timed.value as Order[]) } };
  }
  if (instruction === 'positionQuery') return { positions: timed } as Snapshot;
  return {};
};

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
    async remove(account) {
      memory.delete(account);
      written.delete(account);
      await del(key(account), store);
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
