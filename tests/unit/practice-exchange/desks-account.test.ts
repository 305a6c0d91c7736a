import { describe, expect, it } from 'vitest';
import type { SignedParams } from '../../exchange/params.ts';
import { atDesks, type Refused } from './desks.ts';

describe('borrowing and lending', () => {
  const lending = () => {
    const world = atDesks();
    const execute = (side: string, quantity: string, symbol = 'SOL') =>
      world.call<Refused>('POST', '/api/v1/borrowLend', 'borrowLendExecute', {
        side,
        quantity,
        symbol,
      });
    const net = () =>
      world
        .call<{ netQuantity: string }[]>(
          'GET',
          '/api/v1/borrowLend/positions',
          'borrowLendPositionQuery',
        )
        .body.map(({ netQuantity }) => netQuantity);
    const events = () =>
      world
        .call<{ eventType: string; quantity: string }[]>(
          'GET',
          '/wapi/v1/history/borrowLend',
          'borrowHistoryQueryAll',
          { sortDirection: 'Asc' },
        )
        .body.map(({ eventType, quantity }) => `${eventType} ${quantity}`);
    return { ...world, execute, net, events };
  };

  it('moves between balance and position; the opposite side pays back first', () => {
    const { execute, net, events, held } = lending();
    expect(execute('Lend', '4')).toMatchObject({ status: 200, body: undefined });
    expect(net()).toEqual(['4']);
    expect(held('SOL')?.available).toBe('6');
    execute('Borrow', '6');
    expect(net()).toEqual(['-2']);
    execute('Lend', '2');
    expect(net()).toEqual([]);
    expect(held('SOL')?.available).toBe('10');
    expect(events()).toEqual(['Lend 4', 'LendRedeem 4', 'Borrow 2', 'BorrowRepay 2']);
  });

  it.each([
    ['Lend', '11', 'SOL', 'INSUFFICIENT_FUNDS'],
    ['Borrow', '100', 'SOL', 'BORROW_LIMIT'],
    ['Lend', '1', 'NONE', 'INVALID_ASSET'],
    ['Lend', '0', 'SOL', 'INVALID_QUANTITY'],
  ])('refuses to %s %s %s', (side, quantity, symbol, code) => {
    const { execute, net } = lending();
    expect(execute(side, quantity, symbol)).toMatchObject({ status: 400, body: { code } });
    expect(net()).toEqual([]);
  });

  it('lets as much be borrowed as it says, and no more', () => {
    const { execute, call } = lending();
    const path = '/api/v1/account/limits/borrow';
    const { body } = call<{ maxBorrowQuantity: string }>('GET', path, 'maxBorrowQuantity', {
      symbol: 'USDC',
    });
    expect(execute('Borrow', `${Number(body.maxBorrowQuantity) + 1}`, 'USDC').status).toBe(400);
    expect(execute('Borrow', body.maxBorrowQuantity, 'USDC').status).toBe(200);
  });

  it('charges who borrowed and pays who lent', () => {
    const { execute, net, exchange, call } = lending();
    execute('Lend', '4');
    execute('Borrow', '100', 'USDC');
    exchange.payInterest('0.01');
    expect(net()).toEqual(['4.04', '-101']);
    const path = '/wapi/v1/history/interest';
    const paid = call<{ paymentType: string }[]>('GET', path, 'interestHistoryQueryAll').body;
    expect(paid.map(({ paymentType }) => paymentType)).toEqual(['Borrow', 'Lend']);
  });
});

describe('dust', () => {
  const convert = (world: ReturnType<typeof atDesks>, params: SignedParams = {}) =>
    world.call<Refused>('POST', '/api/v1/account/convertDust', 'convertDust', params);

  it('is turned into USDC at the mark', () => {
    const world = atDesks();
    expect(convert(world).status).toBe(200);
    expect(world.held('BTC')?.available).toBe('0');
    expect(world.held('USDC')?.available).toBe('1000.065');
    expect(world.held('SOL')?.available).toBe('10');
  });
  it('is refused for what is large enough to trade', () =>
    expect(convert(atDesks(), { symbol: 'SOL' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_QUANTITY' },
    }));
});

describe('limits and settings', () => {
  it.each([
    ['SOL_USDC', 'Bid', { price: '100' }, '10'],
    ['SOL_USDC', 'Ask', {}, '10'],
    ['SOL_USDC_PERP', 'Bid', { price: '100' }, '99.5'],
    ['SOL_USDC_PERP', 'Ask', { reduceOnly: true }, '0'],
  ])('%s %s %j: at most %s', (symbol, side, more, quantity) => {
    const path = '/api/v1/account/limits/order';
    const { body } = atDesks().call('GET', path, 'maxOrderQuantity', { symbol, side, ...more });
    expect(body).toMatchObject({ symbol, side, maxOrderQuantity: quantity });
  });
  it('change only what is given, within bounds', () => {
    const { call, accountQuery } = atDesks();
    const update = (params: SignedParams) =>
      call<Refused>('PATCH', '/api/v1/account', 'accountUpdate', params);
    expect(update({ leverageLimit: '5' })).toMatchObject({ status: 200, body: undefined });
    expect(accountQuery().body).toMatchObject({ leverageLimit: '5', autoLend: false });
    expect(update({ leverageLimit: '500' }).body.code).toBe('MAX_LEVERAGE_REACHED');
  });
  it('funding moves between long positions and the house', () => {
    const { call, exchange, place } = atDesks();
    place({ symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '2' });
    exchange.payFunding('SOL_USDC_PERP', '0.001');
    const path = '/wapi/v1/history/funding';
    expect(call('GET', path, 'fundingHistoryQueryAll').body).toMatchObject([
      { symbol: 'SOL_USDC_PERP', quantity: '-0.3', fundingRate: '0.001' },
    ]);
  });
  it('have pages with headers', () => {
    const { call } = atDesks();
    call('POST', '/api/v1/account/convertDust', 'convertDust');
    const { headers, body } = call('GET', '/wapi/v1/history/dust', 'dustHistoryQueryAll', {
      limit: 5,
    });
    expect(body).toHaveLength(1);
    expect(headers).toMatchObject({ 'x-total': '1', 'x-page-size': '5', 'x-current-page': '1' });
  });
});
