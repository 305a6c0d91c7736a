import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { entryOf, type Instruction } from '../../../src/exchange/instructions/index.ts';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import { splitSymbol, tradedName } from '../../../src/exchange/symbols.ts';
import { endpoints, exampleOf, type Shape } from '../../instructions/documented.ts';

const messages: Record<string, { message: string }> = JSON.parse(
  readFileSync(new URL('../../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

/** The sentence as a person reads it. */
function sentence(instruction: string, params: object): string {
  const phrase = entryOf(instruction).words(params as never);
  const clauses = [phrase, ...(phrase.more ?? [])].map(({ key, values }) => {
    const text = messages[key]?.message ?? `no text for ${key}`;
    return text.replace(/\$(\d)/g, (_match, digit) => values[Number(digit) - 1] ?? '?');
  });
  return clauses.join(', ');
}

describe('words', () => {
  const sell = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit' };
  const perp = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market' };
  it.each([
    [{ ...sell, price: '180', quantity: '1.5' }, 'Sell 1.5 SOL at 180 USDC'],
    [
      { ...sell, side: 'Bid', price: '0180.10', quantity: '1.500' },
      'Buy 1.500 SOL at 0180.10 USDC',
    ],
    [{ ...perp, quantity: '2' }, 'Buy 2 SOL-PERP at the market price'],
    [
      { ...perp, symbol: 'AAPL.US_USDC', quoteQuantity: '100' },
      'Buy AAPL.US for 100 USDC at the market price',
    ],
    [
      { ...sell, price: '170', triggerPrice: '171', triggerQuantity: '2' },
      'Sell 2 SOL at 170 USDC once the price reaches 171 USDC',
    ],
    [
      { ...perp, side: 'Ask', triggerPrice: '120', triggerQuantity: '50%' },
      'Sell 50% of the SOL-PERP position at the market price once it reaches 120 USDC',
    ],
    [
      { ...perp, quantity: '2', stopLossTriggerPrice: '130', takeProfitTriggerPrice: '170.5' },
      'Buy 2 SOL-PERP at the market price, stop loss at 130 USDC, take profit at 170.5 USDC',
    ],
    [
      {
        ...sell,
        ...{
          price: '180',
          quantity: '1.5',
          stopLossTriggerPrice: '190',
          stopLossLimitPrice: '191',
        },
        ...{ takeProfitTriggerPrice: '150', takeProfitLimitPrice: '149' },
      },
      'Sell 1.5 SOL at 180 USDC, stop loss at 190 USDC (limit 191 USDC), take profit at 150 USDC (limit 149 USDC)',
    ],
  ])('says %j as "%s"', (params, text) => {
    expect(sentence('orderExecute', params)).toBe(text);
  });

  it('says which order a cancel names', () => {
    expect(sentence('orderCancel', { symbol: 'SOL_USDC', orderId: '9' })).toBe(
      'Cancel order 9 on SOL_USDC',
    );
    expect(sentence('orderCancelAll', { symbol: 'SOL_USDC_PERP' })).toBe(
      'Cancel all orders on SOL_USDC_PERP',
    );
  });

  it('has a sentence with every amount of every order that there can be', () => {
    const amount = fc.constantFrom('1', '0.50');
    const anyOrder = fc.record(
      {
        symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC_PERP'),
        side: fc.constantFrom('Bid', 'Ask'),
        orderType: fc.constantFrom('Limit', 'Market'),
        price: fc.constant('11.1'),
        quantity: amount,
        quoteQuantity: amount,
        triggerPrice: fc.constant('22.2'),
        triggerQuantity: fc.constantFrom('3', '50%'),
        stopLossTriggerPrice: fc.constant('33.3'),
        stopLossLimitPrice: fc.constant('44.4'),
        takeProfitTriggerPrice: fc.constant('55.5'),
        takeProfitLimitPrice: fc.constant('66.6'),
      },
      { requiredKeys: ['symbol', 'side', 'orderType'] },
    );
    fc.assert(
      fc.property(anyOrder, (params) => {
        if (!v.is(orderParams, params)) return;
        const text = sentence('orderExecute', params);
        expect(text).not.toMatch(/no text|undefined|\?|\$/);
        const { symbol, side, orderType, ...amounts } = params;
        for (const part of Object.values(amounts)) expect(text).toContain(part);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[Instruction, object, string]>([
    ['accountUpdate', { leverageLimit: '5' }, 'Set the leverage limit of the account to 5'],
    ['accountUpdate', { autoLend: true }, 'Lend balances automatically'],
    ['accountUpdate', { autoRepayBorrows: false }, 'Stop repaying loans automatically'],
    ['accountUpdate', { autoBorrowSettlements: true }, 'Borrow automatically to settle debts'],
    [
      'accountUpdate',
      { leverageLimit: '5', autoLend: false },
      'Change account settings: leverageLimit: 5, autoLend: false',
    ],
    ['convertDust', {}, 'Convert all small balances to USDC'],
    ['convertDust', { symbol: 'BTC' }, 'Convert the small balance of BTC to USDC'],
    ['borrowLendExecute', { symbol: 'SOL', side: 'Borrow', quantity: '0.50' }, 'Borrow 0.50 SOL'],
    ['borrowLendExecute', { symbol: 'SOL', side: 'Lend', quantity: '1' }, 'Lend 1 SOL'],
    ['quoteAccept', { rfqId: '3', quoteId: '4' }, 'Accept quote 4 on request 3'],
    ['rfqCancel', { clientId: 0 }, 'Cancel request for quotes 0'],
    [
      'quoteSubmit',
      { rfqId: '3', bidPrice: '149', askPrice: '151' },
      'Offer to buy at 149 and to sell at 151 on request 3',
    ],
    [
      'strategyCancel',
      { symbol: 'SOL_USDC', clientStrategyId: 9 },
      'Cancel strategy 9 on SOL_USDC',
    ],
    ['vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '10' }, 'Put 10 USDC into vault 1'],
    [
      'vaultRedeemRequest',
      { vaultId: 1, vaultTokenQuantity: '2' },
      'Ask for 2 shares of vault 1 to be redeemed',
    ],
    ['vaultRedeemRequest', { vaultId: 1 }, 'Ask for all shares of vault 1 to be redeemed'],
  ])('says %s %j as "%s"', (instruction, params, text) => {
    expect(sentence(instruction, params)).toBe(text);
  });

  const sides = [
    ['Bid', 'buy', 'Buy'],
    ['Ask', 'sell', 'Sell'],
  ] as const;
  it.each(sides)('says every request for quotes and every strategy to %s', (side, to, verb) => {
    const symbol = 'SOL_USDC';
    const bound = side === 'Bid' ? 'less' : 'more';
    const who = side === 'Bid' ? 'from the first who quotes' : 'to the first who quotes';
    const rfq = (more: object) => sentence('rfqSubmit', { symbol, side, ...more });
    expect(rfq({ quantity: '5' })).toBe(`Ask for quotes to ${to} 5 SOL`);
    expect(rfq({ quoteQuantity: '50' })).toBe(`Ask for quotes to ${to} SOL for 50 USDC`);
    expect(rfq({ quantity: '5', price: '180' })).toBe(`${verb} 5 SOL ${who} 180 USDC or ${bound}`);
    expect(rfq({ quoteQuantity: '50', price: '180' })).toBe(
      `${verb} SOL for 50 USDC ${who} 180 USDC or ${bound}`,
    );
    const plan = { symbol, side, quantity: '4', duration: 3_600_000, interval: 90_000 };
    expect(sentence('strategyCreate', plan)).toBe(
      `${verb} 4 SOL at the market price in parts over 60 min, one every 90 s`,
    );
    expect(sentence('strategyCreate', { ...plan, price: '180', interval: 1500 })).toBe(
      `${verb} 4 SOL at 180 USDC or ${bound} in parts over 60 min, one every 1500 ms`,
    );
  });

  it('has a sentence for every instruction as it is asked', () => {
    for (const { instruction, params } of endpoints) {
      if (instruction === 'orderExecute') continue;
      const example = Object.fromEntries(
        Object.entries(params).map(([key, shape]) => [key, exampleOf(shape as Shape)]),
      );
      expect(sentence(instruction, example), instruction).not.toMatch(/no text|undefined|\$/);
    }
  });
});

describe('symbols', () => {
  it.each([
    ['SOL_USDC', { base: 'SOL', quote: 'USDC', kind: '' }, 'SOL'],
    ['BTC_USDC_PERP', { base: 'BTC', quote: 'USDC', kind: 'PERP' }, 'BTC-PERP'],
    ['BRK.B.US_USDC', { base: 'BRK.B.US', quote: 'USDC', kind: '' }, 'BRK.B.US'],
    ['ODD', { base: 'ODD', quote: '', kind: '' }, 'ODD'],
  ])('reads %s', (symbol, parts, traded) => {
    expect(splitSymbol(symbol)).toEqual(parts);
    expect(tradedName(symbol)).toBe(traded);
  });
});
