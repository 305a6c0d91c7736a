import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { manyFills } from './history-rows.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// A history of ten thousand rows is as easy to go through as one of ten.

const COUNT = 10_000;
/** A task that keeps the page from answering longer than this is felt. */
const LONG_MS = 50;
const FRAME_MS = 1000 / 60;
/**
 * Whatever else runs on this computer only ever adds to what is measured. What the page itself takes too long for, it takes too
 * long for every time: so each place counts with the best of so many passes.
 */
const PASSES = 6;

/** What one pass took at each of its places, in ms, places in the same order each time. */
interface Pass {
  /** The longest task that the browser itself reports as long there, else 0; nothing from one that reports none. */
  tasks: number[] | null;
  /** From this frame to the next. */
  frames: number[];
}

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

/** From top to end, forty rows with each frame, then about in it as a hand on the scroll bar does. */
const scrollThrough = (): Promise<Pass> =>
  surface.evaluate<Pass>(
    `async () => {
      const panel = document.querySelector('.panel');
      const bottom = panel.scrollHeight - panel.clientHeight;
      const places = [];
      for (let top = 0; top < bottom; top += 2080) places.push(top);
      for (let jump = 1; jump <= 40; jump += 1) places.push(((jump * 7919) % 100) / 100 * bottom);
      const long = [];
      const reports = PerformanceObserver.supportedEntryTypes.includes('longtask');
      const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
      panel.scrollTop = 0;
      await new Promise((done) => setTimeout(done, 100));
      if (reports) observer.observe({ type: 'longtask' });
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const starts = [await frame()];
      for (const top of places) {
        panel.scrollTop = top;
        starts.push(await frame());
      }
      await new Promise((done) => setTimeout(done, 200));
      observer.disconnect();
      const frames = places.map((_, place) => starts[place + 1] - starts[place]);
      const tasks = places.map((_, place) => Math.max(0, ...long
        .filter(({ startTime: at }) => at >= starts[place] && at < (starts[place + 1] ?? Infinity))
        .map(({ duration }) => duration)));
      return { tasks: reports ? tasks : null, frames };
    }`,
  );

describe('ten thousand rows', () => {
  it('come as their end is scrolled to', async () => {
    const before = world.arrived('fillHistoryQueryAll');
    expect(await loadAll(COUNT)).toBe(COUNT);
    expect(world.arrived('fillHistoryQueryAll') - before).toBe(50);
    expect(await surface.role('button', 'Load more').count()).toBe(0);
  });

  it('scroll without a task over 50 ms', async () => {
    let best: number[] = [];
    const isSmooth = (): boolean => best.every((ms) => ms <= LONG_MS);
    for (let pass = 1; pass <= PASSES && (pass === 1 || !isSmooth()); pass += 1) {
      const { tasks, frames } = await scrollThrough();
      // Where tasks are not reported, the time between two frames tells: what a task leaves over 50 ms, less the frame itself.
      const took = tasks ?? frames.map((ms) => ms - FRAME_MS);
      best = took.map((ms, place) => Math.min(ms, best[place] ?? Number.POSITIVE_INFINITY));
    }
    expect(best.length).toBeGreaterThan(250);
    expect(best.filter((ms) => ms > LONG_MS)).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
