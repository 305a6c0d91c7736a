import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { type HttpProxy, startProxy } from './proxy.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Buckle has no proxy setting of its own: it goes where the browser goes.

let proxy: HttpProxy;
let world: World;
let surface: Surface;

beforeAll(async () => {
  proxy = await startProxy();
  world = await createWorld({ proxy });
  const key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
});
afterAll(async () => {
  await world?.close();
  await proxy?.close();
});

describe('the browser’s proxy', () => {
  it('is what every request goes through, an order too', async () => {
    await steps.balanceRow(surface, 'SOL');
    await steps.placeLimitOrder(surface, {
      market: 'SOL_USDC',
      side: 'Buy',
      price: '100.25',
      quantity: '1.5',
    });
    await steps.openOrderRow(surface, 'SOL_USDC');
    const ours = proxy.asked.filter((host) => host.includes('backpack'));
    expect([...new Set(ours)].sort()).toEqual([
      'api.backpack.exchange:443',
      'ws.backpack.exchange:443',
    ]);
    expect(world.arrived('orderExecute')).toBe(1);
  });

  it('is the only way: without it nothing arrives', async () => {
    proxy.cut();
    await steps.goTo(surface, 'Balances');
    await surface
      .text(/could not be reached/)
      .first()
      .waitFor('visible', 20_000);
    const before = world.exchange.requests().length;
    await steps.goTo(surface, 'Orders');
    await surface
      .text(/could not be reached/)
      .first()
      .waitFor('visible', 20_000);
    expect(world.exchange.requests().length).toBe(before);
    proxy.restore();
    await expect.poll(() => surface.css('.freshness').text(), { timeout: 30_000 }).toBe('live');
    expect(world.exchange.requests().length).toBeGreaterThan(before);
  });
});
