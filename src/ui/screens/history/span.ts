import type { HistoryFilter } from '../../state/walk.ts';

/** The part of a history that is looked at: all of it, the last days up to now, or from one day to another. */
export const SPANS = ['all', 'today', 'week', 'month', 'days'] as const;
export type Span = (typeof SPANS)[number];

type Times = Pick<HistoryFilter, 'from' | 'to'>;

const DAYS = { today: 0, week: 6, month: 29 } as const;

/** Midnight of this computer's calendar, so many days after that of `at`. */
const midnight = (at: number, days: number): number => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
};

/** The times of a span that is counted from now. */
export const timesOf = (span: Exclude<Span, 'days'>, now: number): Times =>
  span === 'all'
    ? { from: undefined, to: undefined }
    : { from: midnight(now, -DAYS[span]), to: undefined };

/** `2026-11-24` as the midnight it begins at; `undefined` where it is no day. Nothing is older than 1970. */
function startOf(day: string): number | undefined {
  const [, year, month, date] = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (!year || !month || !date) return undefined;
  return Math.max(0, new Date(Number(year), Number(month) - 1, Number(date)).getTime());
}

/** From the start of one day to the end of another, either of which may be missing. */
export function timesBetween(first: string, last: string): Times {
  const end = startOf(last);
  return { from: startOf(first), to: end === undefined ? undefined : midnight(end, 1) };
}

/** The day that a time lies in, as a calendar field has it; `before`: the day that ends at it. */
export function dayOf(at: number | undefined, before = false): string {
  if (at === undefined) return '';
  const date = new Date(before ? at - 1 : at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
