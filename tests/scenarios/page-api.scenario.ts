import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { DESK } from '../site/server.ts';
import {
  accountId,
  approve,
  askBuckle,
  call,
  clearApprovals,
  type Ended,
  nextApproval,
  pressApprove,
  reject,
  source,
  start,
  tradeTerms,
} from './page-calls.ts';
import { connectSite, hasBuckle, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// What a site does with `window.buckle`, and what the person is asked about it.

let world: World;
let buckle: Surface;
let desk: SitePage;
let key: steps.KeyToImport;
let account: string;

const ADDRESS = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
/** Below the market: it rests in the book. Worth half its price in USDC. */
const order = (price: string, more: Record<string, unknown> = {}) => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price,
  quantity: '0.5',
  ...more,
});
const ordersAt = (price: string) =>
  world.exchange.allOrders(key.apiKey).filter((each) => Number(each.price) === Number(price));
const place = (params: unknown) => start(desk.page, source('client.exeOrder', params));
const pages = async (): Promise<number> => (await world.driver.pages()).length;

/** The call ends, and the person is not asked. */
async function withoutAsking(call: () => Promise<Ended>): Promise<Ended> {
  const before = await pages();
  const ended = await call();
  expect(await pages()).toBe(before);
  return ended;
}

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  buckle = await steps.openWithAccount(world.driver, key);
  account = await accountId(buckle, 'Main');
  desk = await openSite(world, buckle, `${DESK}/bare`);
  await connectSite(world, desk);
});
afterAll(() => world?.close());
afterEach(() => clearApprovals(buckle));

describe('connecting', () => {
  it('before it has an account, a site is refused and told why', async () => {
    expect(await call(desk.page, source('client.balances'))).toMatchObject({
      code: 4100,
      reason: 'not-granted',
    });
  });

  it('the person is shown who asks, and may say no', async () => {
    const asked = await start(desk.page, source('connect', { scopes: ['read'] }));
    const approval = await nextApproval(world.driver);
    expect(await approval.role('heading').first().text()).toContain('desk.example.com');
    await reject(approval);
    expect(await asked.end()).toMatchObject({ code: 4001, reason: 'rejected' });
  });

  it('or yes: the site gets an account and the power to read', async () => {
    const asked = await start(
      desk.page,
      source('connect', { scopes: ['read'], reason: 'Show your balances' }),
    );
    const approval = await nextApproval(world.driver);
    expect(await approval.text('Show your balances').count()).toBe(1);
    await approve(approval);
    expect(await asked.end()).toMatchObject({
      value: { account: { apiKey: key.apiKey, label: 'Main' }, grants: [{ scopes: ['read'] }] },
    });
    expect(await call(desk.page, source('permissions'))).toMatchObject({
      value: { locked: false, account: { label: 'Main' } },
    });
  });
});

describe('reading and signing', () => {
  it('balances under a read grant, without asking', async () => {
    const ended = await withoutAsking(() => call(desk.page, source('client.balances')));
    expect(ended.value).toMatchObject({ USDC: { available: '10000' } });
  });

  it('a read is signed without asking, and the exchange takes it from the page’s own server', async () => {
    const sent = `buckle.sign('fillHistoryQueryAll', { limit: 5 }).then((signed) =>
      fetch('/relay', { method: 'POST', body: JSON.stringify(signed) }).then(({ status }) => status))`;
    expect(await withoutAsking(() => call(desk.page, sent))).toEqual({ value: 200 });
  });

  it('R30: a trade is signed after asking, for five seconds at most', async () => {
    const tooLong = source('sign', 'orderExecute', order('136'), { window: 60_000 });
    expect(await call(desk.page, tooLong)).toMatchObject({
      code: -32602,
      data: { path: 'window' },
    });
    const asked = await start(desk.page, source('sign', 'orderExecute', order('136')));
    const approval = await nextApproval(world.driver);
    expect(await approval.role('region', 'Warnings').text()).toMatch(/repeatedly/);
    await approve(approval);
    const { value } = await asked.end();
    expect(value).toMatchObject({
      method: 'POST',
      url: 'https://api.backpack.exchange/api/v1/order',
      headers: { 'X-API-Key': key.apiKey },
    });
    expect(ordersAt('136')).toEqual([]);
  });

  it('a list of orders is asked about, and sent, as one; each is answered in its place', async () => {
    const list = [order('133'), order('134', { quantity: '9999999' })];
    const asked = await start(desk.page, source('send', 'orderExecute', list));
    const approval = await nextApproval(world.driver);
    await approval.text('Place 2 orders together').waitFor();
    await pressApprove(approval);
    // Not all of it went well, so it is told here as well.
    await approval.text('Only some of these were placed').waitFor();
    await approval.role('button', 'Close').click();
    await approval.closed();
    expect((await asked.end()).value).toMatchObject([
      { operation: 'Ok', price: '133', status: 'New' },
      { operation: 'Err', code: 'INSUFFICIENT_FUNDS' },
    ]);
    expect([ordersAt('133').length, ordersAt('134').length]).toEqual([1, 0]);
  });

  it('a subscription that the exchange accepts', async () => {
    const asked = await start(
      desk.page,
      `buckle.signSubscription(['account.orderUpdate']).then((frame) => new Promise((done, fail) => {
        const socket = new WebSocket('wss://ws.backpack.exchange');
        const said = [];
        socket.onerror = fail;
        socket.onmessage = ({ data }) => said.push(data);
        socket.onopen = async () => {
          socket.send(JSON.stringify(frame));
          await new Promise((on) => setTimeout(on, 300));
          const accepted = said.length === 0;
          socket.send(JSON.stringify({ ...frame, signature: frame.signature.toSpliced(2, 1, '1') }));
          await new Promise((on) => setTimeout(on, 300));
          done({ accepted, forged: said });
          socket.close();
        };
      }))`,
    );
    await approve(await nextApproval(world.driver));
    const { value } = await asked.end();
    expect(value).toMatchObject({ accepted: true, forged: [expect.stringContaining('signature')] });
  });
});

describe('sending', () => {
  it('an order without a grant, after asking, once', async () => {
    const asked = await place(order('137'));
    const approval = await nextApproval(world.driver);
    expect(await approval.text(/Buy 0.5 SOL/).count()).toBeGreaterThan(0);
    expect(ordersAt('137')).toEqual([]);
    await approve(approval);
    const [placed] = ordersAt('137');
    expect(await asked.end()).toMatchObject({ value: { id: placed?.id, status: 'New' } });
    expect(ordersAt('137')).toHaveLength(1);
  });

  it('inside a trade grant, without asking', async () => {
    await askBuckle(buckle, 'grants.save', { origin: DESK, account, terms: tradeTerms() });
    const ended = await withoutAsking(() =>
      call(desk.page, source('client.exeOrder', order('138'))),
    );
    expect(ended).toMatchObject({ value: { status: 'New' } });
    expect(ordersAt('138')).toHaveLength(1);
    const [{ id } = { id: '' }] = ordersAt('138');
    const cancel = source('client.orderCancel', { symbol: 'SOL_USDC', orderId: id });
    expect(await withoutAsking(() => call(desk.page, cancel))).toMatchObject({ value: { id } });
  });

  it.each<[string, Record<string, unknown>]>([
    ['worth more than an order may be', order('139', { quantity: '1.5' })],
    ['in another market', order('139', { symbol: 'BTC_USDC', quantity: '0.01' })],
    ['of a kind that was not given', { ...order('139'), orderType: 'Market', price: undefined }],
    [
      'with a trigger',
      { ...order('139'), quantity: undefined, triggerPrice: '140', triggerQuantity: '0.5' },
    ],
  ])('an order %s is asked about', async (_what, params) => {
    const changes = world.changes();
    const asked = await place(params);
    await reject(await nextApproval(world.driver));
    expect(await asked.end()).toMatchObject({ code: 4001 });
    expect(world.changes()).toBe(changes);
  });

  it('an order beyond the cap of the day, or of the minute, is asked about', async () => {
    for (const terms of [{ maxDay: '100' }, { maxPerMinute: 1 }]) {
      const { id } = await askBuckle<{ id: string }>(buckle, 'grants.save', {
        origin: DESK,
        account,
        terms: tradeTerms({ markets: ['SOL_USDC'], ...terms }),
      });
      await revokeOthers(id);
      expect(await withoutAsking(async () => (await place(order('140'))).end())).toMatchObject({
        value: { status: 'New' },
      });
      const asked = await place(order('140'));
      await reject(await nextApproval(world.driver));
      expect(await asked.end()).toMatchObject({ code: 4001 });
    }
    expect(ordersAt('140')).toHaveLength(2);
  });

  it('a withdrawal, with the password and a second factor', async () => {
    world.exchange.setTwoFactor('code');
    const params = { address: ADDRESS, blockchain: 'Solana', symbol: 'USDC', quantity: '25' };
    const asked = await start(desk.page, source('client.withdrawal', params));
    const approval = await nextApproval(world.driver);
    await pressApprove(approval);
    const prompt = approval.role('dialog', 'Two-factor code');
    await prompt.label('Code').fill(world.exchange.twoFactorCode(key.apiKey));
    expect(await asked.soFar()).toBeUndefined();
    await prompt.role('button', 'Confirm').click();
    expect(await asked.end()).toMatchObject({ value: { quantity: '25', symbol: 'USDC' } });
    expect(world.exchange.withdrawals(key.apiKey)).toHaveLength(1);
    await approval.closed();
  });
});

describe('what is refused, and how it is told', () => {
  it.each<[string, string, Partial<Ended>]>([
    [
      'an unknown instruction',
      "buckle.send('orderTeleport', {})",
      { code: 4200, reason: 'unsupported' },
    ],
    [
      'an internal one (R30)',
      "buckle.send('issueTwoFactorToken', { app: '123456' })",
      { code: 4200 },
    ],
    [
      'signing a withdrawal (R30)',
      `buckle.sign('withdraw', ${JSON.stringify({ address: ADDRESS, blockchain: 'Solana', symbol: 'USDC', quantity: '25' })})`,
      { code: 4200 },
    ],
    [
      'an unknown key',
      source('client.exeOrder', order('141', { leverage: '5' })),
      { code: -32602, data: { path: 'leverage', reason: 'unknown-key' } },
    ],
    [
      'a forbidden character (R21)',
      source('client.exeOrder', order('141', { symbol: 'SOL_USDC&side=Ask' })),
      { code: -32602, data: { path: 'symbol', reason: 'character' } },
    ],
    [
      'a missing field',
      source('client.exeOrder', { ...order('141'), side: undefined }),
      { code: -32602, data: { path: 'side', reason: 'required' } },
    ],
    [
      'a number for an amount',
      source('client.exeOrder', { ...order('141'), price: 196 }),
      { code: -32602, data: { path: 'price', reason: 'wrong-type' } },
    ],
    [
      'a price with too many decimals',
      source('client.exeOrder', order('141.001')),
      { code: -32602, data: { path: 'price', reason: 'decimals', limit: '2' } },
    ],
  ])('%s', async (_what, asked, expected) => {
    const changes = world.changes();
    const ended = await withoutAsking(() => call(desk.page, asked));
    expect(ended).toMatchObject(expected);
    expect(ended.message).toMatch(/^Buckle: /);
    expect(world.changes()).toBe(changes);
  });

  it('what the exchange refuses, in its words', async () => {
    world.exchange.faults.add({
      path: '/api/v1/order',
      method: 'POST',
      kind: 'status',
      status: 400,
      body: JSON.stringify({ code: 'TRADING_PAUSED', message: 'Market is closed' }),
    });
    const asked = await place(order('142'));
    const approval = await nextApproval(world.driver);
    await pressApprove(approval);
    expect(await asked.end()).toMatchObject({
      code: 5000,
      reason: 'exchange-refused',
      data: { status: 400, code: 'TRADING_PAUSED', message: 'Market is closed' },
    });
    await approval.role('button', 'Close').click();
    await approval.closed();
  });

  it('while Buckle is locked: at once if the call says so, else once it is unlocked', async () => {
    await desk.page.evaluate(`() => {
      window.told = [];
      for (const name of ['lock', 'unlock']) buckle.on(name, () => told.push(name));
    }`);
    await steps.lock(buckle);
    const now = `buckle.send('balanceQuery', {}, { unlockWithinMs: 0 })`;
    expect(await call(desk.page, now)).toMatchObject({ code: 4900, reason: 'locked' });
    const waits = await start(desk.page, source('client.balances'));
    await steps.unlock(buckle);
    expect(await waits.end()).toMatchObject({ value: { USDC: {} } });
    // A page behind another one is told when its browser lets its timers run.
    await expect
      .poll(() => desk.page.evaluate('() => told'), { timeout: 10_000 })
      .toEqual(['lock', 'unlock']);
  });
});

describe('the end', () => {
  it('the page disconnects, and nothing is left', async () => {
    expect(await call(desk.page, source('disconnect'))).toHaveProperty('value');
    expect(await askBuckle(buckle, 'sites.list', {})).toMatchObject({ sites: [] });
    await desk.page.reload();
    expect(await hasBuckle(desk.page)).toBe(false);
  });
});

async function revokeOthers(kept: string): Promise<void> {
  const { sites } = await askBuckle<{ sites: { grants: { id: string; scopes: string[] }[] }[] }>(
    buckle,
    'sites.list',
    {},
  );
  for (const { id, scopes } of sites.flatMap(({ grants }) => grants)) {
    if (id !== kept && scopes.includes('trade')) await askBuckle(buckle, 'grants.revoke', { id });
  }
}
