import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { sleep } from '../drivers/wait.ts';
import type { PracticeExchange } from '../exchange/exchange.ts';
import type { PracticeServer } from '../exchange/server.ts';
import type { KeyToImport } from '../scenarios/steps.ts';
import { startLocalSite } from '../site/server.ts';
import { extensionTime, OWN_DOOR } from './browser-processes.ts';
import { AWAKE, connectedPage } from './page-sign.ts';

const WATCHED_MS = 30_000;
/** After the last surface was shut, until what it had begun has ended, and the browser has tidied up after it. */
const SETTLING_MS = 30_000;

export interface Rest {
  /** Processor time of the extension's processes while it was watched, and how long that was, in ms. */
  processor: number;
  watched: number;
  /** Requests that reached the exchange in that time. */
  requests: number;
  /** Whether the worker was running when the time was over. */
  isAwake: boolean;
}

async function watch(
  { profileDir }: Driver,
  idle: Surface,
  exchange: PracticeExchange,
): Promise<Rest> {
  await sleep(SETTLING_MS);
  const before = await extensionTime(profileDir);
  const requests = exchange.requests().length;
  await sleep(WATCHED_MS);
  let processor = 0;
  for (const [id, time] of await extensionTime(profileDir)) {
    processor += time - (before.get(id) ?? 0);
  }
  const seen = exchange.requests().length - requests;
  const isAwake = await idle.evaluate<boolean>(AWAKE);
  return { processor, watched: WATCHED_MS, requests: seen, isAwake };
}

/**
 * What Buckle does in Chromium, unlocked, with a connected page open, while nothing is asked of it and its popup is shut: first with
 * its worker awake, which the driver keeps from going to sleep; then with the worker stopped, which nothing may wake.
 */
export async function measureRest(
  exchange: PracticeExchange,
  server: PracticeServer,
  key: KeyToImport,
): Promise<{ awake: Rest; asleep: Rest }> {
  const site = await startLocalSite(exchange);
  const measure = { args: [OWN_DOOR], script: '' };
  const driver = await launch({ exchange: server, measure }, 'chromium');
  try {
    // It runs no script: the worker is stopped and asked after from there, so that no tab needs to open for it, which would wake it.
    const idle = await driver.open('manifest.json');
    await connectedPage(driver, key, `${site.origin}/bare`);
    const awake = await watch(driver, idle, exchange);
    await driver.stopBackground();
    return { awake, asleep: await watch(driver, idle, exchange) };
  } finally {
    await Promise.all([driver.close(), site.close()]);
  }
}
