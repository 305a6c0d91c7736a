import * as v from 'valibot';
import { canonicalRequest, type Params } from '../core/canonical.ts';
import { AppError, invalid, isAppError, toWireError } from '../core/errors.ts';
import {
  isCertainRefusal,
  isExpired,
  parsedContent,
  type RawAnswer,
  refusal,
} from '../exchange/answer.ts';
import type { Exchange, Identity, Stamped } from '../exchange/client.ts';
import { instructions } from '../exchange/instructions/index.ts';
import { type Order, order, orders } from '../exchange/types.ts';
import type { Prepared, RequestView } from '../messaging/contract.ts';
import { type Caller, decide, type Grant } from '../policy/decide.ts';
import { createQueue } from '../vault/queue.ts';
import { type Journal, type JournalEntry, orderFacts, viewOf } from './journal.ts';
import { isAsked, isNamed } from './outcome.ts';
import { assertDigest, type ChangingRequest, changingRequest, digestOf } from './request.ts';

/** An account to act for. */
export interface Actor {
  identity: Identity;
  label: string;
}

export interface CorridorDependencies {
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  grants: (origin: string) => Promise<readonly Grant[]>;
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
  /** An entry moved on. */
  moved: (view: RequestView) => void;
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
  const underWay = new Map<string, Promise<RequestView>>();
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

  const write = async (entry: JournalEntry): Promise<JournalEntry> => {
    await journal.put(entry);
    deps.moved(viewOf(entry));
    return entry;
  };
  const settle = (entry: JournalEntry): Promise<JournalEntry> =>
    write({ ...entry, state: 'settled', settledAt: now() });

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
    const written = await write({ ...sent, ...verdict });
    return verdict.state === 'unknown' || verdict.outcome === 'pending'
      ? unknown(written)
      : settle(written);
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
      return { stamped, sent: await write({ ...recorded, state: 'sent', timestamp, window }) };
    } catch (error) {
      // If this cannot be written either, whoever finds the entry at the next unlock comes to the same end.
      await settle({ ...recorded, outcome: 'notSent' }).catch(() => undefined);
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
      if (isAppError(error, 'NETWORK')) await write(lost).catch(() => undefined);
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
    return settle(await write({ ...second.sent, state: 'refused', outcome: 'refused', error }));
  };

  const pass = async (caller: Caller, confirmed: Confirmed): Promise<RequestView> => {
    const known = await journal.find(confirmed.id);
    if (known !== undefined) return viewOf(known);

    const { account } = confirmed;
    const request = changingRequest(confirmed.instruction, confirmed.params);
    const { identity } = await deps.actor(account);
    const origin = caller.zone === 'wallet' ? 'buckle' : caller.origin;
    const decision = decide(
      await deps.grants(origin),
      { caller, account, scope: request.entry.scope },
      now(),
    );
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
    if (!(await serial(() => addOnce(entry)))) {
      const other = await journal.find(confirmed.id);
      if (other === undefined) throw new AppError('INTERNAL', undefined);
      return viewOf(other);
    }
    deps.moved(viewOf(entry));
    return viewOf(await stampAndSend(entry, request, identity));
  };

  return {
    isUnderWay: (id) => underWay.has(id),
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
      };
    },
    send(caller, confirmed) {
      const same = underWay.get(confirmed.id);
      if (same !== undefined) return same;
      const sending = pass(caller, confirmed).finally(() => underWay.delete(confirmed.id));
      underWay.set(confirmed.id, sending);
      return sending;
    },
  };
}

const withValues = ({ key, values }: { key: string; values: readonly string[] }) => ({
  key,
  values: [...values],
});

/** What the exchange's answer proves about the request. */
function verdictOf(request: ChangingRequest, raw: RawAnswer): Partial<JournalEntry> {
  if (isCertainRefusal(raw)) {
    return { state: 'refused', outcome: 'refused', error: toWireError(refusal(raw)) };
  }
  const content = parsedContent(raw);
  const answer = v.safeParse(request.entry.answer, content);
  const isOk = raw.status >= 200 && raw.status <= 299;
  // Nothing at all may be an answer; words that are not JSON are somebody else's.
  const isReadable = content !== undefined || raw.text === '';
  if (!isOk || !isReadable || !answer.success) return { state: 'unknown' };
  // 202, and an answer without a body: taken, not known to be done.
  if (raw.status === 202 || answer.output === undefined) {
    return { state: 'answered', outcome: 'pending' };
  }
  if (!isAnswerTo(request, answer.output)) return { state: 'unknown' };
  const found = v.safeParse(order, answer.output);
  return {
    state: 'answered',
    outcome: request.entry.outcome === 'byClientId' ? 'placed' : 'done',
    ...(found.success ? orderFacts(found.output) : {}),
  };
}

/** Does the answer speak of the very order, or the market, that was asked about? Else it proves nothing about the request. */
function isAnswerTo({ instruction, params }: ChangingRequest, content: unknown): boolean {
  const list = v.safeParse(orders, Array.isArray(content) ? content : [content]);
  if (!list.success) return false;
  const matches = {
    orderExecute: isAsked,
    orderCancel: isNamed,
    orderCancelAll: isIn,
  }[instruction];
  return list.output.every((each) => matches(params, each));
}

const isIn = ({ symbol }: Params, each: Order): boolean => each.symbol === symbol;
