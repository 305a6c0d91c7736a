import * as v from 'valibot';
import { listOf, type Params, type RequestParams } from '../core/canonical.ts';
import { add, assertDecimal, compare, type Decimal, isDecimal } from '../core/decimal.ts';
import type { Scope } from '../exchange/instructions/entry.ts';
import type { Instruction } from '../exchange/instructions/index.ts';
import { orderParams } from '../exchange/instructions/orders.ts';
import type { Grant, OrderKind } from './grant.ts';
import type { Ledger } from './ledger.ts';
import { type MarketFacts, notionalOf } from './notional.ts';
import { usedOf } from './used.ts';

/** Who asks, as the browser's own record says: one of Buckle's pages, or a site. */
export type Caller = { zone: 'wallet' } | { zone: 'page'; origin: string };

export interface Asked {
  caller: Caller;
  account: string;
  /** The account that a person chose for the site, to which it stays bound; none if it is not connected. */
  bound?: string | undefined;
  /** `send`: Buckle sends it. `sign`: the caller gets the signature. `subscribe`: the same, for a WebSocket. */
  use: 'send' | 'sign' | 'subscribe';
  instruction: Instruction | 'subscribe';
  scope: Scope;
  /** Validated by the instruction's own schema; a list for a batch. */
  params: RequestParams;
}

/** Why a person is asked, from what no grant could change to what came closest to going through. */
export const BECAUSE = [
  /** Buckle's own page: what changes something is always confirmed. */
  'own-request',
  /** Withdrawals and changes of the account can never be granted. */
  'never-granted',
  /** A signature that trades can be used again until its window ends. */
  'signature',
  /** A subscription opens every private stream. */
  'subscription',
  'no-grant',
  'expired',
  'scope',
  /** Not a plain limit or market order or cancel, or one that the grant does not name. */
  'order-kind',
  'market',
  'reduce-only',
  'no-caps',
  'market-kind',
  /** A market order that does not bound what is given. */
  'price-open',
  'no-mark',
  'order-cap',
  'minute-cap',
  'day-cap',
] as const;
export type Because = (typeof BECAUSE)[number];

export type Refusal = 'internal' | 'not-connected' | 'other-account' | 'send-only';

export type Decision =
  /**
   * `grant`, and `notional` in USDC: what is to be reserved, for what a site sends under a grant. Of a batch it is the sum, and
   * `count` how many orders there are.
   */
  | { verdict: 'allow'; grant?: string; notional?: Decimal; count?: number }
  | { verdict: 'ask'; because: Because }
  | { verdict: 'refuse'; reason: Refusal };

export interface Situation {
  grants: readonly Grant[];
  asked: Asked;
  /** Of the markets of its orders. */
  facts: readonly MarketFacts[];
  /** By the grant's id. A grant without one has not been used. */
  ledgers: ReadonlyMap<string, Ledger>;
  /** Unix ms. */
  now: number;
}

/** For whom no grant can speak: Buckle's own pages. */
export const withoutGrants = { grants: [], facts: [], ledgers: new Map<string, Ledger>() };

const ask = (because: Because): Decision => ({ verdict: 'ask', because });
const refuse = (reason: Refusal): Decision => ({ verdict: 'refuse', reason });
const ZERO = assertDecimal('0');

/**
 * May this be signed? Every request of every caller passes here first. What a person does in Buckle's pages is confirmed
 * there; a site needs a connection for whatever it asks, and a living grant for whatever shall go through unasked.
 */
export function decide(situation: Situation): Decision {
  const { caller, account, bound, use, scope } = situation.asked;
  if (scope === 'internal') return refuse('internal');
  if (caller.zone === 'wallet') return scope === 'read' ? { verdict: 'allow' } : ask('own-request');
  if (bound === undefined) return refuse('not-connected');
  if (bound !== account) return refuse('other-account');
  if (scope === 'withdraw' || scope === 'account') {
    return use === 'send' ? ask('never-granted') : refuse('send-only');
  }
  if (use === 'subscribe') return ask('subscription');
  if (scope === 'trade' && use === 'sign') return ask('signature');
  return underGrants(situation, caller.origin);
}

/** The first grant that lets it through, else why the one that came closest does not. */
function underGrants(situation: Situation, origin: string): Decision {
  const { grants, asked } = situation;
  let closest = ask('no-grant');
  for (const grant of grants) {
    if (grant.origin !== origin || grant.account !== asked.account) continue;
    const decision = underGrant(grant, situation);
    if (decision.verdict !== 'ask') return decision;
    if (isCloser(decision, closest)) closest = decision;
  }
  return closest;
}

const isCloser = (a: Decision, b: Decision): boolean =>
  a.verdict === 'ask' &&
  b.verdict === 'ask' &&
  BECAUSE.indexOf(a.because) > BECAUSE.indexOf(b.because);

function underGrant(grant: Grant, situation: Situation): Decision {
  const { asked, now } = situation;
  if (!(now < grant.expiresAt)) return ask('expired');
  if (asked.scope === 'read') {
    return grant.scopes.includes('read') ? { verdict: 'allow', grant: grant.id } : ask('scope');
  }
  if (!grant.scopes.includes('trade')) return ask('scope');
  const parts = listOf(asked.params);
  let notional = ZERO;
  for (const params of parts) {
    const worth = worthUnder(grant, params, situation);
    if ('because' in worth) return ask(worth.because);
    notional = add(notional, worth.notional);
  }
  const { day, lastMinute } = usedOf(grant, situation);
  if (lastMinute + parts.length > grant.maxPerMinute) return ask('minute-cap');
  // A cancel costs nothing: it counts for the minute only.
  const isFree = compare(notional, ZERO) === 0;
  if (!isFree && !(isCap(grant.maxDay) && compare(add(day, notional), grant.maxDay) <= 0)) {
    return ask('day-cap');
  }
  const count = parts.length === 1 ? {} : { count: parts.length };
  return { verdict: 'allow', grant: grant.id, notional, ...count };
}

/** What one request, or one order of a batch, is worth at most in USDC, or why the grant does not let it through. */
function worthUnder(
  grant: Grant,
  params: Params,
  { asked, facts, now }: Situation,
): { notional: Decimal } | { because: Because } {
  const kind = kindOf({ ...asked, params });
  if (kind === undefined || !grant.kinds.includes(kind)) return { because: 'order-kind' };
  const { symbol } = params;
  const names = grant.markets === 'all' || grant.markets.some((each) => each === symbol);
  if (typeof symbol !== 'string' || !names) return { because: 'market' };
  if (kind === 'cancel') return { notional: ZERO };
  const order = v.safeParse(orderParams, params);
  if (!order.success) return { because: 'order-kind' };
  if (grant.reduceOnly && order.output.reduceOnly !== true) return { because: 'reduce-only' };
  const { maxOrder, maxDay } = grant;
  if (!isCap(maxOrder) || !isCap(maxDay)) return { because: 'no-caps' };
  const ofMarket = facts.find(({ market }) => market?.symbol === symbol) ?? {};
  const worth = notionalOf(order.output, ofMarket, now);
  if ('because' in worth) return worth;
  return compare(worth.usdc, maxOrder) > 0 ? { because: 'order-cap' } : { notional: worth.usdc };
}

const isCap = (value: string | undefined): value is Decimal =>
  value !== undefined && isDecimal(value);

/** What may stand in a plain order: a field that is not listed here makes it something else, and that asks. */
const PLAIN_ORDER: ReadonlySet<string> = new Set([
  'symbol',
  'side',
  'orderType',
  'price',
  'quantity',
  'quoteQuantity',
  'timeInForce',
  'postOnly',
  'reduceOnly',
  'selfTradePrevention',
  'clientId',
]);
const PLAIN_CANCEL: ReadonlySet<string> = new Set(['symbol', 'orderId', 'clientId', 'orderType']);

const hasOnly = (params: Params, keys: ReadonlySet<string>): boolean =>
  Object.entries(params).every(([key, value]) => keys.has(key) || value == null);

/** What a grant calls it; `undefined` for what none can name. */
export function kindOf({
  instruction,
  params,
}: Pick<Asked, 'instruction'> & { params: Params }): OrderKind | undefined {
  if (instruction === 'orderCancel' || instruction === 'orderCancelAll') {
    return hasOnly(params, PLAIN_CANCEL) ? 'cancel' : undefined;
  }
  if (instruction !== 'orderExecute' || !hasOnly(params, PLAIN_ORDER)) return undefined;
  if (params.orderType === 'Limit') return 'limit';
  return params.orderType === 'Market' ? 'market' : undefined;
}
