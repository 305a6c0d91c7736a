import * as v from 'valibot';
import { compare, type Decimal, isDecimal } from '../core/decimal.ts';
import { invalid } from '../core/errors.ts';
import { field } from '../exchange/schema.ts';

/** What a grant can let through without asking. Nothing else can be granted, withdrawals and account changes least of all. */
export const GRANTABLE_SCOPES = ['read', 'trade'] as const;
/** Kinds of orders a trade grant can name; anything beyond a plain limit or market order always asks. */
export const ORDER_KINDS = ['limit', 'market', 'cancel'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** The powers of a grant. Notionals in USDC, as decimal text. */
export const grantTerms = v.strictObject({
  scopes: v.pipe(v.array(v.picklist(GRANTABLE_SCOPES)), v.minLength(1)),
  /** Market symbols, or all of them. */
  markets: v.union([v.literal('all'), v.array(field.symbol)]),
  kinds: v.array(v.picklist(ORDER_KINDS)),
  reduceOnly: v.boolean(),
  /** The most that one order may be worth, and all orders of a rolling 24 hours. Without them no order goes through. */
  maxOrder: v.optional(field.amount),
  maxDay: v.optional(field.amount),
  maxPerMinute: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600)),
  /** Unix ms. */
  expiresAt: v.number(),
});
export type GrantTerms = v.InferOutput<typeof grantTerms>;

/** A site's standing permission for one account. */
export const grant = v.strictObject({
  ...grantTerms.entries,
  id: v.pipe(v.string(), v.uuid()),
  /** Scheme, host and port: a grant for `https://a.example` says nothing of `http://a.example` or of another port. */
  origin: v.string(),
  /** The account's id. */
  account: v.pipe(v.string(), v.uuid()),
  createdAt: v.number(),
});
export type Grant = v.InferOutput<typeof grant>;

/** The longest that a site can have powers without being asked about them again. */
const LONGEST_GRANT_MS = 90 * 24 * 60 * 60_000;

const capOf = (value: string | undefined, path: string): Decimal => {
  if (value === undefined || !isDecimal(value)) throw invalid(path, 'required');
  return value;
};

/**
 * What the shape alone does not say: a grant ends, within 90 days, and one that trades says what, where and how much.
 * @throws INVALID_INPUT at the field.
 */
export function checkTerms(terms: GrantTerms, now: number): void {
  const { scopes, kinds, markets, expiresAt } = terms;
  if (!(expiresAt > now)) throw invalid('expiresAt', 'minimum');
  if (!(expiresAt - now <= LONGEST_GRANT_MS)) throw invalid('expiresAt', 'maximum', '90');
  if (!scopes.includes('trade')) return;
  if (kinds.length === 0) throw invalid('kinds', 'required');
  if (markets.length === 0) throw invalid('markets', 'required');
  const maxOrder = capOf(terms.maxOrder, 'maxOrder');
  if (compare(maxOrder, capOf(terms.maxDay, 'maxDay')) > 0) {
    throw invalid('maxOrder', 'maximum', terms.maxDay);
  }
}
