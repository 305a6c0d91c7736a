import * as v from 'valibot';
import { message, paramsOrList, text } from './shapes.ts';

/** One decision on something that changes anything. Sealed in sequence. */
export const logEntry = v.object({
  /** From 1, without gaps. */
  number: v.number(),
  /** Unix ms. */
  at: v.number(),
  /** `buckle`, or a site's origin. */
  origin: v.string(),
  account: v.optional(v.string()),
  /** What was asked: `connect`, `send`, `sign`, `signBatch`, `signSubscription`, `grant`, `revoke`, `block`. */
  what: v.string(),
  instruction: v.optional(v.string()),
  /** A list for a batch. */
  params: v.optional(paramsOrList),
  decision: v.picklist(['approved', 'granted', 'rejected', 'refused']),
  /** The grant that let it through; why it was refused. */
  grant: v.optional(v.string()),
  reason: v.optional(v.string()),
  /** The request in the journal. */
  request: v.optional(v.string()),
});
export type LogEntry = v.InferOutput<typeof logEntry>;

export const logContract = {
  /** Newest first, below `before`. `search` looks in origin, instruction, market, address and decision. */
  'log.read': message(
    v.strictObject({
      before: v.optional(v.number()),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
      search: v.optional(text),
    }),
    v.object({
      entries: v.array(logEntry),
      /** How many there are in all, and where to go on; no `next`: that was the oldest. */
      total: v.number(),
      next: v.optional(v.number()),
      /** Entries of this page that no longer open. */
      damaged: v.array(v.number()),
    }),
  ),
  /**
   * Opens entries in sequence, so many a call: where there is a `next`, ask again from there. `problem` names the first entry
   * that does not hold, and ends it; only a reply with neither says that the log holds.
   */
  'log.verify': message(
    v.strictObject({ from: v.optional(v.number()) }),
    v.object({
      /** Up to which entry it holds so far, and how many there are. */
      checked: v.number(),
      total: v.number(),
      next: v.optional(v.number()),
      problem: v.optional(
        v.object({ number: v.number(), kind: v.picklist(['damaged', 'missing', 'rolled-back']) }),
      ),
    }),
  ),
};
