import { isAppError } from '../../core/errors.ts';
import type { RequestView } from '../../messaging/requests.ts';
import type { Journal } from './journal.ts';
import { cameToNothing } from './journal-entry.ts';

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
