import { type Decimal, truncate } from '../core/decimal.ts';
import { t } from './text.ts';

/** Digits of the whole part in groups of three: `12480.22` becomes `12,480.22`. Text in, text out: never a float. */
export function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** For display beside the full value: cut, never rounded, to `decimals` places, then grouped. */
export function shownAmount(value: Decimal, decimals?: number): string {
  return grouped(decimals === undefined ? value : truncate(value, decimals));
}

/** As `shownAmount`, filled up with zeros to exactly `decimals` places. */
export function paddedAmount(value: Decimal, decimals: number): string {
  const [whole = '', fraction = ''] = truncate(value, decimals).split('.');
  const digits = fraction.padEnd(decimals, '0');
  return digits === '' ? grouped(whole) : `${grouped(whole)}.${digits}`;
}

/** An API key as a person recognises it: `bp3f…9Qk=`. */
export const shortKey = (apiKey: string): string =>
  apiKey.length <= 10 ? apiKey : `${apiKey.slice(0, 4)}…${apiKey.slice(-4)}`;

/** An address as a person recognises it: its first and last six characters. */
export const shortAddress = (address: string): string =>
  address.length <= 16 ? address : `${address.slice(0, 6)}…${address.slice(-6)}`;

const AGES = [
  ['ageDays', 86_400_000],
  ['ageHours', 3_600_000],
  ['ageMinutes', 60_000],
] as const;

/** How long ago, in the largest whole unit: `5 s`, `12 min`, `3 h`, `2 d`. */
export function age(ms: number): string {
  const unit = AGES.find(([, unitMs]) => ms >= unitMs);
  if (unit) return t(unit[0], Math.floor(ms / unit[1]));
  return t('ageSeconds', Math.max(0, Math.floor(ms / 1000)));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using it, and a long list uses a few a thousand times. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = t('languageTag');
  const key = `${tag} ${name}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, { ...options, hourCycle: 'h23' });
  formats.set(key, made);
  return made;
}

/** Time of day on this computer: `14:05:09`. `at` in Unix ms. */
export const timeOfDay = (at: number): string =>
  format('time', { hour: 'numeric', minute: 'numeric', second: 'numeric' }).format(at);

const SHORT = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

/** As `dayAndTime`, for a line of a list: `14:05:09` today, `23 Nov, 14:05` this year, else with the year. */
export function shortDayAndTime(at: number, now: number = Date.now()): string {
  const date = new Date(at);
  const today = new Date(now);
  const isThisYear = date.getFullYear() === today.getFullYear();
  if (isThisYear && date.getMonth() === today.getMonth() && date.getDate() === today.getDate()) {
    return timeOfDay(at);
  }
  return isThisYear
    ? format('short', SHORT).format(at)
    : format('shortWithYear', { ...SHORT, year: 'numeric' }).format(at);
}

/** Day and time on this computer. `at` in Unix ms. */
export const dayAndTime = (at: number): string =>
  format('long', { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
