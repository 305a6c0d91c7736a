import { canonicalRequest } from '../core/canonical.ts';
import { AppError, invalid } from '../core/errors.ts';
import { createQueue } from '../core/queue.ts';
import type { Exchange, Identity } from '../exchange/client.ts';
import type { Scope } from '../exchange/instructions/entry.ts';
import { instructions } from '../exchange/instructions/index.ts';
import { twoFactorOf } from '../exchange/two-factor.ts';
import type { Prepared, RequestView, TwoFactor } from '../messaging/requests.ts';
import { type Caller, decide, withoutGrants } from '../policy/decide.ts';
import { clientIdKey } from './client-id.ts';
import { createDispatch } from './dispatch.ts';
import { type Journal, type JournalEntry, KEPT, viewOf } from './journal.ts';
import type { Confirmation, PasswordCheck } from './password-check.ts';
import { assertDigest, type ChangingRequest, changingRequest, digestOf } from './request.ts';
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
  checkRules: (request: ChangingRequest) => Promise<void>;
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
  const { journal, now } = deps;
  const dispatch = createDispatch(deps);
  const underWay = new Map<string, { owner: string; sending: Promise<RequestView> }>();
  /** What this worker itself has recorded and not seen the end of. What it was only asked for again is not in here. */
  const own = new Set<string>();
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

  const ownReference = (): string => `buckle-${deps.randomId()}`;

  /** Orders carry a client id of ours unless the caller gave one: by it a lost answer is found again. */
  const withClientId = async (account: string, request: ChangingRequest) => {
    const key = clientIdKey(request.instruction);
    if (request.entry.outcome !== 'byClientId' || request.params[key] !== undefined) {
      return request;
    }
    const isText = request.instruction === 'withdraw';
    if (isText) return { ...request, params: { ...request.params, clientId: ownReference() } };
    let clientId = deps.randomU32();
    while (await isOpen(account, key, clientId)) clientId = deps.randomU32();
    return { ...request, params: { ...request.params, [key]: clientId } };
  };

  /** One at a time, or two requests could each find the client id free. `false` if the id is already there. */
  const addOnce = async (entry: JournalEntry): Promise<boolean> => {
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

  /** Refused for want of a second factor: the very same request may come again, and the password need not. */
  const keepConfirmation = async (
    { error }: JournalEntry,
    confirmation: Confirmation | undefined,
  ): Promise<void> => {
    if (confirmation === undefined) return;
    if (error && twoFactorOf(error)) await deps.passwords.remember(confirmation);
    else await deps.passwords.forget(confirmation.digest);
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
    const key = clientIdKey(instruction);
    if (request.entry.outcome === 'byClientId' && params[key] === undefined) {
      throw invalid(key, 'required');
    }

    if (confirmed.twoFactor !== undefined && scope !== 'withdraw') {
      throw invalid('twoFactor', 'unknown-key');
    }
    const twoFactor = confirmed.twoFactor && assertCode(confirmed.twoFactor);
    const confirmation = needsPassword(scope)
      ? await deps.passwords.confirm(digest, confirmed.password)
      : undefined;

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
        const ended = await dispatch(entry, { request, identity }, twoFactor);
        // Only a convenience: that it fails says nothing about the request.
        await keepConfirmation(ended, confirmation).catch(() => undefined);
        return viewOf(ended);
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

/** Ends by which it is certain that nothing was made. */
const NOT_MADE: ReadonlySet<string> = new Set(['refused', 'notSent', 'absent']);

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
