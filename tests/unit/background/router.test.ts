import { describe, expect, it, vi } from 'vitest';
import { callerOf, createRouter, type Sender } from '../../../src/background/router.ts';
import { createWalletDoor } from '../../../src/background/wallet/wallet-door.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { WalletHandlers } from '../../../src/messaging/contract.ts';
import { SITE_CHANNEL, WALLET_CHANNEL } from '../../../src/messaging/wire.ts';

const self = { id: 'buckle', baseUrl: 'chrome-extension://buckle/' };
const popup: Sender = {
  id: 'buckle',
  url: 'chrome-extension://buckle/src/ui/popup/index.html',
  origin: 'chrome-extension://buckle',
  frameId: 0,
};
const page: Sender = {
  id: 'buckle',
  url: 'https://desk.example/trade?x=1',
  origin: 'https://desk.example',
  frameId: 0,
  documentId: 'D1',
  documentLifecycle: 'active',
  tab: { id: 1 },
};
const firefox = { id: 'buckle', baseUrl: 'moz-extension://uuid/' };

describe('R14, R15: who is calling', () => {
  it.each<[string, Sender, unknown]>([
    ['the popup', popup, { zone: 'wallet' }],
    [
      'the popup where the browser gives no origin',
      { ...popup, origin: undefined },
      { zone: 'wallet' },
    ],
    ['our page in a tab', { ...popup, tab: { id: 3 } }, { zone: 'wallet' }],
    ['a site', page, { zone: 'page', origin: 'https://desk.example', tab: 1, document: 'D1' }],
    [
      'a site on another port',
      { ...page, url: 'https://desk.example:8443/', origin: 'https://desk.example:8443' },
      { zone: 'page', origin: 'https://desk.example:8443', tab: 1, document: 'D1' },
    ],
    [
      'a site on this computer',
      { ...page, url: 'http://127.0.0.1:3000/', origin: 'http://127.0.0.1:3000' },
      { zone: 'page', origin: 'http://127.0.0.1:3000', tab: 1, document: 'D1' },
    ],
    ['another extension', { ...popup, id: 'other' }, undefined],
    ['our page in a frame', { ...popup, frameId: 4 }, undefined],
    ['our page with an opaque origin', { ...popup, origin: 'null' }, undefined],
    [
      'an extension whose id begins like ours',
      {
        ...popup,
        url: 'chrome-extension://buckle.evil/x',
        origin: 'chrome-extension://buckle.evil',
      },
      undefined,
    ],
    ['a frame of a site', { ...page, frameId: 2 }, undefined],
    ['a sandboxed document', { ...page, origin: 'null' }, undefined],
    ['a prerendered document', { ...page, documentLifecycle: 'prerender' }, undefined],
    [
      'plain http',
      { ...page, url: 'http://desk.example/', origin: 'http://desk.example' },
      undefined,
    ],
    [
      'a host that begins like loopback',
      { ...page, url: 'http://localhost.evil.example/', origin: 'http://localhost.evil.example' },
      undefined,
    ],
    ['no url', { ...page, url: undefined }, undefined],
    ['a url that is none', { ...page, url: '::' }, undefined],
    ['a page without a tab', { ...page, tab: undefined }, undefined],
    ['a page in a tab that has no id', { ...page, tab: {} }, undefined],
    ['a page outside of the tabs', { ...page, tab: { id: -1 } }, undefined],
    ['a page without a document', { ...page, documentId: undefined }, undefined],
    ['a page that may be prerendered', { ...page, documentLifecycle: undefined }, undefined],
    ['a page without a frame', { ...page, frameId: undefined }, undefined],
    ['another site’s address', { ...page, url: 'https://other.example/' }, undefined],
    ['a blank document of a site', { ...page, url: 'about:blank' }, undefined],
    ['a file', { ...page, url: 'file:///x.html', origin: 'file://' }, undefined],
  ])('%s', (_name, sender, caller) => expect(callerOf(self, sender)).toEqual(caller));

  it('Firefox says nothing of the lifecycle, and before version 153 nothing of the document', () => {
    const { documentLifecycle: _, documentId: __, ...early } = page;
    const caller = { zone: 'page', origin: 'https://desk.example', tab: 1 };
    expect(callerOf(firefox, early)).toEqual(caller);
    expect(callerOf(firefox, { ...early, documentId: '7' })).toEqual({ ...caller, document: '7' });
  });
});

describe('the router', () => {
  const reported: unknown[] = [];
  const handlers = {
    'session.open': async () => ({ status: 'empty' }),
    'session.unlock': async () => {
      throw new Error('a bug that mentions hunter2');
    },
  } as unknown as WalletHandlers;
  const asked: unknown[] = [];
  const route = createRouter({
    self,
    doors: {
      wallet: createWalletDoor(handlers, async () => false),
      page: async (asker, { method }) => {
        asked.push([asker, method]);
        return { ok: true, value: {} };
      },
    },
    report: (error) => reported.push(error),
  });
  const call = (method: string, request: unknown = {}) => ({
    channel: WALLET_CHANNEL,
    method,
    request,
  });

  it('answers a call of our own pages', async () => {
    expect(await route(call('session.open'), popup)).toEqual({
      ok: true,
      value: { status: 'empty' },
    });
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    [],
    {},
    { channel: 'other', method: 'session.open' },
    { channel: WALLET_CHANNEL },
    { channel: SITE_CHANNEL, method: 'permissions' },
  ])('leaves foreign messages to others, without a promise: %j', (message) =>
    expect(route(message, popup)).toBeUndefined(),
  );

  it.each([
    ['a site', page],
    ['another extension', { ...popup, id: 'other' }],
    ['a frame', { ...popup, frameId: 1 }],
  ])('lets nothing through for %s', async (_name, sender) => {
    expect(await route(call('session.open'), sender)).toEqual({
      ok: false,
      error: { code: 'UNAUTHORIZED', data: undefined },
    });
  });

  it('takes a site’s call to the door of sites, and to that one alone', async () => {
    const message = { channel: SITE_CHANNEL, id: 'x', method: 'permissions', params: {} };
    expect(await route(message, page)).toEqual({ ok: true, value: {} });
    expect(asked).toEqual([
      [expect.objectContaining({ origin: 'https://desk.example', tab: 1 }), 'permissions'],
    ]);
    for (const sender of [popup, { ...page, frameId: 2 }, { ...page, id: 'other' }]) {
      const reply = await route(message, sender);
      expect(reply).toMatchObject({ ok: false, error: { code: 4100, reason: 'not-connected' } });
    }
    expect(asked).toHaveLength(1);
  });

  it.each(['__proto__', 'constructor', 'toString', 'session', ''])(
    'R10: there is no method %j',
    async (method) => {
      const reply = await route(call(method), popup);
      expect(reply).toMatchObject({ ok: false, error: { code: 'UNSUPPORTED' } });
    },
  );

  it.each([null, 'x', { password: 5 }, { password: 'long enough', extra: 1 }, {}])(
    'refuses a request that does not fit the contract: %j',
    async (request) => {
      const reply = await route(call('session.unlock', request), popup);
      expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    },
  );

  it('answers a bug with INTERNAL alone, and reports it here only', async () => {
    const reply = await route(call('session.unlock', { password: 'hunter2hunter2' }), popup);
    expect(reply).toEqual({ ok: false, error: { code: 'INTERNAL', data: undefined } });
    expect(reported).toHaveLength(1);
  });

  it('R2: a report names the error and its frames, never its message', async () => {
    const { report } = await import('../../../src/background/report.ts');
    const lines: unknown[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
    report(new TypeError('received "hunter2"'));
    report('hunter2');
    report(new AppError('INTERNAL', undefined, { cause: new Error('hunter2') }));
    spy.mockRestore();
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toContain('hunter2');
    expect(lines[0]).toContain('TypeError');
  });
});
