import { describe, expect, it } from 'vitest';
import { assertDecimal, type Decimal } from '../../../src/core/decimal.ts';
import { EMPTY_DRAFT, type OrderDraft } from '../../../src/exchange/order-draft.ts';
import type { Market } from '../../../src/exchange/types.ts';
import { moved } from '../../../src/ui/components/moved.ts';
import { foundMarkets } from '../../../src/ui/screens/Desk/found.ts';
import { type BookLevel, ladder, spreadOf } from '../../../src/ui/screens/Desk/ladder.ts';
import { picked } from '../../../src/ui/screens/Desk/picked.ts';
import { type Candle, candlesOf, withPrice } from '../../../src/ui/state/candles.ts';

const d = assertDecimal;

describe('the search for a market', () => {
  const markets = ['SOL_USDC', 'SOL_USDC_PERP', 'BTC_USDC', 'AAPL.US_USDC_PERP'].map(
    (symbol) => ({ symbol }) as Market,
  );
  it.each([
    ['', 4],
    ['sol', 2],
    ['sol perp', 1],
    ['SOL/USDC', 2],
    ['perp', 2],
    ['aapl', 1],
    ['doge', 0],
  ])('finds for "%s" so many: %i', (typed, count) => {
    expect(foundMarkets(markets, typed)).toHaveLength(count);
  });
});

describe('a ladder', () => {
  const levels = (...pairs: [string, string][]): BookLevel[] =>
    pairs.map(([price, quantity]): [Decimal, Decimal] => [d(price), d(quantity)]);

  it('sums up what stands to each price, exactly, and measures both sides alike', () => {
    const { bids, asks } = ladder(
      { bids: levels(['10', '0.1'], ['9', '0.2']), asks: levels(['11', '0.6'], ['12', '0.6']) },
      2,
    );
    expect(bids).toEqual([
      { price: '10', quantity: '0.1', total: '0.1', permille: 83 },
      { price: '9', quantity: '0.2', total: '0.3', permille: 250 },
    ]);
    expect(asks.map(({ total, permille }) => [total, permille])).toEqual([
      ['0.6', 500],
      ['1.2', 1000],
    ]);
  });

  it('leaves out what is too far away, and takes an empty side as it is', () => {
    const { bids, asks } = ladder({ bids: levels(['10', '1'], ['9', '9']), asks: [] }, 1);
    expect(bids).toEqual([{ price: '10', quantity: '1', total: '1', permille: 1000 }]);
    expect(asks).toEqual([]);
  });

  it('has a spread in the quote asset and in percent, if there are both sides', () => {
    expect(spreadOf(d('99.9'), d('100.1'))).toEqual({ absolute: '0.2', percent: '0.2' });
    expect(spreadOf(undefined, d('1'))).toBeUndefined();
    expect(spreadOf(d('1'), undefined)).toBeUndefined();
  });
});

describe('a price that is picked from the book', () => {
  const pick = (part: Partial<OrderDraft>) => picked({ ...EMPTY_DRAFT, ...part }, d('150'));
  it.each<[OrderDraft['orderType'], Partial<OrderDraft>]>([
    ['Limit', { price: '150' }],
    ['StopLimit', { price: '150' }],
    ['StopMarket', { triggerPrice: '150' }],
    ['Market', { orderType: 'Limit', price: '150' }],
    ['Ladder', { ladderFrom: '150' }],
  ])('goes into a %s order as %o', (orderType, part) => {
    expect(pick({ orderType })).toEqual(part);
  });
  it('is the end of a ladder that has its beginning', () => {
    expect(pick({ orderType: 'Ladder', ladderFrom: '149' })).toEqual({ ladderTo: '150' });
  });
});

describe('an arrow key in a list', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 2, 2],
    ['ArrowUp', 0, 0],
    ['ArrowUp', 2, 1],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['Enter', 0, undefined],
  ])('%s leads from %i of three to %s', (key, from, to) => {
    expect(moved(key, from, 3)).toBe(to);
  });
  it('leads nowhere in an empty list', () => expect(moved('ArrowDown', 0, 0)).toBeUndefined());
});

describe('candles', () => {
  const prices = { open: d('1'), high: d('4'), low: d('0.5'), close: d('2') };
  const row = (start: string, more: object = {}) => ({
    start,
    end: start,
    ...prices,
    volume: d('1'),
    ...more,
  });

  it('come by time, each once, without those in which nothing was traded', () => {
    const rows = [
      row('2025-07-19 13:10:00'),
      row('2025-07-19 13:09:00'),
      row('2025-07-19 13:10:00', { close: d('3') }),
      row('2025-07-19 13:11:00', { open: null, high: null, low: null, close: null }),
      row('soon'),
    ];
    const time = Date.UTC(2025, 6, 19, 13, 9) / 1000;
    expect(candlesOf(rows)).toEqual([
      { time, open: 1, high: 4, low: 0.5, close: 2 },
      { time: time + 60, open: 1, high: 4, low: 0.5, close: 3 },
    ]);
  });

  const last: Candle = { time: 600, open: 10, high: 12, low: 9, close: 11 };
  it.each([
    ['within', 11, 601_000, { ...last, close: 11 }],
    ['above', 13, 659_999, { ...last, high: 13, close: 13 }],
    ['below', 8, 659_999, { ...last, low: 8, close: 8 }],
    ['after the end of', 8, 660_000, { time: 660, open: 8, high: 8, low: 8, close: 8 }],
    ['long after', 8, 800_000, { time: 780, open: 8, high: 8, low: 8, close: 8 }],
  ])('a price %s the last one', (_, price, at, next) => {
    expect(withPrice(last, price, at, 60)).toEqual(next);
  });
});
