import * as v from 'valibot';
import type { PublicName } from '../exchange/public.ts';
import { balances, markPrice, orders, positions, ticker } from '../exchange/types.ts';
import { liveContract, liveEvents } from './live.ts';
import { logContract } from './log.ts';
import { requestsContract, requestView } from './requests.ts';
import { settings } from './settings.ts';
import { done, id, message, nothing, params, secretText, text } from './shapes.ts';
import { sitesContract } from './sites.ts';
import { inspectorContract, transfersContract } from './transfers.ts';

/**
 * The one contract between Buckle's own pages and its background. A message is an entry here or it does not exist: from
 * each pair of schemas come the caller's types, the handler's types and both decoders.
 */

/** A key of the account list. `unregistered` until the exchange has been seen to know the key. */
const accountInfo = v.object({
  id,
  label: v.string(),
  apiKey: v.string(),
  status: v.picklist(['unregistered', 'active']),
  createdAt: v.number(),
});
export type AccountInfo = v.InferOutput<typeof accountInfo>;

const timed = <S extends v.GenericSchema>(value: S) => v.object({ at: v.number(), value });

/** What was last seen on the exchange for one account, shown at once while fresh data loads. `at` in Unix ms. */
export const snapshot = v.object({
  balances: v.optional(timed(balances)),
  /** The newest; `total` says how many there are where that is more. */
  orders: v.optional(v.object({ ...timed(orders).entries, total: v.optional(v.number()) })),
  positions: v.optional(timed(positions)),
  tickers: v.optional(timed(v.array(ticker))),
  markPrices: v.optional(timed(v.array(markPrice))),
});
export type Snapshot = v.InferOutput<typeof snapshot>;

/** Everything a surface needs for its first paint, in one message. */
export const opening = v.object({
  status: v.picklist(['empty', 'locked', 'unlocked', 'damaged']),
  settings,
  /** Only when locked: what will be unlocked is older than the last state of the vault, which is lost. */
  isOlder: v.optional(v.boolean()),
  /** Only when unlocked. */
  unlocked: v.optional(
    v.object({
      accounts: v.array(accountInfo),
      selected: v.optional(id),
      /** Unix ms at which Buckle locks itself unless there is input in its surfaces. */
      deadline: v.number(),
      /** The browser refused to write the vault's second copy. */
      lacksSecond: v.optional(v.boolean()),
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
  'depth',
  'klines',
]);

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

  ...requestsContract,
  ...transfersContract,
  ...inspectorContract,
  ...sitesContract,
  ...logContract,
  ...liveContract,

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
  /** Something waits for a person's decision, or no longer does. Ask `approvals.list` again. */
  v.object({ name: v.literal('approvals'), waiting: v.number() }),
  /** Sites or their grants changed. Ask `sites.list` again. */
  v.object({ name: v.literal('sites') }),
  ...liveEvents,
]);
export type WalletEvent = v.InferOutput<typeof walletEvent>;
