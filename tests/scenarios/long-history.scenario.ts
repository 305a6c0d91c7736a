import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { manyFills } from './history-rows.ts';
import { LONG_MS, tasksWhileScrolling } from './scrolling.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// A history of ten thousand rows is as easy to go through as one of ten.

const COUNT = 10_000;

let world: World;
let surface: Surface;

beforeAll(async () => {
  world = await createWorld();
  const key = registeredKey(world, 'Main', 1);
  world.exchange.giveHistory(key.apiKey, 'fills', manyFills(COUNT));
  surface = await steps.openWithAccount(world.driver, key, 'full');
  await steps.goTo(surface, 'Activity');
  await surface.role('tablist', 'Activity').role('tab', 'Fills').click();
  await surface.role('table', 'Fills').css('tbody tr').nth(99).waitFor();
});
afterAll(() => world?.close());

/** Goes to the end, and to the next one when there is more, until there are that many rows. */
const loadAll = (count: number): Promise<number> =>
  surface.evaluate<number>(
    `async (count) => {
      const panel = document.querySelector('.panel');
      const rows = () => Number(document.querySelector('table').getAttribute('aria-rowcount')) - 1;
      for (const until = Date.now() + 60000; rows() < count && Date.now() < until; ) {
        panel.scrollTop = panel.scrollHeight;
        await new Promise((done) => requestAnimationFrame(done));
      }
      return rows();
    }`,
    count,
  );

describe('ten thousand rows', () => {
  it('come as their end is scrolled to', async () => {
    const before = world.arrived('fillHistoryQueryAll');
    expect(await loadAll(COUNT)).toBe(COUNT);
    expect(world.arrived('fillHistoryQueryAll') - before).toBe(50);
    expect(await surface.role('button', 'Load more').count()).toBe(0);
  });

  it('scroll without a task over 50 ms', async () => {
    const tasks = await tasksWhileScrolling(surface);
    expect(tasks.length).toBeGreaterThan(250);
    expect(tasks.filter((ms) => ms > LONG_MS)).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
