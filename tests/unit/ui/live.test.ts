import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { WalletEvent } from '../../../src/messaging/contract.ts';
import { type App, createApp } from '../../../src/ui/state/app.ts';
import { createLive, type Live } from '../../../src/ui/state/live.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { account, type FakeBackground, fakeBackground, locked, unlocked } from './background.ts';
import { balances, markets, markPrices, openOrder, request, tickers } from './exchange-answers.ts';

const SURFACE = '30000000-0000-4000-8000-000000000000';

let fake: FakeBackground;
let app: App;
let live: Live;
let tell: (event: WalletEvent) => void;
let isVisible: boolean;
let listeners: Set<() => void>;
let frames: (() => void)[];
let orders: object[];
let streams: { account: 'off' | 'connecting' | 'live' | 'down'; market: 'off' | 'live' | 'down' };

const publics = { markets, tickers, markPrices, assets: [] };
const answers: Record<string, () => unknown> = {
  balanceQuery: () => balances,
  positionQuery: () => [],
  orderQueryAll: () => orders,
};

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  orders = [openOrder('5'), openOrder('6')];
  streams = { account: 'live', market: 'live' };
  isVisible = true;
  listeners = new Set();
  frames = [];
  fake = fakeBackground({
    'session.open': () => unlocked([account(1), account(2)]),
    'accounts.select': ({ id }) => unlocked([account(1), account(2)], id),
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'requests.list': () => [],
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction }) => ({ at: Date.now(), answer: answers[instruction]?.() }),
    'live.watch': () => streams,
    'live.leave': () => ({}),
  });
  app = createApp({
    call: fake.call,
    listen: (listener) => {
      tell = listener;
    },
    presence: {
      isVisible: () => isVisible,
      isOnline: () => true,
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
  live = createLive(app.trading, (work) => void frames.push(work), SURFACE);
  app.trading.join(live);
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  vi.useRealTimers();
});

const watches = () => fake.heard.filter(({ method }) => method === 'live.watch');
const reads = (instruction: string) =>
  fake.heard.filter(
    ({ method, request }) =>
      method === 'exchange.read' &&
      (request as { instruction: string }).instruction === instruction,
  ).length;
const show = (visible: boolean): void => {
  isVisible = visible;
  for (const listener of listeners) listener();
};
const draw = (): void => {
  for (const frame of frames.splice(0)) frame();
};
const ids = () => app.trading.orders.listed.value.map(({ id }) => id);

type OrderUpdates = Extract<WalletEvent, { name: 'liveOrders' }>['updates'];
let clock = 1;
const update = (event: string, id: string, more: object = {}): OrderUpdates[number] => {
  clock += 1;
  return { event, at: clock, order: openOrder(id, more) } as unknown as OrderUpdates[number];
};
const tellOrders = (...updates: OrderUpdates): void =>
  tell({ name: 'liveOrders', account: account(1).id, updates });

describe('what is watched', () => {
  it('is said at once, and every ten seconds as long as somebody looks', async () => {
    expect(watches().map((each) => each.request)).toEqual([
      { surface: SURFACE, account: account(1).id },
    ]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(watches()).toHaveLength(4);
    show(false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(watches()).toHaveLength(4);
    expect(fake.heard.at(-1)).toEqual({ method: 'live.leave', request: { surface: SURFACE } });
    show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(watches()).toHaveLength(5);
  });

  it('follows the account and the market on screen, each change said once', async () => {
    live.showMarket('SOL_USDC');
    live.showMarket('SOL_USDC');
    await vi.advanceTimersByTimeAsync(0);
    live.showDepth(true);
    await vi.advanceTimersByTimeAsync(0);
    await app.session.select(account(2).id);
    await vi.advanceTimersByTimeAsync(0);
    live.showMarket('');
    await vi.advanceTimersByTimeAsync(0);
    expect(
      watches()
        .slice(1)
        .map((each) => each.request),
    ).toEqual([
      { surface: SURFACE, account: account(1).id, market: 'SOL_USDC' },
      { surface: SURFACE, account: account(1).id, market: 'SOL_USDC', depth: true },
      { surface: SURFACE, account: account(2).id, market: 'SOL_USDC', depth: true },
      { surface: SURFACE, account: account(2).id },
    ]);
  });

  it('is nothing on screens without live data, and once Buckle is locked', async () => {
    app.navigation.go('settings');
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.heard.at(-1)?.method).toBe('live.leave');
    app.navigation.go('balances');
    await vi.advanceTimersByTimeAsync(0);
    fake.answers['session.open'] = () => locked;
    await app.session.open();
    await vi.advanceTimersByTimeAsync(0);
    const before = watches().length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(watches()).toHaveLength(before);
  });
});

describe('what streams tell', () => {
  it('shows at the next frame, everything since the last one together', () => {
    tellOrders(
      update('orderAccepted', '7'),
      update('orderCancelled', '5', { status: 'Cancelled' }),
    );
    tellOrders(update('orderFill', '6', { status: 'Filled', executedQuantity: '1.5' }));
    expect(ids()).toEqual(['6', '5']);
    expect(frames).toHaveLength(1);
    draw();
    expect(ids()).toEqual(['7']);
  });

  it('of another account or another market shows nowhere', () => {
    tell({ name: 'liveOrders', account: account(2).id, updates: [update('orderAccepted', '7')] });
    live.showMarket('SOL_USDC');
    tell({ name: 'liveDepth', market: 'BTC_USDC', at: 1, bids: [], asks: [] });
    draw();
    expect(ids()).toEqual(['6', '5']);
    expect(live.book.value).toBeUndefined();
  });

  it('during a read counts beside an answer that is older', async () => {
    let answer: (value: { at: number; answer: unknown }) => void = () => undefined;
    fake.answers['exchange.read'] = () => new Promise((done) => (answer = done));
    const done = app.trading.orders.following.orders.refreshAnew();
    await vi.advanceTimersByTimeAsync(0);
    tellOrders(update('orderFill', '5', { status: 'Filled', executedQuantity: '1.5' }));
    draw();
    answer({ at: Date.now(), answer: orders });
    await done;
    expect(ids()).toEqual(['6']);
  });

  it('moves the price of the market on screen, and its book', () => {
    live.showMarket('SOL_USDC');
    const ticker = { ...tickers[0], lastPrice: '151.5' };
    tell({ name: 'liveTicker', market: 'SOL_USDC', at: 1, ticker } as unknown as WalletEvent);
    const mark = { symbol: 'SOL_USDC', markPrice: '151.6' };
    tell({ name: 'liveMark', market: 'SOL_USDC', at: 1, mark } as unknown as WalletEvent);
    const book = { market: 'SOL_USDC', at: 1, bids: [['151', '2']], asks: [['152', '1']] };
    tell({ name: 'liveDepth', ...book } as unknown as WalletEvent);
    draw();
    app.navigation.go('trade');
    expect(app.trading.market.ticker('SOL_USDC')?.lastPrice).toBe('151.5');
    expect(app.trading.market.reference('SOL_USDC')).toEqual({ price: '151.6', by: 'mark' });
    expect(live.book.value).toMatchObject(book);
    live.showMarket('SOL_USDC_PERP');
    expect(live.book.value).toBeUndefined();
  });

  it('of a fill has the balances read, once for many', async () => {
    const before = reads('balanceQuery');
    for (let fill = 0; fill < 5; fill += 1) {
      tellOrders({ ...update('orderFill', '6'), fill: {} } as OrderUpdates[number]);
      draw();
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads('balanceQuery')).toBe(before + 1);
  });

  it('is let go with the account', async () => {
    tellOrders(update('orderAccepted', '7'));
    draw();
    orders = [openOrder('8')];
    await app.session.select(account(2).id);
    await vi.advanceTimersByTimeAsync(0);
    expect(ids()).toEqual(['8']);
    draw();
    expect(ids()).toEqual(['8']);
  });
});

describe('a stream that begins or begins anew', () => {
  it('has everything read once that it may have missed', async () => {
    const before = reads('orderQueryAll');
    tell({ name: 'live', account: account(1).id, state: 'live', repair: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(reads('orderQueryAll')).toBe(before + 1);
    tell({ name: 'live', account: account(2).id, state: 'live', repair: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(reads('orderQueryAll')).toBe(before + 1);
  });
});

describe('how fresh the screen is', () => {
  const freshness = () => app.trading.freshness.value?.state;

  it('is live without a poll while the stream is, for a minute and longer', async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    const before = reads('orderQueryAll');
    await vi.advanceTimersByTimeAsync(25_000);
    expect(reads('orderQueryAll')).toBe(before);
    expect(freshness()).toBe('live');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reads('orderQueryAll')).toBe(before + 1);
  });

  it('is not live once the stream is down, and polls are as often as without one', async () => {
    await vi.advanceTimersByTimeAsync(20_000);
    const before = reads('orderQueryAll');
    tell({ name: 'live', account: account(1).id, state: 'down' });
    await vi.advanceTimersByTimeAsync(0);
    expect(freshness()).toBe('updating');
    expect(reads('orderQueryAll')).toBe(before + 1);
    streams = { account: 'down', market: 'off' };
    await vi.advanceTimersByTimeAsync(8_000);
    expect(reads('orderQueryAll')).toBe(before + 3);
    expect(freshness()).toBe('updating');
  });

  it('is not live when nobody answers, and is again when somebody does', async () => {
    fake.answers['live.watch'] = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(freshness()).toBe('updating');
    fake.answers['live.watch'] = () => {
      throw new AppError('INTERNAL', undefined);
    };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(freshness()).toBe('updating');
    fake.answers['live.watch'] = () => streams;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(freshness()).toBe('live');
  });

  it('is stale since the last good read when the stream is down and reads fail', async () => {
    const at = known(app.trading.orders.remote.value)?.at;
    tell({ name: 'live', account: account(1).id, state: 'down' });
    fake.answers['exchange.read'] = () => {
      throw new AppError('NETWORK', { kind: 'connection' });
    };
    streams = { account: 'down', market: 'off' };
    await vi.advanceTimersByTimeAsync(4_000);
    expect(app.trading.freshness.value).toEqual({ state: 'stale', since: at });
  });

  it('a read that failed is made up for as soon as without a stream', async () => {
    await vi.advanceTimersByTimeAsync(20_000);
    const good = fake.answers['exchange.read'];
    fake.answers['exchange.read'] = () => {
      throw new AppError('NETWORK', { kind: 'connection' });
    };
    tell({ name: 'live', account: account(1).id, state: 'live', repair: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(freshness()).toBe('stale');
    if (good) fake.answers['exchange.read'] = good;
    await vi.advanceTimersByTimeAsync(9_000);
    expect(freshness()).toBe('live');
  });

  it('is as by polls alone where there is no stream', async () => {
    streams = { account: 'off', market: 'off' };
    const before = reads('orderQueryAll');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reads('orderQueryAll')).toBeGreaterThanOrEqual(before + 3);
    expect(freshness()).toBe('live');
  });

  it('goes by what was told last, not by an answer that was overtaken', async () => {
    let answer: (value: typeof streams) => void = () => undefined;
    fake.answers['live.watch'] = () => new Promise((done) => (answer = done));
    await vi.advanceTimersByTimeAsync(10_000);
    tell({ name: 'live', account: account(1).id, state: 'live' });
    answer({ account: 'connecting', market: 'off' });
    await vi.advanceTimersByTimeAsync(0);
    expect(app.trading.streams.value.account).toBe('live');
  });

  it('does not poll seldom while something is being found out', async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    tell({ name: 'request', request: request(1, { state: 'unknown' }) });
    const before = reads('orderQueryAll');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(reads('orderQueryAll')).toBeGreaterThanOrEqual(before + 2);
  });
});
