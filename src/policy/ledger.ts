import { add, assertDecimal, type Decimal } from '../core/decimal.ts';

/**
 * What one request took from a grant. `pending` until it is known what became of it; `returned` if it certainly came to
 * nothing: then it counts no longer for the day, though still for the minute.
 */
export interface Reservation {
  /** The request's id. */
  id: string;
  /** Unix ms. */
  at: number;
  /** In USDC; `0` for a cancel. */
  notional: Decimal;
  /** How many orders it was, of a batch. */
  count?: number | undefined;
  state: 'pending' | 'spent' | 'returned';
}

/** What was spent within a few minutes, summed up. `at`: when the last of it was. */
interface Sum {
  at: number;
  notional: Decimal;
}

/** What a grant has let through. The older part is summed up, so that its size does not grow with the number of orders. */
export interface Ledger {
  recent: readonly Reservation[];
  sums: readonly Sum[];
}

export interface Usage {
  /** USDC of the rolling 24 hours, what is not known yet included. */
  day: Decimal;
  /** Orders and cancels of the last 60 seconds, whatever became of them. */
  lastMinute: number;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
const SUMMED_MS = 5 * MINUTE;
const ZERO = assertDecimal('0');

export const emptyLedger: Ledger = { recent: [], sums: [] };

/** A time ahead of `now` counts too: a clock that was set back must not give anything back. */
const within = (span: number, now: number) => (each: { at: number }) => each.at > now - span;
const total = (parts: readonly { notional: Decimal }[]): Decimal =>
  parts.reduce((sum, { notional }) => add(sum, notional), ZERO);

export function usageOf({ recent, sums }: Ledger, now: number): Usage {
  const counting = recent.filter(({ state }) => state !== 'returned');
  return {
    day: total([...counting, ...sums].filter(within(DAY, now))),
    lastMinute: recent.filter(within(MINUTE, now)).reduce((sum, { count = 1 }) => sum + count, 0),
  };
}

/** The ledger with one more reservation, and without what counts no longer. */
export const withReservation = (
  ledger: Ledger,
  taken: Omit<Reservation, 'state'>,
  now: number,
): Ledger => {
  const { recent, sums } = compact(ledger, now);
  return { recent: [...recent, { ...taken, state: 'pending' }], sums };
};

/** The ledger with a request's end in it. One that it does not hold, or whose end it knows, changes nothing. */
export const withEnd = (ledger: Ledger, id: string, end: 'spent' | 'returned'): Ledger => ({
  ...ledger,
  recent: ledger.recent.map((each) =>
    each.id === id && each.state === 'pending' ? { ...each, state: end } : each,
  ),
});

export const isPending = (ledger: Ledger, id: string): boolean =>
  ledger.recent.some((each) => each.id === id && each.state === 'pending');

function compact({ recent, sums }: Ledger, now: number): Ledger {
  const isRecent = within(MINUTE, now);
  const living = recent.filter(within(DAY, now));
  const spent = living.filter((each) => each.state === 'spent' && !isRecent(each));
  return {
    recent: living.filter((each) => each.state === 'pending' || isRecent(each)),
    sums: spent.reduce(addTo, sums.filter(within(DAY, now))),
  };
}

/** A sum is as old as the youngest in it, so nothing leaves the day too early. */
function addTo(sums: readonly Sum[], { at, notional }: Reservation): readonly Sum[] {
  const slot = (time: number): number => Math.floor(time / SUMMED_MS);
  const same = sums.find((sum) => slot(sum.at) === slot(at));
  if (same === undefined) return [...sums, { at, notional }];
  const more = { at: Math.max(same.at, at), notional: add(same.notional, notional) };
  return sums.map((sum) => (sum === same ? more : sum));
}
