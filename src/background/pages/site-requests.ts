import { jsonDigest } from '../../core/bytes.ts';
import { AppError, invalid, within } from '../../core/errors.ts';
import { instructions, isInstruction, isRead } from '../../exchange/instructions/index.ts';
import type { AnyPrepared, RequestView, TwoFactor } from '../../messaging/requests.ts';
import type { Connection, SiteGrant } from '../../messaging/site-contract.ts';
import { SiteRefusal } from '../../messaging/site-errors.ts';
import type { SiteOutcome } from '../../messaging/wire.ts';
import type { Grant, GrantTerms } from '../../policy/grant.ts';
import type { SiteRecords } from '../sites/site-records.ts';
import { signatureWindow } from './signature-window.ts';
import type { SignedRequest, SiteAnswer, SiteCorridor } from './site-corridor.ts';
import { isUnsettled, outcomeOf } from './site-outcome.ts';
import type { Question, Ticket, WaitingAsk } from './tickets.ts';

/** The account as pages may know it, and its id, which they may not. */
interface Account {
  id: string;
  apiKey: string;
  label: string;
}

export interface SiteRequestsDependencies {
  corridor: SiteCorridor;
  records: Pick<SiteRecords, 'of' | 'bind' | 'countRead'>;
  /** @throws LOCKED */
  accounts: () => Promise<readonly Account[]>;
  /** Has the account's signing key at hand. @throws LOCKED */
  actor: (account: string) => Promise<unknown>;
  /** Living grants of the site for that account. */
  grants: (origin: string, account: string) => Promise<readonly Grant[]>;
  saveGrant: (asked: { origin: string; account: string; terms: GrantTerms }) => Promise<unknown>;
  /** Takes back what the site was given before it was connected this time. */
  dropOldGrants: (origin: string) => Promise<void>;
}

/** What a call came to, and what is known of the request where one was sent. */
export interface End {
  outcome: SiteOutcome;
  view?: RequestView;
  /** The request whose end is still to come. */
  unsettled?: string;
}

/** What a person gives along with the decision. */
export interface Given {
  account?: string | undefined;
  terms?: GrantTerms | undefined;
  password?: string | undefined;
  twoFactor?: TwoFactor | undefined;
}

export interface SiteRequests {
  /** A call has come: begins to read what it stands on if the site is connected. Promises nothing. */
  expect(origin: string): void;
  /** What the site was given; `undefined` if no account is bound to it. @throws LOCKED */
  connection(origin: string): Promise<Connection | undefined>;
  /**
   * Does what needs no person, else says what a person must be asked. `beforeLeaving` runs before anything is sent that
   * changes something.
   * @throws SiteRefusal not-granted, account-removed; whatever the corridor throws: then nothing was changed
   */
  weigh(
    origin: string,
    ask: WaitingAsk,
    beforeLeaving: (question: Question) => Promise<void>,
  ): Promise<{ end: End } | { question: Question }>;
  /** Does what a person approved. @throws if it is certain that nothing was changed */
  carryOut(ticket: Ticket, question: Question, given: Given): Promise<End>;
}

const ok = (value: unknown): End => ({ outcome: { ok: true, value } });

/** Is it answered without a trace, and may it be asked again at will? */
export const isReading = (ask: WaitingAsk): boolean =>
  (ask.method === 'send' || ask.method === 'sign') && isRead(ask.params.instruction);

/** Turns a site's calls into requests of the corridor. The account is the one that the site is bound to, never the page's to say. */
export function createSiteRequests(deps: SiteRequestsDependencies): SiteRequests {
  const { corridor, records } = deps;

  const accountOf = async (origin: string): Promise<Account | 'none' | 'removed'> => {
    const [{ account }, accounts] = await Promise.all([records.of(origin), deps.accounts()]);
    if (account === undefined) return 'none';
    return accounts.find(({ id }) => id === account) ?? 'removed';
  };
  const boundTo = async (origin: string): Promise<string> => {
    const account = await accountOf(origin);
    if (account === 'none') throw new SiteRefusal('not-granted');
    if (account === 'removed') throw new SiteRefusal('account-removed');
    return account.id;
  };
  const connection = async (origin: string): Promise<Connection | undefined> => {
    const account = await accountOf(origin);
    if (typeof account === 'string') return undefined;
    const { id, apiKey, label } = account;
    const grants = await deps.grants(origin, id);
    return { account: { apiKey, label }, grants: grants.map(asSiteSees) };
  };

  /** Connected already, with all that it asks for: nobody needs to be asked again. */
  const weighConnect = async (origin: string, ask: Extract<WaitingAsk, { method: 'connect' }>) => {
    const { scopes, reason } = ask.params;
    const given = await connection(origin);
    const covers = scopes.every((scope) =>
      given?.grants.some((each) => each.scopes.includes(scope)),
    );
    if (given !== undefined && covers) return { end: ok(given) };
    const account = await accountOf(origin);
    const digest = await jsonDigest(['connect', origin, scopes, reason]);
    const bound = typeof account === 'string' ? {} : { account: account.id };
    return { question: { ...bound, requests: [], digest, because: 'connect' } };
  };

  const prepared = (origin: string, account: string, instruction: string, params: unknown) =>
    corridor.prepare(origin, { account, instruction, params });
  /** For a signature: a batch is asked for as such. */
  const onePrepared = async (
    ...[origin, account, instruction, params]: Parameters<typeof prepared>
  ) => {
    if (Array.isArray(params)) throw invalid('params', 'wrong-type');
    return prepared(origin, account, instruction, params);
  };
  const allPrepared = async (origin: string, account: string, orders: readonly unknown[]) => {
    const all: AnyPrepared[] = [];
    for (const [index, order] of orders.entries()) {
      all.push(
        await onePrepared(origin, account, 'orderExecute', order).catch(within(`orders.${index}`)),
      );
    }
    return all;
  };

  const weighSend = async (
    origin: string,
    ask: Extract<WaitingAsk, { method: 'send' }>,
    beforeLeaving: (question: Question) => Promise<void>,
  ) => {
    const account = await boundTo(origin);
    const { instruction, params } = ask.params;
    const request = await prepared(origin, account, instruction, params);
    const question = { account, requests: [request], digest: request.digest, because: '' };
    if (!isRead(instruction)) await beforeLeaving(question);
    const sent = await corridor.send(origin, request);
    return sent.verdict === 'ask'
      ? { question: { ...question, because: sent.because } }
      : { end: endOf(sent) };
  };

  const weighSign = async (
    origin: string,
    ask: Extract<WaitingAsk, { method: 'sign' | 'signBatch' }>,
  ) => {
    const account = await boundTo(origin);
    const requests =
      ask.method === 'sign'
        ? [await onePrepared(origin, account, ask.params.instruction, ask.params.params)]
        : await allPrepared(origin, account, ask.params.orders);
    const usual = Math.min(...requests.map((each) => each.window));
    const window = signatureWindow(requests.some(trades), ask.params.window, usual);
    const signed = await corridor.sign(origin, requests, {
      window,
      batch: ask.method === 'signBatch',
    });
    if (signed.verdict === 'signed') return { end: ok(asPageGets(signed.signed)) };
    const digests = requests.map(({ digest }) => digest);
    const digest = await jsonDigest([ask.method, origin, account, digests, window]);
    return { question: { account, requests, digest, window, because: signed.because } };
  };

  const weighSubscription = async (
    origin: string,
    ask: Extract<WaitingAsk, { method: 'signSubscription' }>,
  ) => {
    const account = await boundTo(origin);
    const digest = await jsonDigest([ask.method, origin, account, ask.params.streams]);
    return { question: { account, requests: [], digest, because: 'subscription' } };
  };

  const connect = async ({ origin }: Ticket, { account, terms }: Given): Promise<End> => {
    if (account === undefined) throw invalid('account', 'required');
    // The site stays bound to the account that it has: only once it was disconnected can it have another (R33). Looked at
    // now, since it may have got one after this was asked.
    const bound = await accountOf(origin);
    if (typeof bound === 'object' && bound.id !== account) throw invalid('account', 'conflict');
    if (!(await deps.accounts()).some(({ id }) => id === account)) {
      throw invalid('account', 'unknown-key');
    }
    // It begins anew: what is left of another time that it was let in gives it nothing.
    if (typeof bound === 'string') await deps.dropOldGrants(origin);
    // Powers that cannot be given keep the site from knowing the account as well. A worker that was stopped may have given them.
    const given = terms && (await deps.grants(origin, account)).some(hasTerms(terms));
    if (terms !== undefined && !given) await deps.saveGrant({ origin, account, terms });
    await records.bind(origin, account);
    return ok(await connection(origin));
  };

  const weigh: SiteRequests['weigh'] = async (origin, ask, beforeLeaving) => {
    switch (ask.method) {
      case 'connect':
        return weighConnect(origin, ask);
      case 'send':
        return weighSend(origin, ask, beforeLeaving);
      case 'sign':
      case 'signBatch':
        return weighSign(origin, ask);
      case 'signSubscription':
        return weighSubscription(origin, ask);
    }
  };

  return {
    expect(origin) {
      // Whoever needs it and cannot have it says so itself.
      boundTo(origin)
        .then((account) => deps.actor(account))
        .catch(() => undefined);
    },
    connection,
    async weigh(origin, ask, beforeLeaving) {
      const weighed = await weigh(origin, ask, beforeLeaving);
      // Nobody waits for it, and a lock meanwhile only means that it is not counted.
      if ('end' in weighed && isReading(ask)) records.countRead(origin).catch(() => undefined);
      return weighed;
    },
    async carryOut(ticket, question, given) {
      const { id, origin, ask } = ticket;
      const { requests, account = '', window } = question;
      const [first] = requests;
      switch (ask.method) {
        case 'connect':
          return connect(ticket, given);
        case 'send':
          if (first === undefined) throw new AppError('INTERNAL', undefined);
          return endOf(await corridor.sendApproved(origin, first, given));
        case 'sign':
        case 'signBatch': {
          const options = { window, batch: ask.method === 'signBatch', ticket: id };
          return ok(asPageGets(await corridor.signApproved(origin, requests, options)));
        }
        case 'signSubscription': {
          const { streams } = ask.params;
          return ok(
            await corridor.signSubscriptionApproved(origin, { account, streams, ticket: id }),
          );
        }
      }
    },
  };
}

function endOf({ view, answer }: SiteAnswer): End {
  if (view === undefined) return ok(answer ?? null);
  const unsettled = isUnsettled(view) ? { unsettled: view.id } : {};
  return { outcome: outcomeOf(view, answer), view, ...unsettled };
}

const asPageGets = ({ body, ...signed }: SignedRequest) => ({ ...signed, body: body ?? null });

const asSiteSees = ({ id: _, origin: __, account: ___, ...terms }: Grant): SiteGrant => terms;

const hasTerms = (terms: GrantTerms) => {
  const wanted = Object.entries(terms);
  return (grant: Grant): boolean => {
    const has = new Map<string, unknown>(Object.entries(grant));
    return wanted.every(([key, value]) => JSON.stringify(has.get(key)) === JSON.stringify(value));
  };
};

const trades = ({ instruction }: AnyPrepared): boolean =>
  !isInstruction(instruction) || instructions[instruction].scope !== 'read';
