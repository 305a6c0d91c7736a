import { isList, listOf, type RequestParams } from '../../core/canonical.ts';
import { invalid } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';
import { instructions } from '../../exchange/instructions/index.ts';
import { type Journal, KEPT } from '../records/journal.ts';
import { cameToNothing, type JournalEntry } from '../records/journal-entry.ts';
import { clientIdKey } from './client-id.ts';
import type { ValidRequest } from './request.ts';

export interface ClientIds {
  /**
   * Orders and withdrawals carry a client id of ours unless the caller gave one, each order of a batch its own: by it a lost
   * answer is found again.
   */
  complete<R extends ValidRequest>(account: string, request: R): Promise<R>;
  /**
   * Writes new entries to the journal, all or none, one writing at a time, or two requests could each find a client id free.
   * `false` if one of the entries' own ids is already there.
   * @throws INVALID_INPUT client-id-open
   */
  addOnce(...entries: readonly JournalEntry[]): Promise<boolean>;
}

export interface ClientIdDependencies {
  journal: Journal;
  randomId: () => string;
  /** 0 to 2^32 - 1. */
  randomU32: () => number;
}

type Key = ReturnType<typeof clientIdKey>;

/** Where the client id of that order stands: a batch's orders are told apart by their number. */
export const clientIdPath = (params: RequestParams, index: number, key: Key): string =>
  isList(params) ? `params.${index}.${key}` : key;

/** Keeps every client id to one request. */
export function createClientIds({ journal, randomId, randomU32 }: ClientIdDependencies): ClientIds {
  const serial = createQueue();

  const openIds = async (account: string, key: Key): Promise<ReadonlySet<unknown>> =>
    new Set(
      (await journal.unsettled())
        .filter((entry) => entry.account === account)
        .flatMap(({ params }) => listOf(params).map((each) => each[key])),
    );

  /** Has a withdrawal of that reference been made, or may it have been? Only one that is certain not to be may come again. */
  const mayBeMade = async (account: string, clientId: unknown): Promise<boolean> =>
    (await journal.recent(KEPT)).some(
      (entry) =>
        entry.account === account &&
        entry.instruction === 'withdraw' &&
        listOf(entry.params).some((each) => each.clientId === clientId) &&
        !cameToNothing(entry.outcome),
    );

  const assertFree = async ({ account, instruction, params }: JournalEntry): Promise<void> => {
    if (instructions[instruction].outcome !== 'byClientId') return;
    const key = clientIdKey(instruction);
    const open = await openIds(account, key);
    for (const [index, each] of listOf(params).entries()) {
      const isTaken =
        open.has(each[key]) ||
        (instruction === 'withdraw' && (await mayBeMade(account, each.clientId)));
      if (isTaken) throw invalid(clientIdPath(params, index, key), 'client-id-open');
    }
  };

  return {
    async complete(account, request) {
      const { params, instruction } = request;
      const key = clientIdKey(instruction);
      const lacks = (each: { [key in Key]?: unknown }): boolean => each[key] === undefined;
      if (request.entry.outcome !== 'byClientId' || !listOf(params).some(lacks)) return request;
      const isText = instruction === 'withdraw';
      const given = listOf(params).map((each) => each[key]);
      const taken = new Set(isText ? [] : [...given, ...(await openIds(account, key))]);
      const fresh = (): string | number => {
        if (isText) return `buckle-${randomId()}`;
        let clientId = randomU32();
        while (taken.has(clientId)) clientId = randomU32();
        taken.add(clientId);
        return clientId;
      };
      const completed = listOf(params).map((each) =>
        lacks(each) ? { ...each, [key]: fresh() } : each,
      );
      const [only] = completed;
      return { ...request, params: isList(params) ? completed : (only ?? params) };
    },
    addOnce: (...entries) =>
      serial(async () => {
        for (const entry of entries) await assertFree(entry);
        return journal.add(...entries);
      }),
  };
}
