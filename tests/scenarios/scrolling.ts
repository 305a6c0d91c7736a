import type { Surface } from '../drivers/driver.ts';

/** A task that keeps the page from answering longer than this is felt. */
export const LONG_MS = 50;
const FRAME_MS = 1000 / 60;
/**
 * Whatever else runs on this computer only ever adds to what is measured. What the page itself takes too long for, it takes too
 * long for every time: so each place counts with the best of so many passes.
 */
const PASSES = 10;

/** What one pass took at each of its places, in ms, places in the same order each time. */
interface Pass {
  /** The longest task that the browser itself reports as long there, else 0; nothing from one that reports none. */
  tasks: number[] | null;
  /** From this frame to the next. */
  frames: number[];
}

/**
 * From top to end, so many pixels with each frame, then about in it as a hand on the scroll bar does.
 * @param only - Of these places, counted from 0, those alone.
 */
const scrollThrough = (
  surface: Surface,
  step: number,
  only: readonly number[] | null,
): Promise<Pass> =>
  surface.evaluate<Pass>(
    `async (step, only) => {
      const panel = document.querySelector('.panel');
      const bottom = panel.scrollHeight - panel.clientHeight;
      const all = [];
      for (let top = 0; top < bottom; top += step) all.push(top);
      for (let jump = 1; jump <= 40; jump += 1) all.push(((jump * 7919) % 100) / 100 * bottom);
      const places = only ? only.map((place) => all[place]) : all;
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
    step,
    only,
  );

/** The longest task at each place of a scroll through the whole panel, in ms; where a browser reports none, as frames tell of it. */
export async function tasksWhileScrolling(surface: Surface, step = 2080): Promise<number[]> {
  // What a task leaves over 50 ms is seen between two frames, less the frame itself.
  const timesOf = ({ tasks, frames }: Pass): number[] => tasks ?? frames.map((ms) => ms - FRAME_MS);
  const best = timesOf(await scrollThrough(surface, step, null));
  for (let pass = 2; pass <= PASSES; pass += 1) {
    const again = [...best.keys()].filter((place) => (best[place] ?? 0) > LONG_MS);
    if (again.length === 0) break;
    const times = timesOf(await scrollThrough(surface, step, again));
    for (const [index, place] of again.entries()) {
      best[place] = Math.min(best[place] ?? 0, times[index] ?? Number.POSITIVE_INFINITY);
    }
  }
  return best;
}
