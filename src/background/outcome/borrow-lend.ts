import { add, assertDecimal, compare, type Decimal, isDecimal } from '../../core/decimal.ts';
import type { BorrowLendMovement } from '../../exchange/answers/borrow-lend.ts';
import { earliest, type Find, isOfItsTime, notDone, read, rowsSince, timeOf } from './finding.ts';

const ZERO = assertDecimal('0');

/** What a request may come to: the side opposite to an open position pays it back first. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  Borrow: ['Borrow', 'LendRedeem'],
  Lend: ['Lend', 'BorrowRepay'],
};

const sumOf = (amounts: readonly unknown[]): Decimal | undefined =>
  amounts.reduce<Decimal | undefined>(
    (sum, each) =>
      sum !== undefined && typeof each === 'string' && isDecimal(each) ? add(sum, each) : undefined,
    ZERO,
  );

/**
 * The history of movements tells: done if those since the request add up to it, not done if there is none. No movement says whose
 * it is, so where another request of ours was for the same, at the same time, only all of them together are done.
 */
export const findMoved: Find = async (reads, entry, _others, rivals) => {
  const { symbol, side, quantity } = entry.params;
  const events = EVENTS[String(side)] ?? [];
  const { rows: all, isWhole } = await rowsSince<BorrowLendMovement>(
    earliest(entry),
    ({ timestamp }) => timeOf(timestamp),
    (page) => read(reads, 'borrowHistoryQueryAll', { symbol: String(symbol), ...page }),
  );
  const near = all.filter(
    ({ source, eventType, timestamp }) =>
      (source ?? 'Manual') === 'Manual' &&
      events.includes(eventType) &&
      isOfItsTime(entry, timeOf(timestamp)),
  );
  const since = near.filter(({ timestamp }) => timeOf(timestamp) >= (entry.timestamp ?? 0));
  const twins = rivals.filter(({ params }) => params.symbol === symbol && params.side === side);
  const rows = twins.length === 0 ? since : near;
  const moved = sumOf(rows.map((row) => row.quantity));
  const asked = sumOf([quantity, ...twins.map(({ params }) => params.quantity)]);
  if (asked !== undefined && moved !== undefined && compare(moved, asked) === 0) {
    return { is: { outcome: 'done' } };
  }
  // Movements of another size may be another request's, or the beginning of this one's.
  return near.length > 0 || !isWhole ? { seems: 'unknown' } : notDone(entry);
};
