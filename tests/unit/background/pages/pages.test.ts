import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWalletCall, type WalletCall } from '../../../../src/messaging/client.ts';
import type { SiteOutcome, SiteReply } from '../../../../src/messaging/wire.ts';
import { createPracticeExchange, type PracticeExchange } from '../../../exchange/exchange.ts';
import { keyPair } from '../../../exchange/keys.ts';
import { createFakeBrowser } from '../fake-browser.ts';
import type { FakeTab } from '../fake-sites.ts';

vi.mock('hash-wasm', () => import('../../quick-argon2id.ts'));

const PASSWORD = 'correct horse battery';
const DESK = 'https://desk.example';
const { apiKey, secret } = keyPair(41);
const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' };
const SEND = { instruction: 'orderExecute', params: ORDER };
const WAITING = { waiting: true, turn: 1 };
const TERMS = {
  ...{ scopes: ['read' as const], markets: 'all' as const, kinds: [], reduceOnly: false },
  ...{ maxPerMinute: 10, expiresAt: Date.now() + 3_600_000 },
};

let fake: ReturnType<typeof createFakeBrowser>;
let practice: PracticeExchange;
let call: WalletCall;
let account: string;
let page: FakeTab;

/** Starts the background as the browser does, after whatever ran before was stopped. */
async function wake(): Promise<void> {
  fake.stop();
  vi.resetModules();
  vi.stubGlobal('browser', fake.browser);
  await import('../../../../src/background/index.ts');
}

/** What the bridge of `from` says. */
const ask = (method: string, params: unknown = {}, id = randomUUID(), from = page) => {
  const message = { channel: 'buckle-site', id, method, params };
  return fake.tell(message, fake.sites.senderOf(from)) as Promise<SiteReply>;
};
const answersTo = (from: FakeTab): SiteOutcome[] =>
  from.heard.flatMap((message) => {
    const { reply } = message as { reply?: SiteOutcome };
    return reply === undefined ? [] : [reply];
  });
const eventsTo = (from: FakeTab): unknown[] =>
  from.heard.flatMap((message) => {
    const { channel, name } = message as { channel: string; name: string };
    return channel === 'buckle-site-event' ? [name] : [];
  });
const until = (check: () => unknown): Promise<void> =>
  vi.waitFor(() => expect(check()).toBeTruthy(), { timeout: 5_000, interval: 5 });
const approve = async (given: object = {}): Promise<unknown> => {
  const [first] = await call('approvals.list', {});
  if (first === undefined) throw new Error('nothing waits');
  return call('approvals.approve', { ticket: first.ticket, digest: first.digest, ...given });
};
const orders = () => practice.allOrders(apiKey).length;

beforeEach(async () => {
  fake = createFakeBrowser();
  practice = createPracticeExchange({ seed: 9 });
  practice.addAccount({ apiKey, balances: { USDC: { available: '1000' } } });
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_name: string, work: () => Promise<unknown>) => work() },
  });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(url);
    const outcome = practice.handle({
      method: init.method ?? 'GET',
      url: pathname + search,
      headers: Object.fromEntries(new Headers(init.headers ?? {}).entries()),
      body: typeof init.body === 'string' ? init.body : '',
    });
    if (outcome.kind === 'dropped') throw new TypeError('connection cut');
    const { status, headers, body } = outcome.response;
    return new Response(body, { status, headers });
  });
  call = createWalletCall({
    sendMessage: (message) => fake.tell(JSON.parse(JSON.stringify(message))),
    onMessage: { addListener: () => undefined, removeListener: () => undefined },
  });
  await wake();
  await call('session.create', { password: PASSWORD });
  account = (await call('accounts.import', { label: 'Main', apiKey, secret })).id;
  page = fake.sites.open(1, `${DESK}/trade`);
  await call('sites.expect', { origin: DESK });
  fake.sites.grant(`${DESK}/*`);
  await until(() => fake.sites.injected.length === 2);
});
afterEach(async () => {
  await call('session.erase', { confirmation: 'ERASE' });
  vi.unstubAllGlobals();
});
afterAll(() => {
  vi.resetModules();
});
/** Connects the page with an account and power to read. */
const connect = async (): Promise<void> => {
  await ask('connect', { scopes: ['read'] });
  await approve({ account, terms: TERMS });
  page.heard.length = 0;
};

describe('a connected site', () => {
  it('asks for an account, reads under its grant, and has an order approved', async () => {
    expect(await ask('send', { instruction: 'balanceQuery' })).toMatchObject({
      error: { code: 4100, reason: 'not-granted' },
    });
    expect(await ask('connect', { scopes: ['read'], reason: 'Charts' })).toEqual(WAITING);
    expect([fake.windows.size, fake.badges.at(-1)]).toEqual([1, '1']);
    await approve({ account, terms: TERMS });
    expect(answersTo(page)).toMatchObject([
      { ok: true, value: { account: { apiKey, label: 'Main' }, grants: [{ scopes: ['read'] }] } },
    ]);
    expect(JSON.stringify(page.heard)).not.toContain(account);
    expect(fake.badges.at(-1)).toBe('');

    expect(await ask('send', { instruction: 'balanceQuery' })).toMatchObject({
      value: { USDC: { available: '1000' } },
    });
    expect(await ask('send', SEND)).toEqual(WAITING);
    expect(orders()).toBe(0);
    expect(await approve()).toMatchObject({ request: { outcome: 'placed', origin: DESK } });
    expect(answersTo(page).at(-1)).toMatchObject({ ok: true, value: { symbol: 'SOL_USDC' } });
    expect(orders()).toBe(1);

    const { sites } = await call('sites.list', {});
    expect(sites).toMatchObject([{ origin: DESK, account, grants: [{ scopes: ['read'] }] }]);
    const { entries } = await call('log.read', { limit: 50 });
    expect(entries).toContainEqual(
      expect.objectContaining({ origin: DESK, what: 'send', decision: 'approved' }),
    );
  });

  it('is given nothing that waits for later if the browser’s permission goes before it is let in', async () => {
    const origin = 'https://other.example';
    const stranger = fake.sites.open(7, `${origin}/`);
    fake.sites.grant('https://*/*');
    await call('sites.everySite', { on: true });
    expect(await ask('connect', { scopes: ['read'] }, randomUUID(), stranger)).toEqual(WAITING);
    fake.sites.granted.delete('https://*/*');
    await expect(approve({ account, terms: TERMS })).rejects.toThrow('UNAUTHORIZED');
    await call('sites.expect', { origin });
    fake.sites.grant(`${origin}/*`);
    const views = await call('sites.connect', { origin });
    const found = views.sites.find((site) => site.origin === origin);
    expect([found?.account, found?.grants]).toEqual([undefined, []]);
  });

  it('R30: signs an order only when asked, for 5000 ms at most; never a withdrawal', async () => {
    await connect();
    expect(await ask('sign', { ...SEND, window: 60_000 })).toMatchObject({
      error: { code: -32602, data: { path: 'window' } },
    });
    const withdrawal = { symbol: 'USDC', blockchain: 'Solana', address: 'x', quantity: '1' };
    for (const instruction of ['withdraw', 'issueTwoFactorToken']) {
      const reply = await ask('sign', { instruction, params: withdrawal });
      expect(reply).toMatchObject({ ok: false });
    }
    await ask('sign', SEND);
    await approve();
    const [signed] = answersTo(page);
    expect(signed).toMatchObject({ value: { method: 'POST', headers: { 'X-Window': '5000' } } });
    expect(orders()).toBe(0);
  });

  it('R24, R16: a lock is told, ends what was asked, and unlocking is no consent', async () => {
    await connect();
    await ask('send', SEND);
    const [before] = await call('approvals.list', {});
    await call('session.lock', {});
    await until(() => eventsTo(page).includes('lock'));
    await expect(
      call('approvals.approve', { ticket: before?.ticket ?? '', digest: before?.digest ?? '' }),
    ).rejects.toThrow('LOCKED');
    await call('session.unlock', { password: PASSWORD });
    await until(() => eventsTo(page).includes('unlock'));
    await vi.waitFor(async () => expect(await call('approvals.list', {})).toHaveLength(1));
    expect(orders()).toBe(0);
    await approve();
    expect(orders()).toBe(1);
  });

  it('R26: closing the window rejects; the rejection is in the log, one made while locked as well', async () => {
    await connect();
    await ask('send', SEND);
    await call('approvals.list', {});
    await call('session.lock', {});
    const [id = 0] = fake.windows.keys();
    fake.closeWindow(id);
    await until(() => answersTo(page).length === 1);
    expect(answersTo(page)).toMatchObject([{ ok: false, error: { code: 4001 } }]);
    await call('session.unlock', { password: PASSWORD });
    await vi.waitFor(async () => {
      const { entries } = await call('log.read', { limit: 50 });
      expect(entries).toContainEqual(
        expect.objectContaining({ origin: DESK, what: 'send', decision: 'rejected' }),
      );
    });
  });

  it('R25: the worker is stopped while it waits: the next one approves, and answers', async () => {
    await connect();
    const id = randomUUID();
    await ask('send', SEND, id);
    await wake();
    expect(await ask('send', SEND, id)).toEqual(WAITING);
    expect(fake.windows.size).toBe(1);
    await approve();
    expect(answersTo(page)).toMatchObject([{ ok: true }]);
    expect(orders()).toBe(1);
  });

  it('R33: is bound to its account, whatever is selected in the popup', async () => {
    await connect();
    const other = keyPair(42);
    practice.addAccount({ apiKey: other.apiKey, balances: {} });
    const second = await call('accounts.import', {
      ...{ label: 'Second', apiKey: other.apiKey, secret: other.secret },
    });
    await call('accounts.select', { id: second.id });
    await ask('send', SEND);
    expect(await call('approvals.list', {})).toMatchObject([{ account }]);
    await approve();
    expect([orders(), practice.allOrders(other.apiKey).length]).toEqual([1, 0]);
    await call('accounts.remove', { id: account });
    expect(await ask('send', SEND)).toMatchObject({ error: { reason: 'account-removed' } });
  });

  it('disconnected, nothing of it is left and its open page is refused', async () => {
    await connect();
    const waiting = randomUUID();
    await ask('send', SEND, waiting);
    const { sites } = await call('sites.disconnect', { origin: DESK });
    expect(sites).toEqual([]);
    expect(eventsTo(page)).toContain('disconnect');
    expect(answersTo(page)).toMatchObject([{ ok: false, error: { reason: 'not-connected' } }]);
    expect(await ask('permissions')).toMatchObject({ error: { code: 4100 } });
    expect([...fake.sites.scripts]).toEqual([]);
    fake.sites.grant(`${DESK}/*`);
    await call('sites.connect', { origin: DESK });
    expect(await ask('send', { instruction: 'balanceQuery' })).toMatchObject({
      error: { reason: 'not-granted' },
    });
  });

  it('blocked, it may not ask again, and the log says so', async () => {
    await connect();
    await call('sites.block', { origin: DESK, blocked: true });
    expect(await ask('connect', { scopes: ['read'] })).toMatchObject({ error: { code: 4100 } });
    const { entries } = await call('log.read', { limit: 50 });
    expect(entries).toContainEqual(expect.objectContaining({ origin: DESK, what: 'block' }));
  });

  it('shut out while locked, it does not find its powers again', async () => {
    await connect();
    await call('session.lock', {});
    expect(await ask('disconnect')).toEqual({ ok: true, value: {} });
    await call('session.unlock', { password: PASSWORD });
    fake.sites.grant(`${DESK}/*`);
    await call('sites.connect', { origin: DESK });
    expect(await ask('permissions')).toEqual({ ok: true, value: { locked: false, grants: [] } });
  });
});

it('what is under way when another vault takes the place of this one ends as unknown, never as not sent', async () => {
  const { text } = await call('session.backup', {});
  await call('session.erase', { confirmation: 'ERASE' });
  await call('session.create', { password: PASSWORD });
  account = (await call('accounts.import', { label: 'Main', apiKey, secret })).id;
  await call('sites.expect', { origin: DESK });
  fake.sites.grant(`${DESK}/*`);
  await vi.waitFor(async () => expect((await call('sites.list', {})).sites).toHaveLength(1));
  await connect();
  await ask('send', SEND);
  practice.faults.add({ kind: 'drop-after', method: 'POST', path: '/api/v1/order' });
  practice.faults.add({ kind: 'status', status: 503, method: 'GET', times: 99 });
  await approve();
  expect(answersTo(page)).toMatchObject([{ error: { reason: 'outcome-unknown' } }]);
  await ask('send', SEND);

  await call('session.restore', { text, password: PASSWORD });
  await until(() => eventsTo(page).includes('settled'));
  expect(page.heard).toContainEqual(
    expect.objectContaining({
      name: 'settled',
      data: expect.objectContaining({ outcome: 'unknown' }),
    }),
  );
  expect(await call('approvals.list', {})).toEqual([]);
  expect(answersTo(page).at(-1)).toMatchObject({ error: { reason: 'account-removed' } });
  expect(orders()).toBe(1);
});

describe('who is not let in', () => {
  it('R9, R14: another origin, scheme or port, a frame, a prerendered page', async () => {
    await connect();
    const sender = fake.sites.senderOf(page);
    const message = { channel: 'buckle-site', id: randomUUID(), method: 'permissions', params: {} };
    for (const odd of [
      { ...sender, url: `${DESK}:8443/`, origin: `${DESK}:8443` },
      { ...sender, url: 'http://desk.example/', origin: 'http://desk.example' },
      { ...sender, url: 'https://other.example/', origin: 'https://other.example' },
      { ...sender, frameId: 1 },
      { ...sender, documentLifecycle: 'prerender' },
      { ...sender, origin: 'null' },
      { ...sender, id: 'other' },
    ]) {
      expect(await fake.tell(message, odd)).toMatchObject({ error: { code: 4100 } });
    }
    expect(await fake.tell(message, sender)).toMatchObject({ ok: true });
  });

  it('a site cannot say a word to the door of Buckle’s own pages', async () => {
    const message = { channel: 'buckle-wallet', method: 'sites.list', request: {} };
    expect(await fake.tell(message, fake.sites.senderOf(page))).toMatchObject({
      error: { code: 'UNAUTHORIZED' },
    });
  });
});

it('nothing of what waits is stored in the clear', async () => {
  await connect();
  await ask('send', { ...SEND, params: { ...ORDER, price: '91.23' } });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('buckle');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const clear = await new Promise((resolve) => {
    const request = database.transaction('clear').objectStore('clear').getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  const text = JSON.stringify(clear);
  expect(text).toContain(DESK);
  expect(text).not.toContain('91.23');
  expect(JSON.stringify([...fake.session])).toContain('91.23');
});
