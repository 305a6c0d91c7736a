import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { WalletEvent } from '../../../src/messaging/contract.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { type App, createApp } from '../../../src/ui/state/app.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { account, type FakeBackground, fakeBackground, locked, unlocked } from './background.ts';
import {
  balances,
  cancelRequest,
  markets,
  markPrices,
  openOrder,
  request,
  requestId,
  tickers,
} from './exchange-answers.ts';

/** What each account's exchange says; tests change it as they go. */
let orders: Record<string, object[]>;
let fake: FakeBackground;
let app: App;
let tell: (event: WalletEvent) => void;
let online: boolean;
let listeners: Set<() => void>;

const answers: Record<string, (id: string) => unknown> = {
  balanceQuery: () => balances,
  positionQuery: () => [],
  orderQueryAll: (id) => orders[id] ?? [],
  accountQuery: () => ({
    futuresMakerFee: '2',
    futuresTakerFee: '5',
    spotMakerFee: '8',
    spotTakerFee: '10',
    leverageLimit: '10',
    limitOrders: 0,
  }),
};
const publics = { markets, tickers, markPrices, assets: [] };

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  orders = { [account(1).id]: [openOrder('5'), openOrder('6', { symbol: 'SOL_USDC_PERP' })] };
  online = true;
  listeners = new Set();
  fake = fakeBackground({
    'session.open': () => unlocked([account(1), account(2)]),
    'accounts.select': ({ id }) => unlocked([account(1), account(2)], id),
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ account: id, instruction }) => ({
      at: Date.now(),
      answer: answers[instruction]?.(id),
    }),
  });
  app = createApp({
    call: fake.call,
    listen: (listener) => {
      tell = listener;
    },
    presence: {
      isVisible: () => true,
      isOnline: () => online,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    surface: 'popup',
    hash: '#orders',
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => vi.useRealTimers());

const asked = (instruction: string): number =>
  fake.heard.filter(
    ({ method, request: body }) =>
      method === 'exchange.read' && (body as { instruction: string }).instruction === instruction,
  ).length;
const listed = (): string[] =>
  (known(app.trading.orders.remote.value)?.value ?? []).map(({ id }) => id);
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('what is polled', () => {
  it('is what the shown screen needs, as long as it is shown', async () => {
    expect(listed()).toEqual(['5', '6']);
    expect([asked('orderQueryAll'), asked('balanceQuery')]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(asked('orderQueryAll')).toBe(3);
    app.navigation.go('balances');
    await settled();
    expect(asked('balanceQuery')).toBe(1);
    await vi.advanceTimersByTimeAsync(16_000);
    expect([asked('orderQueryAll'), asked('balanceQuery')]).toEqual([3, 3]);
  });

  it('is the other account’s at once when that is chosen, and nothing of the first one stays', async () => {
    orders[account(2).id] = [openOrder('77')];
    await app.session.select(account(2).id);
    await settled();
    expect(listed()).toEqual(['77']);
  });

  it('drops an answer about the account that was left meanwhile', async () => {
    let answer: (rows: object[]) => void = () => undefined;
    fake.answers['exchange.read'] = async ({ account: id, instruction }) => {
      if (instruction !== 'orderQueryAll') return { at: 0, answer: answers[instruction]?.(id) };
      const slow = new Promise<object[]>((resolve) => {
        answer = resolve;
      });
      return { at: Date.now(), answer: id === account(1).id ? await slow : [openOrder('77')] };
    };
    void app.trading.orders.refresh();
    await app.session.select(account(2).id);
    answer([openOrder('5')]);
    await settled();
    expect(listed()).toEqual(['77']);
  });

  it('ends, and everything private is gone, when Buckle locks', async () => {
    fake.answers['session.open'] = () => locked;
    tell({ name: 'session', status: 'locked' });
    await settled();
    const before = fake.heard.length;
    expect(app.trading.orders.remote.value).toEqual({ status: 'idle' });
    expect(app.trading.balances.valuation.value).toBeUndefined();
    expect(app.trading.requests.all.value).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.heard.length).toBe(before);
  });

  it('does not start for a key that the exchange does not know', async () => {
    fake.answers['session.open'] = () => unlocked([account(3, 'unregistered')]);
    await app.session.open();
    const before = asked('orderQueryAll');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked('orderQueryAll')).toBe(before);
  });
});

describe('freshness', () => {
  it('is live, then stale since the last good answer, then live again', async () => {
    expect(app.trading.freshness.value).toEqual({ state: 'live' });
    const good = fake.answers['exchange.read'];
    fake.answers['exchange.read'] = () =>
      Promise.reject(new AppError('EXCHANGE', { status: 503, code: 'MAINTENANCE', message: '' }));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(app.trading.freshness.value).toEqual({ state: 'stale', since: 1_000_000 });
    expect(listed()).toEqual(['5', '6']);
    fake.answers['exchange.read'] = good as never;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(app.trading.freshness.value).toEqual({ state: 'live' });
  });

  it('is offline as soon as the browser says so', () => {
    online = false;
    for (const listener of listeners) listener();
    expect(app.trading.freshness.value).toEqual({ state: 'offline' });
  });
});

describe('cancelling', () => {
  const first = () => {
    const order = known(app.trading.orders.remote.value)?.value[0];
    if (!order) throw new Error('no order');
    return order;
  };
  /** The background takes the cancel and answers with this. */
  const answerWith = (view: Partial<RequestView>, afterwards: () => void = () => undefined) => {
    fake.answers['requests.prepare'] = ({ instruction, params }) => ({
      id: requestId(1),
      account: account(1).id,
      apiKey: 'k',
      label: 'l',
      instruction,
      method: 'DELETE',
      path: '/api/v1/order',
      params,
      window: 5000,
      canonical: '',
      digest: 'd',
      phrase: { key: 'wordsOrderCancel', values: [] },
      needsPassword: false,
    });
    fake.answers['requests.send'] = () => {
      afterwards();
      return cancelRequest(1, '5', { settledAt: Date.now(), ...view });
    };
  };

  it('takes the order off the list only when the exchange’s list is without it', async () => {
    answerWith({}, () => {
      orders[account(1).id] = [openOrder('6')];
    });
    const order = first();
    const cancelling = app.trading.orders.cancel(order);
    expect(app.trading.orders.cancelOf(order)).toEqual({
      fate: 'sending',
      error: undefined,
      at: Date.now(),
    });
    expect(listed()).toEqual(['5', '6']);
    await cancelling;
    expect(listed()).toEqual(['6']);
  });

  it('believes the book rather than the answer when they go on to differ', async () => {
    answerWith({});
    await app.trading.orders.cancel(first());
    expect(app.trading.orders.cancelOf(first())?.fate).toBe('done');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(app.trading.orders.cancelOf(first())).toBeUndefined();
  });

  it('sends one request however often it is pressed', async () => {
    answerWith({});
    const order = first();
    await Promise.all([app.trading.orders.cancel(order), app.trading.orders.cancel(order)]);
    expect(fake.heard.filter(({ method }) => method === 'requests.send')).toHaveLength(1);
  });

  it('keeps saying that it is pending until an event says more', async () => {
    answerWith({ state: 'answered', outcome: 'pending' });
    fake.answers['requests.list'] = () => [];
    await app.trading.orders.cancel(first());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(app.trading.orders.cancelOf(first())?.fate).toBe('pending');
    tell({ name: 'request', request: cancelRequest(1, '5', { settledAt: Date.now() }) });
    expect(app.trading.orders.cancelOf(first())?.fate).toBe('done');
  });

  it('says why it was refused, and lets it be tried again', async () => {
    const error = {
      code: 'EXCHANGE',
      data: { status: 400, code: 'X', message: 'Order not found' },
    };
    answerWith({ outcome: 'refused', error });
    await app.trading.orders.cancel(first());
    expect(app.trading.orders.cancelOf(first())).toEqual({ fate: 'refused', error });
  });

  it('says that nothing was sent where it could not even be prepared', async () => {
    fake.answers['requests.prepare'] = () =>
      Promise.reject(new AppError('NETWORK', { kind: 'offline' }));
    await app.trading.orders.cancel(first());
    expect(app.trading.orders.cancelOf(first())).toMatchObject({
      fate: 'notSent',
      error: { code: 'NETWORK' },
    });
  });

  it('counts the open orders of each market', () => {
    expect(app.trading.orders.byMarket.value).toEqual([
      { symbol: 'SOL_USDC', count: 1 },
      { symbol: 'SOL_USDC_PERP', count: 1 },
    ]);
  });
});

describe('an open fate', () => {
  it('is asked for with each look, so that a stopped background goes on finding out', async () => {
    fake.answers['requests.list'] = () => [request(1)];
    tell({ name: 'request', request: request(1, { state: 'unknown' }) });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(app.trading.requests.view(requestId(1))?.outcome).toBe('placed');
    const before = fake.heard.filter(({ method }) => method === 'requests.list').length;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(fake.heard.filter(({ method }) => method === 'requests.list').length).toBe(before);
  });
});
