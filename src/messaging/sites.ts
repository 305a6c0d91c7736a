import * as v from 'valibot';
import { grant, grantTerms } from '../policy/grant.ts';
import { prepared, requestView, twoFactor } from './requests.ts';
import { done, id, message, nothing, secretText, text } from './shapes.ts';

const origin = v.pipe(v.string(), v.maxLength(300));

/** A site that was let in, its powers, and what it did with them. Times in Unix ms. */
const siteView = v.object({
  origin: v.string(),
  connectedAt: v.number(),
  /** The account that the person chose for it; none until the site has asked. */
  account: v.optional(id),
  grants: v.array(grant),
  /** What has been used of each grant, by it and by those that overlap: USDC of the last 24 hours, orders of the last minute. */
  usage: v.array(v.object({ grant: id, day: v.string(), lastMinute: v.number() })),
  /** Reads that were answered under a grant, since it was connected. */
  reads: v.number(),
  lastSeenAt: v.optional(v.number()),
});
export type SiteView = v.InferOutput<typeof siteView>;

const sitesView = v.object({
  sites: v.array(siteView),
  /** Origins that may never ask again. */
  blocked: v.array(v.object({ origin: v.string(), at: v.number() })),
  /** The browser lets Buckle into every site: the person switched it on. */
  everySite: v.boolean(),
});
export type SitesView = v.InferOutput<typeof sitesView>;

/** What a page asks for that a person must decide. */
const approvalView = v.object({
  ticket: id,
  origin: v.string(),
  askedAt: v.number(),
  kind: v.picklist(['connect', 'send', 'sign', 'signBatch', 'signSubscription']),
  /** The account it is for; with `connect` none until the person chooses. */
  account: v.optional(id),
  /** With `connect`: what the site asks for, and its own words for why, which prove nothing. */
  connect: v.optional(
    v.object({ scopes: v.array(v.picklist(['read', 'trade'])), reason: v.string() }),
  ),
  /** What is to be signed, each with its digest: one, or each order of a batch. None with `connect`. */
  requests: v.array(prepared),
  /** What consent binds to: the digest of the whole approval. */
  digest: v.string(),
  /** With `signSubscription`: the streams that the site names. They are not signed. */
  streams: v.optional(v.array(v.string())),
  /** With the `sign…` kinds: how long the signature can be used, in ms. */
  window: v.optional(v.number()),
  /** Why the grants that there are do not let it through, as a code of `decide`. */
  because: v.string(),
});
export type ApprovalView = v.InferOutput<typeof approvalView>;

export const sitesContract = {
  'sites.list': message(nothing, sitesView),
  /** Told before the browser is asked for the site, so that the grant of the permission alone completes it. */
  'sites.expect': message(v.strictObject({ origin }), done),
  /** The browser has granted the site: register, inject into every tab that shows it. Idempotent. */
  'sites.connect': message(v.strictObject({ origin }), sitesView),
  'sites.disconnect': message(v.strictObject({ origin }), sitesView),
  'sites.block': message(v.strictObject({ origin, blocked: v.boolean() }), sitesView),
  /** Takes note that the browser's permission for every site came or went. */
  'sites.everySite': message(v.strictObject({ on: v.boolean() }), sitesView),
  /** Without `id` a new grant. Takes the place of the grant with that id. */
  'grants.save': message(
    v.strictObject({ id: v.optional(id), origin, account: id, terms: grantTerms }),
    grant,
  ),
  'grants.revoke': message(v.strictObject({ id }), done),

  /** Everything that waits for a person, oldest first. */
  'approvals.list': message(nothing, v.array(approvalView)),
  /**
   * The person's decision on exactly `digest`. For what is sent, the reply is what became of it; a refusal for want of a
   * second factor leaves the ticket open, to be decided again with one.
   */
  'approvals.approve': message(
    v.strictObject({
      ticket: id,
      digest: text,
      /** With `connect`: the account it is bound to, and the powers it gets. */
      account: v.optional(id),
      terms: v.optional(grantTerms),
      password: v.optional(secretText),
      twoFactor: v.optional(twoFactor),
    }),
    v.object({ request: v.optional(requestView) }),
  ),
  'approvals.reject': message(v.strictObject({ ticket: id }), done),
  /** All that wait, or all of one site. */
  'approvals.rejectAll': message(v.strictObject({ origin: v.optional(origin) }), done),
};
