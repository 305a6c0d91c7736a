import type { UseStore } from 'idb-keyval';
import { AppError, invalid } from '../../core/errors.ts';
import type { SiteView } from '../../messaging/sites.ts';
import { type Asked, type Decision, decide } from '../../policy/decide.ts';
import { checkTerms, type Grant, type GrantTerms } from '../../policy/grant.ts';
import { emptyLedger, isPending, withEnd, withReservation } from '../../policy/ledger.ts';
import type { MarketFacts } from '../../policy/notional.ts';
import { usedOf } from '../../policy/used.ts';
import type { Fate } from '../records/fate.ts';
import type { Seals } from '../records/seals.ts';
import { createGrantStore, type Kept, type Known } from './grant-store.ts';

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

export function createGrants(deps: GrantsDependencies): Grants {
  const { store, seals, now } = deps;
  /** Reserved by this worker: while the journal does not have it, it is about to. */
  const own = new Set<string>();

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
      if (ledger !== kept.ledger) await disk.write(all, kept, { ledger });
    }
  };
  const disk = createGrantStore({ store, seals, takenUp: recover });
  const { current, change, write, forget } = disk;

  const given = (all: Known) => ({
    grants: [...all.values()].map((kept) => kept.grant),
    ledgers: new Map([...all.values()].map((kept) => [kept.grant.id, kept.ledger])),
    now: now(),
  });
  const decideOn = (all: Known, asked: Asked, facts: readonly MarketFacts[]): Decision =>
    decide({ ...given(all), asked, facts });

  const remove = async (all: Known, kept: Kept): Promise<boolean> => {
    if (!(await disk.remove(all, kept))) return false;
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

    forget,
  };
}
