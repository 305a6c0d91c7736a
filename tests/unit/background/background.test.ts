import 'fake-indexeddb/auto';
import { clear, del } from 'idb-keyval';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createWalletCall, type WalletCall } from '../../../src/messaging/client.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { createKeptText } from '../../../src/platform/kept-text.ts';
import { createPracticeExchange, type PracticeExchange } from '../../exchange/exchange.ts';
import { keyPair } from '../../exchange/keys.ts';
import { createFakeSocket, type FakeSocket } from '../exchange/streams/sockets.ts';
import { createFakeBrowser } from './fake-browser.ts';

const PASSWORD = 'correct horse battery';
const { apiKey, secret, secret64 } = keyPair(41);
const limit = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' };

let fake: ReturnType<typeof createFakeBrowser>;
let practice: PracticeExchange;
let call: WalletCall;
let lines: string[];

/** Starts the background as the browser does: by evaluating its entry. */
async function wake(kdf: 'quick' | 'true' = 'quick'): Promise<void> {
  vi.resetModules();
  vi.stubGlobal('browser', fake.browser);
  if (kdf === 'quick') vi.doMock('hash-wasm', () => import('../quick-argon2id.ts'));
  else vi.doUnmock('hash-wasm');
  await import('../../../src/background/index.ts');
}

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => 'it succeeded',
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};

/** Everything that is stored, as text. */
async function allStored(): Promise<string> {
  const found: unknown[] = [...fake.session.entries()];
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('buckle');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const all = await new Promise((resolve) => {
      const request = store.getAll();
      request.onsuccess = () => resolve(request.result);
    });
    found.push(all);
  }
  database.close();
  return JSON.stringify(found);
}

beforeEach(async () => {
  fake = createFakeBrowser();
  practice = createPracticeExchange({ seed: 9 });
  practice.addAccount({ apiKey, balances: { USDC: { available: '1000' } } });
  lines = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.join(' ')));
  }
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
});
afterEach(async () => {
  await call('session.erase', { confirmation: 'ERASE' });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
afterAll(() => {
  vi.resetModules();
});

describe('the background', () => {
  it('has every listener registered in its first turn', () => {
    const events = [
      'message',
      'alarm',
      'idle',
      'windowRemoved',
      'permissionAdded',
      'permissionRemoved',
      'installed',
      'startup',
      'updateAvailable',
    ];
    expect(events.filter((name) => !fake.listensTo(name))).toEqual([]);
  });

  it('does the main job: vault, account, balances, order, cancel', async () => {
    expect(await call('session.open', {})).toMatchObject({ status: 'empty' });
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    expect(await call('accounts.verify', { id: account.id })).toMatchObject({ status: 'active' });
    const read = { account: account.id, instruction: 'balanceQuery', params: {} };
    expect((await call('exchange.read', read)).answer).toMatchObject({
      USDC: { available: '1000' },
    });
    const { left, capacity, ...paused } = await call('rate.read', { account: account.id });
    expect([capacity, paused]).toEqual([2000, {}]);
    expect(left).toBeGreaterThan(1900);
    const asked = { account: account.id, instruction: 'orderExecute', params: limit };
    const { id, params, digest } = await call('requests.prepare', asked);
    const placed = await call('requests.send', { ...asked, id, params, digest });
    expect(placed).toMatchObject({ outcome: 'placed', orderStatus: 'New' });
    const cancel = {
      account: account.id,
      instruction: 'orderCancel',
      params: { symbol: 'SOL_USDC', orderId: placed.orderId ?? '' },
    };
    const review = await call('requests.prepare', cancel);
    const done = await call('requests.send', {
      ...cancel,
      id: review.id,
      params: review.params,
      digest: review.digest,
    });
    expect(done).toMatchObject({ outcome: 'done', orderStatus: 'Cancelled' });
    expect(practice.openOrders(apiKey)).toEqual([]);
    const opening = await call('session.open', {});
    expect(opening.unlocked?.requests.map(({ outcome }) => outcome)).toEqual(['done', 'placed']);
    expect(opening.unlocked?.snapshot.balances?.value).toMatchObject({ USDC: {} });
  });

  it('unlocks at the full cost of Argon2id, and with nothing that costs less', async () => {
    fake.stop();
    await wake('true');
    await call('session.create', { password: PASSWORD });
    expect(await allStored()).toContain(
      '"name":"argon2id","memoryKiB":65536,"iterations":3,"parallelism":1',
    );
    await call('session.lock', {});
    const unlocking = (password: string) => call('session.unlock', { password });
    expect(await failure(unlocking('something else'))).toEqual({ code: 'WRONG_PASSWORD' });
    await unlocking(PASSWORD);
    expect(await call('session.open', {})).toMatchObject({ status: 'unlocked' });
    await call('session.lock', {});
    fake.stop();
    await wake('quick');
    expect(await failure(unlocking(PASSWORD))).toEqual({ code: 'WRONG_PASSWORD' });
  });

  it('sends nothing, for certain, while the browser keeps it from the exchange, and goes on once it may', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    await call('accounts.verify', { id: account.id });
    const asked = { account: account.id, instruction: 'orderExecute', params: limit };
    const { id, params, digest } = await call('requests.prepare', asked);
    fake.sites.revoke('https://api.backpack.exchange/*');
    const sending = call('requests.send', { ...asked, id, params, digest });
    expect(await failure(sending)).toEqual({ code: 'NETWORK', kind: 'forbidden' });
    expect(practice.openOrders(apiKey)).toEqual([]);
    const opening = await call('session.open', {});
    expect(opening.unlocked?.requests.map(({ outcome }) => outcome)).toEqual(['notSent']);
    fake.sites.grant('https://api.backpack.exchange/*');
    const again = await call('requests.prepare', asked);
    const placed = { ...asked, id: again.id, params: again.params, digest: again.digest };
    expect(await call('requests.send', placed)).toMatchObject({ outcome: 'placed' });
  });

  it('says that it has no storage where the browser gives none', async () => {
    const refusing = {
      open: () => {
        throw new DOMException('no', 'SecurityError');
      },
    };
    const working = indexedDB;
    vi.stubGlobal('indexedDB', refusing);
    fake.stop();
    await wake();
    expect(await failure(call('session.open', {}))).toEqual({ code: 'STORAGE' });
    vi.stubGlobal('indexedDB', working);
    fake.stop();
    await wake();
  });

  it('a worker that wakes is unlocked still, and says so only once it knows', async () => {
    await call('session.create', { password: PASSWORD });
    await wake();
    expect(await call('session.open', {})).toMatchObject({ status: 'unlocked' });
  });

  it('withdraws with the password, then the code, and what was asked on the way is nowhere', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    await call('inspector.switch', { on: true });
    practice.setTwoFactor('issued');
    const params = {
      symbol: 'USDC',
      blockchain: 'Solana',
      address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
      quantity: '100',
    };
    const asked = { account: account.id, instruction: 'withdraw' };
    const first = await call('requests.prepare', { ...asked, params });
    const confirmed = { ...asked, params: first.params, digest: first.digest };
    const send = async (secrets: object) => {
      const { id } = await call('requests.prepare', { ...asked, params: first.params });
      return call('requests.send', { ...confirmed, id, ...secrets });
    };
    expect(await failure(send({ password: 'something else' }))).toEqual({ code: 'WRONG_PASSWORD' });
    expect(await send({ password: PASSWORD })).toMatchObject({ outcome: 'refused' });
    const code = practice.twoFactorCode(apiKey);
    const made = await send({ twoFactor: { way: 'app', code } });
    expect(made).toMatchObject({ outcome: 'placed' });
    expect(practice.withdrawals(apiKey).map(({ id }) => `${id}`)).toEqual([made.withdrawalId]);
    const { requests } = await call('inspector.read', {});
    expect(requests.map(({ instruction }) => instruction)).toEqual([
      'withdraw',
      'issueTwoFactorToken',
      'withdraw',
    ]);
    const told = JSON.stringify([fake.announced, requests, await call('session.open', {}), lines]);
    for (const secretText of [code, PASSWORD]) {
      expect(await allStored()).not.toContain(secretText);
      expect(told).not.toContain(secretText);
    }
  });

  it('forgets at a lock that the password was given, and what the inspector saw', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    await call('inspector.switch', { on: true });
    practice.setTwoFactor('code');
    const asked = {
      account: account.id,
      instruction: 'withdraw',
      params: {
        symbol: 'USDC',
        blockchain: 'Solana',
        address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
        quantity: '100',
      },
    };
    const first = await call('requests.prepare', asked);
    const { params, digest } = first;
    await call('requests.send', { ...asked, id: first.id, params, digest, password: PASSWORD });
    expect(fake.session.get('confirmed')).toMatchObject([{ digest }]);
    await call('session.lock', {});
    await call('session.unlock', { password: PASSWORD });
    expect(fake.session.get('confirmed')).toBeUndefined();
    expect((await call('inspector.read', {})).requests).toEqual([]);
    const { id } = await call('requests.prepare', { ...asked, params });
    const twoFactor = { way: 'code', code: practice.twoFactorCode(apiKey) } as const;
    const again = call('requests.send', { ...asked, id, params, digest, twoFactor });
    expect(await failure(again)).toMatchObject({ path: 'password', reason: 'required' });
  });

  it('keeps an address book, sealed, until the vault is erased', async () => {
    await call('session.create', { password: PASSWORD });
    const address = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';
    const given = { label: 'Cold', address, blockchain: 'Solana', needsCode: true };
    const entry = await call('addressBook.save', given);
    expect(await allStored()).not.toContain(address);
    await wake();
    expect(await call('addressBook.list', {})).toEqual({ entries: [entry], damaged: 0 });
    await call('session.lock', {});
    expect(await failure(call('addressBook.list', {}))).toEqual({ code: 'LOCKED' });
    await call('session.erase', { confirmation: 'ERASE' });
    expect(await allStored()).not.toContain('buckle-sealed');
  });

  it('R23: is no first run again while anything is left that a vault has sealed', async () => {
    await call('session.create', { password: PASSWORD });
    const address = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';
    await call('addressBook.save', {
      label: 'Cold',
      address,
      blockchain: 'Solana',
      needsCode: true,
    });
    await call('session.lock', {});
    await clear(openDatabase()('vault'));
    await createKeptText().remove();
    fake.stop();
    await wake();
    expect(await call('session.open', {})).toMatchObject({ status: 'damaged' });
    expect(await failure(call('session.create', { password: PASSWORD }))).toEqual({
      code: 'VAULT_DAMAGED',
    });
    const erased = await call('session.erase', { confirmation: 'ERASE' });
    expect(erased).toMatchObject({ status: 'empty' });
  });

  it('R23: says while it is locked that the last state of the vault is lost', async () => {
    await call('session.create', { password: PASSWORD });
    const kept = createKeptText();
    const older = (await kept.read()) ?? '';
    await call('accounts.import', { label: 'Main', apiKey, secret });
    await call('session.lock', {});
    expect(await call('session.open', {})).not.toHaveProperty('isOlder');
    await kept.write(older);
    await del('record', openDatabase()('vault'));
    expect(await call('session.open', {})).toMatchObject({ status: 'locked', isOlder: true });
    const opening = await call('session.unlock', { password: PASSWORD });
    expect(opening).toMatchObject({ unlocked: { accounts: [] } });
    await call('session.lock', {});
    expect(await call('session.open', {})).not.toHaveProperty('isOlder');
  });

  it('R30: no message reaches an instruction that is for Buckle alone', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    const asked = {
      account: account.id,
      instruction: 'issueTwoFactorToken',
      params: { app: '123456' },
    };
    const refusal = { code: 'INVALID_INPUT', path: 'instruction', reason: 'unknown-key' };
    expect(await failure(call('exchange.read', asked))).toEqual(refusal);
    expect(await failure(call('requests.prepare', asked))).toEqual(refusal);
    const confirmed = { ...asked, id: crypto.randomUUID(), digest: '', password: PASSWORD };
    expect(await failure(call('requests.send', confirmed))).toEqual(refusal);
    expect(practice.requests().filter(({ path }) => path.endsWith('/2fa'))).toEqual([]);
  });

  it('R24: a lock is told to every surface and ends everything private', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    fake.announced.length = 0;
    await call('session.lock', {});
    expect(fake.announced).toContainEqual({
      channel: 'buckle-event',
      event: { name: 'session', status: 'locked' },
    });
    const read = { account: account.id, instruction: 'balanceQuery', params: {} };
    expect(await failure(call('exchange.read', read))).toEqual({ code: 'LOCKED' });
    expect(await failure(call('requests.list', {}))).toEqual({ code: 'LOCKED' });
    expect(await failure(call('drafts.read', { form: 'trade' }))).toEqual({ code: 'LOCKED' });
    expect(fake.session.size).toBeLessThanOrEqual(1);
    expect((await call('session.open', {})).unlocked).toBeUndefined();
  });

  it('R24: a lock, an erasure and the end of the account close the streams of a surface', async () => {
    const sockets: FakeSocket[] = [];
    vi.stubGlobal('WebSocket', function open(url: string) {
      const socket = createFakeSocket(url);
      sockets.push(socket);
      return socket;
    });
    const stillOpen = () => sockets.filter(({ closed }) => !closed).length;
    const watched = async (account: string) => {
      await call('live.watch', { surface: crypto.randomUUID(), account, market: 'SOL_USDC' });
      return stillOpen();
    };
    await call('session.create', { password: PASSWORD });
    const { id } = await call('accounts.import', { label: 'Main', apiKey, secret });
    expect(await watched(id)).toBe(2);
    await call('session.lock', {});
    expect(stillOpen()).toBe(0);
    expect(await failure(watched(id))).toEqual({ code: 'LOCKED' });
    await call('session.unlock', { password: PASSWORD });
    expect(await watched(id)).toBe(2);
    await call('accounts.remove', { id });
    expect(stillOpen()).toBe(1);
    expect(await failure(watched(id))).toMatchObject({ code: 'INVALID_INPUT' });
    await call('session.erase', { confirmation: 'ERASE' });
    expect(stillOpen()).toBe(0);
    expect(sockets.map(({ url }) => url)).toEqual(Array(4).fill('wss://ws.backpack.exchange'));
  });

  it('R19: closes the session store to content scripts at start', () => {
    expect(fake.accessLevels).toEqual(['TRUSTED_CONTEXTS']);
  });

  it('takes the header off its requests that names the installation, before the first leaves', async () => {
    await call('session.create', { password: PASSWORD });
    expect(fake.headerRules).toEqual([]);
    const market = call('exchange.market', { name: 'markets', params: {} });
    await vi.waitFor(() => expect(fake.headerRules).toHaveLength(1));
    await market;
    expect(JSON.stringify(fake.headerRules)).toContain('"header":"origin","operation":"remove"');
    expect(JSON.stringify(fake.headerRules)).toContain(
      '"header":"connection","operation":"set","value":"close"',
    );
  });

  it('reads nothing but reads through the reading message', async () => {
    await call('session.create', { password: PASSWORD });
    const account = await call('accounts.import', { label: 'Main', apiKey, secret });
    const order = { account: account.id, instruction: 'orderExecute', params: limit };
    expect(await failure(call('exchange.read', order))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(practice.requests().filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('R2: a marked secret and password, driven through every error path, show up nowhere', async () => {
    const replies: unknown[] = [];
    const keep = async (work: Promise<unknown>) =>
      replies.push(await work.catch((e) => [e, e.data]));
    await keep(call('session.create', { password: PASSWORD }));
    const wrongs = [
      { label: 'Main', apiKey: keyPair(42).apiKey, secret },
      { label: 'Main', apiKey, secret: secret.slice(4) },
      { label: 'Main', apiKey, secret: `${secret}!` },
      { label: '', apiKey, secret },
      { label: 'Main', apiKey: secret, secret: apiKey },
      {
        label: 'Main',
        apiKey,
        secret: Buffer.concat([
          Buffer.from(secret64, 'base64').subarray(0, 32),
          Buffer.alloc(32),
        ]).toString('base64'),
      },
    ];
    for (const wrong of wrongs) await keep(call('accounts.import', wrong));
    await keep(call('accounts.import', { label: 'Main', apiKey, secret }));
    await keep(call('accounts.import', { label: 'Again', apiKey, secret: secret64 }));
    await keep(call('session.changePassword', { current: 'wrong password', next: PASSWORD }));
    const { unlocked } = await call('session.open', {});
    const account = unlocked?.accounts[0]?.id ?? '';
    for (const kind of ['html', 'malformed', 'drop-before', 'wrong-types', 'status'] as const) {
      practice.faults.add({ kind, times: 1, path: '/api/v1/order' });
      const asked = { account, instruction: 'orderExecute', params: limit };
      const { id, params, digest } = await call('requests.prepare', asked);
      await keep(call('requests.send', { ...asked, id, params, digest }));
    }
    // A secret where none belongs.
    await keep(
      call('requests.prepare', { account, instruction: secret, params: { [secret]: secret } }),
    );
    await keep(
      call('exchange.read', { account, instruction: 'orderQueryAll', params: { symbol: secret } }),
    );
    await keep(call('session.restore', { text: secret, password: PASSWORD }));
    await keep(fake.tell({ channel: 'buckle-wallet', method: secret, request: secret }));
    await keep(call('session.backup', {}));
    await keep(call('session.lock', {}));
    await keep(call('session.unlock', { password: `${PASSWORD}!` }));

    const raw = Buffer.from(secret, 'base64');
    const forms = [secret, secret64, raw.toString('hex'), raw.toString('base64url'), PASSWORD];
    const seen = [
      JSON.stringify(replies, (_key, value) =>
        value instanceof Error ? [value.name, value.message, value.stack, value.cause] : value,
      ),
      JSON.stringify(fake.announced),
      JSON.stringify([...fake.alarms]),
      await allStored(),
      lines.join('\n'),
    ].join('\n');
    expect(seen).toContain(apiKey);
    expect(forms.filter((form) => seen.includes(form))).toEqual([]);
    expect(replies.length).toBeGreaterThan(15);
  });
});
