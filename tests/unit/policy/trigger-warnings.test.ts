import { describe, expect, it } from 'vitest';
import { assertDecimal } from '../../../src/core/decimal.ts';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { costOf, orderWarnings, spending } from '../../../src/policy/warnings.ts';
import { aMarket } from '../exchange/market-fixture.ts';

const d = assertDecimal;
const perp = aMarket({ symbol: 'SOL_USDC_PERP', marketType: 'PERP' });
const mark = d('150');

const order = (changes: Partial<OrderParams>): OrderParams => ({
  ...{ symbol: perp.symbol, side: 'Bid', orderType: 'Limit' },
  ...changes,
});
const buy = { price: '150', quantity: '1' } as const;
const sell = { ...buy, side: 'Ask' } as const;
const stop = (side: 'Bid' | 'Ask', triggerPrice: string) =>
  ({ orderType: 'Market', side, triggerPrice, triggerQuantity: '2' }) as const;

const found = (changes: Partial<OrderParams>, at: typeof mark | undefined = mark) =>
  orderWarnings(order(changes), perp, { mark: at }).filter(({ severity }) => severity !== 'info');

describe('a trigger', () => {
  it.each([
    ['above the mark, to buy', stop('Bid', '160')],
    ['below the mark, to sell', stop('Ask', '140')],
    ['a little more than a thousandth away', stop('Bid', '150.151')],
  ])('is right %s', (_name, params) => expect(found(params)).toEqual([]));

  it.each([
    ['at the mark', '150'],
    ['a thousandth above it', '150.15'],
    ['a thousandth below it', '149.85'],
  ])('may fire at once %s', (_name, price) => {
    const warning = { code: 'trigger-at-once', severity: 'warn', mark };
    expect(found(stop('Bid', price))).toEqual([warning]);
    expect(found(stop('Ask', price))).toEqual([warning]);
  });

  it.each([
    ['to buy', 'Bid', '140'],
    ['to sell', 'Ask', '160'],
  ] as const)(
    'does the opposite of a stop on the other side of the mark, %s',
    (_name, side, price) => {
      expect(found(stop(side, price))).toEqual([
        { code: 'trigger-turned', severity: 'warn', side, mark },
      ]);
    },
  );

  it('is what a limit price is compared with, not the mark', () => {
    const far = { triggerPrice: '300', triggerQuantity: '1' };
    expect(found({ ...far, price: '301' })).toEqual([]);
    expect(found({ ...far, price: '330' })).toEqual([
      {
        ...{ code: 'far-from-mark', severity: 'warn', percent: '10', direction: 'above' },
        ...{ mark: '300', markBy: 'trigger' },
      },
    ]);
  });

  it('takes nothing from the balance yet, and is worth what it will trade for', () => {
    const params = order({ ...stop('Bid', '160'), symbol: 'SOL_USDC' });
    const available = { base: d('0'), quote: d('0') };
    expect(spending(params, aMarket(), { available, mark })).toBeUndefined();
    expect(costOf(params, mark)).toBe('320');
    expect(costOf(order({ ...stop('Ask', '140'), triggerQuantity: '50%' }), mark)).toBeUndefined();
    expect(orderWarnings(params, aMarket(), { available, mark })).toEqual([
      { code: 'market-price-later', severity: 'info', estimate: '320', asset: 'USDC' },
    ]);
  });
});

describe('a stop loss or take profit', () => {
  const wrong = (attached: string, side: string, entry: string) => [
    { code: 'attached-at-once', severity: 'severe', attached, side, entry },
  ];
  it.each<[string, Partial<OrderParams>]>([
    ['of a buy', { ...buy, stopLossTriggerPrice: '140', takeProfitTriggerPrice: '160' }],
    ['of a sale', { ...sell, stopLossTriggerPrice: '160', takeProfitTriggerPrice: '140' }],
    [
      'of a buy that waits for its trigger',
      { ...stop('Bid', '200'), stopLossTriggerPrice: '190', takeProfitTriggerPrice: '210' },
    ],
    [
      'of a buy above the market, which is filled at the market’s price',
      { ...buy, price: '157', stopLossTriggerPrice: '149', takeProfitTriggerPrice: '155' },
    ],
  ])('is right %s on its own side', (_name, params) => expect(found(params)).toEqual([]));

  it.each<[string, Partial<OrderParams>, ReturnType<typeof wrong>]>([
    ['at the price', { ...buy, stopLossTriggerPrice: '150' }, wrong('stop-loss', 'Bid', '150')],
    [
      'above the price of a buy',
      { ...buy, price: '145', stopLossTriggerPrice: '146' },
      wrong('stop-loss', 'Bid', '145'),
    ],
    [
      'above the market that a buy will meet',
      { ...buy, price: '157', stopLossTriggerPrice: '151' },
      wrong('stop-loss', 'Bid', '150'),
    ],
    [
      'below the price of a sale',
      { ...sell, price: '155', stopLossTriggerPrice: '154' },
      wrong('stop-loss', 'Ask', '155'),
    ],
    [
      'above the mark where a market order buys',
      { orderType: 'Market', quantity: '1', stopLossTriggerPrice: '151' },
      wrong('stop-loss', 'Bid', '150'),
    ],
    [
      'below the price of a buy',
      { ...buy, takeProfitTriggerPrice: '149' },
      wrong('take-profit', 'Bid', '150'),
    ],
    [
      'above the price of a sale',
      { ...sell, takeProfitTriggerPrice: '151' },
      wrong('take-profit', 'Ask', '150'),
    ],
    [
      'beyond the trigger of a sale',
      { ...stop('Ask', '120'), stopLossTriggerPrice: '110' },
      wrong('stop-loss', 'Ask', '120'),
    ],
  ])('%s would fire at once', (_name, params, warnings) => expect(found(params)).toEqual(warnings));

  it('is compared with the order’s own price where the market has none', () => {
    const params = { ...buy, price: '145', stopLossTriggerPrice: '146' };
    expect(
      orderWarnings(order(params), perp, {}).filter(({ code }) => code === 'attached-at-once'),
    ).toEqual(wrong('stop-loss', 'Bid', '145'));
    const open = { orderType: 'Market', quantity: '1', stopLossTriggerPrice: '146' } as const;
    expect(orderWarnings(order(open), perp, {})).toEqual([
      { code: 'no-reference', severity: 'info' },
    ]);
  });

  it.each<[Partial<OrderParams>, boolean]>([
    [{ ...buy, stopLossTriggerPrice: '140', stopLossLimitPrice: '139' }, false],
    [{ ...buy, stopLossTriggerPrice: '140', stopLossLimitPrice: '141' }, true],
    [{ ...sell, stopLossTriggerPrice: '160', stopLossLimitPrice: '161' }, false],
    [{ ...sell, stopLossTriggerPrice: '160', stopLossLimitPrice: '159' }, true],
  ])('%j rests behind its trigger: %s', (params, rests) => {
    const codes = found(params).map(({ code }) => code);
    expect(codes).toEqual(rests ? ['stop-loss-limit'] : []);
  });
});
