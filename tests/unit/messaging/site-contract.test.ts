import { describe, expect, it } from 'vitest';
import { AppError, invalid, toWireError } from '../../../src/core/errors.ts';
import { decodeSiteCall, UNLOCK_WITHIN_MS } from '../../../src/messaging/site-contract.ts';
import { SITE_ERRORS, SiteRefusal, toSiteError } from '../../../src/messaging/site-errors.ts';
import { isSiteCall, SITE_CHANNEL } from '../../../src/messaging/wire.ts';

const id = '7b0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';
const decode = (method: string, params: unknown = {}, callId: string = id) =>
  decodeSiteCall({ channel: SITE_CHANNEL, id: callId, method, params });
const refusal = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return toSiteError(error);
  }
  return 'it passed';
};
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe('what a page may ask', () => {
  it('fills in how long a call waits for the unlock', () =>
    expect(decode('send', { instruction: 'balanceQuery' })).toEqual({
      id,
      method: 'send',
      params: { instruction: 'balanceQuery', params: {}, unlockWithinMs: UNLOCK_WITHIN_MS },
    }));

  it('passes the params of an instruction on unchecked: its own entry checks them', () => {
    const params = { symbol: 'SOL_USDC', odd: { deep: [1, null] } };
    expect(decode('send', { instruction: 'x', params }).params).toMatchObject({ params });
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'session.open',
  ])('R10: there is no method %j', (method) =>
    expect(refusal(() => decode(method))).toEqual({
      code: 4200,
      reason: 'unsupported',
      data: { method: 'unknown' },
    }),
  );

  it.each(['', '1234', '__proto__', `${id}0`, 'x'.repeat(36)])(
    'R15: refuses an id that is not of 128 bits: %j',
    (callId) =>
      expect(refusal(() => decode('permissions', {}, callId))).toMatchObject({
        code: -32602,
        data: { path: 'id' },
      }),
  );

  it.each<[string, string, unknown, string]>([
    ['no params', 'connect', null, 'scopes'],
    ['a list for params', 'connect', [], 'scopes'],
    ['text for params', 'connect', 'read', ''],
    ['no scopes', 'connect', { scopes: [] }, 'scopes'],
    ['a scope that cannot be granted', 'connect', { scopes: ['withdraw'] }, 'scopes.0'],
    ['a key that is not known', 'connect', { scopes: ['read'], origin: 'https://a' }, 'origin'],
    ['a key of the prototype', 'disconnect', JSON.parse('{"__proto__":1}'), '__proto__'],
    ['an account', 'send', { instruction: 'x', account: id }, 'account'],
    ['no instruction', 'send', { params: {} }, 'instruction'],
    ['an instruction that is no text', 'send', { instruction: ['balanceQuery'] }, 'instruction'],
    ['a window of nothing', 'sign', { instruction: 'x', window: 0 }, 'window'],
    ['a window too long', 'sign', { instruction: 'x', window: 60_001 }, 'window'],
    ['a wait without end', 'send', { instruction: 'x', unlockWithinMs: 1e12 }, 'unlockWithinMs'],
    ['an empty batch', 'signBatch', { orders: [] }, 'orders'],
    ['a stream with a quote in it', 'signSubscription', { streams: ['a"'] }, 'streams.0'],
    ['a cancel of something else', 'cancel', { id: 'all' }, 'id'],
  ])('refuses %s, and names it', (_name, method, params, path) => {
    expect(refusal(() => decode(method, params))).toMatchObject({ code: -32602, data: { path } });
  });

  it.each<[string, unknown]>([
    ['long text', { reason: 'x'.repeat(70_000) }],
    ['many keys', Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [i, 1]))],
    ['a long list', Array(20_000).fill(0)],
    ['a list of nothing', new Array(4_000_000)],
    ['depth', nested(9)],
    ['a cycle', cyclic],
  ])('R12: refuses %s, whatever the method', (_name, params) =>
    expect(refusal(() => decode('send', { instruction: 'x', params }))).toMatchObject({
      code: -32602,
      data: { path: 'params', reason: 'maximum' },
    }),
  );

  it.each<[string, unknown]>([
    ['a date', new Date()],
    ['a map', new Map()],
    ['an endless number', Number.POSITIVE_INFINITY],
    ['no number', Number.NaN],
    ['a big integer', 1n],
    ['an instance', new AppError('LOCKED', undefined)],
  ])('refuses what is no JSON, as Firefox passes it: %s', (_name, value) =>
    expect(refusal(() => decode('send', { instruction: 'x', params: { value } }))).toMatchObject({
      data: { path: 'params', reason: 'wrong-type' },
    }),
  );

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { channel: SITE_CHANNEL },
    { channel: SITE_CHANNEL, id },
    { channel: 'buckle-wallet', id, method: 'send' },
    { channel: SITE_CHANNEL, id: 5, method: 'send' },
  ])('is no call of a page: %j', (message) => expect(isSiteCall(message)).toBe(false));
});

describe('what a page is told of a failure', () => {
  it.each([
    [new AppError('LOCKED', undefined), 4900, 'locked'],
    [new AppError('USER_REJECTED', undefined), 4001, 'rejected'],
    [new AppError('UNAUTHORIZED', undefined), 4100, 'not-granted'],
    [invalid('account', 'unknown-key'), -32602, 'invalid-params'],
    [invalid('instruction', 'unknown-key'), 4200, 'unsupported'],
    [invalid('price', 'tick', '0.01'), -32602, 'invalid-params'],
    [new AppError('NETWORK', { kind: 'offline' }), 5002, 'network'],
    [
      new AppError('EXCHANGE', { status: 400, code: 'INSUFFICIENT_FUNDS', message: 'x' }),
      5000,
      'exchange-refused',
    ],
    [new SiteRefusal('queue-full', { limit: 20 }), -32005, 'queue-full'],
  ])('%s', (error, code, reason) => expect(toSiteError(error)).toMatchObject({ code, reason }));

  it('names the field and the bound, as a developer needs them', () =>
    expect(toSiteError(invalid('price', 'tick', '0.01')).data).toEqual({
      path: 'price',
      reason: 'tick',
      limit: '0.01',
    }));

  it.each([
    new Error('hunter2'),
    'hunter2',
    new AppError('WRONG_PASSWORD', undefined),
    new AppError('VAULT_DAMAGED', undefined),
    new AppError('STORAGE', undefined, { cause: new Error('hunter2') }),
    new AppError('INTERNAL', undefined),
    toWireError(new Error('hunter2')),
  ])('R2: tells nothing of what goes wrong inside: %s', (error) =>
    expect(toSiteError(error)).toEqual({ code: -32603, reason: 'internal', data: {} }),
  );

  it('numbers every reason', () =>
    expect(Object.values(SITE_ERRORS).every((code) => Number.isInteger(code))).toBe(true));
});
