import * as v from 'valibot';
import { assertDecimal, type Decimal, isMultiple, nearestMultiples } from '../core/decimal.ts';
import { instructions, isInstruction } from '../exchange/instructions/index.ts';
import { orderParams } from '../exchange/instructions/orders.ts';
import { kindOf } from './decide.ts';
import type { GrantTerms } from './grant.ts';
import { type MarketFacts, notionalOf } from './notional.ts';

const DAY_MS = 86_400_000;
/** How long a site that only reads is let in unless the person says otherwise; one that trades is let in for a day. */
const READ_DAYS = 30;
const ONE = assertDecimal('1');

/** Reads of everything and nothing else. `now` in Unix ms. */
export const readTerms = (now: number): GrantTerms => ({
  scopes: ['read'],
  markets: 'all',
  kinds: [],
  reduceOnly: false,
  maxPerMinute: 1,
  expiresAt: now + READ_DAYS * DAY_MS,
});

/** The next whole number: a mark moves a little, and caps are read by people. */
const wholeAbove = (value: Decimal): Decimal =>
  isMultiple(value, ONE) ? value : nearestMultiples(value, ONE).above;

/**
 * The least that lets one such request through a day: its market, its kind, its worth in whole USDC, once a minute.
 * `undefined` for what no grant can let through, and where nobody can say what it is worth.
 * @param facts - Of the order's market; `now` in Unix ms.
 */
export function narrowestGrant(
  { instruction, params }: { instruction: string; params: Parameters<typeof kindOf>[0]['params'] },
  facts: MarketFacts,
  now: number,
): GrantTerms | undefined {
  if (!isInstruction(instruction)) return undefined;
  if (instructions[instruction].scope === 'read') return readTerms(now);
  const kind = kindOf({ instruction, params });
  const { symbol } = params;
  if (kind === undefined || typeof symbol !== 'string') return undefined;
  const terms: GrantTerms = {
    scopes: ['trade'],
    markets: [symbol],
    kinds: [kind],
    reduceOnly: params.reduceOnly === true,
    maxPerMinute: 1,
    expiresAt: now + DAY_MS,
  };
  if (kind === 'cancel') return terms;
  const order = v.safeParse(orderParams, params);
  if (!order.success) return undefined;
  const worth = notionalOf(order.output, facts, now);
  if ('because' in worth) return undefined;
  const cap = wholeAbove(worth.usdc);
  return { ...terms, maxOrder: cap, maxDay: cap };
}
