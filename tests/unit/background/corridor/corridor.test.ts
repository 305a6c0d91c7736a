import { describe, expect, it } from 'vitest';
import { changingRequest, digestOf } from '../../../../src/background/corridor/request.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import { createPracticeExchange } from '../../../exchange/exchange.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  fetchFrom,
  identityOf,
  startProcess,
} from '../world.ts';

const wallet = { zone: 'wallet' } as const;
const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90.50',
  quantity: '1.500',
};

async function world() {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '1000' }, SOL: { available: '10' } },
  });
  const disk = await createDisk();
  const start = () => startProcess({ clock, practice, identity, disk });
  const changes = () => practice.requests().filter(({ method }) => method !== 'GET');
  return { clock, practice, identity, start, changes };
}

const prepare = (process: ReturnType<typeof startProcess>, params: object = limit) =>
  process.corridor.prepare({ account: ACCOUNT, instruction: 'orderExecute', params });

const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};

describe('preparing', () => {
  it('completes the request and shows the text that will be signed', async () => {
    const { start, changes } = await world();
    const prepared = await prepare(start());
    const { clientId } = singleOf(prepared);
    expect(prepared.canonical).toBe(
      `instruction=orderExecute&clientId=${clientId}&orderType=Limit&price=90.50&quantity=1.500&side=Bid&symbol=SOL_USDC`,
    );
    expect(changes()).toEqual([]);
  });

  it.each([
    ['an unknown instruction', 'mint', limit, 'instruction', 'unknown-key'],
    ['a read', 'balanceQuery', {}, 'instruction', 'unknown-key'],
    ['a name of a prototype', 'constructor', {}, 'instruction', 'unknown-key'],
    ['an unknown key', 'orderExecute', { ...limit, extra: '1' }, 'extra', 'unknown-key'],
    ['a missing price', 'orderExecute', { ...limit, price: undefined }, 'price', 'required'],
    [
      'two sizes',
      'orderExecute',
      { ...limit, orderType: 'Market', price: null, quoteQuantity: '5' },
      'quantity',
      'required',
    ],
    [
      'a price on a market order',
      'orderExecute',
      { ...limit, orderType: 'Market' },
      'price',
      'conflict',
    ],
    ['a number for a decimal', 'orderExecute', { ...limit, price: 90.5 }, 'price', 'wrong-type'],
    [
      'a symbol that poses as a parameter',
      'orderExecute',
      { ...limit, symbol: 'SOL_USDC&quantity=9' },
      'symbol',
      'character',
    ],
    [
      'both ids',
      'orderCancel',
      { symbol: 'SOL_USDC', orderId: '1', clientId: 1 },
      'orderId',
      'conflict',
    ],
    ['no id', 'orderCancel', { symbol: 'SOL_USDC' }, 'orderId', 'conflict'],
    ['a price off the tick', 'orderExecute', { ...limit, price: '90.505' }, 'price', 'decimals'],
    [
      'a market that is not there',
      'orderExecute',
      { ...limit, symbol: 'NO_USDC' },
      'symbol',
      'market-unknown',
    ],
  ])('refuses %s', async (_name, instruction, params, path, reason) => {
    const { start } = await world();
    const asked = { account: ACCOUNT, instruction, params };
    const refusal = await refusalOf(start().corridor.prepare(asked));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path, reason });
  });
});

describe('sending', () => {
  it('sends what was confirmed, once, and says what the exchange said', async () => {
    const { start, practice, identity, changes } = await world();
    const process = start();
    const prepared = await prepare(process);
    const view = await process.corridor.send(wallet, prepared);
    const [order] = practice.openOrders(identity.apiKey);
    expect(view).toMatchObject({ state: 'settled', outcome: 'placed', orderStatus: 'New' });
    expect(order).toMatchObject({ id: view.orderId, price: '90.5', quantity: '1.5' });
    expect(changes()).toHaveLength(1);
  });

  it('asked many times with one id, at once and later, sends once', async () => {
    const { start, changes } = await world();
    const process = start();
    const prepared = await prepare(process);
    const views = await Promise.all(
      Array.from({ length: 20 }, () => process.corridor.send(wallet, prepared)),
    );
    const later = await start().corridor.send(wallet, prepared);
    expect(new Set([...views, later].map(({ orderId }) => orderId)).size).toBe(1);
    expect(changes()).toHaveLength(1);
  });

  it.each<[string, (p: AnyPrepared) => object]>([
    ['another price', (p) => ({ params: { ...p.params, price: '99' } })],
    ['another quantity', (p) => ({ params: { ...p.params, quantity: '15' } })],
    ['another account', () => ({ account: '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a002' })],
    [
      'another instruction',
      () => ({ instruction: 'orderCancelAll', params: { symbol: 'SOL_USDC' } }),
    ],
    ['one more member', (p) => ({ params: { ...p.params, postOnly: true } })],
    ['an empty digest', () => ({ digest: '' })],
  ])('R20: signs nothing under a consent to something else: %s', async (_name, change) => {
    const { start, changes } = await world();
    const process = start();
    const prepared = await prepare(process);
    const tampered = { ...prepared, ...change(prepared) };
    const refusal = await refusalOf(process.corridor.send(wallet, tampered));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', reason: 'digest-mismatch' });
    expect(changes()).toEqual([]);
    expect(await process.journal.find(prepared.id)).toBeUndefined();
  });

  it('R13: a site has no way to send, whatever it says', async () => {
    const { start, changes } = await world();
    const process = start();
    const prepared = await prepare(process);
    const site = { zone: 'page', origin: 'https://desk.example' } as const;
    expect(await refusalOf(process.corridor.send(site, prepared))).toEqual({
      code: 'UNAUTHORIZED',
    });
    expect(changes()).toEqual([]);
  });

  it('refuses a client id that is still open in the journal', async () => {
    const { start, practice } = await world();
    const process = start();
    practice.faults.add({ kind: 'drop-after', method: 'POST' });
    practice.faults.add({
      kind: 'status',
      status: 503,
      method: 'GET',
      path: /orders|fills/,
      times: 99,
    });
    const first = await prepare(process, { ...limit, clientId: 77 });
    expect(await process.corridor.send(wallet, first)).toMatchObject({ state: 'unknown' });
    const second = await prepare(process, { ...limit, clientId: 77 });
    expect(await refusalOf(process.corridor.send(wallet, second))).toMatchObject({
      path: 'clientId',
      reason: 'client-id-open',
    });
  });

  it('sends one of two requests that carry the same client id, even at once', async () => {
    const { clock, practice, identity, changes } = await world();
    const direct = fetchFrom(practice, clock);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    // The one that leaves is on its way until the other has had its end.
    const fetch: typeof direct = async (url, init) => {
      if (init.method === 'POST') await gate;
      return direct(url, init);
    };
    const process = startProcess({ clock, practice, identity, disk: await createDisk(), fetch });
    const reviews = await Promise.all(
      [77, 77].map((clientId) => prepare(process, { ...limit, clientId })),
    );
    const ends = reviews.map((review) => refusalOf(process.corridor.send(wallet, review)));
    const refusal = { path: 'clientId', reason: 'client-id-open' };
    expect(await Promise.race(ends)).toMatchObject(refusal);
    open();
    expect(await Promise.all(ends)).toContain('no refusal');
    expect(changes()).toHaveLength(1);
  });

  it("keeps the exchange's reason for a refusal", async () => {
    const { start } = await world();
    const process = start();
    const prepared = await prepare(process, { ...limit, quantity: '5000' });
    const view = await process.corridor.send(wallet, prepared);
    expect(view).toMatchObject({ state: 'settled', outcome: 'refused' });
    expect(view.error).toMatchObject({ code: 'EXCHANGE', data: { code: 'INSUFFICIENT_FUNDS' } });
  });

  it('stamps anew once when the timestamp has expired, and only once', async () => {
    const { start, practice, changes } = await world();
    const process = start();
    practice.faults.add({ kind: 'expired', method: 'POST' });
    expect(await process.corridor.send(wallet, await prepare(process))).toMatchObject({
      outcome: 'placed',
    });
    expect(changes()).toHaveLength(2);
    practice.faults.add({ kind: 'expired', method: 'POST', times: 9 });
    const view = await process.corridor.send(wallet, await prepare(process));
    expect(view).toMatchObject({ outcome: 'refused', error: { code: 'CLOCK_SKEW' } });
    expect(changes()).toHaveLength(4);
  });

  it('says that nothing was sent when the signature could not be made', async () => {
    const { clock, practice, identity, changes } = await world();
    const sign = () => Promise.reject(new AppError('LOCKED', undefined));
    const disk = await createDisk();
    const process = startProcess({ clock, practice, disk, identity: { ...identity, sign } });
    const prepared = await prepare(process);
    expect(await refusalOf(process.corridor.send(wallet, prepared))).toEqual({ code: 'LOCKED' });
    expect(changes()).toEqual([]);
    expect(await process.journal.find(prepared.id)).toMatchObject({
      state: 'settled',
      outcome: 'notSent',
    });
  });

  it('does not take an order of the same client id for its own', async () => {
    const { start, practice, clock } = await world();
    const process = start();
    const earlier = await prepare(process, { ...limit, price: '80', clientId: 5 });
    await process.corridor.send(wallet, earlier);
    practice.faults.add({ kind: 'drop-before', method: 'POST' });
    const lost = await prepare(process, { ...limit, clientId: 5 });
    await process.corridor.send(wallet, lost);
    for (let i = 0; i < 100 && process.seen.get(lost.id)?.state !== 'settled'; i += 1) {
      await clock.sleep(500);
    }
    expect(process.seen.get(lost.id)).toMatchObject({ state: 'settled', outcome: 'absent' });
  });
});

describe('the digest', () => {
  it('does not depend on the order of keys or on absent members, and on everything else', async () => {
    const a = changingRequest('orderCancel', { symbol: 'SOL_USDC', orderId: '12' });
    const b = changingRequest('orderCancel', { orderId: '12', clientId: null, symbol: 'SOL_USDC' });
    expect(await digestOf('main', a)).toBe(await digestOf('main', b));
    const others = [
      await digestOf('other', a),
      await digestOf('main', changingRequest('orderCancel', { symbol: 'SOL_USDC', orderId: '13' })),
      await digestOf('main', changingRequest('orderCancelAll', { symbol: 'SOL_USDC' })),
    ];
    expect(new Set([await digestOf('main', a), ...others]).size).toBe(4);
  });
});
