import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { add, type Decimal } from '../../../src/core/decimal.ts';
import { balances, markPrices, tickers } from '../../../src/exchange/types.ts';
import { valuation } from '../../../src/exchange/valuation.ts';

const holding = (available: string, locked = '0', staked = '0') => ({ available, locked, staked });
const last = (symbol: string, lastPrice: string) => ({
  symbol,
  lastPrice,
  priceChangePercent: 'N/A',
  high: lastPrice,
  low: lastPrice,
  quoteVolume: '0',
});
const value = (held: object, prices: object[] = [], marks: object[] = []) =>
  valuation(v.parse(balances, held), v.parse(tickers, prices), v.parse(markPrices, marks));

describe('valuation', () => {
  it('counts available, locked and staked, exactly, the most valuable first', () => {
    const result = value({ USDC: holding('0.1', '0.2'), SOL: holding('52.1', '1.5', '0.4') }, [
      last('SOL_USDC', '173.33'),
    ]);
    expect(result.held.map(({ asset, total, value }) => [asset, total, value])).toEqual([
      ['SOL', '54', '9359.82'],
      ['USDC', '0.3', '0.3'],
    ]);
    expect(result).toMatchObject({ total: '9360.12', unpriced: 0, empty: [] });
  });

  it('takes the mark price of the perpetual where there is no spot price, or one of nothing', () => {
    const marks = [{ symbol: 'BTC_USDC_PERP', markPrice: '65000' }];
    expect(value({ BTC: holding('2') }, [], marks).total).toBe('130000');
    expect(value({ BTC: holding('2') }, [last('BTC_USDC', '0')], marks).total).toBe('130000');
    expect(value({ BTC: holding('2') }, [last('BTC_USDC', '64000')], marks).total).toBe('128000');
  });

  it('gives no value to an asset without a price, and says that the total leaves it out', () => {
    const result = value({ WIF: holding('3'), ABC: holding('1'), USDC: holding('5') });
    expect(result.held.map(({ asset, value }) => [asset, value])).toEqual([
      ['USDC', '5'],
      ['ABC', undefined],
      ['WIF', undefined],
    ]);
    expect(result).toMatchObject({ total: '5', unpriced: 2 });
  });

  it('folds what is empty, without counting it as left out', () => {
    const result = value({ WIF: holding('0'), SOL: holding('0.00'), USDC: holding('0') });
    expect(result).toMatchObject({ held: [], total: '0', unpriced: 0 });
    expect(result.empty.map(({ asset }) => asset)).toEqual(['SOL', 'USDC', 'WIF']);
  });

  it('keeps a debt in the list and takes it off the total', () => {
    expect(
      value({ USDC: holding('-2.5'), SOL: holding('1') }, [last('SOL_USDC', '10')]).total,
    ).toBe('7.5');
  });

  it('is not fooled by names of the language', () => {
    const held = JSON.parse('{"__proto__":{"available":"1","locked":"0","staked":"0"}}');
    expect(() => value({ ...held, constructor: holding('1') })).not.toThrow();
    expect(value({ constructor: holding('1') }).held[0]?.value).toBeUndefined();
  });

  it('has a total that is the sum of its rows, and loses no asset', () => {
    const amount = fc.stringMatching(/^\d{1,9}(\.\d{1,8})?$/);
    const names = fc.constantFrom('SOL', 'BTC', 'ETH', 'USDC', 'WIF', '0G');
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.tuple(amount, amount, amount)),
        fc.dictionary(names, amount),
        (held, prices) => {
          const result = value(
            Object.fromEntries(
              Object.entries(held).map(([name, [a, l, s]]) => [name, holding(a, l, s)]),
            ),
            Object.entries(prices).map(([name, price]) => last(`${name}_USDC`, price)),
          );
          const sum = result.held.reduce(
            (total, row) => add(total, row.value ?? ('0' as Decimal)),
            '0' as Decimal,
          );
          expect(result.total).toBe(sum);
          expect([...result.held, ...result.empty].map((row) => row.asset).sort()).toEqual(
            Object.keys(held).sort(),
          );
        },
      ),
    );
  });
});
