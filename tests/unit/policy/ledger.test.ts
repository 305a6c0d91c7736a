import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import { decide } from '../../../src/policy/decide.ts';
import {
  DAY,
  emptyLedger,
  type Ledger,
  MINUTE,
  usageOf,
  withEnd,
  withReservation,
} from '../../../src/policy/ledger.ts';
import { aMarket } from '../exchange/market-fixture.ts';
import { ACCOUNT, aGrant, LIMIT, NOW, ORIGIN } from './grant-fixture.ts';

const taken = (id: string, at: number, notional = '10') => ({
  id,
  at,
  notional: assertDecimal(notional),
});
const three = ['a', 'b', 'c'].reduce(
  (ledger: Ledger, id) => withReservation(ledger, taken(id, NOW), NOW),
  emptyLedger,
);

describe('the ledger', () => {
  it('counts what is spent and what is not known, and gives back what came to nothing', () => {
    const after = withEnd(withEnd(three, 'a', 'spent'), 'b', 'returned');
    expect(usageOf(after, NOW)).toEqual({ day: '20', lastMinute: 3 });
  });

  it('knows one end for each request', () => {
    const after = withEnd(withEnd(three, 'a', 'spent'), 'a', 'returned');
    expect(usageOf(after, NOW).day).toBe('30');
    expect(withEnd(three, '__proto__', 'returned')).toEqual(three);
  });

  it('lets go of everything after a day, and of the count after a minute', () => {
    expect(usageOf(three, NOW + MINUTE - 1).lastMinute).toBe(3);
    expect(usageOf(three, NOW + MINUTE)).toEqual({ day: '30', lastMinute: 0 });
    expect(usageOf(three, NOW + DAY - 1).day).toBe('30');
    expect(usageOf(three, NOW + DAY).day).toBe('0');
  });

  it('gives nothing back because the clock was set back', () => {
    expect(usageOf(three, NOW - 10 * DAY)).toEqual({ day: '30', lastMinute: 3 });
  });

  it('lets go of a sum only once all of it is a day old', () => {
    let ledger = emptyLedger;
    for (const [id, at] of [
      ['late', NOW + 4 * MINUTE],
      ['early', NOW + 2 * MINUTE],
    ] as const) {
      ledger = withEnd(withReservation(ledger, taken(id, at), at), id, 'spent');
    }
    const summed = withReservation(ledger, taken('next', NOW + 30 * MINUTE), NOW + 30 * MINUTE);
    expect(summed.sums).toHaveLength(1);
    expect(usageOf(summed, NOW + DAY + 3 * MINUTE).day).toBe('30');
    expect(usageOf(summed, NOW + DAY + 4 * MINUTE).day).toBe('10');
  });

  it('stays small however many orders there were', () => {
    let ledger = emptyLedger;
    for (let n = 0; n < 5000; n += 1) {
      const at = NOW + n * 20_000;
      ledger = withEnd(withReservation(ledger, taken(`${n}`, at, '1'), at), `${n}`, 'spent');
    }
    expect(ledger.recent.length + ledger.sums.length).toBeLessThan(300);
    const { day } = usageOf(ledger, NOW + 4999 * 20_000);
    expect(Number(day)).toBeGreaterThanOrEqual(4320);
    expect(Number(day)).toBeLessThan(4340);
  });
});

/** What a site and time can do to a grant, in any order. */
const events = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('send' as const), quantity: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ kind: fc.constant('cancel' as const) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: DAY / 3 }) }),
    fc.record({ kind: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: MINUTE }) }),
    fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(),
      end: fc.constantFrom('spent' as const, 'returned' as const),
    }),
  ),
  { maxLength: 80 },
);

describe('decide over a ledger', () => {
  it('R32: no order of events gets more out of a day or a minute than the grant says', () => {
    fc.assert(
      fc.property(events, (list) => {
        let now = NOW;
        let ledger = emptyLedger;
        const grant = aGrant({ maxOrder: '900', maxPerMinute: 4, expiresAt: NOW + 100 * DAY });
        // The model: everything that ever went through, kept whole.
        const sent: { id: string; at: number; worth: number; end: string }[] = [];
        for (const event of list) {
          if (event.kind === 'wait' || event.kind === 'pause') now += event.ms;
          if (event.kind === 'end' && sent.length > 0) {
            const one = sent[event.which % sent.length];
            if (one === undefined) continue;
            ledger = withEnd(ledger, one.id, event.end);
            if (one.end === 'pending') one.end = event.end;
          }
          if (event.kind !== 'send' && event.kind !== 'cancel') continue;
          const isSend = event.kind === 'send';
          const decision = decide({
            grants: [grant],
            asked: {
              caller: { zone: 'page', origin: ORIGIN },
              account: ACCOUNT,
              bound: ACCOUNT,
              use: 'send',
              scope: 'trade',
              instruction: isSend ? 'orderExecute' : 'orderCancel',
              params: isSend
                ? { ...LIMIT, quantity: String(event.quantity) }
                : { symbol: 'SOL_USDC', orderId: '1' },
            },
            facts: [{ market: aMarket(), mark: { price: assertDecimal('100'), at: now } }],
            ledgers: new Map([[grant.id, ledger]]),
            now,
          });
          const worth = isSend ? event.quantity * 100 : 0;
          const counts = (span: number) => sent.filter(({ at }) => at > now - span);
          const day = counts(DAY)
            .filter(({ end }) => end !== 'returned')
            .reduce((sum, each) => sum + each.worth, 0);
          const fits = worth <= 900 && (worth === 0 || day + worth <= 1000);
          if (decision.verdict === 'allow') {
            expect(fits && counts(MINUTE).length < 4).toBe(true);
            const id = `r${sent.length}`;
            sent.push({ id, at: now, worth, end: 'pending' });
            ledger = withReservation(ledger, taken(id, now, String(worth)), now);
          } else if (fits && counts(MINUTE).length < 4) {
            // Sums hold on to what they hold for at most five minutes longer than they must.
            const slack = sent.some(({ at }) => at > now - DAY - 5 * MINUTE && at <= now - DAY);
            expect(slack).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
