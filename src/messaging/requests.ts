import * as v from 'valibot';
import {
  done,
  id,
  message,
  nothing,
  type OneParams,
  params,
  paramsOrList,
  secretText,
  text,
} from './shapes.ts';

/** Why it was refused, or not sent. */
const error = v.optional(v.object({ code: v.string(), data: v.unknown() }));

/**
 * What became of one order of a batch. No `outcome`: it is not known yet. The order's id and status are the exchange's, where
 * there is one.
 */
const requestPart = v.object({
  clientId: v.number(),
  outcome: v.optional(v.picklist(['placed', 'refused', 'absent', 'notSent', 'unknown'])),
  orderId: v.optional(v.string()),
  orderStatus: v.optional(v.string()),
  executedQuantity: v.optional(v.string()),
  executedQuoteQuantity: v.optional(v.string()),
  error,
});
export type RequestPart = v.InferOutput<typeof requestPart>;

/** What is known of a request that changes something. `at`s are Unix ms of this computer. */
export const requestView = v.object({
  id,
  account: id,
  /** Who asked: `buckle` for its own pages, else a site's origin. */
  origin: v.string(),
  instruction: v.string(),
  /** A list for a batch, each with its client id. */
  params: paramsOrList,
  state: v.picklist(['recorded', 'sent', 'answered', 'refused', 'unknown', 'settled']),
  /**
   * Once settled: `placed` (the order or the withdrawal exists or existed), `done` (a cancel took effect), `pending`
   * (taken, not done yet), `refused`, `absent` (certain not to have happened), `notSent` (never left Buckle), `unknown`
   * (cannot be known). Of a batch: `placed` if all are, `partly` if some are and the rest certainly not, `unknown` if that
   * is so of any; `parts` tells each.
   */
  outcome: v.optional(
    v.picklist(['placed', 'partly', 'done', 'pending', 'refused', 'absent', 'notSent', 'unknown']),
  ),
  /** Of a batch, in the order of `params`. */
  parts: v.optional(v.array(requestPart)),
  /** Of an edit's order: the cancel that goes before it. Of that cancel: the order that is to follow. */
  replaces: v.optional(id),
  replacedBy: v.optional(id),
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
  error,
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
  /** Complete, the client id of ours included; a list for a batch. Never a two-factor token. */
  params: paramsOrList,
  window: v.number(),
  /** The text that will be signed, up to the timestamp: `…&timestamp=` is only known when it is sent. */
  canonical: v.string(),
  /** SHA-256 over account, method, path, instruction and params. Consent binds to it. */
  digest: v.string(),
  phrase: v.object({ ...clause, more: v.optional(v.array(v.object(clause))) }),
  /** It is sent only with the password. */
  needsPassword: v.boolean(),
});
export type AnyPrepared = v.InferOutput<typeof prepared>;
/** One that is no batch. */
export type Prepared = Omit<AnyPrepared, 'params'> & { params: OneParams };

/**
 * A second factor, typed for this one request. `code`: the digits go along as `twoFactorToken`; `app` and `email`: they are
 * first exchanged for a token by `issueTwoFactorToken`.
 */
export const twoFactor = v.strictObject({
  way: v.picklist(['code', 'app', 'email']),
  code: secretText,
});
export type TwoFactor = v.InferOutput<typeof twoFactor>;

/** One of the two requests that an edit is made of. */
const half = v.strictObject({ id, digest: text, params });

/** What became of the two, as far as it is known. */
const edited = v.object({ cancel: requestView, order: requestView });

export const requestsContract = {
  /**
   * Validates and completes a request that changes something, for the review. Signs and stores nothing. A list of params is a
   * batch, for the instructions that have one: what is wrong with the third of them is named `params.2.price`.
   */
  'requests.prepare': message(
    v.strictObject({ account: id, instruction: text, params: paramsOrList }),
    prepared,
  ),
  /**
   * The person has confirmed `digest`. Asking twice with one `id` is asking once. Where `needsPassword`, the password must come
   * along; after a refusal for want of a second factor it need not be typed again for the same `digest` for five minutes.
   */
  'requests.send': message(
    v.strictObject({
      id,
      account: id,
      instruction: text,
      params: paramsOrList,
      digest: text,
      password: v.optional(secretText),
      twoFactor: v.optional(twoFactor),
    }),
    requestView,
  ),
  /** An edit is a cancel and then a new order: both completed for one review. What is wrong with the order is named as for one. */
  'requests.prepareEdit': message(
    v.strictObject({ account: id, order: v.strictObject({ symbol: text, orderId: text }), params }),
    v.object({ cancel: prepared, order: prepared }),
  ),
  /**
   * The person has confirmed both. They are written down before either leaves; the order leaves only once the cancel is certain
   * and what had been executed of the old order by then is still `executed`. Else it ends as `notSent`, and its `error` says
   * why: `NOT_REPLACED`. Asking twice with the same two ids is asking once. Replies once both have their end, or nobody can go
   * on with it; events tell how it goes meanwhile.
   */
  'requests.edit': message(
    v.strictObject({ account: id, cancel: half, order: half, executed: text }),
    edited,
  ),
  'requests.list': message(nothing, v.array(requestView)),

  /** A half-filled form, sealed; never holds secrets or codes. `null`: there is none. */
  'drafts.read': message(v.strictObject({ form: text }), v.nullable(v.unknown())),
  'drafts.write': message(v.strictObject({ form: text, draft: v.unknown() }), done),
};
