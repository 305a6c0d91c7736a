import { describe, expect, it } from 'vitest';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import { answerOf, START, setUp } from './harness.ts';

interface CandleBody {
  readonly start: string;
  readonly open: string | null;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly trades: string;
}
interface TickerBody {
  readonly firstPrice: string;
  readonly lastPrice: string;
  readonly priceChangePercent: string;
  readonly high: string;
  readonly low: string;
  readonly volume: string;
  readonly trades: string;
}

const HOUR_S = 3600;
const HERE_S = START / 1000;

function market(options: Parameters<typeof setUp>[0] = {}) {
  const world = setUp(options);
  const candles = (interval: string, startTime: number, more = ''): CandleBody[] =>
    world.get<CandleBody[]>(
      `/api/v1/klines?symbol=SOL_USDC&interval=${interval}&startTime=${startTime}${more}`,
    ).body;
  const ticker = (): TickerBody => world.get<TickerBody>('/api/v1/ticker?symbol=SOL_USDC').body;
  return { ...world, candles, ticker };
}

const most = (rows: CandleBody[]): number => Math.max(...rows.map(({ high }) => Number(high)));
const least = (rows: CandleBody[]): number => Math.min(...rows.map(({ low }) => Number(low)));
const total = (rows: CandleBody[]): number =>
  rows.reduce((sum, { volume }) => sum + Number(volume), 0);

describe('candles', () => {
  it('begin at whole intervals, times in seconds, and lead to the price that the book has', () => {
    const rows = market().candles('15m', HERE_S - HOUR_S);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({ start: '2025-06-15 14:00:00' });
    expect(rows.at(-1)).toMatchObject({ start: '2025-06-15 15:00:00', close: '150' });
  });

  it('go on where the last one ended, and move', () => {
    const rows = market().candles(
      '1m',
      HERE_S - HOUR_S,
      `&endTime=${Math.floor(HERE_S / 60) * 60}`,
    );
    expect(rows).toHaveLength(60);
    for (const [index, row] of rows.entries()) {
      const { open, high, low, close } = row;
      expect(Number(low)).toBeLessThanOrEqual(Math.min(Number(open), Number(close)));
      expect(Number(high)).toBeGreaterThanOrEqual(Math.max(Number(open), Number(close)));
      if (index > 0) expect(open).toBe(rows[index - 1]?.close);
    }
    expect(new Set(rows.map(({ close }) => close)).size).toBeGreaterThan(20);
  });

  it.each([
    ['1h', '1m', 60],
    ['1d', '1h', 24],
    ['1m', '1s', 60],
  ])('of %s say the same as those of %s together', (long, short, count) => {
    const { candles } = market();
    const start = Date.UTC(2025, 5, 14) / 1000;
    const [whole] = candles(long, start);
    const traded = candles(short, start)
      .slice(0, count)
      .filter(({ open }) => open !== null);
    expect(whole?.open).toBe(traded[0]?.open);
    expect(whole?.close).toBe(traded.at(-1)?.close);
    expect([Number(whole?.high), Number(whole?.low)]).toEqual([most(traded), least(traded)]);
    expect(Number(whole?.volume)).toBeCloseTo(total(traded), 6);
  });

  it('hold what is traded here, and have no prices where nothing was', () => {
    const { candles, pass, place, get } = market();
    pass(3 * 60_000);
    place({ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '2' });
    pass(60_000);
    const [{ price } = { price: '' }] = get<{ price: string }[]>(
      '/api/v1/trades?symbol=SOL_USDC&limit=1',
    ).body;
    const rows = candles('1m', HERE_S + 60);
    expect(rows.map(({ open, volume }) => [open, volume])).toEqual([
      [null, '0'],
      [null, '0'],
      [price, '2'],
      [null, '0'],
    ]);
  });

  it('have no prices from before there was a market', () => {
    const [row] = market().candles('1d', HERE_S - 500 * 24 * HOUR_S);
    expect(row).toMatchObject({ open: null, close: null, volume: '0', trades: '0' });
  });

  it('follow mark and index too, which stand somewhere even where nothing is traded', () => {
    const { candles, exchange, pass } = market();
    exchange.setReferencePrices('SOL_USDC', { mark: '155', index: '160' });
    pass(60_000);
    exchange.setReferencePrices('SOL_USDC', { mark: '152' });
    pass(60_000);
    const closes = (type: string): string[] =>
      candles('1m', HERE_S, `&priceType=${type}`).map(({ close }) => close);
    expect(closes('Mark')).toEqual(['155', '152', '152']);
    expect(closes('Index')).toEqual(['160', '160', '160']);
  });

  it('are the same for the same seed, and others for another', () => {
    const url = `/api/v1/klines?symbol=BTC_USDC&interval=1h&startTime=${HERE_S - 24 * HOUR_S}`;
    const [one, same, other] = [3, 3, 4].map((seed) => {
      const exchange = createPracticeExchange({ seed, now: () => START });
      return answerOf(exchange.handle({ method: 'GET', url, headers: {}, body: '' })).text;
    });
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('the ticker', () => {
  it('tells what the candles of its day tell', () => {
    const { candles, ticker, exchange } = market();
    exchange.setMarkPrice('SOL_USDC', '171.5');
    const day = candles('3m', HERE_S - 24 * HOUR_S).filter(({ open }) => open !== null);
    const told = ticker();
    expect(told).toMatchObject({ firstPrice: day[0]?.open, lastPrice: '171.5', high: '171.5' });
    expect(Number(told.low)).toBe(least(day));
    expect(Number(told.volume)).toBeCloseTo(total(day), 6);
    const change = (171.5 - Number(told.firstPrice)) / Number(told.firstPrice);
    expect(Number(told.priceChangePercent)).toBeCloseTo(change, 6);
    expect(change).not.toBe(0);
  });

  it('forgets a trade after a day, and keeps the last price', () => {
    const { ticker, exchange, pass } = market();
    exchange.setLastPrice('SOL_USDC', '149.5');
    pass(25 * HOUR_S * 1000);
    expect(ticker()).toMatchObject({
      ...{ firstPrice: '149.5', lastPrice: '149.5', priceChangePercent: '0.000000' },
      ...{ volume: '0', trades: '0' },
    });
  });

  it('goes with the newest trades, newest first', () => {
    const { get, ticker, exchange } = market();
    exchange.setLastPrice('SOL_USDC', '150.5');
    const trades = get<{ id: number; price: string; timestamp: number }[]>(
      '/api/v1/trades?symbol=SOL_USDC&limit=50',
    ).body;
    expect(trades).toHaveLength(50);
    expect(trades[0]?.price).toBe(ticker().lastPrice);
    const ids = trades.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(50);
  });
});
