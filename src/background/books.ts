import type { UseStore } from 'idb-keyval';
import type { RequestView } from '../messaging/requests.ts';
import type { StoreName } from '../platform/database.ts';
import { createJournal, type Journal } from './records/journal.ts';
import { createLog, type Log } from './records/log.ts';
import type { Seals } from './records/seals.ts';
import type { SessionMemory } from './session-memory.ts';

export interface BooksDependencies {
  store: (name: StoreName) => UseStore;
  vault: Seals;
  memory: SessionMemory;
  now: () => number;
  /** A request moved on in the journal. */
  moved: (request: RequestView) => void;
}

/** What was sent and what was decided. A part of its own: reads, and their signatures under a grant, are in neither. */
export interface Books {
  journal: Journal;
  log: Log;
}

export function createBooks({ store, vault: seals, memory, now, moved }: BooksDependencies): Books {
  return {
    journal: createJournal({ store: store('journal'), seals, now, moved }),
    log: createLog({ store: store('log'), seals, waiting: memory.value('log-waiting') }),
  };
}
