import * as v from 'valibot';
import { done, id, message, nothing, text } from './shapes.ts';

/** An address that the person keeps, sealed in the vault. Times in Unix ms. */
export const bookEntry = v.object({
  id,
  label: v.string(),
  address: v.string(),
  /** By the exchange's name, such as `Solana`. */
  blockchain: v.string(),
  /** The person says that the exchange asks for a second factor here: the code is asked for before the first try. */
  needsCode: v.boolean(),
  createdAt: v.number(),
});
export type BookEntry = v.InferOutput<typeof bookEntry>;

export const transfersContract = {
  /** `damaged`: how many entries no longer open; somebody changed them on disk. */
  'addressBook.list': message(
    nothing,
    v.object({ entries: v.array(bookEntry), damaged: v.number() }),
  ),
  /** Without `id` a new one. @throws INVALID_INPUT at `label` or `address` */
  'addressBook.save': message(
    v.strictObject({
      id: v.optional(id),
      label: text,
      address: v.pipe(v.string(), v.maxLength(300)),
      blockchain: text,
      needsCode: v.boolean(),
    }),
    bookEntry,
  ),
  'addressBook.remove': message(v.strictObject({ id }), done),
};

/** One request as it was signed and answered, for the signing inspector. Never a signature, a code or a secret. */
export const inspected = v.object({
  /** Counts up, so that a list can be kept in order. */
  number: v.number(),
  /** Unix ms, and how long the answer took. */
  at: v.number(),
  tookMs: v.optional(v.number()),
  instruction: v.string(),
  method: v.string(),
  path: v.string(),
  /** The text that was signed, `twoFactorToken` and codes as `•••`. */
  signedText: v.string(),
  /** Nothing while it is under way; `failure` if the connection broke. */
  status: v.optional(v.number()),
  failure: v.optional(v.string()),
  /** The answer's text, cut to 20,000 characters; tokens as `•••`. */
  answer: v.optional(v.string()),
});
export type Inspected = v.InferOutput<typeof inspected>;

export const inspectorContract = {
  /** Newest first. Kept in memory only: gone with the background. */
  'inspector.read': message(nothing, v.object({ on: v.boolean(), requests: v.array(inspected) })),
  'inspector.switch': message(v.strictObject({ on: v.boolean() }), done),
};
