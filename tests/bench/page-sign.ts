import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { sleep } from '../drivers/wait.ts';
import type { PracticeExchange } from '../exchange/exchange.ts';
import type { PracticeServer } from '../exchange/server.ts';
import { approve, nextApproval, source, start } from '../scenarios/page-calls.ts';
import { connectSite, openSite } from '../scenarios/sites.ts';
import { type KeyToImport, openWithAccount } from '../scenarios/steps.ts';
import { startLocalSite } from '../site/server.ts';
import { median, percentile } from './median.ts';

const FLOOR = 'tests/floor';
const IDLE = 'manifest.json';
const WARM_TURNS = 20;
/** Signatures a turn, one after the other. */
const A_TURN = 15;
const COLD_TURNS = 12;

/** Times in ms, taken inside the page, of so many calls one after the other. */
const TIME = `async (count, source) => {
  const call = new Function('return ' + source);
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const before = performance.now();
    await call();
    times.push(performance.now() - before);
  }
  return times;
}`;
const SIGN = source('sign', 'orderQueryAll', { symbol: 'SOL_USDC' });
/** As long a text as the one that Buckle signs. */
const FLOOR_SIGN = `floorSign('instruction=orderQueryAll&symbol=SOL_USDC&timestamp=1700000000000&window=5000')`;

interface Side {
  driver: Driver;
  /** A page of the extension that runs no script: the worker is stopped from there, so that no tab needs to open or close for it. */
  idle: Surface;
  page: Surface;
  call: string;
  times: number[];
}

/** A page of a site with a standing read grant, in a browser with Buckle unlocked. */
export async function connectedPage(
  driver: Driver,
  key: KeyToImport,
  url: string,
): Promise<Surface> {
  const buckle = await openWithAccount(driver, key);
  const site = await openSite({ driver }, buckle, url);
  await connectSite({ driver }, site);
  const asked = await start(site.page, source('connect', { scopes: ['read'] }));
  await approve(await nextApproval(driver));
  await asked.end();
  await buckle.close();
  return site.page;
}

const measure = async ({ page, call, times }: Side, count: number): Promise<void> => {
  times.push(...(await page.evaluate<number[]>(TIME, count, call)));
};

async function warmTurns(sides: readonly Side[]) {
  for (const each of sides) await measure(each, A_TURN);
  for (const { times } of sides) times.length = 0;
  for (let turn = 0; turn < WARM_TURNS; turn += 1) {
    for (const each of sides) await measure(each, A_TURN);
  }
}

/** Whether the worker is running, asked in a page of the extension. */
export const AWAKE = `async () => (await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND'] })).length > 0`;

/** Stopped, and still so after a while: nothing else may wake it before the page does. */
async function putToSleep({ driver, idle }: Side): Promise<void> {
  await driver.stopBackground();
  await sleep(200);
  if (await idle.evaluate<boolean>(AWAKE))
    throw new Error('the worker is awake before it is asked');
}

/** The first call after the worker was stopped. */
async function coldTurns(sides: readonly Side[]) {
  for (const { times } of sides) times.length = 0;
  for (let turn = 0; turn < COLD_TURNS; turn += 1) {
    for (const each of sides) {
      await putToSleep(each);
      await measure(each, 1);
    }
  }
}

const taken = (floor: Side, ours: Side) => ({
  median: { floor: median(floor.times), ours: median(ours.times) },
  p95: { floor: percentile(floor.times, 95), ours: percentile(ours.times, 95) },
});

/** Page → signature → page in Chromium, beside the floor extension's in the same page, turn by turn. */
export async function measurePageSign(
  exchange: PracticeExchange,
  server: PracticeServer,
  key: KeyToImport,
) {
  const site = await startLocalSite(exchange);
  // The floor's scripts are for that spelling of this computer.
  const url = `${site.origin.replace('localhost', '127.0.0.1')}/bare`;
  const driver = await launch({ exchange: server }, 'chromium');
  const other = await launch({ extensionDir: FLOOR }, 'chromium');
  try {
    const ours: Side = {
      driver,
      idle: await driver.open(IDLE),
      page: await connectedPage(driver, key, url),
      ...{ call: SIGN, times: [] },
    };
    const floor: Side = {
      driver: other,
      idle: await other.open(IDLE),
      page: await other.open(url),
      ...{ call: FLOOR_SIGN, times: [] },
    };
    await warmTurns([floor, ours]);
    const warm = taken(floor, ours);
    await coldTurns([floor, ours]);
    return { warm, cold: taken(floor, ours) };
  } finally {
    await Promise.all([driver.close(), other.close(), site.close()]);
  }
}
