import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedText } from '../../exchange/auth.ts';
import { type KeyPair, privateKey } from '../../exchange/keys.ts';
import { seedAccount } from '../../exchange/seed-account.ts';
import { bid, type DepthBody, setUp } from './harness.ts';

/** A client's end of a WebSocket: what it was told, in order. */
function listenTo({ exchange }: ReturnType<typeof setUp>) {
  const texts: string[] = [];
  const closed: (number | 'cut')[] = [];
  const connection = exchange.connect({
    send: (text) => void texts.push(text),
    close: (code) => {
      closed.push(code ?? 'cut');
      connection.gone();
    },
  });
  const say = (method: string, params: string[], signature?: string[]): void =>
    connection.receive(JSON.stringify({ method, params, ...(signature ? { signature } : {}) }));
  return {
    closed,
    texts,
    connection,
    subscribe: (...params: string[]) => say('SUBSCRIBE', params),
    unsubscribe: (...params: string[]) => say('UNSUBSCRIBE', params),
    open(keys: KeyPair, at: number, ...params: string[]) {
      const text = signedText('subscribe', [{}], at, 5000);
      const signature = sign(null, Buffer.from(text), privateKey(keys.secret)).toString('base64');
      say('SUBSCRIBE', params, [keys.apiKey, signature, String(at), '5000']);
    },
    /** What came since the last time, by stream. */
    heard(): { stream: string; data: Record<string, unknown> }[] {
      return texts.splice(0).map((text) => JSON.parse(text));
    },
    errors: () => texts.splice(0).map((text) => JSON.parse(text).error?.code),
  };
}

const world = () => {
  const given = setUp();
  return { ...given, client: listenTo(given), other: listenTo(given) };
};
const ORDERS = 'account.orderUpdate';

describe('order updates', () => {
  it('tell of every event of the account, under the name that was asked for', () => {
    const { exchange, account, client, now, place, cancel } = world();
    client.open(account, now(), ORDERS, `${ORDERS}.BTC_USDC`);
    const { id } = place(bid({ clientId: 7 })).body;
    const market = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '1' };
    place(market);
    cancel({ symbol: 'SOL_USDC', orderId: id });
    const heard = client.heard();
    expect(heard.map(({ data }) => data.e)).toEqual([
      'orderAccepted',
      'orderAccepted',
      'orderFill',
      'orderCancelled',
    ]);
    expect(heard[0]).toMatchObject({
      stream: ORDERS,
      data: {
        ...{ i: id, s: 'SOL_USDC', c: 7, S: 'Bid', o: 'LIMIT', X: 'New', p: '140', z: '0' },
        ...{ t: null, f: 'GTC', O: 'USER' },
      },
    });
    expect(heard[2]?.data).toMatchObject({ o: 'MARKET', X: 'Filled', l: '1', z: '1', N: 'SOL' });
    expect(heard[3]?.data).toMatchObject({ i: id, X: 'Cancelled' });
    expect(exchange.openOrders(account.apiKey)).toEqual([]);
    const times = heard.map(({ data }) => Number(data.T));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(String(times[0])).toHaveLength(16);
  });

  it('tell of one market alone to who asks for it alone', () => {
    const { account, client, now, place } = world();
    client.open(account, now(), `${ORDERS}.BTC_USDC`);
    place(bid());
    place(bid({ symbol: 'BTC_USDC', price: '60000', quantity: '0.01' }));
    const [only, ...more] = client.heard();
    expect(only).toMatchObject({ stream: `${ORDERS}.BTC_USDC`, data: { s: 'BTC_USDC' } });
    expect(more).toEqual([]);
  });

  it('tell of triggers that wait, fire and fail, and of what expires or is modified', () => {
    const { exchange, account, client, now, place } = world();
    client.open(account, now(), ORDERS);
    const trigger = {
      ...{ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '155' },
      triggerPrice: '160',
    };
    place({ ...trigger, triggerQuantity: '1' });
    place({ ...trigger, triggerQuantity: '100000' });
    exchange.setMarkPrice('SOL_USDC', '161');
    expect(client.heard().map(({ data }) => [data.e, data.X])).toEqual([
      ['triggerPlaced', 'TriggerPending'],
      ['triggerPlaced', 'TriggerPending'],
      ['orderAccepted', 'New'],
      ['orderFill', 'Filled'],
      ['triggerFailed', 'TriggerFailed'],
    ]);
    place(bid({ price: '200', postOnly: true }));
    expect(client.heard().map(({ data }) => [data.e, data.R])).toEqual([
      ['orderAccepted', null],
      ['orderExpired', 'PostOnlyTaker'],
    ]);
    const { id } = place(bid({ quantity: '2' })).body;
    exchange.shrinkOrder(account.apiKey, id, '0.5');
    expect(client.heard().at(-1)?.data).toMatchObject({ e: 'orderModified', i: id, q: '0.5' });
  });

  it('carry what is attached to an order', () => {
    const { account, client, now, place } = world();
    client.open(account, now(), ORDERS);
    place(
      bid({
        ...{
          stopLossTriggerPrice: '120',
          stopLossLimitPrice: '119',
          stopLossTriggerBy: 'MarkPrice',
        },
        ...{ takeProfitTriggerPrice: '170', takeProfitTriggerBy: 'LastPrice' },
      }),
    );
    const letters = { b: '120', k: '119', g: 'MarkPrice', a: '170', d: 'LastPrice', j: null };
    expect(client.heard()[0]?.data).toMatchObject(letters);
  });

  it('tell nobody else', () => {
    const { exchange, account, client, other, now, place } = world();
    const stranger = seedAccount(exchange, { keyNumber: 2 });
    other.open(stranger, now(), ORDERS, 'account.balanceUpdate', 'account.positionUpdate');
    client.open(account, now(), ORDERS);
    place(bid());
    expect(client.heard()).toHaveLength(1);
    expect(other.heard()).toEqual([]);
  });
});

describe('balances and positions', () => {
  it('tell of each asset that changed, without a starting state', () => {
    const { account, client, now, place, balances } = world();
    client.open(account, now(), 'account.balanceUpdate');
    expect(client.heard()).toEqual([]);
    place(bid({ price: '140', quantity: '1' }));
    const { USDC } = balances().body;
    expect(client.heard().map(({ data }) => data)).toMatchObject([
      { e: 'balanceUpdate', a: 'USDC', A: USDC.available, L: USDC.locked, S: '0' },
    ]);
  });

  it('begin with the positions there are, without an event, and go on with what becomes of them', () => {
    const { account, client, other, now, place } = world();
    const perp = { symbol: 'SOL_USDC_PERP', orderType: 'Market', quantity: '1' };
    client.open(account, now(), 'account.positionUpdate');
    expect(client.heard()).toEqual([]);
    place({ ...perp, side: 'Bid' });
    other.open(account, now(), 'account.positionUpdate.SOL_USDC_PERP');
    const [first] = other.heard();
    expect(first?.data).toMatchObject({ s: 'SOL_USDC_PERP', q: 1 });
    expect(first?.data).not.toHaveProperty('e');
    place({ ...perp, side: 'Bid' });
    place({ ...perp, side: 'Ask', quantity: '2' });
    const told = [client, other].map((each) => each.heard().map(({ data }) => [data.e, data.q]));
    const rest = [
      ['positionAdjusted', 2],
      ['positionClosed', 0],
    ];
    expect(told).toEqual([[['positionOpened', 1], ...rest], rest]);
  });
});

describe('markets', () => {
  it('tell of the order book by changes that follow one upon the other, and lead to what REST has', () => {
    const { exchange, client, get, place } = world();
    const depth = () => get<DepthBody>('/api/v1/depth?symbol=SOL_USDC&limit=1000').body;
    client.subscribe('depth.SOL_USDC');
    const before = depth();
    place(bid({ price: '149.99' }));
    exchange.setMarkPrice('SOL_USDC', '151');
    exchange.tick();
    const book = { a: new Map(before.asks), b: new Map(before.bids) };
    let last = Number(before.lastUpdateId);
    for (const { data } of client.heard()) {
      expect(data.U).toBe(last + 1);
      last = Number(data.u);
      for (const side of ['a', 'b'] as const) {
        for (const [price, quantity] of data[side] as [string, string][]) {
          if (quantity === '0') book[side].delete(price);
          else book[side].set(price, quantity);
        }
      }
    }
    const after = depth();
    expect(last).toBe(Number(after.lastUpdateId));
    const sorted = (side: Map<string, string>) =>
      [...side].sort((a, b) => Number(a[0]) - Number(b[0]));
    expect(sorted(book.a)).toEqual(after.asks);
    expect(sorted(book.b)).toEqual(after.bids);
  });

  it('tell of the book by the pace that was asked for', () => {
    const { client, pass, exchange, place } = world();
    client.subscribe('depth.200ms.SOL_USDC');
    place(bid());
    exchange.tick();
    expect(client.heard()).toHaveLength(1);
    place(bid());
    place(bid());
    expect(client.heard()).toEqual([]);
    pass(200);
    exchange.tick();
    expect(client.heard()).toHaveLength(1);
  });

  it('tell the price each second, the best orders and the trades as they come', () => {
    const { client, exchange, pass, place } = world();
    client.subscribe('ticker.SOL_USDC', 'markPrice.SOL_USDC_PERP', 'bookTicker.SOL_USDC');
    client.subscribe('trade.SOL_USDC');
    exchange.tick();
    expect(client.heard().map(({ stream }) => stream)).toEqual([
      'ticker.SOL_USDC',
      'markPrice.SOL_USDC_PERP',
      'bookTicker.SOL_USDC',
    ]);
    place({ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '1' });
    expect(client.heard().map(({ stream }) => stream)).toEqual([
      'bookTicker.SOL_USDC',
      'trade.SOL_USDC',
    ]);
    pass(1000);
    exchange.tick();
    const [ticker, mark] = client.heard();
    expect(ticker).toMatchObject({
      stream: 'ticker.SOL_USDC',
      data: { s: 'SOL_USDC', c: '150.07' },
    });
    expect(mark?.data).toMatchObject({ s: 'SOL_USDC_PERP', p: '150' });
    client.unsubscribe('ticker.SOL_USDC', 'markPrice.SOL_USDC_PERP');
    pass(1000);
    exchange.tick();
    expect(client.heard()).toEqual([]);
  });

  it('are silent for ever where there is no such market', () => {
    const { client, exchange, pass } = world();
    client.subscribe('ticker.NO_SUCH', 'depth.WIF_NONE', 'openInterest.SOL_USDC');
    pass(5000);
    exchange.tick();
    expect(client.heard()).toEqual([]);
  });
});

describe('what goes wrong on request', () => {
  it('a connection is cut, or closed with a frame', () => {
    const { exchange, client, other } = world();
    client.subscribe('ticker.SOL_USDC');
    expect(exchange.streams.connections()).toEqual([
      { streams: ['ticker.SOL_USDC'], apiKey: undefined },
      { streams: [], apiKey: undefined },
    ]);
    exchange.streams.cut();
    expect([client.closed, other.closed]).toEqual([['cut'], ['cut']]);
    expect(exchange.streams.connections()).toEqual([]);
    const third = listenTo({ ...setUp(), exchange });
    exchange.streams.shutDown();
    expect(third.closed).toEqual([1001]);
  });

  it('messages are lost, and nobody is told', () => {
    const { exchange, account, client, now, place } = world();
    client.open(account, now(), ORDERS, 'account.balanceUpdate');
    exchange.streams.swallow(2, /orderUpdate/);
    for (let i = 0; i < 3; i += 1) place(bid());
    const streams = client.heard().map(({ stream }) => stream);
    expect(streams.filter((stream) => stream === ORDERS)).toHaveLength(1);
    expect(streams.filter((stream) => stream !== ORDERS)).toHaveLength(3);
  });

  it('signatures are refused, errors are told', () => {
    const { exchange, account, client, now, place } = world();
    exchange.streams.refuseSignatures(1);
    client.open(account, now(), ORDERS);
    exchange.streams.fail(5000, 'Maintenance');
    expect(client.errors()).toEqual([4003, 5000]);
    place(bid());
    expect(client.heard()).toEqual([]);
    client.open(account, now(), ORDERS);
    place(bid());
    expect(client.heard()).toHaveLength(1);
  });

  it('a line is dead, and speaks again', () => {
    const { exchange, account, client, now, place } = world();
    client.open(account, now(), ORDERS);
    exchange.streams.pause();
    place(bid());
    expect(client.heard()).toEqual([]);
    exchange.streams.resume();
    expect(client.heard()).toHaveLength(1);
  });
});
