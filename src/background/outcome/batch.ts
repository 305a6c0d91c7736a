import type { Params } from '../../core/canonical.ts';
import type { RequestPart } from '../../messaging/requests.ts';
import type { JournalEntry, OneEntry, Seeming } from '../records/journal-entry.ts';
import { madeIn, partsIn, wholeOf } from '../records/parts.ts';
import type { Find, Reads } from './finding.ts';

/** What one look says of a batch: all that is known of its orders now, and of those it did not find, what they seem. */
export interface BatchFinding {
  parts: readonly RequestPart[];
  /** By the order's number; `undefined` for what is known. */
  seems: readonly (Seeming | undefined)[];
}

/** The same reads for all orders of a batch: each is asked once. */
function remembered(reads: Reads): Reads {
  const answers = new Map<string, ReturnType<Reads['exchange']['read']>>();
  const read: Reads['exchange']['read'] = (identity, instruction, params, options) => {
    const key = JSON.stringify([instruction, params]);
    const answer = answers.get(key) ?? reads.exchange.read(identity, instruction, params, options);
    answers.set(key, answer);
    return answer as ReturnType<typeof reads.exchange.read<typeof instruction>>;
  };
  return { ...reads, exchange: { ...reads.exchange, read } };
}

/** Looks for each order of a batch that has no end yet, by its own client id. */
export async function findParts(
  find: Find,
  reads: Reads,
  entry: JournalEntry & { params: readonly Params[] },
  others: ReadonlySet<string>,
  rivals: readonly OneEntry[],
): Promise<BatchFinding> {
  const once = remembered(reads);
  const known = partsIn(entry) ?? [];
  const made = new Set([...others, ...madeIn(entry)]);
  const parts: RequestPart[] = [];
  const seems: (Seeming | undefined)[] = [];
  for (const [index, params] of entry.params.entries()) {
    const part = known[index] ?? { clientId: Number(params.clientId) };
    const finding =
      part.outcome === undefined ? await find(once, { ...entry, params }, made, rivals) : undefined;
    const found = finding && 'is' in finding ? partOf(part.clientId, finding.is) : part;
    if (found.orderId !== undefined) made.add(found.orderId);
    parts.push(found);
    seems.push(finding && 'seems' in finding ? finding.seems : undefined);
  }
  return { parts, seems };
}

const partOf = (clientId: number, is: Partial<JournalEntry>): RequestPart => {
  const { orderId, orderStatus, executedQuantity, executedQuoteQuantity } = is;
  return {
    ...{ clientId, outcome: 'placed', orderId, orderStatus },
    ...{ executedQuantity, executedQuoteQuantity },
  };
};

/** The batch once nothing more can be found: what is missing is what it seemed to be. */
export function endOf({ parts, seems }: BatchFinding): Partial<JournalEntry> {
  const ended = parts.map((part, index) => {
    const outcome = part.outcome ?? seems[index];
    return outcome === undefined ? part : { ...part, outcome };
  });
  return { parts: ended, outcome: wholeOf(ended) };
}
