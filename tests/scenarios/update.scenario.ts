import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { chosenBrowser } from '../drivers/launch.ts';
import { until } from '../drivers/wait.ts';
import { BUILD_MODE } from '../run/build.ts';
import { DESK } from '../site/server.ts';
import {
  accountId,
  approve,
  askBuckle,
  call,
  nextApproval,
  type Pending,
  source,
  start,
  tradeTerms,
} from './page-calls.ts';
import { connectSite, hasBuckle, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// A newer version takes the place of the running one, as the browser's shop brings it, while a page is open, a draft half filled,
// two approvals waiting and an order on its way.

const NEXT_VERSION = '99.0.0';
const DRAFT = { market: 'SOL_USDC', side: 'Sell', price: '163.5', quantity: '2' } as const;
const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '142', quantity: '1' };
/** Small enough for the grant. */
const GRANTED = { ...ORDER, quantity: '0.5', clientId: 4711 };

let world: World;
let folder: string;
let buckle: Surface;
let desk: SitePage;
let key: steps.KeyToImport;
let signing: Pending;
let sending: Pending;
let onItsWay: Pending;

const VERSION = '() => (globalThis.browser ?? chrome).runtime.getManifest().version';
const isGone = (page: Surface): Promise<boolean> =>
  page.evaluate(VERSION).then(
    () => false,
    () => true,
  );

beforeAll(async () => {
  // The driver writes the next version over it.
  folder = await mkdtemp(join(tmpdir(), 'buckle-update-'));
  await cp(`dist/${BUILD_MODE[chosenBrowser()]}`, folder, { recursive: true });
  world = await createWorld({ extensionDir: folder });
  key = registeredKey(world, 'Main', 1);
  buckle = await steps.openWithAccount(world.driver, key);
  desk = await openSite(world, buckle, `${DESK}/bare`);
  await connectSite(world, desk);
  const asked = await start(desk.page, source('connect', { scopes: ['read'] }));
  await approve(await nextApproval(world.driver));
  await asked.end();
  const account = await accountId(buckle, key.label);
  await askBuckle(buckle, 'grants.save', { origin: DESK, account, terms: tradeTerms() });
  await steps.fillOrder(buckle, DRAFT);
  signing = await start(desk.page, source('sign', 'orderExecute', ORDER));
  await nextApproval(world.driver);
  sending = await start(desk.page, source('client.exeOrder', ORDER));
  // The exchange has it, and its answer never comes.
  world.exchange.faults.add({ path: '/api/v1/order', kind: 'delay', delayMs: 600_000 });
  onItsWay = await start(desk.page, source('client.exeOrder', GRANTED));
  await until('the order in the book', () => world.exchange.allOrders(key.apiKey)[0]);
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('an update', () => {
  it('is put off while an approval waits, where the browser asks', async () => {
    const { driver } = world;
    // Chromium loads an unpacked extension anew without asking it.
    const held = await driver.update(NEXT_VERSION);
    expect(held).toBe(driver.browser === 'firefox' ? 'put off' : 'applied');
    if (held === 'applied') return;
    expect(await buckle.evaluate(VERSION)).not.toBe(NEXT_VERSION);
    expect(await signing.soFar()).toBeUndefined();
    expect(await sending.soFar()).toBeUndefined();
    expect(await onItsWay.soFar()).toBeUndefined();
    // As the next start of the browser would, or a person who does not want to wait.
    await buckle
      .evaluate('() => setTimeout(() => browser.runtime.reload(), 50)')
      .catch(() => undefined);
    await until('the old Buckle to be gone', async () => (await isGone(buckle)) || undefined);
  });

  it('answers what waited as disconnected, and sends nothing of it', async () => {
    expect(await signing.end(20_000)).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(await sending.end(20_000)).toMatchObject({ code: 4900, reason: 'disconnected' });
    expect(world.exchange.allOrders(key.apiKey)).toHaveLength(1);
  });

  it('does not say so of an order that was on its way', async () => {
    expect(await onItsWay.end(20_000)).toMatchObject({ code: 5001, reason: 'outcome-unknown' });
  });

  it('locks, and keeps the vault and the half filled draft', async () => {
    const popup = await until('the new Buckle', () =>
      world.driver.open('popup').catch(() => undefined),
    );
    expect(await popup.evaluate(VERSION)).toBe(NEXT_VERSION);
    await steps.unlock(popup);
    await steps.goTo(popup, 'Trade');
    const form = popup.role('form', 'Place order');
    await expect.poll(() => form.label('Price').value()).toBe(DRAFT.price);
    expect(await form.label('Quantity').value()).toBe(DRAFT.quantity);
    expect(await form.role('radio', DRAFT.side).isChecked()).toBe(true);
    await popup.close();
  });

  it('leaves the site connected: its page finds the new Buckle at its next load', async () => {
    await desk.page.reload();
    await until('window.buckle', async () => (await hasBuckle(desk.page)) || undefined);
    expect((await call(desk.page, source('client.balances'))).value).toMatchObject({ USDC: {} });
  });

  it('lets the page find the order that was on its way, by the client id that it gave', async () => {
    const { symbol, clientId } = GRANTED;
    const found = await call(desk.page, source('client.orderQuery', { symbol, clientId }));
    expect(found.value).toMatchObject({ clientId, quantity: GRANTED.quantity, status: 'New' });
  });
});
