import * as v from 'valibot';
import { compare, type Decimal, parseDecimal } from '../../../core/decimal.ts';
import { isAppError } from '../../../core/errors.ts';
import type { Problem } from '../../../exchange/bounds.ts';
import { field } from '../../../exchange/schema.ts';
import type { GrantTerms, OrderKind } from '../../../policy/grant.ts';

/** How long a grant lasts; `kept`: as long as it does already. */
export const LASTS = ['hour', 'day', 'week', 'month', 'kept'] as const;
export type Lasts = (typeof LASTS)[number];

const HOUR_MS = 3_600_000;
const LASTS_MS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS };

/** A grant as it stands in its form: numbers are text, just as typed. */
export interface GrantDraft {
  read: boolean;
  trade: boolean;
  everyMarket: boolean;
  markets: readonly string[];
  kinds: readonly OrderKind[];
  reduceOnly: boolean;
  maxOrder: string;
  maxDay: string;
  maxPerMinute: string;
  lasts: Lasts;
  /** Unix ms; what `kept` keeps. */
  expiresAt: number;
}

export type CheckedGrant =
  | { ok: true; terms: GrantTerms }
  | { ok: false; problems: readonly Problem[] };

/** A form that starts with what a grant allows. One that is there already keeps its end; `now` in Unix ms. */
export function draftOf(terms: GrantTerms, now: number, isNew: boolean): GrantDraft {
  const left = terms.expiresAt - now;
  const fits = (['hour', 'day', 'week', 'month'] as const).find((each) => left <= LASTS_MS[each]);
  return {
    read: terms.scopes.includes('read'),
    trade: terms.scopes.includes('trade'),
    everyMarket: terms.markets === 'all' && terms.scopes.includes('trade'),
    markets: terms.markets === 'all' ? [] : terms.markets,
    kinds: terms.kinds,
    reduceOnly: terms.reduceOnly,
    maxOrder: terms.maxOrder ?? '',
    maxDay: terms.maxDay ?? '',
    maxPerMinute: String(terms.maxPerMinute),
    lasts: isNew ? (fits ?? 'month') : 'kept',
    expiresAt: terms.expiresAt,
  };
}

type Typed<T> = { value: T } | { problem: Problem };

function amount(text: string, path: string): Typed<Decimal> {
  try {
    const value = parseDecimal(text, path);
    return v.is(field.amount, value) ? { value } : { problem: { path, reason: 'minimum' } };
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error;
    return { problem: { path, reason: error.data.reason } };
  }
}

const MOST_A_MINUTE = 600;

function perMinute(text: string): Typed<number> {
  const path = 'maxPerMinute';
  const digits = text.trim();
  if (digits === '') return { problem: { path, reason: 'required' } };
  if (!/^\d{1,6}$/.test(digits)) return { problem: { path, reason: 'number-format' } };
  const value = Number(digits);
  if (value < 1) return { problem: { path, reason: 'minimum', limit: '1' } };
  return value > MOST_A_MINUTE
    ? { problem: { path, reason: 'maximum', limit: String(MOST_A_MINUTE) } }
    : { value };
}

/** Orders are let through under caps only; a grant for cancels needs none. */
const needsCaps = ({ trade, kinds }: GrantDraft): boolean =>
  trade && kinds.some((kind) => kind !== 'cancel');

function caps(draft: GrantDraft): Typed<{ maxOrder?: Decimal; maxDay?: Decimal }> {
  if (!needsCaps(draft)) return { value: {} };
  const maxOrder = amount(draft.maxOrder, 'maxOrder');
  if ('problem' in maxOrder) return maxOrder;
  const maxDay = amount(draft.maxDay, 'maxDay');
  if ('problem' in maxDay) return maxDay;
  // A day that holds less than one order lets none through.
  if (compare(maxDay.value, maxOrder.value) < 0) {
    return { problem: { path: 'maxDay', reason: 'minimum', limit: maxOrder.value } };
  }
  return { value: { maxOrder: maxOrder.value, maxDay: maxDay.value } };
}

/** The grant that a form means, or the first problem of each field. `now` in Unix ms. */
export function checkGrant(draft: GrantDraft, now: number): CheckedGrant {
  const { read, trade, everyMarket, markets, kinds, lasts } = draft;
  const found = { caps: caps(draft), minute: trade ? perMinute(draft.maxPerMinute) : { value: 1 } };
  const problems: (Problem | undefined)[] = [
    !read && !trade ? { path: 'scopes', reason: 'required' } : undefined,
    trade && kinds.length === 0 ? { path: 'kinds', reason: 'required' } : undefined,
    trade && !everyMarket && markets.length === 0
      ? { path: 'markets', reason: 'required' }
      : undefined,
    'problem' in found.caps ? found.caps.problem : undefined,
    'problem' in found.minute ? found.minute.problem : undefined,
  ];
  const real = problems.filter((problem) => problem !== undefined);
  if (real.length > 0 || 'problem' in found.caps || 'problem' in found.minute) {
    return { ok: false, problems: real };
  }
  return {
    ok: true,
    terms: {
      scopes: [...(read ? (['read'] as const) : []), ...(trade ? (['trade'] as const) : [])],
      markets: trade && !everyMarket ? [...markets] : 'all',
      kinds: trade ? [...kinds] : [],
      reduceOnly: trade && draft.reduceOnly,
      ...found.caps.value,
      maxPerMinute: found.minute.value,
      expiresAt: lasts === 'kept' ? draft.expiresAt : now + LASTS_MS[lasts],
    },
  };
}
