import { clear, keys, type UseStore } from 'idb-keyval';
import type { RequestView } from '../messaging/requests.ts';
import type { StoreName } from '../platform/database.ts';
import type { Vault } from '../vault/vault.ts';
import { createDrafts, type Drafts } from './records/drafts.ts';
import { fateIn, fateOf } from './records/fate.ts';
import { createJournal, type Journal } from './records/journal.ts';
import { createLog, type Log } from './records/log.ts';
import { grantEntry } from './records/log-entries.ts';
import { createSnapshots, type Snapshots } from './records/snapshots.ts';
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

/** What Buckle keeps on disk beside the vault. All of it is sealed but the list of sites. */
export interface Records {
  journal: Journal;
  log: Log;
  grants: Grants;
  snapshots: Snapshots;
  drafts: Drafts;
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
  const { store, vault: seals, now } = deps;
  const journal = createJournal({
    store: store('journal'),
    seals,
    now,
    moved: (request) => {
      deps.moved(request);
      const fate = request.origin === 'buckle' ? 'open' : fateOf(request);
      if (fate === 'spent' || fate === 'returned') grants.end(request.id, fate).catch(deps.report);
    },
  });
  const waiting = deps.memory.value('log-waiting');
  const log = createLog({ store: store('log'), seals, waiting });
  const grants = createGrants({
    store: store('grants'),
    seals,
    now,
    randomId: () => crypto.randomUUID(),
    fate: (id) => fateIn(journal, id),
    record: (what, grant) => log.append(grantEntry(what, grant, now())),
  });
  const snapshots = createSnapshots({ store: store('sealed'), seals, now });
  const drafts = createDrafts({ store: store('sealed'), seals });
  const siteList = createSiteList({ store: store('clear'), now });
  const siteRecords = createSiteRecords({ store: store('sealed'), seals, now });

  const forget = (): void => {
    for (const each of [snapshots, grants, log]) each.forget();
    siteRecords.forgetMemory();
  };
  return {
    ...{ journal, log, grants, snapshots, drafts, siteList, siteRecords, forget },
    async clearSealed() {
      forget();
      await Promise.all([waiting.remove(), ...SEALED.map((name) => clear(store(name)))]);
    },
  };
}
