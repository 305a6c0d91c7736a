import { entries as allEntries, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import { decimal } from '../../exchange/schema.ts';
import { type Grant, grant } from '../../policy/grant.ts';
import type { Ledger } from '../../policy/ledger.ts';
import { readable } from '../records/readable.ts';
import type { Seals } from '../records/seals.ts';
import { swap } from '../records/swap.ts';

/** A grant and its ledger are one record: neither can be put back, or taken away, without the other. */
const record = v.strictObject({
  grant,
  /** Counts the writes. */
  revision: v.number(),
  ledger: v.strictObject({
    recent: v.array(
      v.strictObject({
        id: v.string(),
        at: v.number(),
        notional: decimal,
        count: v.optional(v.number()),
        state: v.picklist(['pending', 'spent', 'returned']),
      }),
    ),
    sums: v.array(v.strictObject({ at: v.number(), notional: decimal })),
  }),
});

/** A grant as it is known now. */
export interface Kept {
  grant: Grant;
  ledger: Ledger;
  revision: number;
  /** As it stands on disk; `undefined`: it does not yet. */
  box: unknown;
}
export type Known = Map<string, Kept>;

const PURPOSE = 'grant';
/** Each means that another worker wrote in between; there is hardly ever one. */
const ATTEMPTS = 5;

/** Grants on disk, each sealed with its ledger, and what this worker knows of them, oldest first. */
export interface GrantStore {
  /** @throws LOCKED */
  current(): Promise<Known>;
  /** Does `work` on what is on disk; it says `undefined` if another worker was faster, and is done again. */
  change<T>(work: (all: Known) => Promise<T | undefined>): Promise<T>;
  /** `false`, and nothing written, if another worker has written it since. */
  write(all: Known, kept: Kept, change: Partial<Kept>): Promise<boolean>;
  /** The same for taking it away. */
  remove(all: Known, kept: Kept): Promise<boolean>;
  /** Drops everything from memory. */
  forget(): void;
}

interface StoreDependencies {
  store: UseStore;
  seals: Seals;
  /** They were read from disk just now: puts right what an earlier worker left. */
  takenUp: (all: Known) => Promise<void>;
}

export function createGrantStore({ store, seals, takenUp }: StoreDependencies): GrantStore {
  const serial = createQueue();
  let known: Promise<Known> | undefined;

  const open = async (id: string, box: unknown): Promise<Kept | undefined> => {
    const found = v.safeParse(record, await readable(seals.open(PURPOSE, id, box)));
    if (!found.success || found.output.grant.id !== id) return undefined;
    const { ledger, revision, grant: opened } = found.output;
    return { grant: opened, ledger, revision, box };
  };

  const write: GrantStore['write'] = async (all, kept, change) => {
    const next = { ...kept, ...change, revision: kept.revision + 1 };
    const { grant: terms, ledger, revision } = next;
    const { id } = terms;
    const box = await seals.seal(PURPOSE, id, { grant: terms, ledger, revision });
    const written = await swap(store, { key: id, was: kept.box, put: [[id, box]] });
    if (written) all.set(id, { ...next, box });
    return written;
  };

  const load = async (): Promise<Known> => {
    const boxes = await allEntries<string, unknown>(store);
    const opened = await Promise.all(boxes.map(([id, box]) => open(id, box)));
    const kept = opened.filter((each) => each !== undefined);
    kept.sort((a, b) => a.grant.createdAt - b.grant.createdAt);
    const all: Known = new Map(kept.map((each) => [each.grant.id, each]));
    await takenUp(all);
    return all;
  };
  const current = (): Promise<Known> => {
    if (known !== undefined) return known;
    const loading = load();
    known = loading;
    loading.catch(() => {
      if (known === loading) known = undefined;
    });
    return loading;
  };

  const change: GrantStore['change'] = (work) =>
    serial(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const mine = current();
        const done = await work(await mine);
        // Locked and opened again meanwhile: what was read since may be older than what was written now.
        if (done === undefined || known !== mine) known = undefined;
        if (done !== undefined) return done;
      }
      throw new AppError('INTERNAL', undefined);
    });

  return {
    current,
    change,
    write,
    async remove(all, { grant: { id }, box }) {
      const removed = await swap(store, { key: id, was: box, remove: [id] });
      if (removed) all.delete(id);
      return removed;
    },
    forget() {
      known = undefined;
    },
  };
}
