import { isList } from '../../core/canonical.ts';
import { AppError, invalid } from '../../core/errors.ts';
import type { Exchange, StreamSignature } from '../../exchange/client.ts';
import { isRead } from '../../exchange/instructions/index.ts';
import type { AnyPrepared, RequestView, TwoFactor } from '../../messaging/requests.ts';
import type { Actor, By, MustAsk } from '../corridor/admission.ts';
import type { Corridor } from '../corridor/corridor.ts';
import { type Decider, refused, type Weighed } from '../corridor/decider.ts';
import type { Wish } from '../corridor/prepare.ts';
import { anyRequest, assertDigest, digestOf, type ValidRequest } from '../corridor/request.ts';
import type { Log } from '../records/log.ts';
import { signedEntry } from '../records/log-entries.ts';
import { LONGEST_SIGNATURE_MS, signatureWindow } from './signature-window.ts';

/** What became of a request, and the exchange's decoded answer where there was one. A read has no view. */
export interface SiteAnswer {
  view?: RequestView;
  answer?: unknown;
}

/** A signed request that the site sends itself. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** What the site sends over its own WebSocket. */
export interface SubscribeFrame {
  method: 'SUBSCRIBE';
  params: readonly string[];
  /** API key, signature, timestamp, window. */
  signature: StreamSignature;
}

/** How a signature is handed out. */
export interface SignOptions {
  /** Validity in ms; where anything of it trades, 5000 at most. */
  window?: number | undefined;
  /** As one request with a list, `signBatch`; its body is a list even for one order. */
  batch?: boolean;
}

/**
 * The corridor as a site's calls pass through it. Every call names the origin that the browser recorded. The functions
 * `…Approved` are for what a person has approved in Buckle's own page, and for nothing else; the others decide by grants alone.
 * All @throw UNAUTHORIZED for a site that is not connected, or not for that account, and for what no site may ask;
 * UNSUPPORTED for what only `send` can do; LOCKED; INVALID_INPUT naming the field; EXCHANGE, NETWORK and so on for reads.
 */
export interface SiteCorridor {
  /** Validates and completes a request, reads included. Signs and stores nothing. */
  prepare(origin: string, asked: Wish): Promise<AnyPrepared>;
  /** Sends it if a grant lets it through: a read, or what changes something, which is reserved in the ledger first. */
  send(
    origin: string,
    prepared: AnyPrepared,
  ): Promise<({ verdict: 'sent' } & SiteAnswer) | MustAsk>;
  /** Sends what a person approved. Its refusal for want of a second factor is in the view's `error`. */
  sendApproved(
    origin: string,
    prepared: AnyPrepared,
    given: { password?: string | undefined; twoFactor?: TwoFactor | undefined },
  ): Promise<SiteAnswer>;
  /** Signs it if a grant lets it through, which only a read can be. */
  sign(
    origin: string,
    requests: readonly AnyPrepared[],
    options: SignOptions,
  ): Promise<{ verdict: 'signed'; signed: SignedRequest } | MustAsk>;
  /** `ticket`: names the approval in the activity log. */
  signApproved(
    origin: string,
    requests: readonly AnyPrepared[],
    options: SignOptions & { ticket: string },
  ): Promise<SignedRequest>;
  /** Always asked before. Stream names are not signed. */
  signSubscriptionApproved(
    origin: string,
    asked: { account: string; streams: readonly string[]; ticket: string },
  ): Promise<SubscribeFrame>;
}

export interface SiteCorridorDependencies {
  corridor: Pick<Corridor, 'prepare' | 'pass'>;
  decider: Decider;
  log: Pick<Log, 'append'>;
  exchange: Pick<Exchange, 'read' | 'stamp' | 'signStreams'>;
  /** @throws LOCKED, or INVALID_INPUT if there is no such account. */
  actor: (account: string) => Promise<Actor>;
  /** Validity of a request in ms. */
  window: () => Promise<number>;
  now: () => number;
}

/** What a site may have done: sent by the corridor, or signed for it to send. */
export function createSiteCorridor(deps: SiteCorridorDependencies): SiteCorridor {
  const { corridor, decider, log, exchange, actor, now } = deps;

  /** `undefined`: it may go through unasked. @throws what is refused whoever says yes */
  const mustAsk = async (origin: string, weighed: Omit<Weighed, 'caller'>) => {
    const decision = await decider.decide({ ...weighed, caller: { zone: 'page', origin } });
    if (decision.verdict === 'refuse') throw refused(decision);
    return decision.verdict === 'ask' ? decision : undefined;
  };

  const read = async (origin: string, prepared: AnyPrepared, by: By): Promise<Done> => {
    const { account, instruction } = prepared;
    const request = await unchanged(prepared);
    const { params } = request;
    if (!isRead(instruction) || isList(params)) throw invalid('instruction', 'unknown-key');
    const { identity } = await actor(account);
    const ask = await mustAsk(origin, { account, use: 'send', request });
    if (by === 'grant' && ask !== undefined) return ask;
    const options = { window: await deps.window(), asker: 'site' } as const;
    const { answer } = await exchange.read(identity, instruction, params, options);
    return { verdict: 'sent', answer };
  };

  const send = (
    origin: string,
    prepared: AnyPrepared,
    by: By,
    given: Given = {},
  ): Promise<Done> => {
    if (isRead(prepared.instruction)) return read(origin, prepared, by);
    const { id, account, instruction, params, digest } = prepared;
    // Nothing else of what a caller may have put into it: it would take the place of what was decided on.
    const { password, twoFactor } = given;
    const confirmed = { id, account, instruction, params, digest, password, twoFactor };
    return corridor.pass({ zone: 'page', origin }, confirmed, by);
  };

  /** Without a ticket nobody was asked. */
  const sign = async (
    origin: string,
    requests: readonly AnyPrepared[],
    { batch = false, window: asked, ticket }: SignOptions & { ticket?: string },
  ): Promise<{ verdict: 'signed'; signed: SignedRequest } | MustAsk> => {
    const valid = await Promise.all(requests.map(unchanged));
    const { account, first, list } = together(requests, valid, batch);
    const { identity } = await actor(account);
    for (const request of valid) {
      const ask = await mustAsk(origin, { account, use: 'sign', request });
      if (ticket === undefined && ask !== undefined) return ask;
    }
    const window = signatureWindow(valid.some(trades), asked, await deps.window());
    if (ticket !== undefined) {
      const what = batch ? 'signBatch' : 'sign';
      for (const { instruction, params } of valid) {
        const at = now();
        await log.append(
          signedEntry({ at, origin, account, what, instruction, params, request: ticket }),
        );
      }
    }
    const { instruction, entry } = first;
    const params = batch ? list : first.params;
    const stamped = await exchange.stamp(identity, { instruction, entry, params, window }, 'site');
    const { method, url, headers, body } = stamped;
    const signed = { method, url, headers, ...(body === undefined ? {} : { body }) };
    return { verdict: 'signed', signed };
  };

  return {
    async prepare(origin, asked) {
      await decider.assertBound(origin, asked.account);
      return corridor.prepare(asked, { reads: true });
    },
    send: (origin, prepared) => send(origin, prepared, 'grant'),
    async sendApproved(origin, prepared, given) {
      const done = await send(origin, prepared, 'person', given);
      if (done.verdict === 'ask') throw new AppError('INTERNAL', undefined);
      const { verdict: _, ...answer } = done;
      return answer;
    },
    // No ticket from elsewhere: this one is for what nobody was asked about.
    sign: (origin, requests, { window, batch = false }) =>
      sign(origin, requests, { window, batch }),
    async signApproved(origin, requests, options) {
      const done = await sign(origin, requests, options);
      if (done.verdict === 'ask') throw new AppError('INTERNAL', undefined);
      return done.signed;
    },
    async signSubscriptionApproved(origin, { account, streams, ticket }) {
      const { identity } = await actor(account);
      await mustAsk(origin, { account, use: 'subscribe', request: SUBSCRIBE });
      const window = Math.min(await deps.window(), LONGEST_SIGNATURE_MS);
      const params = { streams: streams.join(', ') };
      const common = { at: now(), origin, account, request: ticket, params };
      await log.append(
        signedEntry({ ...common, what: 'signSubscription', instruction: 'subscribe' }),
      );
      const signature = await exchange.signStreams(identity, window, 'site');
      return { method: 'SUBSCRIBE', params: streams, signature };
    },
  };
}

type Done = ({ verdict: 'sent' } & SiteAnswer) | MustAsk;
type Given = Parameters<SiteCorridor['sendApproved']>[2];

/** It reads: what it opens is read only. No entry of the table, since it is no request. */
const SUBSCRIBE = { instruction: 'subscribe', entry: { scope: 'read' }, params: {} } as const;

const trades = ({ entry }: ValidRequest): boolean => entry.scope !== 'read';

/** The very request that was shown, or that a grant was asked about. @throws INVALID_INPUT digest-mismatch */
async function unchanged({ account, instruction, params, digest }: AnyPrepared) {
  const request = anyRequest(instruction, params);
  assertDigest(digest, await digestOf(account, request));
  return request;
}

/** One request, or a list that the exchange takes as one. @throws INVALID_INPUT for anything else */
function together(
  requests: readonly AnyPrepared[],
  valid: readonly ValidRequest[],
  batch: boolean,
) {
  const [first] = valid;
  const account = requests[0]?.account;
  if (first === undefined || account === undefined) throw invalid('orders', 'required');
  if (requests.some((each) => each.account !== account)) throw invalid('account', 'conflict');
  const limit = batch ? (first.entry.batch?.limit ?? 0) : 1;
  if (valid.length > limit) throw invalid('orders', 'maximum', String(limit));
  if (valid.some(({ instruction }) => instruction !== first.instruction)) {
    throw invalid('instruction', 'conflict');
  }
  // Each is one: a list of them is what is made here, under one signature.
  const list = valid.map(({ params }) => {
    if (isList(params)) throw invalid('params', 'wrong-type');
    return params;
  });
  return { account, first, list };
}
