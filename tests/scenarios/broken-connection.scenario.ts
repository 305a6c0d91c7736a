import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// A browser that loses a connection it has used before sends the request once more by itself, whatever its method, and tells
// nobody. Buckle must not let it: the same signature is good for a second order.

const PATH = '/api/v1/order';

describe.each([
  ['HTTP/1.1', false],
  ['HTTP/2', true],
])('a connection that breaks, %s', (_name, http2) => {
  let world: World;
  let surface: Surface;
  let key: steps.KeyToImport;

  /** The connection is warm: it has carried reads until just now. */
  const place = async (price: string): Promise<void> => {
    await steps.balanceRow(surface, 'SOL');
    await steps.placeLimitOrder(surface, {
      market: 'SOL_USDC',
      side: 'Buy',
      price,
      quantity: '0.5',
    });
  };
  const ordersAt = (price: string): number =>
    world.exchange.allOrders(key.apiKey).filter((order) => order.price === price).length;

  beforeAll(async () => {
    world = await createWorld({ http2 });
    key = registeredKey(world, 'Main', 1);
    surface = await steps.openWithAccount(world.driver, key);
  });
  afterAll(() => world?.close());

  it('after the order was taken: it arrived once, and is found', async () => {
    world.exchange.faults.add({ kind: 'drop-after', method: 'POST', path: PATH });
    await place('91.5');
    await surface.text('rests in the order book').waitFor('visible', 30_000);
    expect(world.arrived('orderExecute')).toBe(1);
    expect(ordersAt('91.5')).toBe(1);
  });

  it('before the order was looked at: it arrived once, and nothing was placed', async () => {
    world.exchange.faults.add({ kind: 'drop-before', method: 'POST', path: PATH });
    await place('92.5');
    await surface.text('Checking what became of').first().waitFor();
    expect(world.arrived('orderExecute')).toBe(2);
    expect(ordersAt('92.5')).toBe(0);
  });

  it('after a cancel was taken: it arrived once, and is done', async () => {
    world.exchange.faults.add({ kind: 'drop-after', method: 'DELETE', path: PATH });
    await steps.cancelOrder(await steps.openOrderRow(surface, 'SOL_USDC'));
    expect(world.arrived('orderCancel')).toBe(1);
    expect(world.exchange.openOrders(key.apiKey)).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
