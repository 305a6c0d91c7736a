import { listOf } from '../../core/canonical.ts';
import { cameToNothing, type JournalEntry, type OneEntry } from '../records/journal-entry.ts';
import { madeIn, partsIn } from '../records/parts.ts';
import { marginOf } from './finding.ts';

/** The exchange's ids of what a request is known to have made. */
export const madeBy = (entry: JournalEntry): readonly string[] => [
  ...madeIn(entry),
  ...[entry.orderId, entry.withdrawalId, entry.madeId].filter((made) => made !== undefined),
];

type Timed = Pick<JournalEntry, 'timestamp' | 'recordedAt' | 'window'>;
const timeOf = ({ timestamp, recordedAt }: Timed): number => timestamp ?? recordedAt;

/**
 * Requests, and orders of batches, that may have made something at the same time, nobody knows which: it could be taken for
 * the entry's.
 */
export const rivalsOf = (entry: Timed, others: readonly JournalEntry[]): readonly OneEntry[] =>
  others.flatMap((other) => {
    const apart = Math.abs(timeOf(other) - timeOf(entry));
    if (apart > marginOf(entry) + marginOf(other)) return [];
    const parts = partsIn(other);
    return listOf(other.params).flatMap((params, index) => {
      const { outcome, orderId } = parts?.[index] ?? other;
      const isKnown = parts === undefined ? madeBy(other).length > 0 : orderId !== undefined;
      return isKnown || cameToNothing(outcome) ? [] : [{ ...other, params }];
    });
  });
