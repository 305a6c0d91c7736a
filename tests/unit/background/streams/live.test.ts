import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createInspector } from '../../../../src/background/network/inspector.ts';
import { createLive } from '../../../../src/background/streams/live.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { createExchange } from '../../../../src/exchange/client.ts';
import { createRateBucket } from '../../../../src/exchange/rate.ts';
import { type WalletEvent, walletEvent } from '../../../../src/messaging/contract.ts';
import { createPracticeExchange } from '../../../exchange/exchange.ts';
import { seedAccount } from '../../../exchange/seed-account.ts';
import { createFakeSocket, createTimers, type FakeSocket } from '../../exchange/streams/sockets.ts';
import { createVirtualClock, fetchFrom, identityOf } from '../world.ts';

const ACCOUNT = '6f1f52c4-2e1c-4a3b-9a50-0d6c1f0e7b11';
const OTHER = '6f1f52c4-2e1c-4a3b-9a50-0d6c1f0e7b12';
const POPUP = '6f1f52c4-2e1c-4a3b-9a50-0d6c1f0e7b21';
const PAGE = '6f1f52c4-2e1c-4a3b-9a50-0d6c1f0e7b22';
const ORDERS = ['account.orderUpdate', 'account.positionUpdate', 'account.balanceUpdate'];

/** The background's part of the streams, and an exchange at the other end of its sockets. */
function world() {
  const timers = createTimers();
  const { now, after, settle } = timers;
  const practice = createPracticeExchange({ seed: 5, now });
  const traders = {
    [ACCOUNT]: seedAccount(practice, { keyNumber: 3 }),
    [OTHER]: seedAccount(practice, { keyNumber: 4 }),
  };
  const sockets: FakeSocket[] = [];
  const events: WalletEvent[] = [];
  let locked = false;
  let signatures = 0;

  const open = (url: string): FakeSocket => {
    const socket = createFakeSocket(url);
    sockets.push(socket);
    const connection = practice.connect({
      send: (text) => {
        if (!socket.closed) socket.say(text);
      },
      close: () => socket.break(),
    });
    socket.send = (text) => {
      socket.sent.push(text);
      connection.receive(text);
    };
    socket.addEventListener('close', () => connection.gone());
    setImmediate(() => socket.open());
    return socket;
  };
  const inspector = createInspector({ now });
  const exchange = createExchange({
    fetch: fetchFrom(practice, { ...createVirtualClock(), sleep: async () => undefined, now }),
    ...{ now, monotonic: now, random: () => 0, online: () => true },
    sleep: (ms) => new Promise((done) => void after(ms, done)),
    rate: createRateBucket({ now, sleep: async () => undefined }),
    clockMemory: { get: async () => undefined, set: async () => undefined },
    watch: inspector.watch,
  });
  const accounts = async () => {
    if (locked) throw new AppError('LOCKED', undefined);
    const shared = { status: 'active', createdAt: 0 } as const;
    return [ACCOUNT, OTHER].map((id) => ({ id, label: id, apiKey: id, ...shared }));
  };
  const start = () =>
    createLive({
      ...{ exchange, open, after, now, random: () => 1 },
      async identity(id) {
        await accounts();
        signatures += 1;
        return identityOf(id === ACCOUNT ? 3 : 4);
      },
      vault: { accounts },
      window: async () => 60_000,
      announce: (event) => events.push(v.parse(walletEvent, JSON.parse(JSON.stringify(event)))),
    });
  const live = start();
  const watch = async (given: object = {}, surface = POPUP) => {
    const answer = await live.handlers['live.watch']({ surface, account: ACCOUNT, ...given });
    await settle();
    return answer;
  };
  const place = (price: string, from = traders[ACCOUNT]) => {
    const params = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price, quantity: '1' };
    const parts = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute', params };
    return from?.send({ ...parts, timestamp: now() });
  };
  return {
    ...{ ...timers, practice, traders, sockets, live, watch, place, inspector, start, exchange },
    /** What was told since the last time. */
    told: (): WalletEvent[] => events.splice(0),
    openSockets: () => sockets.filter(({ closed }) => !closed),
    streams: () => practice.streams.connections().map(({ streams }) => streams),
    signatures: () => signatures,
    lock() {
      locked = true;
      live.end();
    },
  };
}

const named = (events: readonly WalletEvent[], name: WalletEvent['name']) =>
  events.filter((event) => event.name === name);

describe('what a surface watches', () => {
  it('opens the streams of its account, and of its market on a socket of their own', async () => {
    const { watch, streams, practice, traders, told, pass } = world();
    expect(await watch({ market: 'SOL_USDC' })).toEqual({
      account: 'connecting',
      market: 'connecting',
    });
    expect(streams()).toEqual([
      [...ORDERS, 'ticker.SOL_USDC'],
      ['ticker.SOL_USDC', 'markPrice.SOL_USDC'],
    ]);
    const [own, anybody] = practice.streams.connections();
    expect([own?.apiKey, anybody?.apiKey]).toEqual([traders[ACCOUNT].apiKey, undefined]);
    await pass(1000);
    expect(named(told(), 'live')).toEqual([
      { name: 'live', account: ACCOUNT, state: 'live', repair: true },
      { name: 'live', market: 'SOL_USDC', state: 'live' },
    ]);
    expect(await watch({ market: 'SOL_USDC' })).toEqual({ account: 'live', market: 'live' });
  });

  it('opens nothing at all while nobody watches', async () => {
    const { sockets, waiting, pass } = world();
    await pass(60_000);
    expect([sockets.length, waiting()]).toEqual([0, 0]);
  });

  it('is heard: an order that was placed elsewhere, and what it costs', async () => {
    const { watch, place, told, pass } = world();
    await watch();
    await pass(1000);
    told();
    place('140');
    const events = told();
    expect(named(events, 'liveOrders')).toMatchObject([
      { account: ACCOUNT, updates: [{ event: 'orderAccepted', order: { price: '140' } }] },
    ]);
    expect(named(events, 'liveBalances')).toMatchObject([
      { updates: [{ symbol: 'USDC', locked: '140' }] },
    ]);
  });

  it('comes at most ten times a second, nothing left out and in order', async () => {
    const { watch, place, told, pass } = world();
    await watch();
    await pass(1000);
    told();
    const prices = Array.from({ length: 40 }, (_, i) => String(100 + i));
    for (const price of prices) {
      place(price);
      await pass(10);
    }
    await pass(200);
    const lists = named(told(), 'liveOrders');
    expect(lists.length).toBeLessThanOrEqual(5);
    const updates = lists.flatMap((event) => (event.name === 'liveOrders' ? event.updates : []));
    expect(updates).toMatchObject(prices.map((price) => ({ order: { price } })));
  });

  it('is of the account that is watched, and of no other', async () => {
    const { watch, place, traders, told, pass, practice } = world();
    await watch();
    await pass(1000);
    told();
    place('140', traders[OTHER]);
    expect(told()).toEqual([]);
    await watch({ account: OTHER });
    await pass(1000);
    expect(practice.streams.connections().map(({ apiKey }) => apiKey)).toEqual([
      traders[OTHER].apiKey,
    ]);
    told();
    place('140');
    place('141', traders[OTHER]);
    expect(named(told(), 'liveOrders')).toMatchObject([{ account: OTHER }]);
  });

  it('follows to another market without opening anything anew', async () => {
    const { watch, sockets, streams, told, pass, practice } = world();
    await watch({ market: 'SOL_USDC' });
    await pass(1000);
    await watch({ market: 'SOL_USDC_PERP' });
    expect(sockets).toHaveLength(2);
    expect(streams()[1]).toEqual(['ticker.SOL_USDC_PERP', 'markPrice.SOL_USDC_PERP']);
    told();
    await pass(1000);
    practice.tick();
    await pass(100);
    const names = told().map((event) => [event.name, 'market' in event ? event.market : '']);
    expect(names).toContainEqual(['liveTicker', 'SOL_USDC_PERP']);
    expect(names).toContainEqual(['liveMark', 'SOL_USDC_PERP']);
    expect(names.flat()).not.toContain('SOL_USDC');
  });

  it('has an order book where it is asked for, right after a gap as well', async () => {
    const { watch, told, pass, practice, place } = world();
    await watch({ market: 'SOL_USDC', depth: true });
    await pass(1000);
    const [first] = named(told(), 'liveDepth').reverse();
    expect(first).toMatchObject({ market: 'SOL_USDC', bids: { length: 10 }, asks: { length: 10 } });
    await pass(300);
    practice.streams.swallow(1, /^depth/);
    place('149.98');
    await pass(300);
    told();
    place('149.97');
    await pass(1000);
    const [book] = named(told(), 'liveDepth').reverse();
    expect(book).toMatchObject({
      bids: expect.arrayContaining([
        ['149.98', '1'],
        ['149.97', '1'],
      ]),
    });
  });

  it('is for accounts that are there', async () => {
    const { watch, sockets } = world();
    await expect(watch({ account: POPUP })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(sockets).toEqual([]);
  });
});

describe('streams end', () => {
  it('when the last surface leaves', async () => {
    const { watch, live, openSockets, waiting, pass } = world();
    await watch({ market: 'SOL_USDC', depth: true });
    await watch({ market: 'SOL_USDC' }, PAGE);
    await pass(1000);
    await pass(200);
    await live.handlers['live.leave']({ surface: POPUP });
    expect(openSockets()).toHaveLength(2);
    await live.handlers['live.leave']({ surface: PAGE });
    expect([openSockets(), waiting()]).toEqual([[], 0]);
  });

  it('when a surface has not been heard of for 25 seconds', async () => {
    const { watch, openSockets, waiting, pass } = world();
    await watch({ market: 'SOL_USDC' });
    await pass(20_000);
    await watch({ market: 'SOL_USDC' });
    await pass(24_000);
    expect(openSockets()).toHaveLength(2);
    await pass(1_000);
    expect([openSockets(), waiting()]).toEqual([[], 0]);
  });

  it('R24: at a lock, at once, and nothing is signed after it', async () => {
    const { watch, lock, place, openSockets, waiting, told, pass, signatures } = world();
    await watch({ market: 'SOL_USDC' });
    await pass(1000);
    told();
    place('140');
    lock();
    expect([openSockets(), waiting()]).toEqual([[], 0]);
    told();
    place('141');
    await pass(60_000);
    expect([told(), signatures()]).toEqual([[], 1]);
  });

  it('R24: for a surface whose word was overtaken by the lock', async () => {
    const { live, lock, openSockets, pass } = world();
    const word = live.handlers['live.watch']({ surface: POPUP, account: ACCOUNT });
    lock();
    await word.catch(() => undefined);
    await pass(1000);
    expect(openSockets()).toEqual([]);
  });

  it('for an account that is removed; a surface that shows it hears of markets still', async () => {
    const { watch, live, openSockets, streams, pass } = world();
    await watch({ market: 'SOL_USDC' });
    await pass(1000);
    live.accountRemoved(ACCOUNT);
    expect(openSockets()).toHaveLength(1);
    expect(streams()).toEqual([['ticker.SOL_USDC', 'markPrice.SOL_USDC']]);
  });
});

describe('what breaks', () => {
  it('is repaired: signed afresh, and what was missed is to be read', async () => {
    const { watch, practice, told, pass, sockets, signatures } = world();
    await watch();
    await pass(1000);
    told();
    await pass(200);
    practice.streams.cut();
    expect(named(told(), 'live')).toEqual([{ name: 'live', account: ACCOUNT, state: 'down' }]);
    await pass(2000);
    expect(named(told(), 'live')).toEqual([
      { name: 'live', account: ACCOUNT, state: 'live', repair: true },
    ]);
    expect([sockets.length, signatures()]).toEqual([2, 2]);
    const [one, two] = sockets.map(({ sent }) => JSON.parse(sent[0] ?? '').signature);
    expect(one[1]).not.toBe(two[1]);
    expect([one[3], two[3]]).toEqual(['5000', '5000']);
  });

  it('a signature that is refused is tried again, later and later', async () => {
    const { watch, practice, pass, sockets, told } = world();
    practice.streams.refuseSignatures(3);
    await watch();
    await pass(9_000);
    expect(sockets).toHaveLength(4);
    expect(named(told(), 'live').at(-1)).toMatchObject({ state: 'live', repair: true });
  });

  it('is tried at once when a surface speaks: there may be a network again', async () => {
    const { watch, practice, told, pass, sockets } = world();
    await watch({ market: 'SOL_USDC' });
    await pass(1200);
    practice.streams.cut();
    await watch({ market: 'SOL_USDC' });
    expect(sockets).toHaveLength(4);
    told();
    await pass(1000);
    expect(named(told(), 'live')).toMatchObject([{ account: ACCOUNT }, { market: 'SOL_USDC' }]);
  });

  it('an update that cannot be read asks for a read, and not one for each', async () => {
    const { watch, sockets, told, pass } = world();
    await watch();
    await pass(1000);
    told();
    for (let i = 0; i < 20; i += 1) {
      sockets[0]?.say({ stream: 'account.orderUpdate', data: { e: 'orderFill', i: 5 } });
      await pass(100);
    }
    expect(named(told(), 'live')).toEqual([
      { name: 'live', account: ACCOUNT, state: 'live', repair: true },
    ]);
  });

  it('a background that was stopped begins anew with the next word of a surface', async () => {
    const { watch, start, sockets, told, pass, place, settle } = world();
    await watch();
    await pass(1000);
    sockets[0]?.break();
    told();
    const woken = start();
    await woken.handlers['live.watch']({ surface: POPUP, account: ACCOUNT });
    await settle();
    await pass(1000);
    expect(named(told(), 'live').at(-1)).toMatchObject({ state: 'live', repair: true });
    place('140');
    expect(named(told(), 'liveOrders').length).toBeGreaterThan(0);
  });
});

describe('the signing inspector', () => {
  it('shows what was signed for a subscription, and what became of it', async () => {
    const { watch, inspector, practice, pass } = world();
    await inspector.handlers['inspector.switch']({ on: true });
    practice.streams.refuseSignatures(1);
    await watch();
    await pass(3000);
    const { requests } = await inspector.handlers['inspector.read']({});
    const common = { instruction: 'subscribe', method: 'SUBSCRIBE', path: ORDERS.join(' ') };
    expect(requests).toMatchObject([
      { ...common, status: 101 },
      { ...common, status: 4003, answer: 'Invalid signature' },
    ]);
    expect(requests[0]?.signedText).toMatch(/^instruction=subscribe&timestamp=\d+&window=5000$/);
  });
});
