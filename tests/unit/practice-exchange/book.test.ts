import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, zero } from '../../exchange/decimal.ts';
import { createPracticeExchange, MARKET_MAKER } from '../../exchange/exchange.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import { answerOf, type DepthBody, START } from './harness.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const order = fc.record({
  symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
  side: fc.constantFrom('Bid', 'Ask'),
  orderType: fc.constantFrom('Limit', 'Market'),
  price: fc.integer({ min: 14_800, max: 15_200 }).map((cents) => (cents / 100).toFixed(2)),
  quantity: fc.integer({ min: 1, max: 6000 }).map((steps) => (steps / 100).toFixed(2)),
  timeInForce: maybe(fc.constantFrom('GTC', 'IOC', 'FOK')),
  selfTradePrevention: maybe(fc.constantFrom('RejectTaker', 'RejectMaker', 'RejectBoth')),
  byQuote: fc.boolean(),
  flag: fc.constantFrom('none', 'none', 'postOnly', 'reduceOnly'),
  trigger: fc.constantFrom(false, false, false, true),
});
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('place' as const), order }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mark' as const),
      symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
      price: fc.integer({ min: 145, max: 155 }).map(String),
    }),
  },
);
const run = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  steps: fc.array(fc.record({ who: fc.nat({ max: 2 }), step }), { minLength: 1, maxLength: 40 }),
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

function bodyOf(wanted: Run['steps'][number]['step'] & { kind: 'place' }) {
  const { byQuote, flag, trigger, price, quantity, ...rest } = wanted.order;
  const isLimit = rest.orderType === 'Limit';
  const size = trigger
    ? { triggerPrice: price, triggerQuantity: quantity }
    : byQuote && !isLimit
      ? { quoteQuantity: quantity }
      : { quantity };
  const entries = {
    ...rest,
    ...size,
    ...(isLimit ? { price } : {}),
    ...(flag === 'none' ? {} : { [flag]: true }),
  };
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}

const balances = { USDC: { available: '20000' }, SOL: { available: '100' } };

/** Play a run; look at the exchange after every step. Returns all answers. */
function play(
  { seed, steps }: Run,
  look: (exchange: ReturnType<typeof createPracticeExchange>, keys: string[]) => void,
) {
  const exchange = createPracticeExchange({ seed, now: () => START });
  const traders = [1, 2, 3].map((keyNumber) => seedAccount(exchange, { keyNumber, balances }));
  const keys = [MARKET_MAKER, ...traders.map(({ apiKey }) => apiKey)];
  const answers: string[] = [];
  for (const { who, step } of steps) {
    const trader = traders[who];
    if (step.kind === 'mark') exchange.setMarkPrice(step.symbol, step.price);
    else if (trader) {
      const placing = step.kind === 'place';
      const outcome = trader.send({
        method: placing ? 'POST' : 'DELETE',
        path: placing ? '/api/v1/order' : '/api/v1/orders',
        instruction: placing ? 'orderExecute' : 'orderCancelAll',
        params: placing ? bodyOf(step) : { symbol: step.symbol },
        timestamp: START,
      });
      answers.push(answerOf(outcome).text);
    }
    look(exchange, keys);
  }
  return answers;
}

describe('matching', () => {
  it('makes and loses no money, and nobody goes below zero', () => {
    let fills = 0;
    fc.assert(
      fc.property(run, (given) => {
        play(given, (exchange, keys) => {
          let sol = amount(exchange.houseFees().SOL ?? '0');
          let usdc = amount(exchange.houseFees().USDC ?? '0');
          for (const key of keys) {
            for (const [asset, { available, locked }] of Object.entries(exchange.balances(key))) {
              expect([asset, amount(available).gte(0), amount(locked).gte(0)]).toEqual([
                asset,
                true,
                true,
              ]);
              const total = amount(available).plus(locked);
              if (asset === 'SOL') sol = sol.plus(total);
              if (asset === 'USDC') usdc = usdc.plus(total);
            }
            for (const { netCost } of exchange.positions(key)) usdc = usdc.minus(netCost);
          }
          expect(sol.toFixed()).toBe('1000000000300');
          expect(usdc.toFixed()).toBe('1000000060000');
          fills = Math.max(fills, exchange.fills(MARKET_MAKER).length);
        });
      }),
      { numRuns: 150 },
    );
    expect(fills).toBeGreaterThan(3);
  });

  it('locks exactly what the open orders may cost on the spot, and never crosses the book', () => {
    fc.assert(
      fc.property(run, (given) => {
        play(given, (exchange, keys) => {
          for (const key of keys.slice(1)) {
            const resting = exchange
              .openOrders(key)
              .filter(
                ({ side, symbol, status }) =>
                  side === 'Ask' && symbol === 'SOL_USDC' && status !== 'TriggerPending',
              );
            const offered = resting.reduce(
              (sum, { quantity, executedQuantity }) =>
                sum.plus(quantity ?? '0').minus(executedQuantity),
              zero,
            );
            expect(exchange.balances(key).SOL?.locked).toBe(offered.toFixed());
          }
          for (const symbol of ['SOL_USDC', 'SOL_USDC_PERP']) {
            const url = `/api/v1/depth?symbol=${symbol}`;
            const { asks, bids } = answerOf<DepthBody>(
              exchange.handle({ method: 'GET', url, headers: {}, body: '' }),
            ).body;
            const [bid, ask] = [bids.at(-1)?.[0], asks[0]?.[0]];
            if (bid && ask) expect(amount(bid).lt(ask)).toBe(true);
          }
        });
      }),
      { numRuns: 80 },
    );
  });

  it('executes no more than was ordered, and at no worse a price', () => {
    fc.assert(
      fc.property(run, (given) => {
        const { 0: exchange, 1: keys } = (() => {
          let last: [ReturnType<typeof createPracticeExchange>, string[]] | undefined;
          play(given, (exchange, keys) => {
            last = [exchange, keys];
          });
          if (!last) throw new Error('a run has steps');
          return last;
        })();
        for (const key of keys) {
          const orders = new Map(exchange.allOrders(key).map((one) => [one.id, one]));
          for (const one of orders.values())
            if (one.quantity) expect(amount(one.executedQuantity).lte(one.quantity)).toBe(true);
          for (const { orderId, price, side } of exchange.fills(key)) {
            const limit = orders.get(orderId)?.price;
            if (limit)
              expect(side === 'Bid' ? amount(price).lte(limit) : amount(price).gte(limit)).toBe(
                true,
              );
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('gives the same answers for the same seed and requests', () => {
    fc.assert(
      fc.property(run, (given) => {
        expect(play(given, () => undefined)).toEqual(play(given, () => undefined));
      }),
      { numRuns: 40 },
    );
  });

  it('fills the better price first, and of one price the older order', () => {
    const exchange = createPracticeExchange({ now: () => START });
    const [first, second, taker] = [1, 2, 3].map((keyNumber) =>
      seedAccount(exchange, { keyNumber }),
    );
    exchange.clearLiquidity('SOL_USDC');
    const send = (from: typeof first, side: string, price: string, quantity: string) =>
      from?.send({
        method: 'POST',
        path: '/api/v1/order',
        instruction: 'orderExecute',
        params: { symbol: 'SOL_USDC', side, orderType: 'Limit', price, quantity },
        timestamp: START,
      });
    send(first, 'Ask', '151', '1');
    send(second, 'Ask', '150', '1');
    send(first, 'Ask', '150', '1');
    send(taker, 'Bid', '151', '2.5');
    const met = exchange.fills(taker?.apiKey ?? '').map(({ price, quantity }) => [price, quantity]);
    expect(met).toEqual([
      ['150', '1'],
      ['150', '1'],
      ['151', '0.5'],
    ]);
    expect(exchange.fills(second?.apiKey ?? '')).toHaveLength(1);
    const ages = exchange.fills(first?.apiKey ?? '').map(({ tradeId }) => tradeId);
    expect(exchange.fills(second?.apiKey ?? '')[0]?.tradeId).toBeLessThan(ages[0] ?? 0);
  });
});
