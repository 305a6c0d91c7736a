import { invalid } from '../core/errors.ts';
import { createQueue } from '../core/queue.ts';
import { instructions } from '../exchange/instructions/index.ts';
import { clientIdKey } from './client-id.ts';
import { type Journal, type JournalEntry, KEPT } from './journal.ts';
import type { ValidRequest } from './request.ts';

export interface ClientIds {
  /** Orders and withdrawals carry a client id of ours unless the caller gave one: by it a lost answer is found again. */
  complete<R extends ValidRequest>(account: string, request: R): Promise<R>;
  /**
   * Writes a new entry to the journal, one at a time, or two requests could each find a client id free. `false` if the entry's
   * own id is already there.
   * @throws INVALID_INPUT client-id-open
   */
  addOnce(entry: JournalEntry): Promise<boolean>;
}

export interface ClientIdDependencies {
  journal: Journal;
  randomId: () => string;
  /** 0 to 2^32 - 1. */
  randomU32: () => number;
}

/** Keeps every client id to one request. */
export function createClientIds({ journal, randomId, randomU32 }: ClientIdDependencies): ClientIds {
  const serial = createQueue();

  const isOpen = async (account: string, key: string, clientId: unknown): Promise<boolean> =>
    (await journal.unsettled()).some(
      (entry) => entry.account === account && entry.params[key] === clientId,
    );

  /** Has a withdrawal of that reference been made, or may it have been? Only one that is certain not to be may come again. */
  const mayBeMade = async ({ account, params }: JournalEntry): Promise<boolean> =>
    (await journal.recent(KEPT)).some(
      (entry) =>
        entry.account === account &&
        entry.instruction === 'withdraw' &&
        entry.params.clientId === params.clientId &&
        !(entry.outcome !== undefined && NOT_MADE.has(entry.outcome)),
    );

  const addFree = async (entry: JournalEntry): Promise<boolean> => {
    const key = clientIdKey(entry.instruction);
    const isNew = instructions[entry.instruction].outcome === 'byClientId';
    if (isNew && (await isOpen(entry.account, key, entry.params[key]))) {
      throw invalid(key, 'client-id-open');
    }
    if (entry.instruction === 'withdraw' && (await mayBeMade(entry))) {
      throw invalid('clientId', 'client-id-open');
    }
    return journal.add(entry);
  };

  return {
    async complete(account, request) {
      const key = clientIdKey(request.instruction);
      if (request.entry.outcome !== 'byClientId' || request.params[key] !== undefined) {
        return request;
      }
      const isText = request.instruction === 'withdraw';
      let clientId: string | number = isText ? `buckle-${randomId()}` : randomU32();
      while (!isText && (await isOpen(account, key, clientId))) clientId = randomU32();
      return { ...request, params: { ...request.params, [key]: clientId } };
    },
    addOnce: (entry) => serial(() => addFree(entry)),
  };
}

/** Ends by which it is certain that nothing was made. */
const NOT_MADE: ReadonlySet<string> = new Set(['refused', 'notSent', 'absent']);
