import * as v from 'valibot';
import { done, id, message, nothing, params, secretText, text } from './shapes.ts';

/** What is known of a request that changes something. `at`s are Unix ms of this computer. */
export const requestView = v.object({
  id,
  account: id,
  /** Who asked: `buckle` for its own pages, else a site's origin. */
  origin: v.string(),
  instruction: v.string(),
  params,
  state: v.picklist(['recorded', 'sent', 'answered', 'refused', 'unknown', 'settled']),
  /**
   * Once settled: `placed` (the order or the withdrawal exists or existed), `done` (a cancel took effect), `pending`
   * (taken, not done yet), `refused`, `absent` (certain not to have happened), `notSent` (never left Buckle), `unknown`
   * (cannot be known).
   */
  outcome: v.optional(
    v.picklist(['placed', 'done', 'pending', 'refused', 'absent', 'notSent', 'unknown']),
  ),
  recordedAt: v.number(),
  settledAt: v.optional(v.number()),
  /** The exchange's order id and status, where there is one. */
  orderId: v.optional(v.string()),
  orderStatus: v.optional(v.string()),
  executedQuantity: v.optional(v.string()),
  executedQuoteQuantity: v.optional(v.string()),
  /** The exchange's id of a withdrawal. */
  withdrawalId: v.optional(v.string()),
  /** The exchange's id of anything else that was made: a request for quotes, a quote, a strategy, a vault's row. */
  madeId: v.optional(v.string()),
  /** Why it was refused. */
  error: v.optional(v.object({ code: v.string(), data: v.unknown() })),
});
export type RequestView = v.InferOutput<typeof requestView>;

/** A key of `_locales` and what goes into its placeholders. */
const clause = { key: v.string(), values: v.array(v.string()) };

/** A request completed and validated by the background: what the review shows and what `requests.send` takes back. */
export const prepared = v.object({
  id,
  account: id,
  apiKey: v.string(),
  label: v.string(),
  instruction: v.string(),
  method: v.string(),
  path: v.string(),
  /** Complete, the client id of ours included. Never a two-factor token. */
  params,
  window: v.number(),
  /** The text that will be signed, up to the timestamp: `…&timestamp=` is only known when it is sent. */
  canonical: v.string(),
  /** SHA-256 over account, method, path, instruction and params. Consent binds to it. */
  digest: v.string(),
  phrase: v.object({ ...clause, more: v.optional(v.array(v.object(clause))) }),
  /** It is sent only with the password. */
  needsPassword: v.boolean(),
});
export type Prepared = v.InferOutput<typeof prepared>;

/**
 * A second factor, typed for this one request. `code`: the digits go along as `twoFactorToken`; `app` and `email`: they are
 * first exchanged for a token by `issueTwoFactorToken`.
 */
export const twoFactor = v.strictObject({
  way: v.picklist(['code', 'app', 'email']),
  code: secretText,
});
export type TwoFactor = v.InferOutput<typeof twoFactor>;

export const requestsContract = {
  /** Validates and completes a request that changes something, for the review. Signs and stores nothing. */
  'requests.prepare': message(v.strictObject({ account: id, instruction: text, params }), prepared),
  /**
   * The person has confirmed `digest`. Asking twice with one `id` is asking once. Where `needsPassword`, the password must come
   * along; after a refusal for want of a second factor it need not be typed again for the same `digest` for five minutes.
   */
  'requests.send': message(
    v.strictObject({
      id,
      account: id,
      instruction: text,
      params,
      digest: text,
      password: v.optional(secretText),
      twoFactor: v.optional(twoFactor),
    }),
    requestView,
  ),
  'requests.list': message(nothing, v.array(requestView)),

  /** A half-filled form, sealed; never holds secrets or codes. `null`: there is none. */
  'drafts.read': message(v.strictObject({ form: text }), v.nullable(v.unknown())),
  'drafts.write': message(v.strictObject({ form: text, draft: v.unknown() }), done),
};
