import { describe, expect, it } from 'vitest';
import { bid, START, setUp } from './harness.ts';

describe('a resting order', () => {
  it('locks what it may cost, is found by both ids, and gives all back when cancelled', () => {
    const { exchange, account, place, query, open, cancel, balances } = setUp();
    const placed = place(bid({ clientId: 0, price: '140.50', quantity: '2' }));
    expect(placed.body).toMatchObject({
      clientId: 0,
      createdAt: START,
      executedQuantity: '0',
      orderType: 'Limit',
      price: '140.5',
      quantity: '2',
      selfTradePrevention: 'RejectTaker',
      status: 'New',
      timeInForce: 'GTC',
      triggerPrice: null,
    });
    const { id } = placed.body;
    expect(id).toMatch(/^\d+$/);
    expect(balances().body.USDC).toEqual({ available: '9719', locked: '281', staked: '0' });
    expect(query({ symbol: 'SOL_USDC', orderId: id }).body).toEqual(placed.body);
    expect(query({ symbol: 'SOL_USDC', clientId: 0 }).body).toEqual(placed.body);
    expect(open().body).toEqual([placed.body]);
    expect(open({ marketType: 'PERP' }).body).toEqual([]);
    expect(cancel({ symbol: 'SOL_USDC', orderId: id }).body).toMatchObject({ status: 'Cancelled' });
    expect(balances().body.USDC).toEqual({ available: '10000', locked: '0', staked: '0' });
    expect(exchange.openOrders(account.apiKey)).toEqual([]);
    expect(exchange.allOrders(account.apiKey)).toMatchObject([{ id, status: 'Cancelled' }]);
  });

  it('is accepted again under the same client id; the oldest one is meant by it', () => {
    const { place, query, cancel } = setUp();
    const first = place(bid({ clientId: 7 })).body.id;
    const second = place(bid({ clientId: 7 })).body.id;
    expect(query({ symbol: 'SOL_USDC', clientId: 7 }).body.id).toBe(first);
    cancel({ symbol: 'SOL_USDC', clientId: 7 });
    expect(query({ symbol: 'SOL_USDC', clientId: 7 }).body.id).toBe(second);
  });

  it('has an id that may not become a number', () => {
    const { place, exchange, account } = setUp();
    for (let count = 0; count < 60; count += 1) place(bid({ quantity: '0.01' }));
    const ids = exchange.allOrders(account.apiKey).map(({ id }) => id);
    expect(new Set(ids).size).toBe(60);
    expect(new Set(ids.map(Number)).size).toBeLessThan(60);
    expect(ids.some((id) => Number(id) < 2 ** 53)).toBe(true);
  });

  it('fills when the mark moves through it, at its own price, with the maker fee', () => {
    const { place, exchange, account, balances, fillHistory, query } = setUp();
    const { id } = place(bid({ price: '140', quantity: '1', clientId: 5 })).body;
    exchange.setMarkPrice('SOL_USDC', '130');
    expect(query({ symbol: 'SOL_USDC', orderId: id }).status).toBe(404);
    expect(exchange.allOrders(account.apiKey)).toMatchObject([
      { id, status: 'Filled', executedQuantity: '1', executedQuoteQuantity: '140' },
    ]);
    expect(balances().body.SOL.available).toBe('50.9992');
    expect(balances().body.USDC).toEqual({ available: '9860', locked: '0', staked: '0' });
    expect(fillHistory().body).toMatchObject([
      { orderId: id, clientId: '5', isMaker: true, fee: '0.0008', feeSymbol: 'SOL', price: '140' },
    ]);
  });
});

describe('a market order', () => {
  it('fills by quantity and pays the fee from what it gets', () => {
    const { place, balances, fillHistory } = setUp();
    const order = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '2' };
    const { body } = place(order);
    expect(body).toMatchObject({ status: 'Filled', executedQuantity: '2', quantity: '2' });
    expect(body).not.toHaveProperty('price');
    expect(balances().body.SOL.available).toBe('48');
    const [fill] = fillHistory().body;
    expect(fill).toMatchObject({ feeSymbol: 'USDC', isMaker: false, clientId: null });
    const got = Number(body.executedQuoteQuantity) - Number(fill?.fee);
    expect(Number(balances().body.USDC.available)).toBeCloseTo(10_000 + got, 6);
  });
  it('fills by quote quantity, down to a step', () => {
    const { place } = setUp();
    const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quoteQuantity: '100' };
    const { body } = place(order);
    expect(body).toMatchObject({ status: 'Filled', quantity: null, quoteQuantity: '100' });
    expect(Number(body.executedQuoteQuantity)).toBeGreaterThan(98);
    expect(Number(body.executedQuoteQuantity)).toBeLessThanOrEqual(100);
  });
  it('expires what nobody offers', () => {
    const { place, exchange, orderHistory } = setUp();
    exchange.clearLiquidity('SOL_USDC');
    const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '2' };
    expect(place(order).body).toMatchObject({ status: 'Expired', executedQuantity: '0' });
    exchange.placeLiquidity('SOL_USDC', 'Ask', '150', '0.5');
    exchange.placeLiquidity('SOL_USDC', 'Ask', '160', '5');
    expect(place(order).body).toMatchObject({ status: 'Expired', executedQuantity: '0.5' });
    expect(orderHistory().body.map((row) => row.expiryReason)).toEqual([
      'PriceImpact',
      'InsufficientLiquidity',
    ]);
  });
});

describe('time in force, post only, self-trade prevention', () => {
  const quiet = () => {
    const all = setUp();
    all.exchange.clearLiquidity('SOL_USDC');
    all.exchange.placeLiquidity('SOL_USDC', 'Ask', '150', '1');
    const last = () => all.exchange.allOrders(all.account.apiKey).at(-1);
    return { ...all, last };
  };
  it.each([
    ['post only at the price of another', { price: '150', postOnly: true }, '0', 'PostOnlyTaker'],
    ['fill or kill', { price: '150', quantity: '2', timeInForce: 'FOK' }, '0', 'FillOrKill'],
    [
      'immediate or cancel',
      { price: '150', quantity: '2', timeInForce: 'IOC' },
      '1',
      'ImmediateOrCancel',
    ],
  ])('%s', (_name, extra, executedQuantity, expiryReason) => {
    const { place, last, balances } = quiet();
    const { body } = place(bid(extra));
    expect(body).toMatchObject({ status: 'Expired', executedQuantity });
    expect(last()).toMatchObject({ id: body.id, expiryReason });
    expect(balances().body.USDC.locked).toBe('0');
  });
  it('rests post only below, fills FOK in full, rests what is left of GTC', () => {
    const { place, open } = quiet();
    expect(place(bid({ price: '149.99', postOnly: true })).body.status).toBe('New');
    const fok = bid({ price: '150', quantity: '0.4', timeInForce: 'FOK' });
    expect(place(fok).body.status).toBe('Filled');
    const rest = place(bid({ price: '151', quantity: '2' }));
    expect(rest.body).toMatchObject({ status: 'PartiallyFilled', executedQuantity: '0.6' });
    expect(open().body).toHaveLength(2);
  });
  it.each([
    ['RejectTaker', 'Expired', 'New'],
    ['RejectMaker', 'New', 'Expired'],
    ['RejectBoth', 'Expired', 'Expired'],
  ])('%s', (selfTradePrevention, taker, maker) => {
    const { place, exchange, account } = quiet();
    place(bid({ price: '145' }));
    place(bid({ side: 'Ask', price: '145', selfTradePrevention }));
    const states = exchange.allOrders(account.apiKey).map(({ status }) => status);
    expect(states).toEqual([maker, taker]);
    expect(exchange.fills(account.apiKey)).toEqual([]);
  });
});

describe('trigger orders', () => {
  const stop = {
    symbol: 'SOL_USDC',
    side: 'Ask',
    orderType: 'Market',
    triggerPrice: '140',
    triggerQuantity: '3',
  };
  it('rest with quantity 0, can be cancelled by kind, and lock nothing', () => {
    const { place, cancelAll, open, balances, accountQuery } = setUp();
    expect(place(stop).body).toMatchObject({
      status: 'TriggerPending',
      quantity: '0',
      triggerQuantity: '3',
      triggerPrice: '140',
    });
    place(bid());
    expect(balances().body.SOL.locked).toBe('0');
    expect(accountQuery().body).toMatchObject({ limitOrders: 1, triggerOrders: 1 });
    const kind = { symbol: 'SOL_USDC', orderType: 'ConditionalOrder' };
    expect(cancelAll(kind).body).toMatchObject([{ status: 'Cancelled' }]);
    expect(open().body).toMatchObject([{ status: 'New' }]);
    expect(cancelAll({ symbol: 'SOL_USDC' }).body).toHaveLength(1);
  });
  it('fire when the mark reaches them, and fail where money is missing', () => {
    const { place, exchange, account } = setUp();
    place(stop);
    place({ ...stop, triggerQuantity: '5000' });
    exchange.setMarkPrice('SOL_USDC', '145');
    expect(exchange.openOrders(account.apiKey)).toHaveLength(2);
    exchange.setMarkPrice('SOL_USDC', '139.5');
    expect(exchange.allOrders(account.apiKey)).toMatchObject([
      { status: 'Filled', quantity: '3' },
      { status: 'TriggerFailed' },
    ]);
  });
});

describe('a stop loss and a take profit', () => {
  const perp = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '4' };
  const guarded = { ...perp, stopLossTriggerPrice: '140', takeProfitTriggerPrice: '160' };
  const states = ({ exchange, account }: ReturnType<typeof setUp>) =>
    exchange.allOrders(account.apiKey).map(({ status }) => status);

  it.each([
    ['140', ['Filled', 'Filled', 'Cancelled']],
    ['160', ['Filled', 'Cancelled', 'Filled']],
    ['150', ['Filled', 'TriggerPending', 'TriggerPending']],
  ])(
    'wait once there is something to close, and the one that fires takes the other along: at %s',
    (mark, expected) => {
      const world = setUp();
      const { id } = world.place(guarded).body;
      expect(world.open().body).toMatchObject([
        { side: 'Ask', triggerPrice: '140', triggerQuantity: '4', relatedOrderId: id },
        { side: 'Ask', triggerPrice: '160', triggerQuantity: '4', relatedOrderId: id },
      ]);
      world.exchange.setMarkPrice('SOL_USDC_PERP', mark);
      expect(states(world)).toEqual(expected);
      const left = world.exchange.positions(world.account.apiKey).length;
      expect(left).toBe(mark === '150' ? 1 : 0);
    },
  );

  it('do not wait for an order that rests', () => {
    const world = setUp();
    world.place({ ...guarded, orderType: 'Limit', price: '145' });
    expect(states(world)).toEqual(['New']);
    world.exchange.setMarkPrice('SOL_USDC_PERP', '144');
    expect(states(world)).toEqual(['Filled', 'TriggerPending', 'TriggerPending']);
  });

  it('come with an order that waits for its trigger, once it has fired', () => {
    const world = setUp();
    const { quantity, ...stop } = guarded;
    world.place({ ...stop, triggerPrice: '155', triggerQuantity: quantity });
    expect(states(world)).toEqual(['TriggerPending']);
    world.exchange.setMarkPrice('SOL_USDC_PERP', '156');
    expect(states(world)).toEqual(['Filled', 'TriggerPending', 'TriggerPending']);
  });

  it('rest at their limit price, where they have one', () => {
    const world = setUp();
    world.place({ ...guarded, takeProfitLimitPrice: '165' });
    world.exchange.setMarkPrice('SOL_USDC_PERP', '160');
    expect(world.open().body).toMatchObject([{ price: '165', orderType: 'Limit', status: 'New' }]);
  });
});

describe('slippage and spot margin', () => {
  it.each([
    ['Percent', '0.1', '0.5', 'SlippageToleranceExceeded'],
    ['TickSize', '15', '0.5', 'SlippageToleranceExceeded'],
    ['Percent', '2', '1', undefined],
  ])(
    'keeps a market order within %s %s',
    (slippageToleranceType, slippageTolerance, filled, why) => {
      const { exchange, account, place } = setUp();
      exchange.clearLiquidity('SOL_USDC');
      exchange.placeLiquidity('SOL_USDC', 'Ask', '150', '0.5');
      exchange.placeLiquidity('SOL_USDC', 'Ask', '150.16', '5');
      const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '1' };
      place({ ...order, slippageTolerance, slippageToleranceType });
      expect(exchange.allOrders(account.apiKey).at(-1)).toMatchObject({ executedQuantity: filled });
      expect(exchange.allOrders(account.apiKey).at(-1)?.expiryReason).toBe(why);
    },
  );

  it('borrows what an order is short of, as far as the account may, and says so beforehand', () => {
    const { place, balances, maxOrder } = setUp({
      balances: { SOL: { available: '10' }, USDC: { available: '100' } },
    });
    const question = { symbol: 'SOL_USDC', side: 'Bid', price: '100' };
    expect(maxOrder(question).body).toMatchObject({ maxOrderQuantity: '1' });
    const more = maxOrder({ ...question, autoBorrow: true }).body as { maxOrderQuantity: string };
    expect(Number(more.maxOrderQuantity)).toBeCloseTo(9, 0);
    expect(place(bid({ price: '100', quantity: '5' })).status).toBe(400);
    expect(place(bid({ price: '100', quantity: '50', autoBorrow: true })).body).toMatchObject({
      code: 'BORROW_LIMIT',
    });
    expect(place(bid({ price: '100', quantity: '5', autoBorrow: true })).body.status).toBe('New');
    expect(balances().body.USDC).toMatchObject({ available: '0', locked: '500' });
  });
});

describe('positions', () => {
  it('are an empty list until a perpetual trades, then net, then gone again', () => {
    const { place, positions, balances, exchange, account } = setUp();
    expect(positions().text).toBe('[]');
    const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '4' };
    expect(place(order).body.status).toBe('Filled');
    const [position] = positions().body;
    expect(position).toMatchObject({ symbol: 'SOL_USDC_PERP', netQuantity: '4', markPrice: '150' });
    expect(Number(position?.netCost)).toBeCloseTo(600, 0);
    expect(Number(balances().body.USDC.locked)).toBeCloseTo(60, 0);
    expect(place({ ...order, side: 'Bid', reduceOnly: true }).body.status).toBe('Expired');
    const close = { ...order, side: 'Ask', quantity: '9', reduceOnly: true };
    expect(place(close).body).toMatchObject({ status: 'Expired', executedQuantity: '4' });
    expect(positions().text).toBe('[]');
    expect(balances().body.USDC.locked).toBe('0');
    expect(exchange.allOrders(account.apiKey).at(-1)?.expiryReason).toBe('ReduceOnlyNotReduced');
  });

  it('let a resting reduce-only order expire once there is nothing left to reduce', () => {
    const { place, exchange, account } = setUp();
    const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '4' };
    place(order);
    const exit = { ...order, side: 'Ask', orderType: 'Limit', price: '155', reduceOnly: true };
    expect(place(exit).body.status).toBe('New');
    place({ ...order, side: 'Ask' });
    exchange.setMarkPrice('SOL_USDC_PERP', '170');
    expect(exchange.allOrders(account.apiKey)[1]).toMatchObject({
      status: 'Expired',
      executedQuantity: '0',
      expiryReason: 'ReduceOnlyNotReduced',
    });
    expect(exchange.positions(account.apiKey)).toEqual([]);
  });
  it('lose no more than the account has; the house bears the rest', () => {
    const { place, exchange, account, balances } = setUp({
      balances: { USDC: { available: '100' } },
    });
    const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '6' };
    expect(place(order).body.status).toBe('Filled');
    exchange.setMarkPrice('SOL_USDC_PERP', '100');
    place({ ...order, side: 'Ask', reduceOnly: true });
    expect(exchange.positions(account.apiKey)).toEqual([]);
    expect(balances().body.USDC).toEqual({ available: '0', locked: '0', staked: '0' });
    expect(Number(exchange.houseFees().USDC)).toBeLessThan(-190);
  });
});
