import { clear, keys, type UseStore } from 'idb-keyval';
import type { RequestView } from '../messaging/requests.ts';
import type { StoreName } from '../platform/database.ts';
import type { Vault } from '../vault/vault.ts';
import type { Books } from './books.ts';
import { type Later, later } from './later.ts';
import { fateIn, fateOf } from './records/fate.ts';
import { grantEntry } from './records/log-entries.ts';
import type { SessionMemory } from './session-memory.ts';
import { createGrants, type Grants } from './sites/grants.ts';
import { createSiteList, type SiteLists } from './sites/site-list.ts';
import { createSiteRecords, type SiteRecords } from './sites/site-records.ts';

export interface RecordsDependencies {
  store: (name: StoreName) => UseStore;
  vault: Vault;
  memory: SessionMemory;
  now: () => number;
  /** A request moved on in the journal. */
  moved: (request: RequestView) => void;
  report: (error: unknown) => void;
}

/** What a page's call stands on, and the books. All of it is sealed but the list of sites. */
export interface Records {
  books: Later<Books>;
  grants: Grants;
  siteList: SiteLists;
  siteRecords: SiteRecords;
  /** The vault was locked: drops everything private from memory. */
  forget(): void;
  /** Deletes everything that a vault's keys have sealed. */
  clearSealed(): Promise<void>;
}

/** Where everything lies that a vault's keys have sealed. */
const SEALED = ['journal', 'sealed', 'grants', 'log'] as const;

/** Is anything there that only a vault's keys can have sealed? */
export async function anySealed(store: RecordsDependencies['store']): Promise<boolean> {
  const found = await Promise.all(SEALED.map((name) => keys(store(name))));
  return found.some(({ length }) => length > 0);
}

export function createRecords(deps: RecordsDependencies): Records {
  const { store, vault: seals, memory, now } = deps;
  const moved = (request: RequestView): void => {
    deps.moved(request);
    const fate = request.origin === 'buckle' ? 'open' : fateOf(request);
    if (fate === 'spent' || fate === 'returned') grants.end(request.id, fate).catch(deps.report);
  };
  const books = later(async () => {
    const { createBooks } = await import('./books.ts');
    return createBooks({ ...deps, moved });
  });
  const grants = createGrants({
    store: store('grants'),
    seals,
    now,
    randomId: () => crypto.randomUUID(),
    fate: async (id) => fateIn((await books.get()).journal, id),
    record: async (what, grant) => (await books.get()).log.append(grantEntry(what, grant, now())),
  });
  const siteList = createSiteList({ store: store('clear'), now });
  const siteRecords = createSiteRecords({ store: store('sealed'), seals, now });

  const forget = (): void => {
    grants.forget();
    siteRecords.forgetMemory();
    books.made()?.log.forget();
  };
  return {
    ...{ books, grants, siteList, siteRecords, forget },
    async clearSealed() {
      forget();
      await Promise.all([
        memory.remove('log-waiting'),
        ...SEALED.map((name) => clear(store(name))),
      ]);
    },
  };
}
