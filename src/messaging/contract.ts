import * as v from 'valibot';
import type { PublicName } from '../exchange/public.ts';
import { balances, markPrice, orders, positions, ticker } from '../exchange/types.ts';

/**
 * The one contract between Buckle's own pages and its background. A message is an entry here or it does not exist: from
 * each pair of schemas come the caller's types, the handler's types and both decoders.
 */

const text = v.pipe(v.string(), v.maxLength(200));
const secretText = v.pipe(v.string(), v.maxLength(1000));
const id = v.pipe(v.string(), v.uuid());
const nothing = v.strictObject({});
const done = v.strictObject({});
const params = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** A key of the account list. `unregistered` until the exchange has been seen to know the key. */
export const accountInfo = v.object({
  id,
  label: v.string(),
  apiKey: v.string(),
  status: v.picklist(['unregistered', 'active']),
  createdAt: v.number(),
});
export type AccountInfo = v.InferOutput<typeof accountInfo>;

export const settings = v.object({
  autoLockMinutes: v.picklist([1, 5, 15, 30, 60, 240]),
  lockOnLastWindow: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Validity of a request in ms, 1000 to 60000. */
  windowMs: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(60_000)),
});
export type Settings = v.InferOutput<typeof settings>;

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
   * Once settled: `placed` (the order exists or existed), `done` (a cancel took effect), `pending` (taken, not done yet),
   * `refused`, `absent` (certain not to have happened), `notSent` (never left Buckle), `unknown` (cannot be known).
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
  /** Why it was refused. */
  error: v.optional(v.object({ code: v.string(), data: v.unknown() })),
});
export type RequestView = v.InferOutput<typeof requestView>;

/** A request completed and validated by the background: what the review shows and what `requests.send` takes back. */
export const prepared = v.object({
  id,
  account: id,
  apiKey: v.string(),
  label: v.string(),
  instruction: v.string(),
  method: v.string(),
  path: v.string(),
  /** Complete, the client id of ours included. */
  params,
  window: v.number(),
  /** The text that will be signed, up to the timestamp: `…&timestamp=` is only known when it is sent. */
  canonical: v.string(),
  /** SHA-256 over account, method, path, instruction and params. Consent binds to it. */
  digest: v.string(),
  phrase: v.object({ key: v.string(), values: v.array(v.string()) }),
});
export type Prepared = v.InferOutput<typeof prepared>;

const timed = <S extends v.GenericSchema>(value: S) => v.object({ at: v.number(), value });

/** What was last seen on the exchange for one account, shown at once while fresh data loads. `at` in Unix ms. */
export const snapshot = v.object({
  balances: v.optional(timed(balances)),
  orders: v.optional(timed(orders)),
  positions: v.optional(timed(positions)),
  tickers: v.optional(timed(v.array(ticker))),
  markPrices: v.optional(timed(v.array(markPrice))),
});
export type Snapshot = v.InferOutput<typeof snapshot>;

/** Everything a surface needs for its first paint, in one message. */
export const opening = v.object({
  status: v.picklist(['empty', 'locked', 'unlocked', 'damaged']),
  settings,
  /** Only when unlocked. */
  unlocked: v.optional(
    v.object({
      accounts: v.array(accountInfo),
      selected: v.optional(id),
      /** Unix ms at which Buckle locks itself unless there is input in its surfaces. */
      deadline: v.number(),
      snapshot,
      /** Requests that are not settled, and those settled lately; newest first. */
      requests: v.array(requestView),
    }),
  ),
});
export type Opening = v.InferOutput<typeof opening>;

/** What the public endpoints are called in `exchange.market`. */
const publicName: v.GenericSchema<unknown, Exclude<PublicName, 'time'>> = v.picklist([
  'markets',
  'tickers',
  'markPrices',
  'assets',
]);

const message = <Q extends v.GenericSchema, R extends v.GenericSchema>(request: Q, reply: R) => ({
  request,
  reply,
});

export const walletContract = {
  'session.open': message(nothing, opening),
  'session.create': message(v.strictObject({ password: secretText }), opening),
  'session.unlock': message(v.strictObject({ password: secretText }), opening),
  'session.lock': message(nothing, done),
  /** There was input in one of Buckle's own surfaces: moves the auto-lock deadline. Replies with it. */
  'session.touch': message(nothing, v.strictObject({ deadline: v.optional(v.number()) })),
  'session.changePassword': message(
    v.strictObject({ current: secretText, next: secretText }),
    done,
  ),
  /** The encrypted backup file. */
  'session.backup': message(nothing, v.strictObject({ filename: v.string(), text: v.string() })),
  /** Checks the file whole before it replaces anything. `password` is the backup's. */
  'session.restore': message(
    v.strictObject({ text: v.pipe(v.string(), v.maxLength(5_000_000)), password: secretText }),
    opening,
  ),
  /** Erases the vault and everything with it. The person has typed the confirmation. */
  'session.erase': message(v.strictObject({ confirmation: v.literal('ERASE') }), opening),

  'accounts.import': message(
    v.strictObject({ label: text, apiKey: text, secret: secretText }),
    accountInfo,
  ),
  'accounts.generate': message(v.strictObject({ label: text }), accountInfo),
  /** Asks the exchange whether it knows the key; UNREGISTERED_KEY if it does not. */
  'accounts.verify': message(v.strictObject({ id }), accountInfo),
  'accounts.rename': message(v.strictObject({ id, label: text }), accountInfo),
  'accounts.remove': message(v.strictObject({ id }), done),
  'accounts.select': message(v.strictObject({ id }), opening),

  /** A read of the instruction table; the answer is checked again with the entry's schema where it is used. */
  'exchange.read': message(
    v.strictObject({ account: id, instruction: text, params }),
    v.strictObject({
      at: v.number(),
      answer: v.unknown(),
      /** For paged answers: how many there are in all. */
      total: v.optional(v.number()),
    }),
  ),
  'exchange.market': message(
    v.strictObject({ name: publicName, params }),
    v.strictObject({ at: v.number(), answer: v.unknown() }),
  ),

  /** Validates and completes a request that changes something, for the review. Signs and stores nothing. */
  'requests.prepare': message(v.strictObject({ account: id, instruction: text, params }), prepared),
  /** The person has confirmed `digest`. Asking twice with one `id` is asking once. */
  'requests.send': message(
    v.strictObject({ id, account: id, instruction: text, params, digest: text }),
    requestView,
  ),
  'requests.list': message(nothing, v.array(requestView)),

  /** A half-filled form, sealed; never holds secrets or codes. `null`: there is none. */
  'drafts.read': message(v.strictObject({ form: text }), v.nullable(v.unknown())),
  'drafts.write': message(v.strictObject({ form: text, draft: v.unknown() }), done),

  'settings.write': message(settings, settings),
} as const;

export type WalletContract = typeof walletContract;
export type WalletMethod = keyof WalletContract;
/** What a caller passes. */
export type RequestOf<M extends WalletMethod> = v.InferInput<WalletContract[M]['request']>;
/** What a handler gets once the request's decoder has run. */
export type DecodedRequestOf<M extends WalletMethod> = v.InferOutput<WalletContract[M]['request']>;
/** What a handler returns. */
export type AnswerOf<M extends WalletMethod> = v.InferInput<WalletContract[M]['reply']>;
/** What a caller gets once the reply's decoder has run. */
export type ReplyOf<M extends WalletMethod> = v.InferOutput<WalletContract[M]['reply']>;

/** A handler for every message; one that is missing does not compile. */
export type WalletHandlers = {
  [M in WalletMethod]: (request: DecodedRequestOf<M>) => Promise<AnswerOf<M>>;
};

/** What the background tells every open surface, unasked. */
export const walletEvent = v.variant('name', [
  /** The session changed: locked, unlocked, erased, accounts or settings changed. Ask `session.open` again. */
  v.object({
    name: v.literal('session'),
    status: v.picklist(['empty', 'locked', 'unlocked', 'damaged']),
  }),
  /** A request moved on. */
  v.object({ name: v.literal('request'), request: requestView }),
]);
export type WalletEvent = v.InferOutput<typeof walletEvent>;
