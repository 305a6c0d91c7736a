import { describe, expect, it } from 'vitest';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import { keyPair } from '../../exchange/keys.ts';
import { seedAccount, signedRequest } from '../../exchange/seed-account.ts';
import { answerOf, bid, START, setUp } from './harness.ts';

const capital = {
  method: 'GET',
  path: '/api/v1/capital',
  instruction: 'balanceQuery',
  timestamp: START,
};
const clientFault = (message: string) => ({ code: 'INVALID_CLIENT_REQUEST', message });

describe('signatures', () => {
  const { exchange, account } = setUp();
  const good = signedRequest(account, capital);
  const withHeaders = (headers: Record<string, string>) =>
    answerOf(exchange.handle({ ...good, headers: { ...good.headers, ...headers } }));

  it('accepts a good one, and the very same request again', () => {
    expect(withHeaders({}).status).toBe(200);
    expect(withHeaders({}).status).toBe(200);
  });
  it('answers 401 without any header', () => {
    expect(answerOf(exchange.handle({ ...good, headers: {} }))).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHORIZED' },
    });
  });
  it.each([
    ['X-Signature', { 'x-signature': 'nonsense' }],
    ['X-Signature', { 'x-signature': (good.headers['x-signature'] ?? '').replace('==', '') }],
    ['X-Timestamp', { 'x-timestamp': '1.75e12' }],
    ['X-Window', { 'x-window': '60001' }],
    ['X-Window', { 'x-window': '0' }],
    ['X-API-Key', { 'x-api-key': 'AAAA' }],
  ])('refuses a bad %s header', (name, headers) => {
    expect(withHeaders(headers)).toMatchObject({
      status: 400,
      body: clientFault(`Invalid ${name} header`),
    });
  });
  it.each([
    ['another window', { 'x-window': '5001' }],
    ['another timestamp', { 'x-timestamp': String(START + 1) }],
    ['another key', { 'x-api-key': keyPair(2).apiKey }],
  ])('refuses %s than was signed', (_name, headers) => {
    expect(withHeaders(headers)).toMatchObject({
      status: 400,
      body: clientFault('Invalid signature'),
    });
  });
  it('refuses a signature made for another instruction', () => {
    const wrong = signedRequest(account, { ...capital, instruction: 'accountQuery' });
    expect(answerOf(exchange.handle(wrong)).body).toEqual(clientFault('Invalid signature'));
  });
  it('takes a missing window for 5000', () => {
    const { 'x-window': _window, ...headers } = good.headers;
    expect(answerOf(exchange.handle({ ...good, headers })).status).toBe(200);
  });
});

describe('the clock', () => {
  it('refuses a timestamp older than its window, and one as far ahead', () => {
    const { pass, account, exchange } = setUp();
    const old = signedRequest(account, capital);
    pass(5000);
    expect(answerOf(exchange.handle(old)).status).toBe(200);
    pass(1);
    expect(answerOf(exchange.handle(old))).toMatchObject({
      status: 400,
      body: clientFault('Request has expired'),
    });
    const ahead = signedRequest(account, { ...capital, timestamp: START + 10_002 });
    expect(answerOf(exchange.handle(ahead)).body).toEqual(clientFault('Request has expired'));
  });
  it('shifts with the skew, and so does createdAt', () => {
    const { exchange, balances, get, account, place } = setUp();
    exchange.setClockSkew(-3_000);
    expect(get('/api/v1/time').text).toBe(String(START - 3_000));
    expect(place(bid()).body.createdAt).toBe(START - 3_000);
    exchange.setClockSkew(60_000);
    expect(balances().status).toBe(400);
    const stamped = { ...capital, timestamp: START + 60_000 };
    expect(answerOf(account.send(stamped)).status).toBe(200);
  });
  it('can say 401 for expired, as was once seen', () => {
    const exchange = createPracticeExchange({ now: () => START, expiredStatus: 401 });
    const account = seedAccount(exchange);
    expect(answerOf(account.send({ ...capital, timestamp: 1 })).status).toBe(401);
  });
});

describe('keys', () => {
  it('answers a key nobody registered with nothing, and refuses its orders', () => {
    const { exchange, accountQuery, balances, open, orderHistory, query, place } = setUp();
    const keys = keyPair(99);
    const stranger = {
      ...keys,
      send: (parts: Parameters<typeof signedRequest>[1]) =>
        exchange.handle(signedRequest(keys, parts)),
    };
    expect(accountQuery({}, stranger)).toMatchObject({ status: 200, body: {} });
    expect(balances({}, stranger).text).toBe('{}');
    expect(open({}, stranger).text).toBe('[]');
    expect(orderHistory({}, stranger)).toMatchObject({ text: '[]', headers: { 'x-total': '0' } });
    expect(query({ symbol: 'SOL_USDC', clientId: 1 }, stranger).status).toBe(404);
    expect(place(bid(), stranger)).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
    expect(exchange.allOrders(keys.apiKey)).toEqual([]);
  });
  it('lets a read-only key read and nothing else', () => {
    const { balances, place, cancelAll } = setUp({ readOnly: true });
    expect(balances().status).toBe(200);
    expect(place(bid())).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(cancelAll({ symbol: 'SOL_USDC' }).status).toBe(403);
  });
});

describe('what cannot be parsed is refused in plain text', () => {
  const { place, placeBatch, open, orderHistory, get, exchange, account, cancel } = setUp();
  const raw = (body: string, type = 'application/json') => {
    const parts = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute' };
    const request = signedRequest(account, { ...parts, timestamp: START });
    const headers = { ...request.headers, 'content-type': type };
    return answerOf(exchange.handle({ ...request, headers, body }));
  };
  const plainText = { 'content-type': 'text/plain; charset=utf-8' };

  it.each([
    ['a number for a decimal', () => place(bid({ price: 140 })), 'Expected input type "string(dec'],
    ['an exponent', () => place(bid({ quantity: '1e0' })), 'Invalid decimal'],
    ['a comma', () => place(bid({ price: '1,400' })), 'Invalid decimal'],
    ['an unknown field', () => place(bid({ note: 'x' })), 'unknown field `note`'],
    ['a missing field', () => place({ symbol: 'SOL_USDC' }), 'expects an input value'],
    ['an unknown side', () => place(bid({ side: 'Buy' })), 'Expect a valid enumeration value.'],
    ['text for a flag', () => place(bid({ postOnly: 'true' })), 'Expected input type "boolean"'],
    ['a client id too large', () => place(bid({ clientId: 2 ** 32 })), 'number out of range'],
    ['a client id in text', () => place(bid({ clientId: '7' })), '"integer(uint32)"'],
    ['a number for an order id', () => cancel({ symbol: 'SOL_USDC', orderId: 28 }), '"string"'],
    ['broken JSON', () => raw('{"symbol":'), 'parse request payload error'],
    ['an array for an object', () => raw('[]'), 'Expected input type "OrderExecutePayload"'],
    ['a key of the prototype', () => raw('{"__proto__":"x"}'), 'unknown field `__proto__`'],
    ['an empty batch', () => placeBatch([]), 'expected 1 to 50 items'],
    ['an unknown query field', () => open({ sym: 'SOL_USDC' }), 'unknown field `sym`'],
    ['a limit too large', () => orderHistory({ limit: 1001 }), 'number out of range'],
    ['a limit with a leading zero', () => orderHistory({ limit: '010' }), 'invalid digit'],
    [
      'an odd depth',
      () => get('/api/v1/depth?symbol=SOL_USDC&limit=7'),
      'failed to parse parameter `limit`: failed to parse "DepthLimit": Expect a valid enumeration',
    ],
    ['a field twice', () => get('/api/v1/depth?symbol=A&symbol=B'), 'given more than once'],
  ])('%s', (_name, send, message) => {
    const answer = send();
    expect(answer).toMatchObject({ status: 400, headers: plainText });
    expect(answer.text).toContain(message);
  });
  it('wants JSON by its content type', () => {
    expect(raw('{}', 'text/plain').status).toBe(415);
  });
  it('answers an unknown path with not found', () => {
    expect(get('/api/v1/markets/SOL_USDC')).toMatchObject({ status: 404, text: 'not found' });
  });
  it('takes null for not given', () => {
    const parts = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute' };
    const request = signedRequest(account, { ...parts, params: bid(), timestamp: START });
    const body = JSON.stringify({ ...bid(), clientId: null });
    expect(answerOf(exchange.handle({ ...request, body })).body).toMatchObject({ clientId: null });
  });
});

describe('orders that are refused', () => {
  const { place, cancel, query, open, placeBatch, exchange, account } = setUp();
  const trigger = { orderType: 'Market', side: 'Ask' };
  it.each([
    ['unknown market', bid({ symbol: 'XYZ_USDC' }), 'INVALID_MARKET', 'Invalid market symbol'],
    ['closed market', bid({ symbol: 'WIF_USDC' }), 'TRADING_PAUSED', 'Market is closed'],
    ['price off the tick', bid({ price: '140.001' }), 'INVALID_PRICE', 'Price decimal too long'],
    ['no price at all', bid({ price: '0' }), 'INVALID_PRICE', 'Price is below the minimum price'],
    [
      'price far from the mark',
      bid({ price: '14' }),
      'INVALID_PRICE',
      'Price is too far from the last active price',
    ],
    [
      'quantity off the step',
      bid({ quantity: '1.001' }),
      'INVALID_QUANTITY',
      'Quantity decimal too long',
    ],
    [
      'quantity too small',
      bid({ symbol: 'kPEPE_USDC', price: '0.012', quantity: '99' }),
      'INVALID_QUANTITY',
      'Quantity is below the minimum quantity',
    ],
    [
      'quantity below zero',
      bid({ quantity: '-1' }),
      'INVALID_QUANTITY',
      'Quantity is below the minimum quantity',
    ],
    ['more than there is', bid({ quantity: '100' }), 'INSUFFICIENT_FUNDS', 'Insufficient funds'],
    [
      'more margin than there is',
      bid({ symbol: 'BTC_USDC_PERP', price: '64000', quantity: '2' }),
      'INSUFFICIENT_MARGIN',
      'Insufficient margin',
    ],
    [
      'a stop loss off the tick',
      bid({ stopLossTriggerPrice: '130.001' }),
      'INVALID_PRICE',
      'Price decimal too long',
    ],
    [
      'a take profit limit off the tick',
      bid({ takeProfitTriggerPrice: '150', takeProfitLimitPrice: '150.001' }),
      'INVALID_PRICE',
      'Price decimal too long',
    ],
    [
      'a price to look at without a stop loss',
      bid({ stopLossTriggerBy: 'MarkPrice' }),
      'INVALID_ORDER',
      'Must specify stopLossTriggerPrice with stopLossTriggerBy',
    ],
    [
      'borrowing for a future',
      bid({ symbol: 'SOL_USDC_PERP', autoBorrow: true }),
      'INVALID_ORDER',
      'Auto lend and auto borrow are for spot only',
    ],
    [
      'more than all of a position',
      { symbol: 'SOL_USDC_PERP', ...trigger, triggerPrice: '140', triggerQuantity: '101%' },
      'INVALID_QUANTITY',
      'Trigger quantity must be within 0% and 100%',
    ],
    [
      'a trigger without its size',
      bid({ triggerPrice: '130' }),
      'INVALID_ORDER',
      'Must specify both triggerPrice and triggerQuantity or neither',
    ],
    [
      'reduce only on the spot',
      bid({ reduceOnly: true }),
      'INVALID_ORDER',
      'Reduce only is for futures only',
    ],
    [
      'a limit order by quote quantity',
      { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '140', quoteQuantity: '10' },
      'INVALID_ORDER',
      'Limit order must not specify quoteQuantity',
    ],
    [
      'a market order by both sizes',
      { symbol: 'SOL_USDC', ...trigger, quantity: '1', quoteQuantity: '10' },
      'INVALID_ORDER',
      'Must specify exactly one of quantity, quoteQuantity or triggerQuantity',
    ],
    [
      'a market order with a price',
      bid({ orderType: 'Market' }),
      'INVALID_ORDER',
      'Market order must not specify a price',
    ],
    [
      'post only that may not rest',
      bid({ postOnly: true, timeInForce: 'IOC' }),
      'INVALID_ORDER',
      'Post only order must be GTC',
    ],
  ])('%s', (_name, order, code, message) => {
    const before = exchange.balances(account.apiKey);
    expect(place(order)).toMatchObject({ status: 400, body: { code, message } });
    expect(exchange.allOrders(account.apiKey)).toEqual([]);
    expect(exchange.balances(account.apiKey)).toEqual(before);
  });

  it('wants exactly one of orderId and clientId', () => {
    const symbol = 'SOL_USDC';
    const refused = clientFault('Must specify exactly one of orderId or clientId');
    for (const call of [cancel, query]) {
      expect(call({ symbol })).toMatchObject({ status: 400, body: refused });
      expect(call({ symbol, orderId: '1', clientId: 1 }).body).toEqual(refused);
    }
  });
  it('does not find what is not open', () => {
    expect(query({ symbol: 'SOL_USDC', orderId: '1' })).toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_FOUND', message: 'Not Found' },
    });
    expect(cancel({ symbol: 'SOL_USDC', orderId: '1' })).toMatchObject({
      status: 400,
      body: clientFault('Order not found'),
    });
  });
  it('refuses a whole batch for one order that is wrong by itself', () => {
    expect(placeBatch([bid(), bid({ quantity: '0.001' })]).status).toBe(400);
    expect(open().body).toEqual([]);
  });
  it('lets the orders of a batch stand alone where money decides', () => {
    const { body } = placeBatch([bid({ clientId: 1 }), bid({ quantity: '5000', clientId: 2 })]);
    expect(body).toMatchObject([
      { operation: 'Ok', clientId: 1, status: 'New' },
      { operation: 'Err', code: 'INSUFFICIENT_FUNDS', message: 'Insufficient funds' },
    ]);
    expect(open().body).toHaveLength(1);
  });
});
