import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import { sleep, until } from '../drivers/wait.ts';
import type { Fault } from '../exchange/faults.ts';
import * as steps from './steps.ts';
import { createWorld, journalSize, registeredKey, type World } from './world.ts';

// The background is stopped, and the browser killed, while an order is in each state of the journal. Whatever the screen
// says in the end is what the exchange has in its book, and no order is there twice.

let world: World;
let surface: Surface;
let key: steps.KeyToImport;

const PATH = '/api/v1/order';
/** Longer than any wait in here: the answer never comes. */
const NEVER_MS = 60_000;

const orderAt = (price: string): steps.OrderToPlace => ({
  market: 'SOL_USDC',
  side: 'Buy',
  price,
  quantity: '0.5',
});
const ordersAt = (price: string) =>
  world.exchange.allOrders(key.apiKey).filter((order) => Number(order.price) === Number(price));
const spoil = (fault: Fault): void => world.exchange.faults.add({ path: PATH, ...fault });

/** Until one more request with this instruction has reached the exchange than before `act`. */
async function arrives(instruction: string, act: () => Promise<void>): Promise<void> {
  const before = world.arrived(instruction);
  await act();
  await until(`${instruction} to arrive`, () => world.arrived(instruction) > before || undefined);
}

/** Confirms an order and returns when it has reached the exchange. */
const sendOrder = (price: string): Promise<void> =>
  arrives('orderExecute', async () => {
    await steps.fillOrder(surface, orderAt(price));
    const review = await steps.reviewOrder(surface);
    await review.role('button', 'Place order').click();
  });

/** What was sent at that price, among all that was sent, with what became of it. */
async function sentAt(price: string): Promise<Locator> {
  await steps.goTo(surface, 'Activity');
  await surface.role('tablist', 'Activity').role('tab', 'Requests').click();
  return surface.role('table', 'Requests').role('row', new RegExp(`at ${price}`));
}

/** Until the screen says so of the order at that price. */
async function expectWord(price: string, word: RegExp, timeout = 15_000): Promise<void> {
  const sent = await sentAt(price);
  await expect.poll(() => sent.text(), { timeout }).toMatch(word);
}

async function expectPlacedOnce(price: string): Promise<void> {
  await expectWord(price, /Placed/);
  expect(ordersAt(price).map(({ status }) => status)).toEqual(['New']);
  await steps.goTo(surface, 'Orders');
  const rows = surface.role('table', 'Open orders').role('row', new RegExp(price));
  await expect.poll(() => rows.count()).toBe(1);
}

beforeAll(async () => {
  world = await createWorld({ http2: true });
  key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
  // A shorter validity makes it known sooner that an order did not arrive.
  await steps.goTo(surface, 'Settings');
  await surface.label('Request validity').fill('1000');
  await surface.role('button', /^Save$/).click();
  await surface.role('button', /^Save$/).waitFor('visible');
});
afterAll(() => world?.close());

describe('never twice', () => {
  it('stopped before it left (recorded): not sent, and the book is empty', async () => {
    // A refused read makes the next request of the account wait for its turn.
    world.exchange.faults.add({
      path: '/api/v1/orders',
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '10' },
    });
    await steps.fillOrder(surface, orderAt('91.5'));
    const review = await steps.reviewOrder(surface);
    await until(
      'a read to be refused',
      () => world.exchange.requests().some(({ status }) => status === 429) || undefined,
    );
    await review.role('button', 'Place order').click();
    await expect.poll(() => journalSize(surface)).toBe(1);
    await world.driver.stopBackground();
    await expectWord('91.5', /Not sent/);
    expect(ordersAt('91.5')).toEqual([]);
    expect(world.changes()).toBe(0);
  });

  it('stopped while it was on its way, and it did not arrive (sent): looked for from now on', async () => {
    spoil({ kind: 'drop-before', delayMs: 3000, method: 'POST' });
    await sendOrder('92.5');
    await world.driver.stopBackground();
    await expectWord('92.5', /Checking/);
  });

  it('stopped while the answer was on its way (sent): placed, once', async () => {
    spoil({ kind: 'delay', delayMs: NEVER_MS, method: 'POST' });
    await sendOrder('93.5');
    await world.driver.stopBackground();
    await expectPlacedOnce('93.5');
  });

  it('stopped after the answer got lost (unknown): placed, once', async () => {
    spoil({ kind: 'drop-after', method: 'POST' });
    await sendOrder('94.5');
    await world.driver.stopBackground();
    await expectPlacedOnce('94.5');
  });

  it('stopped after it was taken and not yet done (answered): placed, once', async () => {
    spoil({ kind: 'empty-202', afterProcessing: true, method: 'POST' });
    await sendOrder('95.5');
    await world.driver.stopBackground();
    await expectPlacedOnce('95.5');
  });

  it('stopped just after it was refused (refused): refused, and not in the book', async () => {
    const refused = { code: 'TRADING_PAUSED', message: 'Market is closed' };
    spoil({ kind: 'status', status: 400, body: JSON.stringify(refused), method: 'POST' });
    await sendOrder('96.5');
    await world.driver.stopBackground();
    await expectWord('96.5', /Refused|Not found/, 30_000);
    expect(ordersAt('96.5')).toEqual([]);
  });

  it('stopped again and again around the answer (settled): placed, once', async () => {
    for (const afterMs of [0, 10, 30, 60]) {
      const price = `97.${afterMs / 10}5`;
      await sendOrder(price);
      // Each time a little later, so that the stop falls on another step of taking the answer in.
      await sleep(afterMs);
      await world.driver.stopBackground();
      await expectPlacedOnce(price);
    }
  });

  it('stopped while a cancel was on its way: cancelled, and sent once', async () => {
    spoil({ kind: 'drop-after', delayMs: 1000, method: 'DELETE' });
    await steps.goTo(surface, 'Orders');
    const row = surface.role('table', 'Open orders').role('row', /93\.5/);
    await arrives('orderCancel', () => row.role('button', 'Cancel order').click());
    await world.driver.stopBackground();
    await row.waitFor('hidden', 15_000);
    expect(ordersAt('93.5').map(({ status }) => status)).toEqual(['Cancelled']);
    expect(world.arrived('orderCancel')).toBe(1);
  });

  it('killed with the browser while it was on its way (sent): placed, once', async () => {
    spoil({ kind: 'delay', delayMs: NEVER_MS, method: 'POST' });
    await sendOrder('98.5');
    await world.driver.kill();
    await world.driver.start();
    surface = await world.driver.open('popup');
    await steps.unlock(surface);
    await expectPlacedOnce('98.5');
  });

  it('what never arrived is called not found once that is certain, and not before', async () => {
    await expectWord('92.5', /Not found/, 60_000);
    expect(ordersAt('92.5')).toEqual([]);
    // Ten were sent, and one never left.
    expect(world.arrived('orderExecute')).toBe(10);
    expect(surface.onConsoleError).toEqual([]);
  });
});
