import { canonicalRequest } from '../core/canonical.ts';
import { AppError, invalid, isAppError } from '../core/errors.ts';
import { createQueue } from '../core/queue.ts';
import { isCertainRefusal, isExpired, type RawAnswer, refusal } from '../exchange/answer.ts';
import type { Exchange, Identity, Stamped } from '../exchange/client.ts';
import type { Scope } from '../exchange/instructions/entry.ts';
import { instructions } from '../exchange/instructions/index.ts';
import type { Prepared, RequestView } from '../messaging/requests.ts';
import { type Caller, decide, withoutGrants } from '../policy/decide.ts';
import { type Journal, type JournalEntry, viewOf } from './journal.ts';
import { assertDigest, type ChangingRequest, changingRequest, digestOf } from './request.ts';
import { verdictOf } from './verdict.ts';

/** An account to act for. */
export interface Actor {
  identity: Identity;
  label: string;
}

export interface CorridorDependencies {
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  /** The market's own rules, before anything is recorded. @throws INVALID_INPUT naming the field. */
  checkRules: (request: ChangingRequest) => Promise<void>;
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
}

export interface Corridor {
  /** Validates and completes a request for the review. Signs and stores nothing. */
  prepare(asked: { account: string; instruction: string; params: unknown }): Promise<Prepared>;
  /** Is this request being sent by this very worker? Then it is nobody else's to settle. */
  isUnderWay(id: string): boolean;
  /** decide → ask → journal → stamp and sign → send → settle. One id is one request, however often it is asked. */
  send(caller: Caller, confirmed: Confirmed): Promise<RequestView>;
}

/**
 * The one way of everything that changes something, for a person and a site alike. Nothing is signed before its decision is
 * on disk, nothing leaves before the journal says so, and nothing that left is ever sent again.
 */
export function createCorridor(deps: CorridorDependencies): Corridor {
  const { journal, exchange, now } = deps;
  const underWay = new Map<string, { owner: string; sending: Promise<RequestView> }>();
  /** What this worker itself has recorded and not seen the end of. What it was only asked for again is not in here. */
  const own = new Set<string>();
  const serial = createQueue();

  const isOpen = async (account: string, clientId: unknown): Promise<boolean> =>
    (await journal.unsettled()).some(
      (entry) => entry.account === account && entry.params.clientId === clientId,
    );

  /** Orders carry a client id of ours unless the caller gave one: by it a lost answer is found again. */
  const withClientId = async (account: string, request: ChangingRequest) => {
    if (request.entry.outcome !== 'byClientId' || request.params.clientId !== undefined) {
      return request;
    }
    let clientId = deps.randomU32();
    while (await isOpen(account, clientId)) clientId = deps.randomU32();
    return { ...request, params: { ...request.params, clientId } };
  };

  /** One at a time, or two requests could each find the client id free. `false` if the id is already there. */
  const addOnce = async (entry: JournalEntry): Promise<boolean> => {
    const { clientId } = entry.params;
    const isNew = instructions[entry.instruction].outcome === 'byClientId';
    if (isNew && (await isOpen(entry.account, clientId))) {
      throw invalid('clientId', 'client-id-open');
    }
    return journal.add(entry);
  };

  const unknown = (entry: JournalEntry): JournalEntry => {
    deps.lost(entry);
    return entry;
  };

  /** From `sent` to its end, as far as the answer tells. */
  const judge = async (
    sent: JournalEntry,
    request: ChangingRequest,
    raw: RawAnswer,
  ): Promise<JournalEntry> => {
    const verdict = verdictOf(request, raw);
    const written = await journal.put({ ...sent, ...verdict });
    return verdict.state === 'unknown' || verdict.outcome === 'pending'
      ? unknown(written)
      : journal.settle(written);
  };

  /** Everything up to the moment of leaving. If it fails, the request is certain not to have left. */
  const stampAndWrite = async (
    recorded: JournalEntry,
    request: ChangingRequest,
    identity: Identity,
  ): Promise<{ stamped: Stamped; sent: JournalEntry }> => {
    try {
      const window = await deps.window();
      const stamped = await exchange.stamp(identity, { ...request, window }, 'wallet');
      const { timestamp } = stamped;
      return {
        stamped,
        sent: await journal.put({ ...recorded, state: 'sent', timestamp, window }),
      };
    } catch (error) {
      // If this cannot be written either, whoever finds the entry at the next unlock comes to the same end.
      await journal.settle({ ...recorded, outcome: 'notSent' }).catch(() => undefined);
      throw error;
    }
  };

  /** Sends what is stamped, once. `expired`: refused for certain, for its age alone. */
  const transmit = async (
    sent: JournalEntry,
    request: ChangingRequest,
    stamped: Stamped,
  ): Promise<JournalEntry | 'expired'> => {
    try {
      const raw = await exchange.transmit(stamped);
      if (isCertainRefusal(raw) && isExpired(refusal(raw))) return 'expired';
      return await judge(sent, request, raw);
    } catch (error) {
      // From here on no failure may look as if nothing had been sent: a cut connection, a lock, a full disk.
      const lost: JournalEntry = { ...sent, state: 'unknown' };
      if (isAppError(error, 'NETWORK')) await journal.put(lost).catch(() => undefined);
      return unknown(lost);
    }
  };

  const stampAndSend = async (
    recorded: JournalEntry,
    request: ChangingRequest,
    identity: Identity,
  ): Promise<JournalEntry> => {
    const first = await stampAndWrite(recorded, request, identity);
    const end = await transmit(first.sent, request, first.stamped);
    if (end !== 'expired') return end;
    // Stamped anew, once. This resends nothing that took effect.
    const offsetMs = await exchange.clock.refresh();
    const second = await stampAndWrite(recorded, request, identity);
    const last = await transmit(second.sent, request, second.stamped);
    if (last !== 'expired') return last;
    const error = { code: 'CLOCK_SKEW', data: { offsetMs } } as const;
    return journal.settle(
      await journal.put({ ...second.sent, state: 'refused', outcome: 'refused', error }),
    );
  };

  const pass = async (caller: Caller, confirmed: Confirmed): Promise<RequestView> => {
    const { account } = confirmed;
    const origin = originOf(caller);
    const known = await journal.find(confirmed.id);
    if (known !== undefined) return viewOf(ownEntry(known, origin, account));

    const request = changingRequest(confirmed.instruction, confirmed.params);
    const { identity } = await deps.actor(account);
    const { instruction, params } = request;
    const { scope } = request.entry;
    const asked = { caller, account, use: 'send', instruction, scope, params } as const;
    const decision = decide({ ...withoutGrants, asked, now: now() });
    // Only a person's own confirmation in Buckle's pages answers `ask`; a site's door has none to give yet.
    if (decision.verdict !== 'ask' || caller.zone !== 'wallet') {
      throw new AppError('UNAUTHORIZED', undefined);
    }
    const digest = await digestOf(account, request);
    assertDigest(confirmed.digest, digest);
    await deps.checkRules(request);
    if (request.entry.outcome === 'byClientId' && request.params.clientId === undefined) {
      throw invalid('clientId', 'required');
    }

    const at = now();
    const entry: JournalEntry = {
      id: confirmed.id,
      account,
      origin,
      instruction: request.instruction,
      params: request.params,
      digest,
      decision: { by: 'person', at },
      state: 'recorded',
      recordedAt: at,
    };
    own.add(entry.id);
    try {
      if (await serial(() => addOnce(entry))) {
        return viewOf(await stampAndSend(entry, request, identity));
      }
    } finally {
      own.delete(entry.id);
    }
    const other = await journal.find(confirmed.id);
    if (other === undefined) throw new AppError('INTERNAL', undefined);
    return viewOf(ownEntry(other, origin, account));
  };

  return {
    isUnderWay: (id) => own.has(id),
    async prepare({ account, instruction, params }) {
      const request = await withClientId(account, changingRequest(instruction, params));
      const { identity, label } = await deps.actor(account);
      await deps.checkRules(request);
      const { method, path } = request.entry;
      return {
        id: deps.randomId(),
        account,
        apiKey: identity.apiKey,
        label,
        instruction: request.instruction,
        method,
        path,
        params: request.params as Prepared['params'],
        window: await deps.window(),
        canonical: canonicalRequest(request.instruction, request.params),
        digest: await digestOf(account, request),
        phrase: withValues(request.entry.words(request.params)),
        needsPassword: needsPassword(request.entry.scope),
      };
    },
    send(caller, confirmed) {
      const owner = `${originOf(caller)} ${confirmed.account}`;
      const same = underWay.get(confirmed.id);
      if (same !== undefined) {
        if (same.owner !== owner) return Promise.reject(new AppError('UNAUTHORIZED', undefined));
        return same.sending;
      }
      const sending = pass(caller, confirmed).finally(() => underWay.delete(confirmed.id));
      underWay.set(confirmed.id, { owner, sending });
      return sending;
    },
  };
}

/** What cannot be taken back is confirmed with the password, each time. */
const needsPassword = (scope: Scope): boolean => scope === 'withdraw' || scope === 'account';

const withValues = ({ key, values }: { key: string; values: readonly string[] }) => ({
  key,
  values: [...values],
});

const originOf = (caller: Caller): string => (caller.zone === 'wallet' ? 'buckle' : caller.origin);

/** An id is known to whoever chose it; nobody else is told what became of it. @throws UNAUTHORIZED */
function ownEntry(entry: JournalEntry, origin: string, account: string): JournalEntry {
  if (entry.origin === origin && entry.account === account) return entry;
  throw new AppError('UNAUTHORIZED', undefined);
}
