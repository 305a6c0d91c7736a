import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  balanceUpdateFrame,
  positionUpdateFrame,
} from '../../../../src/exchange/streams/account-frames.ts';
import {
  depthFrame,
  markFrame,
  tickerFrame,
} from '../../../../src/exchange/streams/market-frames.ts';
import { orderUpdateFrame } from '../../../../src/exchange/streams/order-frame.ts';
import {
  balanceUpdate,
  markUpdate,
  orderUpdate,
  positionUpdate,
  tickerUpdate,
} from '../../../../src/exchange/streams/updates.ts';

const T = 1_754_939_110_174_705;

/** As the exchange's documents have it. */
const fill = JSON.parse(
  `{"E":1754939110175879,"L":"4299.16","N":"ETH","O":"USER","Q":"4.30","S":"Bid","T":1754939110174705,
 "V":"RejectTaker","X":"Filled","Z":"4.299160","e":"orderFill","f":"GTC","i":"5406825793","l":"0.0010","m":false,
 "n":"0.000001","o":"MARKET","q":"0.0010","r":false,"s":"ETH_USDC","t":2888471,"z":"0.0010"}`,
);
const resting = {
  ...{ e: 'orderAccepted', E: T + 900, T, s: 'SOL_USDC', c: 7, i: '91', S: 'Ask', o: 'LIMIT' },
  ...{
    f: 'GTC',
    V: 'RejectTaker',
    q: '5',
    p: '180.10',
    X: 'New',
    z: '0',
    Z: '0',
    r: false,
    y: true,
  },
  ...{ P: '170', B: 'MarkPrice', Y: '80%', a: '150', j: '149', d: 'LastPrice', b: '200', k: '201' },
  ...{ g: 'MarkPrice', I: '90', H: '12', t: null, l: null, L: null, R: null, O: 'USER' },
};
const read = (frame: unknown) => v.parse(orderUpdateFrame, frame);

describe('an order update', () => {
  it('has the names and spellings of REST', () => {
    expect(read(resting)).toMatchObject({
      event: 'orderAccepted',
      at: T,
      order: {
        ...{ id: '91', clientId: 7, symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit' },
        ...{ timeInForce: 'GTC', selfTradePrevention: 'RejectTaker', status: 'New' },
        ...{ quantity: '5', price: '180.10', executedQuantity: '0', executedQuoteQuantity: '0' },
        ...{ reduceOnly: false, postOnly: true, createdAt: 1_754_939_110_174 },
        ...{ triggerPrice: '170', triggerBy: 'MarkPrice', triggerQuantity: '80%' },
        ...{ takeProfitTriggerPrice: '150', takeProfitLimitPrice: '149' },
        ...{ takeProfitTriggerBy: 'LastPrice', stopLossTriggerBy: 'MarkPrice' },
        ...{ stopLossTriggerPrice: '200', stopLossLimitPrice: '201' },
        ...{ relatedOrderId: '90', strategyId: '12' },
      },
    });
    expect(read(resting)).not.toHaveProperty('fill');
  });

  it('says what was filled, as in the documents of the exchange', () => {
    expect(read(fill)).toMatchObject({
      order: {
        id: '5406825793',
        orderType: 'Market',
        status: 'Filled',
        executedQuantity: '0.0010',
      },
      fill: { tradeId: '2888471', quantity: '0.0010', price: '4299.16', isMaker: false },
    });
    expect(read(fill).fill).toMatchObject({ fee: '0.000001', feeSymbol: 'ETH' });
  });

  it.each([
    ['numbers for texts', { i: 5_406_825_793, q: 0.001, z: 1e-7, T: '1754939110174705', c: '7' }],
    ['an id as text beyond 2^53', { i: '9007199254740993' }],
    ['nulls', Object.fromEntries([...'cfqQpPBYabjkdgRtlLmnNzZryIHXE'].map((key) => [key, null]))],
    ['more than is known here', { future: { deep: [1] }, O: 'SOMETHING_NEW' }],
    ['a type, a status and an event that are new', { o: 'ICEBERG', X: 'Paused', e: 'orderPaused' }],
    ['no engine time', { T: null, E: T }],
  ])('is read with %s', (_name, odd) => {
    const update = read({ ...fill, ...odd });
    expect(v.is(orderUpdate, update)).toBe(true);
    expect(update.at).toBe(T);
  });

  it('is read with nothing in it that can be missing', () => {
    const bare = { e: 'orderFill', E: T, s: 'SOL_USDC', i: '1', S: 'Bid', o: 'LIMIT' };
    expect(read(bare)).toMatchObject({ order: { status: 'PartiallyFilled' }, fill: {} });
  });

  it.each([
    ['orderAccepted', {}, 'New'],
    ['orderAccepted', { X: 'PartiallyFilled' }, 'PartiallyFilled'],
    ['orderFill', { q: '2', z: '1' }, 'PartiallyFilled'],
    ['orderFill', { q: '2', z: '2.0' }, 'Filled'],
    ['orderModified', { q: '2', z: '1' }, 'PartiallyFilled'],
    ['orderCancelled', {}, 'Cancelled'],
    ['orderCancelled', { X: 'New' }, 'Cancelled'],
    ['orderExpired', { X: null, R: 'PostOnlyTaker' }, 'Expired'],
    ['triggerPlaced', {}, 'TriggerPending'],
    ['triggerFailed', {}, 'TriggerFailed'],
  ])('%s with %o leaves an order %s', (e, given, status) => {
    const { X: _, q: __, z: ___, ...rest } = resting;
    expect(read({ ...rest, e, ...given }).order.status).toBe(status);
  });

  it.each([
    ['no order id', { i: undefined }],
    ['no market', { s: null }],
    ['no side', { S: undefined }],
    ['no time', { E: null, T: null }],
    ['a quantity that is none', { z: 'many' }],
    ['a time that is none', { T: 'now' }],
  ])('is refused with %s', (_name, odd) => {
    expect(v.is(orderUpdateFrame, { ...resting, ...odd })).toBe(false);
  });
});

describe('a position update', () => {
  const open = {
    ...{ e: 'positionAdjusted', E: T + 1, T, s: 'SOL_USDC_PERP', b: '151.2', B: '150', f: '0.02' },
    ...{ M: 151.5, m: '0.0125', q: '-3', Q: '3', n: '454.5', i: '77', p: '0', P: '-4.5', l: 0 },
  };

  it('has the names of REST', () => {
    expect(v.parse(positionUpdateFrame, open)).toMatchObject({
      ...{ event: 'positionAdjusted', at: T },
      position: {
        ...{ symbol: 'SOL_USDC_PERP', netQuantity: '-3', entryPrice: '150', markPrice: '151.5' },
        ...{ pnlUnrealized: '-4.5', breakEvenPrice: '151.2', netExposureNotional: '454.5' },
        ...{ netExposureQuantity: '3', pnlRealized: '0', positionId: '77' },
      },
    });
  });

  it('has no event in the first ones, and little in the last', () => {
    const { e: _, ...first } = open;
    expect(v.is(positionUpdate, v.parse(positionUpdateFrame, first))).toBe(true);
    const closed = { e: 'positionClosed', E: T, s: 'SOL_USDC_PERP', q: 0, B: null, i: 77 };
    expect(v.parse(positionUpdateFrame, closed)).toMatchObject({ position: { netQuantity: '0' } });
    expect(v.is(positionUpdateFrame, { ...open, B: null })).toBe(false);
  });
});

describe('the rest', () => {
  it('a balance', () => {
    const given = { e: 'balanceUpdate', E: T, T: null, a: 'USDC', A: '90.5', L: 9.5, S: null };
    const update = v.parse(balanceUpdateFrame, given);
    expect(update).toEqual({
      at: T,
      symbol: 'USDC',
      available: '90.5',
      locked: '9.5',
      staked: null,
    });
    expect(v.is(balanceUpdate, update)).toBe(true);
    expect(v.is(balanceUpdateFrame, { ...given, A: null })).toBe(false);
  });

  it('a ticker, with the change as a fraction', () => {
    const given = {
      E: T,
      s: 'SOL_USDC',
      o: '150',
      c: '153',
      h: '155',
      l: '149',
      v: '9',
      V: '1400',
    };
    const update = v.parse(tickerFrame, { ...given, n: 12 });
    expect(v.is(tickerUpdate, update)).toBe(true);
    expect(update.ticker).toEqual({
      ...{ symbol: 'SOL_USDC', lastPrice: '153', priceChangePercent: '0.02' },
      ...{ high: '155', low: '149', quoteVolume: '1400' },
    });
    expect(v.parse(tickerFrame, { ...given, o: '0' }).ticker.priceChangePercent).toBe('N/A');
  });

  it('a mark price', () => {
    const given = { E: T, s: 'SOL_USDC_PERP', p: '151', i: '150.9', f: '0.0000125', n: T / 1000 };
    expect(v.is(markUpdate, v.parse(markFrame, { ...given, n: 1_754_942_400_000 }))).toBe(true);
    const bare = { E: T, s: 'SOL_USDC_PERP', p: 151 };
    expect(v.parse(markFrame, bare).mark).toMatchObject({ markPrice: '151' });
  });

  it('a change of the order book', () => {
    const given = { e: 'depth', E: T, s: 'SOL_USDC', a: [['151', '2']], b: [[150.5, 0]] };
    expect(v.parse(depthFrame, { ...given, U: 5, u: '6' })).toEqual({
      ...{ at: T, symbol: 'SOL_USDC', first: 5, last: 6 },
      ...{ asks: [['151', '2']], bids: [['150.5', '0']] },
    });
    expect(v.parse(depthFrame, { E: T, s: 'X', U: 1, u: 1, a: null })).toMatchObject({ asks: [] });
    expect(v.is(depthFrame, { ...given, u: 6 })).toBe(false);
  });
});
