import * as v from 'valibot';
import type { Params } from '../../core/canonical.ts';
import { batchPart } from '../../exchange/instructions/orders.ts';
import type { RequestPart } from '../../messaging/requests.ts';
import { isAsked } from '../outcome/orders.ts';
import { type JournalEntry, orderFacts } from '../records/journal-entry.ts';
import { wholeOf } from '../records/parts.ts';

/** What an order of a batch can be answered with and still be there: the same that is no refusal of a single one. */
const OPEN: ReadonlySet<string> = new Set(['TIMEOUT', 'SERVER_ERROR', 'MAINTENANCE']);

/**
 * What a batch's answer proves about each of its orders. A placed one counts where it stands in its own place and is what was asked
 * for, client id and all. A refusal names no order, so it counts only if everything else is in its place. The rest is to be found out.
 */
export function batchVerdict(list: readonly Params[], content: unknown): Partial<JournalEntry> {
  const rows: readonly unknown[] = Array.isArray(content) ? content : [];
  const read = list.map((params, index) => {
    const row = v.safeParse(batchPart, rows[index]);
    if (!row.success) return undefined;
    if (row.output.operation === 'Ok') return isAsked(params, row.output) ? row.output : undefined;
    return row.output;
  });
  const isInPlace = rows.length === list.length && read.every((row) => row !== undefined);
  const parts = list.map(({ clientId }, index): RequestPart => {
    const row = read[index];
    const id = Number(clientId);
    if (row?.operation === 'Ok') return { clientId: id, outcome: 'placed', ...factsOf(row) };
    if (row === undefined || !isInPlace || OPEN.has(row.code)) return { clientId: id };
    const { code, message } = row;
    const error = {
      code: 'EXCHANGE',
      data: { status: 200, code: cut(code, 60), message: cut(message, 300) },
    };
    return { clientId: id, outcome: 'refused', error };
  });
  const outcome = wholeOf(parts);
  return outcome === undefined
    ? { state: 'unknown', parts }
    : { state: 'answered', outcome, parts };
}

/** What its answer tells of an order. */
const factsOf = (order: Parameters<typeof orderFacts>[0]): Partial<RequestPart> => {
  const { orderId, orderStatus, executedQuantity, executedQuoteQuantity } = orderFacts(order);
  return { orderId, orderStatus, executedQuantity, executedQuoteQuantity };
};

const cut = (text: string, length: number): string => text.slice(0, length);
