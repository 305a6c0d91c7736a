import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { keyPair } from '../exchange/keys.ts';
import type { PracticeOrder } from '../exchange/order.ts';
import { restOrders } from './many-orders.ts';
import { LONG_MS, tasksWhileScrolling } from './scrolling.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Five thousand open orders are as easy to go through as fifty.

const COUNT = 5_000;

let world: World;
let key: steps.KeyToImport;
let surface: Surface;

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  restOrders(world.exchange, keyPair(1), COUNT);
  surface = await steps.openWithAccount(world.driver, key, 'full');
  await steps.goTo(surface, 'Orders');
  await surface.role('button', `Cancel all orders · ${COUNT}`).waitFor();
});
afterAll(() => world?.close());

const rowCount = async (): Promise<number> =>
  Number(await surface.role('table', 'Open orders').attribute('aria-rowcount')) - 1;

/** As the list is to have them: the newest first, of the same moment the greater id. */
const expected = (): readonly PracticeOrder[] =>
  world.exchange
    .openOrders(key.apiKey)
    .toSorted((a, b) => b.createdAt - a.createdAt || (BigInt(a.id) < BigInt(b.id) ? 1 : -1));

/** What a row says of its order. */
const rowOf = (order: PracticeOrder | undefined): RegExp =>
  new RegExp(`${order?.side === 'Bid' ? 'Buy' : 'Sell'} .* ${order?.price} `);

const scrollTo = (place: 'top' | 'end'): Promise<void> =>
  surface.evaluate(
    `async (place) => {
      const panel = document.querySelector('.panel');
      panel.scrollTop = place === 'top' ? 0 : panel.scrollHeight;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }`,
    place,
  );

describe('five thousand open orders', () => {
  it('are all there, the newest first and the oldest last', async () => {
    expect(await rowCount()).toBe(COUNT);
    const rows = surface.role('table', 'Open orders').role('row', /SOL_USDC/);
    expect(await rows.first().text()).toMatch(rowOf(expected()[0]));
    await scrollTo('end');
    await expect.poll(() => rows.nth(-1).attribute('aria-rowindex')).toBe(String(COUNT + 1));
    expect(await rows.nth(-1).text()).toMatch(rowOf(expected().at(-1)));
    expect(await rows.count()).toBeLessThan(100);
  });

  it('are cancelled one by one, and the rest stays where it is', async () => {
    const oldest = expected().at(-1);
    const rows = surface.role('table', 'Open orders').role('row', /SOL_USDC/);
    await rows.nth(-1).role('button', 'Cancel order').click();
    await surface.role('button', `Cancel all orders · ${COUNT - 1}`).waitFor();
    expect(await rowCount()).toBe(COUNT - 1);
    const left = world.exchange.openOrders(key.apiKey);
    expect(left).toHaveLength(COUNT - 1);
    expect(left.map(({ id }) => id)).not.toContain(oldest?.id);
    expect(await rows.nth(-1).attribute('aria-rowindex')).toBe(String(COUNT));
  });

  it('scroll without a task over 50 ms', async () => {
    const tasks = await tasksWhileScrolling(surface, 4160);
    expect(tasks.length).toBeGreaterThan(90);
    expect(tasks.filter((ms) => ms > LONG_MS)).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
