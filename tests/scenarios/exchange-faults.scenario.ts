import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import type { Fault } from '../exchange/faults.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// While the exchange is in trouble, what was seen last stays, marked as old, under words that say what is wrong.

let world: World;
let surface: Surface;
let key: steps.KeyToImport;
let row: Locator;

const RESTING: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};
const ORDERS = '/api/v1/orders';
/** More often than anything here is asked for. */
const ALWAYS = 10_000;

const TROUBLES: [string, Omit<Fault, 'path' | 'times'>, RegExp][] = [
  [
    'a fault of its own (500)',
    { kind: 'status', status: 500 },
    /fault of its own.*Try again later/,
  ],
  ['maintenance (503)', { kind: 'status', status: 503 }, /down for maintenance/],
  ['a web page for an answer', { kind: 'html' }, /cannot read \(status 200\)/],
  ['a web page and 502', { kind: 'html', status: 502 }, /cannot read \(status 502\)/],
  ['broken JSON', { kind: 'malformed' }, /cannot read \(status 200\)/],
  ['numbers for texts', { kind: 'wrong-types' }, /cannot read \(status 200\)/],
  [
    'too many requests (429)',
    { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    /Too many requests.*Wait a minute/,
  ],
  ['a broken connection', { kind: 'drop-before' }, /could not be reached/],
];

const freshness = (): Promise<string> => surface.css('.freshness').text();

/** Opens the list anew, as a person does who wants to know. */
async function look(): Promise<void> {
  await steps.goTo(surface, 'Settings');
  await steps.goTo(surface, 'Orders');
}

/** Unless it has tried by itself meanwhile. Positions are read beside the orders, and may be in the same trouble. */
const tryAgain = (): Promise<void> =>
  surface.evaluate(`() =>
    [...document.querySelectorAll('button')]
      .find(({ textContent }) => textContent.trim() === 'Try again')
      ?.click()`);

async function expectTrouble(words: RegExp): Promise<void> {
  const notice = surface.text(words).first();
  await notice.waitFor('visible', 15_000);
  expect(await row.text()).toContain('100.25');
  expect(await surface.text('Shown as of').first().isVisible()).toBe(true);
  // Trouble with positions may show first.
  await expect.poll(freshness, { timeout: 10_000 }).toMatch(/^(stale since|offline)/);
}

async function expectFresh(timeout = 20_000): Promise<void> {
  await expect.poll(freshness, { timeout }).toBe('live');
  await expect.poll(() => surface.text('Shown as of').count()).toBe(0);
  expect(await row.text()).toContain('100.25');
}

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
  await steps.placeLimitOrder(surface, RESTING);
  row = await steps.openOrderRow(surface, RESTING.market);
});
// A test that fails must not leave its trouble to the next.
afterEach(() => world?.exchange.faults.clear());
afterAll(() => world?.close());

describe('an exchange in trouble', () => {
  it.each(TROUBLES)('%s', async (_name, fault, words) => {
    world.exchange.faults.add({ ...fault, path: ORDERS, times: ALWAYS });
    await look();
    await expectTrouble(words);
    world.exchange.faults.clear();
    await tryAgain();
    await expectFresh();
  });

  it('offline: recovers by itself once the exchange is back', async () => {
    world.server.cut();
    await expectTrouble(/could not be reached/);
    await steps.goTo(surface, 'Balances');
    await surface
      .text(/could not be reached/)
      .first()
      .waitFor();
    expect(await surface.role('table', 'Balances').role('row', 'SOL').text()).toContain('50');
    await steps.goTo(surface, 'Orders');
    world.server.restore();
    await expectFresh(30_000);
  });

  it('offline: a popup that is opened anew shows what was seen last', async () => {
    await steps.balanceRow(surface, 'SOL');
    await steps.goTo(surface, 'Orders');
    world.server.cut();
    await surface.close();
    await world.driver.stopBackground();
    surface = await world.driver.open('popup');
    row = await steps.openOrderRow(surface, RESTING.market);
    await expectTrouble(/could not be reached/);
    await steps.balanceRow(surface, 'SOL');
    world.server.restore();
    await look();
    await expectFresh();
  });

  it('answers that came too late once: nobody notices', async () => {
    const before = world.arrived('orderQueryAll');
    world.exchange.faults.add({ kind: 'expired', path: ORDERS });
    await look();
    await expect.poll(() => world.arrived('orderQueryAll')).toBeGreaterThan(before + 1);
    await expectFresh();
    expect(await surface.role('button', 'Try again').count()).toBe(0);
  });

  it.each([
    ['ahead', 90_000],
    ['behind', -90_000],
  ])('a clock that is a minute and a half %s: everything works', async (_name, skew) => {
    const placed = world.exchange.allOrders(key.apiKey).length;
    world.exchange.setClockSkew(skew);
    await look();
    await expectFresh();
    await steps.placeLimitOrder(surface, {
      ...RESTING,
      market: 'BTC_USDC',
      price: '40000',
      quantity: '0.01',
    });
    const order = await steps.openOrderRow(surface, 'BTC_USDC');
    expect(await surface.role('button', 'Try again').count()).toBe(0);
    await steps.cancelOrder(order);
    expect(world.exchange.allOrders(key.apiKey)).toHaveLength(placed + 1);
    expect(world.exchange.openOrders(key.apiKey)).toHaveLength(1);
  });

  it('a clock that jumps between review and sending: stamped anew, sent once', async () => {
    const placed = world.exchange.allOrders(key.apiKey).length;
    await steps.fillOrder(surface, { ...RESTING, price: '99.5' });
    const review = await steps.reviewOrder(surface);
    world.exchange.setClockSkew(120_000);
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    await surface.text('rests in the order book').waitFor();
    expect(world.exchange.allOrders(key.apiKey)).toHaveLength(placed + 1);
    world.exchange.setClockSkew(0);
    expect(surface.onConsoleError).toEqual([]);
  });
});
