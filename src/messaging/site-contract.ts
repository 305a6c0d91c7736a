import * as v from 'valibot';
import { invalid } from '../core/errors.ts';
import { decodeParams } from '../exchange/schema.ts';
import { GRANTABLE_SCOPES, type Grant } from '../policy/grant.ts';
import type { RequestPart, RequestView } from './requests.ts';
import { id } from './shapes.ts';
import { SiteRefusal } from './site-errors.ts';
import type { SiteCall } from './wire.ts';

/**
 * What web pages may ask, and nothing else. A page is hostile: all that it sends is `unknown` until its decoder here has
 * passed it, and it never says who it is, which is the browser's to say.
 */

/** The most that one call may hold, in characters of its JSON, and how deep it may go. */
const MAX_CALL_LENGTH = 65_536;
const MAX_DEPTH = 8;

/** How long a call waits for Buckle to be unlocked, in ms, unless it says otherwise; 0: not at all. */
export const UNLOCK_WITHIN_MS = 120_000;
const unlockWithinMs = v.optional(
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)),
  UNLOCK_WITHIN_MS,
);
const instruction = v.pipe(v.string(), v.maxLength(64));
/** Validity of a signature in ms. What trades is held to 5000 where it is decided. */
const window = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60_000)));
/** Params of the instruction table, checked by their entry. */
const params = v.optional(v.unknown(), {});

const siteContract = {
  /** Asks the person for an account and for powers; what is granted may be less. `reason` proves nothing. */
  connect: v.strictObject({
    scopes: v.pipe(v.array(v.picklist(GRANTABLE_SCOPES)), v.minLength(1), v.maxLength(2)),
    reason: v.optional(v.pipe(v.string(), v.maxLength(300)), ''),
    unlockWithinMs,
  }),
  /** The page gives everything back: scripts, browser permission and grants. */
  disconnect: v.strictObject({}),
  permissions: v.strictObject({}),
  /** Signed and sent by Buckle. */
  send: v.strictObject({ instruction, params, unlockWithinMs }),
  /** Signed by Buckle, sent by the page. Reads and trades only. */
  sign: v.strictObject({ instruction, params, window, unlockWithinMs }),
  signBatch: v.strictObject({
    orders: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(50)),
    window,
    unlockWithinMs,
  }),
  signSubscription: v.strictObject({
    streams: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[\w.]{1,100}$/))),
      v.minLength(1),
      v.maxLength(50),
    ),
    unlockWithinMs,
  }),
  /** The page is leaving, or has given up: the call with that id is dropped unless it is decided already. */
  cancel: v.strictObject({ id }),
} as const;

export type SiteMethod = keyof typeof siteContract;
/** What the background gets once the decoder has run. */
export type DecodedSiteRequestOf<M extends SiteMethod> = v.InferOutput<(typeof siteContract)[M]>;

/** Methods for which a ticket may be made. */
export type WaitingMethod = Exclude<SiteMethod, 'disconnect' | 'permissions' | 'cancel'>;

/** A grant as its site sees it. Times in Unix ms, notionals in USDC. */
export type SiteGrant = Omit<Grant, 'id' | 'origin' | 'account'>;

/** What the site was given. */
export interface Connection {
  account: { apiKey: string; label: string };
  grants: SiteGrant[];
}

/** The exchange's decoded answer. One that was found out after a crash holds only what is known of the order. */
export type SentAnswer = unknown;

/** A signed request, to be sent by the page as it stands, until `headers['X-Timestamp'] + headers['X-Window']`. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** The frame that opens private streams. */
export interface Subscription {
  method: 'SUBSCRIBE';
  params: string[];
  signature: string[];
}

export interface SiteReplies {
  connect: Connection;
  disconnect: Record<string, never>;
  /** While locked, Buckle itself cannot know account and grants. */
  permissions: { locked: boolean; account?: Connection['account']; grants: SiteGrant[] };
  send: SentAnswer;
  sign: SignedRequest;
  signBatch: SignedRequest;
  signSubscription: Subscription;
  cancel: Record<string, never>;
}

/** How a `send` of this page that was answered with `outcome-unknown` ended. `id` is the call's. */
export interface Settled {
  id: string;
  instruction: string;
  outcome: NonNullable<RequestView['outcome']>;
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: string;
  executedQuoteQuantity?: string;
  withdrawalId?: string;
  /** Of a batch, in the order in which its orders were given. */
  parts?: SettledPart[];
}

export interface SettledPart {
  clientId: number;
  outcome: NonNullable<RequestPart['outcome']>;
  orderId?: string;
  orderStatus?: string;
  executedQuantity?: string;
  executedQuoteQuantity?: string;
}

/** What pages are told unasked. After `disconnect` the bridge goes quiet. */
export interface SiteEvents {
  connect: Connection;
  disconnect: Record<string, never>;
  lock: Record<string, never>;
  unlock: Record<string, never>;
  settled: Settled;
}
export type SiteEventName = keyof SiteEvents;

/** A checked call. */
export type SiteAsk = {
  [M in SiteMethod]: { id: string; method: M; params: DecodedSiteRequestOf<M> };
}[SiteMethod];

const isMethod = (name: string): name is SiteMethod => Object.hasOwn(siteContract, name);

/**
 * A page's call, checked: its id, that the method exists, that it is small and plain, and that it fits the method.
 * @throws SiteRefusal unsupported; INVALID_INPUT at `id`, at the field that does not fit, or at `params` (too much, or not
 * plain JSON).
 */
export function decodeSiteCall(call: SiteCall): SiteAsk {
  if (!v.is(id, call.id)) throw invalid('id', 'wrong-type');
  const { method } = call;
  if (!isMethod(method)) throw new SiteRefusal('unsupported', { method: 'unknown' });
  assertPlain(call.params);
  const decoded = decodeParams(siteContract[method], call.params ?? {});
  return { id: call.id, method, params: decoded } as SiteAsk;
}

/**
 * Refuses what is too large, too deep or not plain JSON, without ever copying it: Firefox passes cycles, dates and maps
 * between contexts. Members that are `undefined` count as absent.
 */
function assertPlain(value: unknown): void {
  let left = MAX_CALL_LENGTH;
  const walk = (part: unknown, depth: number): void => {
    left -= 4;
    if (typeof part === 'string') left -= part.length;
    if (left < 0 || depth > MAX_DEPTH) throw invalid('params', 'maximum', String(MAX_CALL_LENGTH));
    if (part === null || part === undefined || typeof part === 'boolean') return;
    if (typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))) return;
    if (Array.isArray(part)) {
      for (const each of part) walk(each, depth + 1);
      return;
    }
    if (!isPlainObject(part)) throw invalid('params', 'wrong-type');
    for (const [key, each] of Object.entries(part)) {
      left -= key.length;
      walk(each, depth + 1);
    }
  };
  walk(value, 0);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
