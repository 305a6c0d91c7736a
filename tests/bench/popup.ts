import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver, LaunchOptions, Surface } from '../drivers/driver.ts';
import type { Exchange } from '../drivers/hosts.ts';
import { launch } from '../drivers/launch.ts';
import { until } from '../drivers/wait.ts';
import { type KeyToImport, lock, openWithAccount, PASSWORD } from '../scenarios/steps.ts';
import { median } from './median.ts';

const FLOOR = 'tests/floor';
const COLD_TURNS = 5;
const WARM_TURNS = 15;
const UNLOCK_TURNS = 5;

/** When each thing was first on the page and could be used, and when a person last clicked. */
const MARKS = {
  floor: 'button',
  form: 'input[type=password]',
  desk: '[role=tablist]',
  snapshot: 'table tbody tr',
};

// In ms since the page's navigation began. The floor's script has run once parsing is done.
const SCRIPT = `(() => {
  const waiting = new Map(Object.entries(${JSON.stringify(MARKS)}));
  const seen = (globalThis.seenAt = {});
  const look = () => {
    if (document.readyState === 'loading') return;
    for (const [name, selector] of waiting) {
      const element = document.querySelector(selector);
      if (!element || element.getBoundingClientRect().height === 0) continue;
      seen[name] = performance.now();
      waiting.delete(name);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  document.addEventListener('readystatechange', look);
  document.addEventListener('click', () => { seen.click = performance.now(); }, true);
})()`;

const OPTIONS: LaunchOptions = {
  measure: { args: ['--enable-precise-memory-info', '--js-flags=--expose-gc'], script: SCRIPT },
};

type Seen = Partial<Record<keyof typeof MARKS | 'click', number>>;

/** Asked for without a locator: those bring megabytes of script of their own into the page. */
async function seenAt(surface: Surface, mark: keyof typeof MARKS): Promise<number> {
  return until(`${mark} on the page`, async () => {
    const { [mark]: at, click } = await surface.evaluate<Seen>('() => globalThis.seenAt');
    return mark === 'desk' && at !== undefined && click !== undefined ? at - click : at;
  });
}

async function openTime(driver: Driver, path: string, mark: keyof typeof MARKS): Promise<number> {
  const surface = await driver.open(path, { width: 380, height: 600 });
  const at = await seenAt(surface, mark);
  await surface.close();
  return at;
}

/** Opens in a browser that was just started, with a profile in which Buckle has a locked vault. */
async function coldTurns(buckle: LaunchOptions) {
  const floor: number[] = [];
  const ours: number[] = [];
  for (let turn = 0; turn < COLD_TURNS; turn += 1) {
    for (const [times, options, path, mark] of [
      [floor, { ...OPTIONS, extensionDir: FLOOR }, 'popup.html', 'floor'],
      [ours, buckle, 'popup', 'form'],
    ] as const) {
      const driver = await launch(options, 'chromium');
      times.push(await openTime(driver, path, mark));
      await driver.close();
    }
  }
  return { floor: median(floor), ours: median(ours) };
}

/** Bytes of JavaScript objects alive in a page once what can be let go is gone. */
async function heapOf(driver: Driver, path: string, mark: keyof typeof MARKS): Promise<number> {
  const surface = await driver.open(path);
  await seenAt(surface, mark);
  const used = await surface.evaluate<number>(
    '() => { gc(); gc(); return performance.memory.usedJSHeapSize; }',
  );
  await surface.close();
  return used;
}

/** In browsers that have run for a while, Buckle unlocked. */
async function warmTurns(buckle: Driver) {
  const other = await launch({ ...OPTIONS, extensionDir: FLOOR }, 'chromium');
  const floor: number[] = [];
  const ours: number[] = [];
  for (let turn = 0; turn < WARM_TURNS; turn += 1) {
    floor.push(await openTime(other, 'popup.html', 'floor'));
    ours.push(await openTime(buckle, 'popup', 'snapshot'));
  }
  await other.close();
  return { floor: median(floor), ours: median(ours) };
}

/** Types the password and presses Unlock from within the page, without a locator's script. */
const UNLOCK = `(password) => {
  const field = document.querySelector('input[type=password]');
  field.value = password;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelector('button[type=submit]').click();
}`;

/** From the press of Unlock to the screens behind it, in a popup that stays open. */
async function unlockIn(driver: Driver): Promise<number> {
  const surface = await driver.open('popup');
  await seenAt(surface, 'form');
  await surface.evaluate(UNLOCK, PASSWORD);
  const time = await seenAt(surface, 'desk');
  await surface.close();
  return time;
}

async function unlockTime(driver: Driver): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < UNLOCK_TURNS; turn += 1) {
    const surface = await driver.open('popup');
    await lock(surface);
    await surface.close();
    times.push(await unlockIn(driver));
  }
  return median(times);
}

/** Heaps in browsers that were just started, so that nothing else is in them. */
async function heaps(buckle: Driver): Promise<{ floor: number; ours: number }> {
  await buckle.restart();
  await unlockIn(buckle);
  const ours = await heapOf(buckle, 'popup', 'snapshot');
  const other = await launch({ ...OPTIONS, extensionDir: FLOOR }, 'chromium');
  const floor = await heapOf(other, 'popup.html', 'floor');
  await other.close();
  return { floor, ours };
}

/** How fast and how large the popup is in Chromium, beside the floor extension's. Times in ms. */
export async function measurePopup(exchange: Exchange, key: KeyToImport) {
  const profileDir = await mkdtemp(join(tmpdir(), 'buckle-bench-'));
  const options = { ...OPTIONS, exchange, profileDir };
  try {
    const driver = await launch(options, 'chromium');
    const surface = await openWithAccount(driver, key);
    await seenAt(surface, 'snapshot');
    await surface.close();
    const warm = await warmTurns(driver);
    const unlockMs = await unlockTime(driver);
    const heap = await heaps(driver);
    await driver.close();
    return { warm, unlockMs, heap, cold: await coldTurns(options) };
  } finally {
    await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
