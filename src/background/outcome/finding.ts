import { compare, isDecimal } from '../../core/decimal.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import type { AnswerOf, ParamsOf, ReadInstruction } from '../../exchange/instructions/index.ts';
import type { JournalEntry } from '../journal.ts';

/**
 * What one look at the exchange says. `is`: how the request ended. `seems`: nothing was found, and what that comes to once
 * nothing more can come.
 */
export type Finding = { is: Partial<JournalEntry> } | { seems: 'absent' | 'unknown' };

/** Reads as the account that sent the request. */
export interface Reads {
  exchange: Exchange;
  identity: Identity;
  window: number;
}

/**
 * One look for what became of a request.
 * @param others - the exchange's ids of what other requests of the same instruction are known to have made.
 * @throws NETWORK, EXCHANGE, BAD_ANSWER if it could not look: that counts as no look at all.
 */
export type Find = (
  reads: Reads,
  entry: JournalEntry,
  others: ReadonlySet<string>,
) => Promise<Finding>;

/** After its window, a request can no longer take effect; this much more for clocks and queues. */
export const GRACE = 10_000;

/** How far a time may lie from its request's: how far ahead a timestamp may be is documented nowhere. */
export const marginOf = ({ window = 0 }: JournalEntry): number => window + GRACE;

export const read = async <I extends ReadInstruction>(
  { exchange, identity, window }: Reads,
  instruction: I,
  params: ParamsOf<I>,
): Promise<AnswerOf<I>> =>
  (await exchange.read(identity, instruction, params, { window, asker: 'wallet' })).answer;

/** Amounts are compared by value; one that is not given, or not told, rules nothing out. */
export const sameAmount = (sent: unknown, found: string | null | undefined): boolean =>
  sent === undefined ||
  found === undefined ||
  found === null ||
  (typeof sent === 'string' && isDecimal(sent) && isDecimal(found) && compare(sent, found) === 0);

/** What was taken, though not done yet, may still be done: the end of its window says nothing about it. */
export const notDone = ({ outcome }: JournalEntry): Finding => ({
  seems: outcome === 'pending' ? 'unknown' : 'absent',
});
