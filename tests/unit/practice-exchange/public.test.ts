import { describe, expect, it } from 'vitest';
import { type DepthBody, START, setUp } from './harness.ts';

interface MarketBody {
  readonly baseSymbol: string;
  readonly quoteSymbol: string;
}

describe('public endpoints', () => {
  const { get, exchange, place } = setUp();

  it('answers ping and time in bare text', () => {
    expect(get('/api/v1/ping')).toMatchObject({ status: 200, text: 'pong' });
    expect(get('/api/v1/time').text).toBe(String(START));
    expect(get('/api/v1/time').headers['content-type']).toMatch(/^text\/plain/);
    expect(get('/api/v1/status').body).toEqual({ message: null, status: 'Ok' });
  });
  it('grants no foreign origin anything', () => {
    const names = Object.keys(get('/api/v1/markets').headers);
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = { method: 'OPTIONS', url: '/api/v1/markets', headers: {}, body: '' };
    expect(exchange.handle(preflight)).toMatchObject({ response: { status: 405 } });
  });
  it('lists spot and perpetual markets, the hidden one included', () => {
    const markets = get('/api/v1/markets').body;
    expect(markets).toHaveLength(8);
    expect(get('/api/v1/markets?marketType=PERP').body).toHaveLength(2);
    expect(get('/api/v1/market?symbol=WIF_USDC').body).toMatchObject({
      visible: false,
      orderBookState: 'Closed',
    });
    expect(get('/api/v1/market?symbol=NO_USDC')).toMatchObject({ status: 400 });
  });
  it('has an asset for every market, with its tokens', () => {
    const assets = get<{ symbol: string; tokens: object[] }[]>('/api/v1/assets').body;
    const known = new Set(assets.map(({ symbol }) => symbol));
    for (const { baseSymbol, quoteSymbol } of get<MarketBody[]>('/api/v1/markets').body)
      expect([known.has(baseSymbol), known.has(quoteSymbol)]).toEqual([true, true]);
    expect(assets.find(({ symbol }) => symbol === 'USDC')?.tokens.length).toBeGreaterThan(2);
  });
  it('gives both sides of the depth by ascending price, stamped in microseconds', () => {
    const depth = get<DepthBody>('/api/v1/depth?symbol=SOL_USDC&limit=5').body;
    for (const side of [depth.asks, depth.bids]) {
      const prices = side.map(([price]) => Number(price));
      expect(prices).toHaveLength(5);
      expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    }
    expect(Number(depth.bids.at(-1)?.[0])).toBeLessThan(150);
    expect(Number(depth.asks[0]?.[0])).toBeGreaterThan(150);
    expect(depth.timestamp).toBe(START * 1000);
    expect(depth.lastUpdateId).toMatch(/^\d+$/);
  });
  it('tells marks, tickers and trades', () => {
    exchange.setMarkPrice('SOL_USDC', '152.34');
    expect(get('/api/v1/markPrices?symbol=SOL_USDC').body).toMatchObject([
      { symbol: 'SOL_USDC', markPrice: '152.34', fundingRate: null },
    ]);
    expect(get('/api/v1/markPrices').body).toHaveLength(7);
    expect(get('/api/v1/markPrices?marketType=PERP').body).toHaveLength(2);
    place({ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '1' });
    const [trade] = get<{ price: string }[]>('/api/v1/trades?symbol=SOL_USDC&limit=1').body;
    expect(trade).toMatchObject({ quantity: '1', isBuyerMaker: false, timestamp: START });
    expect(get('/api/v1/ticker?symbol=SOL_USDC').body).toMatchObject({ lastPrice: trade?.price });
    expect(get('/api/v1/tickers').body).toHaveLength(7);
  });
});
