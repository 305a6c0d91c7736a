import { AppError, invalid, isAppError } from '../core/errors.ts';
import type { Exchange, Identity } from '../exchange/client.ts';
import { twoFactorOf } from '../exchange/two-factor.ts';
import type { RequestView, TwoFactor } from '../messaging/requests.ts';
import type { Because, Caller, Decision } from '../policy/decide.ts';
import { clientIdKey } from './client-id.ts';
import { createClientIds } from './client-ids.ts';
import type { Decider, Weighed } from './decider.ts';
import { createDispatch } from './dispatch.ts';
import { type Journal, type JournalEntry, viewOf } from './journal.ts';
import type { Log } from './log.ts';
import { sentEntry } from './log-entries.ts';
import type { Confirmation, PasswordCheck } from './password-check.ts';
import { createPrepare, needsPassword, type Prepare } from './prepare.ts';
import { assertDigest, changingRequest, digestOf, type ValidRequest } from './request.ts';
import { assertCode } from './second-factor.ts';

/** An account to act for. */
export interface Actor {
  identity: Identity;
  label: string;
}

export interface CorridorDependencies {
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  /** The market's own rules, before anything is recorded. @throws INVALID_INPUT naming the field. */
  checkRules: (request: ValidRequest) => Promise<void>;
  decider: Decider;
  /** Told of each decision before anything is signed. */
  log: Pick<Log, 'append'>;
  passwords: PasswordCheck;
  journal: Journal;
  exchange: Exchange;
  now: () => number;
  randomId: () => string;
  /** 0 to 2^32 - 1. */
  randomU32: () => number;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
  /** An outcome is missing: somebody must find it out. */
  lost: (entry: JournalEntry) => void;
}

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

/** What became of a request, and the exchange's decoded answer where this very call got one. */
export interface Sent {
  verdict: 'sent';
  view: RequestView;
  answer?: unknown;
}

export interface Corridor {
  prepare: Prepare;
  /** Is this request being sent by this very worker? Then it is nobody else's to settle. */
  isUnderWay(id: string): boolean;
  /**
   * decide → ask → journal → stamp and sign → send → settle. One id is one request, however often it is asked. By a person:
   * who confirmed it in one of Buckle's own pages. By a grant: if there is one for it, else a person must be asked.
   */
  pass(caller: Caller, confirmed: Confirmed, by: By): Promise<Sent | MustAsk>;
  /** The same for what a person confirmed: what is known of it. */
  send(caller: Caller, confirmed: Confirmed): Promise<RequestView>;
}

/** Who lets it through. */
export type By = 'person' | 'grant';

/**
 * The one way of everything that changes something, for a person and a site alike. Nothing is signed before its decision is
 * on disk, nothing leaves before the journal says so, and nothing that left is ever sent again.
 */
export function createCorridor(deps: CorridorDependencies): Corridor {
  const { journal, now } = deps;
  const dispatch = createDispatch(deps);
  const clientIds = createClientIds(deps);
  const underWay = new Map<string, { owner: string; sending: Promise<Sent | MustAsk> }>();
  /** What this worker itself has recorded and not seen the end of. What it was only asked for again is not in here. */
  const own = new Set<string>();

  /** Refused for want of a second factor: the very same request may come again, and the password need not. */
  const keepConfirmation = async (
    { error }: JournalEntry,
    confirmation: Confirmation | undefined,
  ): Promise<void> => {
    if (confirmation === undefined) return;
    if (error && twoFactorOf(error)) await deps.passwords.remember(confirmation);
    else await deps.passwords.forget(confirmation.digest);
  };

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

  /** Writes a request down, and then its decision, both before anything is signed. `false` if the id is already there. */
  const record = async (entry: JournalEntry): Promise<boolean> => {
    const isGranted = entry.decision.by === 'grant';
    try {
      if (!(await clientIds.addOnce(entry))) return false;
    } catch (error) {
      if (isGranted) await deps.decider.release(entry.id).catch(() => undefined);
      throw error;
    }
    try {
      await deps.log.append(sentEntry(entry));
    } catch (error) {
      // Its end gives back what was reserved.
      await journal.settle({ ...entry, outcome: 'notSent' }).catch(() => undefined);
      throw error;
    }
    return true;
  };

  const pass = async (caller: Caller, confirmed: Confirmed, by: By): Promise<Sent | MustAsk> => {
    const { id, account } = confirmed;
    const origin = originOf(caller);
    const known = await journal.find(id).catch(unreadable);
    if (known !== undefined) return sent(ownEntry(known, origin, account));

    const request = changingRequest(confirmed.instruction, confirmed.params);
    const { identity } = await deps.actor(account);
    const weighed = { caller, account, use: 'send', request } as const;
    const first = await deps.decider.decide(weighed);
    if (first.verdict === 'refuse') throw refused(first);
    const digest = await digestOf(account, request);
    assertDigest(confirmed.digest, digest);
    await deps.checkRules(request);
    const { scope, outcome } = request.entry;
    const key = clientIdKey(request.instruction);
    if (outcome === 'byClientId' && request.params[key] === undefined) {
      throw invalid(key, 'required');
    }

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
    const recordedAt = decision.at;
    const entry: JournalEntry = {
      ...{ id, account, origin, instruction, params, digest, decision, recordedAt },
      state: 'recorded',
    };
    own.add(id);
    try {
      if (await record(entry)) {
        const asker = caller.zone === 'wallet' ? 'wallet' : 'site';
        let answer: unknown;
        const answered = (decoded: unknown): void => {
          answer = decoded;
        };
        const ended = await dispatch(entry, { request, identity, asker, answered }, twoFactor);
        // Only a convenience: that it fails says nothing about the request.
        await keepConfirmation(ended, confirmation).catch(() => undefined);
        return { ...sent(ended), ...(answer === undefined ? {} : { answer }) };
      }
    } finally {
      own.delete(id);
    }
    const other = await journal.find(id).catch(unreadable);
    if (other === undefined) throw new AppError('INTERNAL', undefined);
    return sent(ownEntry(other, origin, account));
  };

  const once: Corridor['pass'] = async (caller, confirmed, by) => {
    const owner = `${originOf(caller)} ${confirmed.account}`;
    const same = underWay.get(confirmed.id);
    if (same !== undefined) {
      if (same.owner !== owner) throw new AppError('UNAUTHORIZED', undefined);
      const done = await same.sending;
      // It was still being weighed without a person, who has confirmed it meanwhile.
      return done.verdict === 'ask' && by === 'person' ? once(caller, confirmed, by) : done;
    }
    const sending = pass(caller, confirmed, by).finally(() => underWay.delete(confirmed.id));
    underWay.set(confirmed.id, { owner, sending });
    return sending;
  };

  return {
    isUnderWay: (id) => own.has(id),
    prepare: createPrepare({ ...deps, clientIds }),
    pass: once,
    async send(caller, confirmed) {
      const done = await once(caller, confirmed, 'person');
      if (done.verdict === 'ask') throw new AppError('INTERNAL', undefined);
      return done.view;
    },
  };
}

const sent = (entry: JournalEntry): Sent => ({ verdict: 'sent', view: viewOf(entry) });

/** Nobody can say what became of it, so no error may sound as if it had not been sent. */
function unreadable(error: unknown): never {
  throw isAppError(error, 'VAULT_DAMAGED') ? new AppError('INTERNAL', undefined) : error;
}

/** What `decide` refuses outright, as its caller is told. */
export const refused = (decision: Decision): AppError =>
  decision.verdict === 'refuse' && decision.reason === 'send-only'
    ? new AppError('UNSUPPORTED', { method: 'sign' })
    : new AppError('UNAUTHORIZED', undefined);

const originOf = (caller: Caller): string => (caller.zone === 'wallet' ? 'buckle' : caller.origin);

/** An id is known to whoever chose it; nobody else is told what became of it. @throws UNAUTHORIZED */
function ownEntry(entry: JournalEntry, origin: string, account: string): JournalEntry {
  if (entry.origin === origin && entry.account === account) return entry;
  throw new AppError('UNAUTHORIZED', undefined);
}
