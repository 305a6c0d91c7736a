import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createExchange } from '../../../src/exchange/client.ts';
import { instructions } from '../../../src/exchange/instructions/index.ts';
import { createRateBucket } from '../../../src/exchange/rate.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import type { Fault } from '../../exchange/faults.ts';
import { createVirtualClock, fetchFrom, identityOf } from '../background/world.ts';

async function world(options: { online?: boolean } = {}) {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 3, now: clock.now });
  const identity = identityOf(3);
  practice.addAccount({ apiKey: identity.apiKey, balances: { USDC: { available: '500' } } });
  const { now, sleep } = clock;
  const inits: RequestInit[] = [];
  const send = fetchFrom(practice, clock);
  let measured: { offsetMs: number; at: number } | undefined;
  const exchange = createExchange({
    fetch: (url, init) => {
      inits.push(init);
      return send(url, init);
    },
    now,
    monotonic: now,
    sleep: (ms) => sleep(ms),
    random: () => 0,
    online: () => options.online ?? true,
    rate: createRateBucket({ now, sleep }),
    clockMemory: {
      get: async () => measured,
      set: async (next) => {
        measured = next;
      },
    },
  });
  const balances = () =>
    exchange.read(identity, 'balanceQuery', {}, { window: 5000, asker: 'wallet' });
  const asked = () => practice.requests().filter(({ path }) => path === '/api/v1/capital').length;
  return { clock, practice, identity, exchange, balances, asked, inits };
}

const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw error;
};

describe('reads', () => {
  it('are signed, sent and decoded', async () => {
    const { balances } = await world();
    expect((await balances()).answer).toEqual({
      USDC: { available: '500', locked: '0', staked: '0' },
    });
  });

  it('R31: go out without cache, credentials, referrer or redirects', async () => {
    const { balances, inits } = await world();
    await balances();
    for (const init of inits) {
      expect(init).toMatchObject({
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
    }
  });

  it.each<[string, Fault]>([
    ['a cut connection', { kind: 'drop-before' }],
    ['a server fault', { kind: 'status', status: 503 }],
    ['too many requests', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }],
    ['a page of HTML with 502', { kind: 'html', status: 502 }],
  ])('are tried again after %s', async (_name, fault) => {
    const { practice, balances, asked } = await world();
    practice.faults.add({ ...fault, path: '/api/v1/capital', times: 2 });
    expect((await balances()).answer.USDC?.available).toBe('500');
    expect(asked()).toBe(3);
  });

  it('obey Retry-After', async () => {
    const { practice, clock, balances } = await world();
    const headers = { 'retry-after': '7' };
    practice.faults.add({ kind: 'status', status: 429, headers, path: '/api/v1/capital' });
    const before = clock.now();
    await balances();
    expect(clock.now() - before).toBeGreaterThanOrEqual(7000);
  });

  it.each<[string, Fault, string, object]>([
    ['a refusal', { kind: 'status', status: 403 }, 'EXCHANGE', { status: 403, code: 'FORBIDDEN' }],
    ['HTML for JSON', { kind: 'html' }, 'BAD_ANSWER', { status: 200, kind: 'html' }],
    ['cut-off JSON', { kind: 'truncated' }, 'BAD_ANSWER', { status: 200, kind: 'json' }],
    ['broken JSON', { kind: 'malformed' }, 'BAD_ANSWER', { status: 200, kind: 'json' }],
    ['wrong types', { kind: 'wrong-types', body: '' }, 'BAD_ANSWER', { status: 200 }],
    [
      'plain text',
      { kind: 'text', status: 400, body: 'failed to parse parameter `limit`' },
      'EXCHANGE',
      { status: 400, code: '', message: 'failed to parse parameter `limit`' },
    ],
  ])('say what is wrong with %s, at once', async (_name, fault, code, data) => {
    const { practice, exchange, identity } = await world();
    const path = '/api/v1/account';
    practice.faults.add({ ...fault, path });
    const error = await failure(
      exchange.read(identity, 'accountQuery', {}, { window: 5000, asker: 'wallet' }),
    );
    expect(error.code).toBe(code);
    expect(error.data).toMatchObject(data);
    expect(practice.requests().filter((r) => r.path === path)).toHaveLength(1);
  });

  it('say that a connection failed when it keeps failing, and that we are offline when we are', async () => {
    for (const [online, kind] of [
      [true, 'connection'],
      [false, 'offline'],
    ] as const) {
      const { practice, balances } = await world({ online });
      practice.faults.add({ kind: 'drop-before', times: 99 });
      expect((await failure(balances())).data).toEqual({ kind });
    }
  });

  it('answer an unregistered key with nothing, which is told apart from a wrong shape', async () => {
    const { exchange } = await world();
    const stranger = identityOf(99);
    const error = await failure(
      exchange.read(stranger, 'accountQuery', {}, { window: 5000, asker: 'wallet' }),
    );
    expect([error.code, error.data]).toEqual(['BAD_ANSWER', { status: 200, kind: 'empty' }]);
  });
});

describe('the clock', () => {
  it.each([3_600_000, -3_600_000, 86_400_000])(
    'a clock off by %d ms is made up for',
    async (ms) => {
      const { practice, balances } = await world();
      practice.setClockSkew(ms);
      expect((await balances()).answer.USDC?.available).toBe('500');
    },
  );

  it('is learnt anew when the exchange calls a timestamp expired', async () => {
    const { practice, balances } = await world();
    await balances();
    practice.setClockSkew(120_000);
    expect((await balances()).answer.USDC?.available).toBe('500');
  });

  it('never stamps ahead of the exchange, however long its answers take', async () => {
    const { clock, practice, exchange, identity } = await world();
    practice.faults.add({ kind: 'delay', delayMs: 900, path: '/api/v1/time' });
    const stamped = await exchange.stamp(
      identity,
      {
        instruction: 'orderCancelAll',
        entry: instructions.orderCancelAll,
        params: { symbol: 'SOL_USDC' },
        window: 5000,
      },
      'wallet',
    );
    expect(stamped.timestamp).toBeLessThanOrEqual(clock.now());
  });

  it('is the reason that is given when nothing helps', async () => {
    const { practice, balances } = await world();
    practice.faults.add({ kind: 'expired', path: '/api/v1/capital', times: 9 });
    expect((await failure(balances())).code).toBe('CLOCK_SKEW');
  });
});

describe('the rate bucket', () => {
  it('lets through what the exchange allows in a minute and not more', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep, capacity: 60 });
    const start = now();
    for (let i = 0; i < 60; i += 1) await bucket.take('key', 'wallet');
    expect(now()).toBe(start);
    await bucket.take('key', 'wallet');
    expect(now() - start).toBeGreaterThanOrEqual(1000);
  });

  it('keeps a share that sites cannot use up', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep, capacity: 100 });
    for (let i = 0; i < 75; i += 1) await bucket.take('key', 'site');
    expect(bucket.read('key').left).toBe(25);
    const before = now();
    await bucket.take('key', 'wallet');
    expect(now()).toBe(before);
  });

  it('counts each key by itself', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep, capacity: 10 });
    for (let i = 0; i < 10; i += 1) await bucket.take('one', 'wallet');
    expect([bucket.read('one').left, bucket.read('other').left]).toEqual([0, 10]);
  });

  it('lets a wallet through in a second, however many sites wait before it', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep, capacity: 60 });
    for (let i = 0; i < 60; i += 1) await bucket.take('key', 'wallet');
    const order: string[] = [];
    const start = now();
    const sites = Array.from({ length: 5 }, () =>
      bucket.take('key', 'site').then(() => order.push('site')),
    );
    await bucket.take('key', 'wallet');
    order.push('wallet');
    expect(order).toEqual(['wallet']);
    expect(now() - start).toBeLessThan(2_000);
    await Promise.all(sites);
  });

  it('sends nothing of anybody while the exchange asks to wait', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep });
    const start = now();
    bucket.pause('key', 7_000);
    bucket.pause('key', 1_000);
    await Promise.all([bucket.take('key', 'wallet'), bucket.take('key', 'site')]);
    expect(now() - start).toBe(7_000);
  });

  it('counts candles apart: thirty a minute, and nothing else waits for them', async () => {
    const { clock, practice, exchange } = await world();
    const start = clock.now();
    const params = {
      symbol: 'SOL_USDC',
      interval: '1m',
      startTime: Math.floor(start / 1000) - 600,
    };
    for (let i = 0; i < 30; i += 1) await exchange.market('klines', params);
    expect(clock.now() - start).toBeLessThan(1_000);
    await exchange.market('klines', params);
    expect(clock.now() - start).toBeGreaterThanOrEqual(1_900);
    const before = clock.now();
    await exchange.market('depth', { symbol: 'SOL_USDC', limit: 20 });
    expect(clock.now() - before).toBeLessThan(1_000);
    expect(practice.requests().every(({ status }) => status === 200)).toBe(true);
  });

  it('says how much is left, and until when it waits because the exchange asked for it', async () => {
    const { now, sleep } = createVirtualClock();
    const bucket = createRateBucket({ now, sleep, capacity: 100 });
    expect(bucket.read('key')).toEqual({ left: 100, capacity: 100 });
    await bucket.take('key', 'site');
    bucket.pause('key', 5_000);
    expect(bucket.read('key')).toEqual({ left: 99, capacity: 100, pausedUntil: now() + 5_000 });
    await sleep(5_000);
    expect(bucket.read('key')).toEqual({ left: 100, capacity: 100 });
  });
});
