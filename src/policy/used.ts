import { add } from '../core/decimal.ts';
import type { Grant, OrderKind } from './grant.ts';
import { emptyLedger, type Ledger, type Usage, usageOf } from './ledger.ts';

/** Grants, and by their ids what each has let through. */
interface Given {
  grants: readonly Grant[];
  ledgers: ReadonlyMap<string, Ledger>;
  /** Unix ms. */
  now: number;
}

const ORDERS: readonly OrderKind[] = ['limit', 'market'];

const isShared = (a: Grant, b: Grant): boolean =>
  a.origin === b.origin && a.account === b.account && shareMarket(a, b);

function shareMarket({ markets: a }: Grant, { markets: b }: Grant): boolean {
  if (a === 'all') return b === 'all' || b.length > 0;
  return b === 'all' ? a.length > 0 : a.some((each) => b.includes(each));
}

/** Could both let the same kind of order through, in the same market? */
const shareKind = ({ kinds: a }: Grant, { kinds: b }: Grant): OrderKind[] =>
  a.filter((each) => b.includes(each));

/**
 * What is used of a grant: what it let through, and what others let through that live beside it and could let the same through.
 * So a person may give a site as many grants as they like: the most that any of them says is the most, and their caps never
 * add up.
 */
export function usedOf(grant: Grant, { grants, ledgers, now }: Given): Usage {
  let used = usageOf(ledgers.get(grant.id) ?? emptyLedger, now);
  for (const other of grants) {
    const counts = other.id !== grant.id && now < other.expiresAt && isShared(grant, other);
    const kinds = counts ? shareKind(grant, other) : [];
    if (kinds.length === 0) continue;
    const more = usageOf(ledgers.get(other.id) ?? emptyLedger, now);
    used = {
      // Cancels cost nothing: only who may send orders can have used any of the day.
      day: kinds.some((each) => ORDERS.includes(each)) ? add(used.day, more.day) : used.day,
      lastMinute: used.lastMinute + more.lastMinute,
    };
  }
  return used;
}
