import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { entryOf, instructions } from '../../../src/exchange/instructions/index.ts';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import { splitSymbol, tradedName } from '../../../src/exchange/symbols.ts';

const messages: Record<string, { message: string }> = JSON.parse(
  readFileSync(new URL('../../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

/** The sentence as a person reads it. */
function sentence(instruction: string, params: object): string {
  const { key, values } = entryOf(instruction).words(params as never);
  const text = messages[key]?.message ?? `no text for ${key}`;
  return text.replace(/\$(\d)/g, (_match, digit) => values[Number(digit) - 1] ?? '?');
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
      },
      { requiredKeys: ['symbol', 'side', 'orderType'] },
    );
    fc.assert(
      fc.property(anyOrder, (params) => {
        if (!v.is(orderParams, params)) return;
        const text = sentence('orderExecute', params);
        expect(text).not.toMatch(/no text|undefined|\?|\$/);
        const { price, quantity, quoteQuantity, triggerPrice, triggerQuantity } = params;
        for (const part of [price, quantity, quoteQuantity, triggerPrice, triggerQuantity]) {
          if (part !== undefined) expect(text).toContain(part);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has a sentence for every other instruction', () => {
    for (const name of Object.keys(instructions)) {
      if (name === 'orderExecute') continue;
      expect(sentence(name, { symbol: 'SOL_USDC', orderId: '1' })).not.toMatch(/no text/);
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
