import { entries as allEntries, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import { AppError, invalid, isAppError } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import { decimal } from '../../exchange/schema.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { SiteView } from '../../messaging/sites.ts';
import { type Asked, type Decision, decide } from '../../policy/decide.ts';
import { checkTerms, type Grant, type GrantTerms, grant } from '../../policy/grant.ts';
import {
  emptyLedger,
  isPending,
  type Ledger,
  withEnd,
  withReservation,
} from '../../policy/ledger.ts';
import type { MarketFacts } from '../../policy/notional.ts';
import { usedOf } from '../../policy/used.ts';
import type { Journal } from '../records/journal.ts';
import { cameToNothing } from '../records/journal-entry.ts';
import { readable } from '../records/readable.ts';
import type { Seals } from '../records/seals.ts';
import { swap } from '../records/swap.ts';

/** What the journal knows of a request. `missing`: it was never written there. */
export type Fate = 'open' | 'spent' | 'returned' | 'missing';

/** What the end of a request in the journal says about its reservation. */
export function fateOf(request: Pick<RequestView, 'state' | 'outcome'> | undefined): Fate {
  if (request === undefined) return 'missing';
  if (request.state !== 'settled') return 'open';
  return cameToNothing(request.outcome) ? 'returned' : 'spent';
}

/** The same for one that may not be there. What does not open any more counts for as long as it can. */
export async function fateIn(journal: Pick<Journal, 'find'>, id: string): Promise<Fate> {
  try {
    return fateOf(await journal.find(id));
  } catch (error) {
    if (isAppError(error, 'VAULT_DAMAGED')) return 'open';
    throw error;
  }
}

export interface Grants {
  /** A site's grants and what is used of each by all that overlap, expired ones included; oldest first. @throws LOCKED */
  of(origin: string): Promise<Pick<SiteView, 'grants' | 'usage'>>;
  /** Without `id` a new one. @throws INVALID_INPUT naming the field of the terms, or `id` for another site's grant. */
  save(asked: {
    id?: string | undefined;
    origin: string;
    account: string;
    terms: GrantTerms;
  }): Promise<Grant>;
  /** The grant that was there, if there was one. */
  revoke(id: string): Promise<Grant | undefined>;
  /** A site was disconnected, or an account removed. */
  revokeAll(isMeant: (grant: Grant) => boolean): Promise<void>;
  /** Has everything at hand that decisions need. @throws LOCKED */
  ready(): Promise<void>;
  /** Decides, writing nothing. */
  decide(asked: Asked, facts: readonly MarketFacts[]): Promise<Decision>;
  /**
   * Decides, and reserves what is allowed under `id`, in one step that no other decision can come between. It is on disk when
   * the promise resolves.
   */
  reserve(id: string, asked: Asked, facts: readonly MarketFacts[]): Promise<Decision>;
  /** It is known what became of a request. */
  end(id: string, end: 'spent' | 'returned'): Promise<void>;
  /** Drops everything from memory, on lock. */
  forget(): void;
}

export interface GrantsDependencies {
  store: UseStore;
  seals: Seals;
  now: () => number;
  randomId: () => string;
  fate: (id: string) => Promise<Fate>;
  /** Tells the activity log: before a grant gives any power, and once it gives none any more. */
  record: (what: 'grant' | 'revoke', grant: Grant) => Promise<unknown>;
}

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

interface Kept {
  grant: Grant;
  ledger: Ledger;
  revision: number;
  /** As it stands on disk; `undefined`: it does not yet. */
  box: unknown;
}
type Known = Map<string, Kept>;

const PURPOSE = 'grant';
/** Each means that another worker wrote in between; there is hardly ever one. */
const ATTEMPTS = 5;

export function createGrants(deps: GrantsDependencies): Grants {
  const { store, seals, now } = deps;
  const serial = createQueue();
  let known: Promise<Known> | undefined;
  /** Reserved by this worker: while the journal does not have it, it is about to. */
  const own = new Set<string>();

  const open = async (id: string, box: unknown): Promise<Kept | undefined> => {
    const found = v.safeParse(record, await readable(seals.open(PURPOSE, id, box)));
    if (!found.success || found.output.grant.id !== id) return undefined;
    const { ledger, revision, grant: opened } = found.output;
    return { grant: opened, ledger, revision, box };
  };

  /** `false`, and nothing written, if another worker has written it since. */
  const write = async (all: Known, kept: Kept, change: Partial<Kept>): Promise<boolean> => {
    const next = { ...kept, ...change, revision: kept.revision + 1 };
    const { grant: terms, ledger, revision } = next;
    const { id } = terms;
    const box = await seals.seal(PURPOSE, id, { grant: terms, ledger, revision });
    const written = await swap(store, { key: id, was: kept.box, put: [[id, box]] });
    if (written) all.set(id, { ...next, box });
    return written;
  };

  /** What an earlier worker reserved and did not live to see the end of. */
  const recover = async (all: Known): Promise<void> => {
    for (const kept of [...all.values()]) {
      let { ledger } = kept;
      for (const { id } of ledger.recent.filter(({ state }) => state === 'pending')) {
        const fate = await deps.fate(id);
        if (fate === 'spent' || fate === 'returned') ledger = withEnd(ledger, id, fate);
        // Its worker died before the journal knew of it: it never left.
        if (fate === 'missing' && !own.has(id)) ledger = withEnd(ledger, id, 'returned');
      }
      if (ledger !== kept.ledger) await write(all, kept, { ledger });
    }
  };

  const load = async (): Promise<Known> => {
    const boxes = await allEntries<string, unknown>(store);
    const opened = await Promise.all(boxes.map(([id, box]) => open(id, box)));
    const kept = opened.filter((each) => each !== undefined);
    kept.sort((a, b) => a.grant.createdAt - b.grant.createdAt);
    const all: Known = new Map(kept.map((each) => [each.grant.id, each]));
    await recover(all);
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

  /** Does `work` on what is on disk; it says `undefined` if another worker was faster, and is done again. */
  const change = <T>(work: (all: Known) => Promise<T | undefined>): Promise<T> =>
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

  const given = (all: Known) => ({
    grants: [...all.values()].map((kept) => kept.grant),
    ledgers: new Map([...all.values()].map((kept) => [kept.grant.id, kept.ledger])),
    now: now(),
  });
  const decideOn = (all: Known, asked: Asked, facts: readonly MarketFacts[]): Decision =>
    decide({ ...given(all), asked, facts });

  const remove = async (all: Known, kept: Kept): Promise<boolean> => {
    const { id } = kept.grant;
    if (!(await swap(store, { key: id, was: kept.box, remove: [id] }))) return false;
    all.delete(id);
    await deps.record('revoke', kept.grant);
    return true;
  };

  return {
    async of(origin) {
      const all = given(await current());
      const grants = all.grants.filter((each) => each.origin === origin);
      return { grants, usage: grants.map((each) => ({ grant: each.id, ...usedOf(each, all) })) };
    },

    save: ({ id, origin, account, terms }) =>
      change(async (all) => {
        checkTerms(terms, now());
        const old = id === undefined ? undefined : all.get(id);
        const isItsOwn = old?.grant.origin === origin && old.grant.account === account;
        if (id !== undefined && !isItsOwn) throw invalid('id', 'unknown-key');
        const fresh: Grant = {
          ...terms,
          id: old?.grant.id ?? deps.randomId(),
          origin,
          account,
          createdAt: old?.grant.createdAt ?? now(),
        };
        const kept = old ?? { grant: fresh, ledger: emptyLedger, revision: 0, box: undefined };
        await deps.record('grant', fresh);
        return (await write(all, kept, { grant: fresh })) ? fresh : undefined;
      }),

    revoke: async (id) => {
      const { gone } = await change(async (all) => {
        const kept = all.get(id);
        if (kept === undefined) return { gone: undefined };
        return (await remove(all, kept)) ? { gone: kept.grant } : undefined;
      });
      return gone;
    },

    revokeAll: async (isMeant) => {
      await change(async (all) => {
        for (const kept of [...all.values()]) {
          if (isMeant(kept.grant) && !(await remove(all, kept))) return undefined;
        }
        return true;
      });
    },

    async ready() {
      await current();
    },

    decide: async (asked, facts) => decideOn(await current(), asked, facts),

    reserve: (id, asked, facts) =>
      change(async (all) => {
        const decision = decideOn(all, asked, facts);
        if (decision.verdict !== 'allow' || decision.notional === undefined) return decision;
        const kept = all.get(decision.grant ?? '');
        if (kept === undefined) throw new AppError('INTERNAL', undefined);
        const at = now();
        const { notional, count } = decision;
        const taken = { id, at, notional, ...(count === undefined ? {} : { count }) };
        const written = await write(all, kept, { ledger: withReservation(kept.ledger, taken, at) });
        if (written) own.add(id);
        return written ? decision : undefined;
      }),

    end: async (id, end) => {
      // Whoever knows its end has no more use for it: if this cannot be written now, the next one to look finds it.
      own.delete(id);
      await change(async (all) => {
        const kept = [...all.values()].find(({ ledger }) => isPending(ledger, id));
        if (kept === undefined) return true;
        const written = await write(all, kept, { ledger: withEnd(kept.ledger, id, end) });
        return written || undefined;
      });
    },

    forget() {
      known = undefined;
    },
  };
}
