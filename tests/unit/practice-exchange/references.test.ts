import { describe, expect, it } from 'vitest';
import { answerOf, setUp } from './harness.ts';

const PERP = 'SOL_USDC_PERP';
const entry = { symbol: PERP, side: 'Bid', orderType: 'Market', quantity: '4' };
const stop = {
  ...{ symbol: PERP, side: 'Ask', orderType: 'Market', reduceOnly: true },
  ...{ triggerPrice: '140', triggerQuantity: '4' },
};

describe('trigger orders', () => {
  const moves = {
    MarkPrice: (world: ReturnType<typeof setUp>) =>
      world.exchange.setReferencePrices(PERP, { mark: '139' }),
    IndexPrice: (world: ReturnType<typeof setUp>) =>
      world.exchange.setReferencePrices(PERP, { index: '139' }),
    LastPrice: (world: ReturnType<typeof setUp>) => world.exchange.setLastPrice(PERP, '139'),
  };
  const names = ['MarkPrice', 'IndexPrice', 'LastPrice'] as const;
  const pairs = names.flatMap((watched) => names.map((moved) => [watched, moved] as const));

  it.each(pairs)('that watch the %s are fired by it alone: the %s moves', (watched, moved) => {
    const world = setUp();
    world.place(entry);
    world.place({ ...stop, triggerBy: watched });
    moves[moved](world);
    expect(world.exchange.allOrders(world.account.apiKey).at(-1)?.status).toBe(
      watched === moved ? 'Filled' : 'TriggerPending',
    );
  });

  it('watch the mark where they do not say', () => {
    const world = setUp();
    world.place(entry);
    world.place(stop);
    moves.LastPrice(world);
    moves.IndexPrice(world);
    expect(world.open().body).toHaveLength(1);
    moves.MarkPrice(world);
    expect(world.open().body).toHaveLength(0);
  });

  it('by the last price are fired by somebody’s trade, their own account’s too', () => {
    const world = setUp();
    world.exchange.clearLiquidity(PERP);
    world.exchange.placeLiquidity(PERP, 'Bid', '145', '5');
    world.exchange.placeLiquidity(PERP, 'Bid', '139.9', '1');
    world.exchange.placeLiquidity(PERP, 'Bid', '138', '5');
    const short = { ...entry, side: 'Ask' };
    world.place({ ...short, orderType: 'Limit', price: '145', quantity: '5' });
    world.place({
      ...{ symbol: PERP, side: 'Ask', orderType: 'Market' },
      ...{ triggerPrice: '140', triggerQuantity: '2', triggerBy: 'LastPrice' },
    });
    expect(world.open().body).toHaveLength(1);
    world.place({ ...short, orderType: 'Limit', price: '139.9', quantity: '1' });
    expect(world.exchange.allOrders(world.account.apiKey)[1]).toMatchObject({
      status: 'Filled',
      executedQuoteQuantity: '276',
    });
  });

  it('that guard an order each watch what they are told to', () => {
    const world = setUp();
    world.place({
      ...entry,
      ...{ stopLossTriggerPrice: '140', stopLossTriggerBy: 'IndexPrice' },
      ...{ takeProfitTriggerPrice: '160', takeProfitTriggerBy: 'LastPrice' },
    });
    world.exchange.setReferencePrices(PERP, { mark: '139' });
    world.exchange.setReferencePrices(PERP, { mark: '161', index: '161' });
    expect(world.open().body).toHaveLength(2);
    world.exchange.setLastPrice(PERP, '160');
    const states = world.exchange.allOrders(world.account.apiKey).map(({ status }) => status);
    expect(states).toEqual(['Filled', 'Cancelled', 'Filled']);
  });
});

describe('mark and index', () => {
  it('are told apart', () => {
    const { exchange, get } = setUp();
    exchange.setReferencePrices(PERP, { index: '151.5' });
    expect(get(`/api/v1/markPrices?symbol=${PERP}`).body).toMatchObject([
      { markPrice: '150', indexPrice: '151.5' },
    ]);
  });
});

describe('the liquidation price', () => {
  interface PositionBody {
    readonly estLiquidationPrice: string;
    readonly mmf: string;
    readonly netQuantity: string;
  }
  interface CollateralBody {
    readonly netEquity: string;
    readonly netExposureFutures: string;
  }

  function positionOf(side: 'Bid' | 'Ask', quantity: string) {
    const world = setUp({ balances: { USDC: { available: '1000' } } });
    world.place({ ...entry, side, quantity });
    const read = <B>(path: string, instruction: string, params = {}): B =>
      answerOf<B>(
        world.account.send({ method: 'GET', path, instruction, params, timestamp: world.now() }),
      ).body;
    return {
      ...world,
      position: (params = {}) =>
        read<PositionBody[]>('/api/v1/position', 'positionQuery', params)[0],
      collateral: () => read<CollateralBody>('/api/v1/capital/collateral', 'collateralQuery'),
    };
  }

  it.each([
    ['Bid', (price: number) => price < 150],
    ['Ask', (price: number) => price > 150],
  ] as const)('of a %s is where equity is the maintenance margin', (side, isBeyond) => {
    const { position, collateral, exchange } = positionOf(side, '40');
    const at = position({ symbol: PERP });
    expect(isBeyond(Number(at?.estLiquidationPrice))).toBe(true);
    exchange.setReferencePrices(PERP, { mark: at?.estLiquidationPrice ?? '' });
    const { netEquity, netExposureFutures } = collateral();
    expect(Number(netEquity) / Number(netExposureFutures)).toBeCloseTo(Number(at?.mmf), 3);
  });

  it('is told to who asks for one market alone, and is 0 where no price would do', () => {
    expect(positionOf('Bid', '40').position()?.estLiquidationPrice).toBe('0');
    expect(positionOf('Bid', '2').position({ symbol: PERP })?.estLiquidationPrice).toBe('0');
  });
});
