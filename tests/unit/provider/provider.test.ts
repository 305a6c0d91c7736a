import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Buckle } from '../../../src/provider/api.ts';
import type { ToBridge, ToPage } from '../../../src/provider/page-wire.ts';
import { createProvider } from '../../../src/provider/provider.ts';

const ORDER = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '100.25',
  quantity: '1.5',
} as const;

/** A page whose bridge takes down what it is told. */
function page() {
  const posted: ToBridge[] = [];
  const { provider, fromBridge } = createProvider((message) =>
    posted.push(structuredClone(message)),
  );
  const lastKey = (): string => {
    const last = posted.findLast((message) => !message.ping);
    return last && !last.ping ? last.key : '';
  };
  const answer = (value: unknown) =>
    fromBridge({ key: lastKey(), id: 'id', reply: { ok: true, value } });
  return { provider, fromBridge, posted, answer, lastKey };
}
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const state = (name: 'pong' | 'fresh' | 'lost'): ToPage => ({ state: name });
const told = (name: string, data: unknown = {}): ToPage => ({ name, data });

// The page's script takes the browser's timers when it is loaded.
vi.hoisted(() => void vi.resetModules().useFakeTimers());
beforeEach(() => void vi.clearAllTimers());
afterAll(() => void vi.resetModules());

describe('calls', () => {
  const connect = { scopes: ['read' as const], reason: 'Charts' };
  const order = { instruction: 'orderExecute', params: ORDER };
  it.each<[string, (buckle: Buckle) => unknown, string, unknown]>([
    ['connect', (b) => b.connect(connect), 'connect', connect],
    ['permissions', (b) => b.permissions(), 'permissions', {}],
    [
      'send',
      (b) => b.send('orderExecute', ORDER, { unlockWithinMs: 0 }),
      'send',
      { ...order, unlockWithinMs: 0 },
    ],
    [
      'sign',
      (b) => b.sign('balanceQuery', {}, { window: 1000 }),
      'sign',
      { instruction: 'balanceQuery', params: {}, window: 1000 },
    ],
    ['signBatch', (b) => b.signBatch([ORDER]), 'signBatch', { orders: [ORDER] }],
    [
      'signSubscription',
      (b) => b.signSubscription(['account.orderUpdate']),
      'signSubscription',
      { streams: ['account.orderUpdate'] },
    ],
    [
      'client.balances',
      (b) => b.client.balances(),
      'send',
      { instruction: 'balanceQuery', params: undefined },
    ],
    ['client.exeOrder', (b) => b.client.exeOrder(ORDER), 'send', order],
  ])('%s says what the background expects', (_name, act, method, params) => {
    const { provider, posted } = page();
    void act(provider);
    expect(posted).toEqual([{ key: expect.any(String), method, params }]);
  });

  it('end with the value, or with an error that says what to do', async () => {
    const { provider, fromBridge, answer, lastKey } = page();
    const balances = provider.client.balances();
    answer({ SOL: { available: '1' } });
    expect(await balances).toEqual({ SOL: { available: '1' } });
    const placed = provider.client.exeOrder(ORDER);
    const data = { path: 'price', reason: 'tick', limit: '0.01' };
    const refusal = { code: -32602, reason: 'invalid-params', data } as const;
    fromBridge({ key: lastKey(), id: 'id-2', reply: { ok: false, error: refusal } });
    const error = await errorOf(placed);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'BuckleError',
      message: 'Buckle: invalid-params, path price, reason tick, limit 0.01',
      ...refusal,
      id: 'id-2',
    });
  });

  it('refuse what cannot be copied', async () => {
    const { provider } = page();
    const params = { ...ORDER, price: () => '1' } as unknown as typeof ORDER;
    expect(await errorOf(provider.client.exeOrder(params))).toMatchObject({
      code: -32602,
      data: { path: 'params' },
    });
  });

  it('refuse what the bridge finds to be no plain JSON', async () => {
    const { provider, fromBridge, lastKey } = page();
    const asked = errorOf(provider.client.balances());
    fromBridge({ key: lastKey(), id: 'id', reply: undefined });
    expect(await asked).toMatchObject({ code: -32602, data: { path: 'params' } });
  });

  it('are answered once, whatever else is said under their key', async () => {
    const { provider, answer } = page();
    const asked = provider.permissions();
    answer('first');
    answer('second');
    expect(await asked).toBe('first');
  });
});

describe('R20', () => {
  it('the provider and its client are frozen', () => {
    const { provider } = page();
    expect(Object.isFrozen(provider) && Object.isFrozen(provider.client)).toBe(true);
    expect(() => Object.assign(provider, { send: () => undefined })).toThrow(TypeError);
  });

  it('options cannot take the place of what is asked', () => {
    const { provider, posted } = page();
    const options = { instruction: 'orderExecute', params: ORDER };
    void provider.sign('balanceQuery', {}, options as object);
    expect(posted).toMatchObject([{ params: { instruction: 'balanceQuery', params: {} } }]);
  });
});

describe('when nobody is there to answer', () => {
  it('a call ends as disconnected; one that changes something as unknown, for it may have left', async () => {
    const { provider } = page();
    const read = errorOf(provider.client.balances());
    const change = errorOf(provider.client.exeOrder(ORDER));
    const signed = errorOf(provider.sign('orderExecute', ORDER));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await read).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(await change).toMatchObject({ code: 5001, reason: 'outcome-unknown' });
    expect(await signed).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(await errorOf(provider.permissions())).toMatchObject({ code: 4900 });
  });

  it('one that changes something and is known to wait for a decision was not sent', async () => {
    const { provider, fromBridge, lastKey } = page();
    const waits = errorOf(provider.client.exeOrder(ORDER));
    fromBridge({ key: lastKey(), turn: 1 });
    const decided = errorOf(provider.client.exeOrder(ORDER));
    fromBridge({ key: lastKey(), turn: 2 });
    // Older word may come later.
    fromBridge({ key: lastKey(), turn: 1 });
    const waitsAgain = errorOf(provider.client.exeOrder(ORDER));
    for (const turn of [1, 2, 3]) fromBridge({ key: lastKey(), turn });
    fromBridge(state('lost'));
    expect(await waitsAgain).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(await waits).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(await decided).toMatchObject({ code: 5001, reason: 'outcome-unknown' });
  });

  it('a bridge that is there may take as long as a person does, and is left alone afterwards', async () => {
    const { provider, fromBridge, posted, answer } = page();
    const asked = provider.client.exeOrder(ORDER);
    for (let second = 0; second < 300; second += 3) {
      await vi.advanceTimersByTimeAsync(3000);
      if (posted.at(-1)?.ping) fromBridge(state('pong'));
    }
    answer('done');
    expect(await asked).toBe('done');
    const before = posted.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted.length).toBe(before);
  });

  it('a removed extension ends calls at once, and a new one takes calls again', async () => {
    const { provider, fromBridge, posted, answer } = page();
    const asked = errorOf(provider.permissions());
    fromBridge(state('lost'));
    expect(await asked).toMatchObject({ code: 4900 });
    expect(await errorOf(provider.permissions())).toMatchObject({ code: 4900 });
    expect(posted.length).toBe(1);
    fromBridge(state('fresh'));
    const again = provider.permissions();
    answer('here');
    expect(await again).toBe('here');
  });
});

describe('events', () => {
  it('reach those who listen for them until they stop', async () => {
    const { provider, fromBridge } = page();
    const heard: string[] = [];
    const stop = provider.on('lock', () => heard.push('lock'));
    provider.on('unlock', () => heard.push('unlock'));
    fromBridge(told('lock'));
    await vi.runAllTimersAsync();
    stop();
    fromBridge(told('lock'));
    fromBridge(told('unlock'));
    await vi.runAllTimersAsync();
    expect(heard).toEqual(['lock', 'unlock']);
  });

  it('a disconnect ends what waits, well if the page itself asked for it', async () => {
    const { provider, fromBridge } = page();
    const waiting = errorOf(provider.client.balances());
    const sending = errorOf(provider.client.exeOrder(ORDER));
    const leaving = provider.disconnect();
    fromBridge(told('disconnect'));
    expect(await waiting).toMatchObject({ code: 4100, reason: 'not-connected' });
    // What nobody had decided was answered before: this one may have left.
    expect(await sending).toMatchObject({ code: 5001, reason: 'outcome-unknown' });
    expect(await leaving).toBeUndefined();
    expect(await errorOf(provider.permissions())).toMatchObject({ reason: 'not-connected' });
  });
});
