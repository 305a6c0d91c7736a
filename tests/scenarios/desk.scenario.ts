import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import { sleep, until } from '../drivers/wait.ts';
import { keyPair } from '../exchange/keys.ts';
import { signedRequest } from '../exchange/seed-account.ts';
import { createAxeCheck } from './axe.ts';
import { restOrders } from './many-orders.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// The full page's desk: it moves by itself, and what a person has in hand stays where it is.

const keys = keyPair(1);
const RESTING = 40;

let world: World;
let surface: Surface;
let orders: Locator;
let depth: Locator;

/** The trader places an order somewhere else, under the same key. */
function placeElsewhere(price: string, quantity: string): void {
  const params = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price, quantity };
  const request = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute', params };
  world.exchange.handle(signedRequest(keys, { ...request, timestamp: Date.now() }));
}

beforeAll(async () => {
  world = await createWorld();
  const key = registeredKey(world, 'Main', 1);
  restOrders(world.exchange, keys, RESTING);
  surface = await steps.openWithAccount(world.driver, key, 'full');
  await steps.goTo(surface, 'Trade');
  orders = surface.role('table', 'Open orders');
  depth = surface.role('toolbar', 'Prices in the order book');
  await depth.role('button', /^Buy\s+149\.93/).waitFor();
  await surface.role('button', `Cancel all orders · ${RESTING}`).waitFor();
  const privately = () => world.exchange.streams.connections().some(({ apiKey }) => apiKey);
  await until('the streams of the account', () => privately() || undefined);
  // The read that a stream begins with may be the one that was under way.
  let reads = -1;
  await until('no more reads', async () => {
    const before = reads;
    reads = world.arrived('orderQueryAll');
    if (reads === before) return true;
    await sleep(500);
    return undefined;
  });
});
afterAll(() => world?.close());

describe('the desk', () => {
  it('shows an order that is placed elsewhere, its fill and its end, and asks for none of it', async () => {
    const reads = world.arrived('orderQueryAll');
    placeElsewhere('149.95', '1');
    const row = orders.role('row', /149\.95/);
    await row.waitFor();
    const rung = depth.role('button', /^Buy\s+149\.95/);
    await expect.poll(() => rung.text()).toMatch(/149\.95 1\.00 1\.00$/);
    world.exchange.placeLiquidity('SOL_USDC', 'Ask', '149.95', '0.4');
    await expect.poll(() => row.text()).toContain('0.4 / 1');
    await expect.poll(() => rung.text()).toMatch(/149\.95 0\.60 0\.60$/);
    await expect.poll(() => surface.css('.market-price').text()).toContain('149.95');
    world.exchange.placeLiquidity('SOL_USDC', 'Ask', '149.95', '0.6');
    await row.waitFor('hidden');
    expect(world.arrived('orderQueryAll')).toBe(reads);
  });

  it('leaves the rows that are looked at in their place, and the focus in its row', async () => {
    const row = orders.role('row', /SOL_USDC/).nth(20);
    await row.role('button', 'Cancel order').press('Shift');
    const place = `(async () => {
      const button = document.activeElement;
      return { name: button.textContent, top: Math.round(button.getBoundingClientRect().top) };
    })`;
    const before = await surface.evaluate<{ name: string; top: number }>(place);
    expect(before.name).toContain('Cancel order');
    placeElsewhere('149.91', '1');
    await surface.role('button', `Cancel all orders · ${RESTING + 1}`).waitFor();
    const after = await surface.evaluate<typeof before>(place);
    expect(after.name).toBe(before.name);
    expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(2);
  });

  it('takes a price from the book into the ticket, by keyboard alone', async () => {
    const best = depth.role('button', /^Buy/).first();
    // What the tests before have traded has gone from the book.
    await expect.poll(() => best.attribute('title')).toContain('149.93');
    const price = (await best.attribute('title'))?.split(' ')[1];
    await best.press('ArrowDown');
    await surface.press('ArrowUp');
    await surface.press('Enter');
    expect(await surface.label('Price').value()).toBe(price);
  });

  it('finds a market and changes to it, by keyboard alone', async () => {
    await surface.label('Search markets').type('btc perp');
    await surface.press('ArrowDown');
    await surface.press('Enter');
    await surface.role('listbox', 'Markets').role('option', 'BTC_USDC_PERP').waitFor();
    expect(await surface.role('combobox', 'Market').value()).toBe('BTC_USDC_PERP');
    await depth
      .role('button', /^Sell\s+65,0/)
      .first()
      .waitFor();
    await surface.role('img', 'Candles of 15m for BTC_USDC_PERP').waitFor();
  });

  it('has nothing that axe finds wrong, in light and in dark', async () => {
    expect(await (await createAxeCheck(world.driver))(surface)).toEqual([]);
  });

  it('scrolls nowhere sideways, however narrow', async () => {
    for (const width of [1100, 760, 360]) {
      await surface.resize(width, 800);
      const spare = await surface.evaluate<number>(`async () => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const panel = document.querySelector('.panel');
        return panel.scrollWidth - panel.clientWidth;
      }`);
      expect(spare, `at ${width} px`).toBe(0);
    }
    await surface.resize(1280, 800);
  });

  it('says that nothing is live once the streams are away, and when they are back', async () => {
    const freshness = surface.css('.header .freshness');
    await expect.poll(() => freshness.text()).toBe('live');
    world.server.cut();
    await surface.text('The order book is not being updated.').waitFor();
    expect(await freshness.text()).not.toBe('live');
    world.server.restore();
    await surface.text('The order book is not being updated.').waitFor('hidden');
    await expect.poll(() => freshness.text(), { timeout: 8_000 }).toBe('live');
    expect(surface.onConsoleError).toEqual([]);
  });
});
