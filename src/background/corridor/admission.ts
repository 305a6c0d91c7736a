import { listOf } from '../../core/canonical.ts';
import { invalid } from '../../core/errors.ts';
import type { Identity } from '../../exchange/client.ts';
import type { TwoFactor } from '../../messaging/requests.ts';
import type { Because, Caller } from '../../policy/decide.ts';
import type { Journal } from '../records/journal.ts';
import type { JournalEntry } from '../records/journal-entry.ts';
import type { Log } from '../records/log.ts';
import { sentEntry } from '../records/log-entries.ts';
import { clientIdKey } from './client-id.ts';
import { type ClientIds, clientIdPath } from './client-ids.ts';
import { type Decider, refused, type Weighed } from './decider.ts';
import type { Confirmation, PasswordCheck } from './password-check.ts';
import { needsPassword } from './prepare.ts';
import {
  assertDigest,
  type ChangingRequest,
  changingRequest,
  digestOf,
  type ValidRequest,
} from './request.ts';
import { assertCode } from './second-factor.ts';

/** An account to act for. */
export interface Actor {
  identity: Identity;
  label: string;
}

/** Who lets it through. */
export type By = 'person' | 'grant';

/** What a person confirmed: the very request, by its digest. */
export interface Confirmed {
  id: string;
  account: string;
  instruction: string;
  params: unknown;
  digest: string;
  /** For what cannot be taken back. */
  password?: string | undefined;
  /** For a withdrawal, once the exchange has asked for it. Used for this one try, kept nowhere. */
  twoFactor?: TwoFactor | undefined;
}

/** A person must be asked; `because` is a code for the approval's text. */
export interface MustAsk {
  verdict: 'ask';
  because: Because;
}

/** What may leave once it is written down. */
export interface Admitted {
  entry: JournalEntry;
  request: ChangingRequest;
  identity: Identity;
  confirmation: Confirmation | undefined;
  twoFactor: TwoFactor | undefined;
}

export interface AdmissionDependencies {
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  /** The market's own rules, before anything is recorded. @throws INVALID_INPUT naming the field. */
  checkRules: (request: ValidRequest) => Promise<void>;
  decider: Decider;
  /** Told of each decision before anything is signed. */
  log: Pick<Log, 'append'>;
  passwords: PasswordCheck;
  journal: Journal;
  clientIds: ClientIds;
  now: () => number;
}

export interface Admission {
  /** decide → ask. Nothing is written but what a grant reserves. @throws what keeps it from being sent, whoever says yes */
  admit(caller: Caller, confirmed: Confirmed, by: By): Promise<Admitted | MustAsk>;
  /**
   * Writes requests down, all or none, and then their decisions, both before anything is signed. `false` if one of the ids is
   * already there.
   */
  record(...entries: readonly JournalEntry[]): Promise<boolean>;
}

/** The first part of the corridor: decide → ask → journal. */
export function createAdmission(deps: AdmissionDependencies): Admission {
  const { journal, now } = deps;

  /** A person's consent is at hand, or a grant's is reserved under the request's id. */
  const decided = async (
    by: By,
    weighed: Weighed,
    id: string,
  ): Promise<JournalEntry['decision'] | MustAsk> => {
    const at = now();
    if (by === 'person') return { by, at };
    const reserved = await deps.decider.reserve(id, weighed);
    if (reserved.verdict === 'ask') return reserved;
    if (reserved.verdict === 'refuse' || reserved.grant === undefined) throw refused(reserved);
    return { by, grant: reserved.grant, at };
  };

  return {
    async admit(caller, confirmed, by) {
      const { id, account } = confirmed;
      const request = changingRequest(confirmed.instruction, confirmed.params);
      const { identity } = await deps.actor(account);
      const weighed = { caller, account, use: 'send', request } as const;
      const first = await deps.decider.decide(weighed);
      if (first.verdict === 'refuse') throw refused(first);
      const digest = await digestOf(account, request);
      assertDigest(confirmed.digest, digest);
      await deps.checkRules(request);
      assertFindable(request);
      const { scope } = request.entry;
      if (confirmed.twoFactor !== undefined && scope !== 'withdraw') {
        throw invalid('twoFactor', 'unknown-key');
      }
      const twoFactor = confirmed.twoFactor && assertCode(confirmed.twoFactor);
      const confirmation =
        by === 'person' && needsPassword(scope)
          ? await deps.passwords.confirm(digest, confirmed.password)
          : undefined;
      const decision = await decided(by, weighed, id);
      if ('verdict' in decision) return decision;
      const { instruction, params } = request;
      const origin = originOf(caller);
      const recordedAt = decision.at;
      const entry: JournalEntry = {
        ...{ id, account, origin, instruction, params, digest, decision, recordedAt },
        state: 'recorded',
      };
      return { entry, request, identity, confirmation, twoFactor };
    },

    async record(...entries) {
      try {
        if (!(await deps.clientIds.addOnce(...entries))) return false;
      } catch (error) {
        for (const { id, decision } of entries) {
          if (decision.by === 'grant') await deps.decider.release(id).catch(() => undefined);
        }
        throw error;
      }
      try {
        for (const entry of entries) await deps.log.append(sentEntry(entry));
      } catch (error) {
        // Its end gives back what was reserved.
        for (const entry of entries) {
          await journal.settle({ ...entry, outcome: 'notSent' }).catch(() => undefined);
        }
        throw error;
      }
      return true;
    },
  };
}

/** Without a client id a lost answer could not be found again. @throws INVALID_INPUT required */
function assertFindable({ entry, instruction, params }: ChangingRequest): void {
  if (entry.outcome !== 'byClientId') return;
  const key = clientIdKey(instruction);
  const lacking = listOf(params).findIndex((each) => each[key] === undefined);
  if (lacking >= 0) throw invalid(clientIdPath(params, lacking, key), 'required');
}

export const originOf = (caller: Caller): string =>
  caller.zone === 'wallet' ? 'buckle' : caller.origin;
