import { AppError, type ErrorCode, type WireError } from '../core/errors.ts';

/**
 * Why a page's call failed, and its number: those of EIP-1193 and JSON-RPC, and 5000 and up for what became of a request.
 * @see https://eips.ethereum.org/EIPS/eip-1193#provider-errors
 */
export const SITE_ERRORS = {
  /** The person said no, or closed the window. */
  rejected: 4001,
  /** The person has not let this site in, or has shut it out again. */
  'not-connected': 4100,
  /** No account is bound to the site yet, or its powers do not cover this: `connect` first. */
  'not-granted': 4100,
  /** The account that the site was bound to is gone from Buckle, or the exchange does not know its key. */
  'account-removed': 4100,
  /** `data.method` names a method or an instruction that pages do not have. */
  unsupported: 4200,
  /** Nobody unlocked Buckle within the time that the call gave. */
  locked: 4900,
  /** Buckle was updated or restarted while the call waited. Nothing was sent. */
  disconnected: 4900,
  /** `data`: `path` of the field, `reason`, and where there is one the `limit` that was missed. */
  'invalid-params': -32602,
  /** So many calls of this site wait already: `data.limit`. */
  'queue-full': -32005,
  /** More calls than `data.limit` a minute; `data.retryAfterMs` says when there is room again. */
  'rate-limit': -32005,
  /** A bug of Buckle's. */
  internal: -32603,
  /** The exchange refused, nothing took effect: its `status`, `code` and `message` in `data`. */
  'exchange-refused': 5000,
  /** It may have been sent, and the answer is missing: never send it again. `settled` tells the end. */
  'outcome-unknown': 5001,
  /** The exchange could not be reached, and nothing was changed. `data.kind`: offline, timeout, connection, forbidden. */
  network: 5002,
  /** The exchange answered a read with something that is not its API. */
  'bad-answer': 5003,
  /** Refused as expired although the exchange's own clock was used. */
  'clock-skew': 5004,
  /** It was decided and recorded, and is certain never to have left or not to have taken effect. */
  'not-sent': 5005,
} as const;

export type SiteReason = keyof typeof SITE_ERRORS;

/** A failure as pages get it: plain data, none of it about anybody but the page itself. */
export interface SiteError {
  code: number;
  reason: SiteReason;
  data: Readonly<Record<string, string | number>>;
}

/** A refusal that only pages can meet. */
export class SiteRefusal extends Error {
  readonly reason: SiteReason;
  readonly data: SiteError['data'];
  constructor(reason: SiteReason, data: SiteError['data'] = {}) {
    super(reason);
    this.name = 'SiteRefusal';
    this.reason = reason;
    this.data = data;
  }
}

export const siteError = (reason: SiteReason, data: SiteError['data'] = {}): SiteError => ({
  code: SITE_ERRORS[reason],
  reason,
  data,
});

type Told = { [C in ErrorCode]: (data: Extract<WireError, { code: C }>['data']) => SiteError };

const told: Told = {
  LOCKED: () => siteError('locked'),
  EMPTY: () => siteError('locked'),
  USER_REJECTED: () => siteError('rejected'),
  UNAUTHORIZED: () => siteError('not-granted'),
  UNREGISTERED_KEY: () => siteError('account-removed'),
  UNSUPPORTED: ({ method }) => siteError('unsupported', { method }),
  INVALID_INPUT: ({ path, reason, limit }) => {
    // The table has no such instruction, or pages may not use it.
    if (path === 'instruction' && reason === 'unknown-key') {
      return siteError('unsupported', { method: 'instruction' });
    }
    return siteError('invalid-params', { path, reason, ...(limit === undefined ? {} : { limit }) });
  },
  NETWORK: ({ kind }) => siteError('network', { kind }),
  EXCHANGE: ({ status, code, message }) => siteError('exchange-refused', { status, code, message }),
  BAD_ANSWER: ({ status, kind }) => siteError('bad-answer', { status, kind }),
  CLOCK_SKEW: () => siteError('clock-skew'),
  // What goes wrong inside Buckle is no page's business.
  WRONG_PASSWORD: () => siteError('internal'),
  VAULT_DAMAGED: () => siteError('internal'),
  NOT_REPLACED: () => siteError('not-sent'),
  STORAGE: () => siteError('internal'),
  INTERNAL: () => siteError('internal'),
};

/** An error of the background's, as a page may be told of it. */
function siteErrorOf({ code, data }: WireError): SiteError {
  // Each code is paired with its data; the compiler cannot see that through a union.
  return (told[code] as (data: unknown) => SiteError)(data);
}

/** Anything thrown, as a page may be told of it. What nobody expected is `internal` and nothing more. */
export function toSiteError(error: unknown): SiteError {
  if (error instanceof SiteRefusal) return siteError(error.reason, error.data);
  if (error instanceof AppError) return siteErrorOf(error as WireError);
  return siteError('internal');
}
