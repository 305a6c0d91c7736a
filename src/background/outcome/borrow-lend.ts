import { add, compare, type Decimal, isDecimal } from '../../core/decimal.ts';
import type { BorrowLendMovement } from '../../exchange/answers/borrow-lend.ts';
import { earliest, type Find, isOfItsTime, notDone, read, rowsSince, timeOf } from './finding.ts';

/** What a request may come to: the side opposite to an open position pays it back first. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  Borrow: ['Borrow', 'LendRedeem'],
  Lend: ['Lend', 'BorrowRepay'],
};

/** The history of movements tells: done if those since the request add up to it, not done if there is none. */
export const findMoved: Find = async (reads, entry) => {
  const { symbol, side, quantity } = entry.params;
  const events = EVENTS[String(side)] ?? [];
  const { rows, isWhole } = await rowsSince<BorrowLendMovement>(
    earliest(entry),
    ({ timestamp }) => timeOf(timestamp),
    (page) => read(reads, 'borrowHistoryQueryAll', { symbol: String(symbol), ...page }),
  );
  const near = rows.filter(
    ({ source, eventType, timestamp }) =>
      (source ?? 'Manual') === 'Manual' &&
      events.includes(eventType) &&
      isOfItsTime(entry, timeOf(timestamp)),
  );
  const since = near.filter(({ timestamp }) => timeOf(timestamp) >= (entry.timestamp ?? 0));
  const moved = since.reduce((sum, row) => add(sum, row.quantity), '0' as Decimal);
  if (typeof quantity === 'string' && isDecimal(quantity) && compare(moved, quantity) === 0) {
    return { is: { outcome: 'done' } };
  }
  // Movements of another size may be another request's, or the beginning of this one's.
  return near.length > 0 || !isWhole ? { seems: 'unknown' } : notDone(entry);
};
