import type { Prepared, RequestView, TwoFactor } from '../messaging/requests.ts';
import type { Because } from '../policy/decide.ts';

/** A person must be asked; `because` is a code for the approval's text. */
export interface MustAsk {
  verdict: 'ask';
  because: Because;
}

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
  signature: readonly [apiKey: string, signature: string, timestamp: string, window: string];
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
  prepare(origin: string, asked: SiteRequest): Promise<Prepared>;
  /** Sends it if a grant lets it through: a read, or what changes something, which is reserved in the ledger first. */
  send(origin: string, prepared: Prepared): Promise<({ verdict: 'sent' } & SiteAnswer) | MustAsk>;
  /** Sends what a person approved. Its refusal for want of a second factor is in the view's `error`. */
  sendApproved(
    origin: string,
    prepared: Prepared,
    given: { password?: string | undefined; twoFactor?: TwoFactor | undefined },
  ): Promise<SiteAnswer>;
  /** Signs it if a grant lets it through, which only a read can be. */
  sign(
    origin: string,
    requests: readonly Prepared[],
    options: SignOptions,
  ): Promise<{ verdict: 'signed'; signed: SignedRequest } | MustAsk>;
  /** `ticket`: names the approval in the activity log. */
  signApproved(
    origin: string,
    requests: readonly Prepared[],
    options: SignOptions & { ticket: string },
  ): Promise<SignedRequest>;
  /** Always asked before. Stream names are not signed. */
  signSubscriptionApproved(
    origin: string,
    asked: { account: string; streams: readonly string[]; ticket: string },
  ): Promise<SubscribeFrame>;
}

/** What a page asks for: `params` are as it sent them. */
export interface SiteRequest {
  account: string;
  instruction: string;
  params: unknown;
}
