import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { sleep } from '../drivers/wait.ts';
import * as copies from './copies.ts';
import * as steps from './steps.ts';
import { createWorld, errorBeside, recordsOnDisk, registeredKey, type World } from './world.ts';

const HALVES_IN_MEMORY = `async () => {
  const kept = await (globalThis.browser ?? chrome).storage.session.get('session');
  return Object.keys(kept).length;
}`;

const ORDER: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};

let world: World;
let surface: Surface;

beforeAll(async () => {
  world = await createWorld();
  surface = await world.driver.open('popup');
});
afterAll(() => world?.close());

describe('sessions', () => {
  it('survives the background being stopped between any two steps', async () => {
    const { driver, exchange } = world;
    const key = registeredKey(world, 'Main', 1);
    const stop = () => driver.stopBackground();
    await stop();
    await steps.createVault(surface);
    await stop();
    await steps.importKey(surface, key);
    await stop();
    await steps.balanceRow(surface, 'SOL');
    await stop();
    await steps.fillOrder(surface, ORDER);
    await stop();
    const review = await steps.reviewOrder(surface);
    await stop();
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    await stop();
    const row = await steps.openOrderRow(surface, ORDER.market);
    await stop();
    await steps.cancelOrder(row);
    await stop();
    await steps.goTo(surface, 'Activity');
    await surface.role('table', 'Order history').role('row', new RegExp(ORDER.market)).waitFor();
    // Nobody had to unlock in between, and nothing left twice.
    expect(world.arrived('orderExecute')).toBe(1);
    expect(world.arrived('orderCancel')).toBe(1);
    expect(exchange.allOrders(key.apiKey).map(({ status }) => status)).toEqual(['Cancelled']);
  });

  it('keeps a half-filled order when the popup closes and the background is stopped', async () => {
    await steps.fillOrder(surface, { ...ORDER, price: '99.5' });
    await surface.close();
    // No browser stops a background in the middle of its work, as is done here: what left the popup has the time to be written.
    await sleep(500);
    await world.driver.stopBackground();
    surface = await world.driver.open('popup');
    await steps.goTo(surface, 'Trade');
    await expect.poll(() => surface.label('Price').value()).toBe('99.5');
    expect(await surface.label('Quantity').value()).toBe(ORDER.quantity);
  });

  it('means locked after a restart of the browser, and purges the half that was left', async () => {
    expect((await recordsOnDisk(surface)).session).toBe(1);
    expect(await surface.evaluate(HALVES_IN_MEMORY)).toBe(1);
    await world.driver.restart();
    surface = await world.driver.open('popup');
    await surface.role('heading', 'Buckle is locked').waitFor();
    await expect.poll(async () => (await recordsOnDisk(surface)).session).toBeUndefined();
    expect(await surface.evaluate(HALVES_IN_MEMORY)).toBe(0);
  });

  it('refuses a wrong password beside the field, then opens with the right one', async () => {
    await surface.label('Password').fill('brass buckle on a torn strap');
    await surface.role('button', 'Unlock').click();
    expect(await errorBeside(surface, 'Password')).toMatch(/^Wrong password/);
    await expect.poll(() => surface.label('Password').isFocused()).toBe(true);
    expect(await surface.role('tablist', 'Main').isVisible()).toBe(false);
    await steps.unlock(surface);
    await steps.balanceRow(surface, 'SOL');
  });

  it('R23: unlocks as ever whichever copy of the vault is gone or damaged, and has two again', async () => {
    const { first: last } = await copies.revisions(surface);
    expect(last).toBeGreaterThan(0);
    for (const damage of [copies.deleteFirst, copies.corruptFirst, copies.cutSecond]) {
      await steps.lock(surface);
      await damage(surface);
      await world.driver.stopBackground();
      await surface.reload();
      await steps.unlock(surface);
      await steps.balanceRow(surface, 'SOL');
      expect(await copies.revisions(surface)).toEqual({ first: last, second: last });
    }
  });

  it('opens every surface when one is unlocked', async () => {
    await steps.lock(surface);
    const other = await world.driver.open('full');
    await other.role('heading', 'Buckle is locked').waitFor();
    await steps.unlock(other);
    await surface.role('tablist', 'Main').waitFor();
    await steps.balanceRow(surface, 'SOL');
    expect(other.onConsoleError).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
    await other.close();
  });
});
