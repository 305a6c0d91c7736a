import { parseArgs } from 'node:util';
import type { BrowserName, Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { createPracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { plenty } from '../exchange/seed-account.ts';
import { startServer } from '../exchange/server.ts';
import { mainJob } from '../scenarios/main-job.ts';
import { createSites, DESK } from '../site/server.ts';
import { ensureBrowsers } from './browsers.ts';
import { ensureBuilt } from './build.ts';

// npm start: Buckle in a real browser against the practice exchange. With a display a person has it
// in hand; without one the main job is done before their eyes, line by line.

const LABEL = 'Practice';

function hasDisplay(): boolean {
  if (process.env.CI) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

const { values } = parseArgs({
  options: { firefox: { type: 'boolean' }, headless: { type: 'boolean' } },
});
const browser: BrowserName = values.firefox ? 'firefox' : 'chromium';
const headless = values.headless === true || !hasDisplay();
const key = keyPair(1);

async function shoot(driver: Driver, surface: Surface, name: string): Promise<void> {
  await surface.screenshot(`out/${browser}-${name}-light.png`);
  await driver.setColorScheme('dark');
  await surface.screenshot(`out/${browser}-${name}-dark.png`);
  await driver.setColorScheme('light');
}

async function showMainJob(driver: Driver): Promise<void> {
  let last = 'the start';
  let number = 0;
  const surface = await driver.open('popup');
  try {
    for await (const done of mainJob(surface, exchange, { label: LABEL, ...key })) {
      last = done.step;
      number += 1;
      console.log(
        `${number}. ${done.step}\n   screen:   ${done.screen}\n   exchange: ${done.book}`,
      );
      await shoot(driver, surface, `${number}-${last.replaceAll(' ', '-')}`);
    }
    console.log(`Done: screenshots of each step, light and dark, are in out/.`);
  } catch (error) {
    await surface.screenshot(`out/${browser}-failed.png`);
    console.log(`The step after "${last}" failed; see out/${browser}-failed.png`);
    throw error;
  }
}

async function handOver(driver: Driver): Promise<void> {
  await driver.open('full');
  await driver.open(DESK);
  console.log('Buckle is open against the practice exchange; nothing here is real money.');
  console.log(
    `An account is ready to import.\n  API key:    ${key.apiKey}\n  API secret: ${key.secret}`,
  );
  console.log(
    `A demo page is open at ${DESK}: with it in front, open Buckle's popup and press Connect this site.`,
  );
  console.log('Close the browser or press Ctrl+C to end.');
  const interrupted = new Promise<void>((done) => process.once('SIGINT', done));
  await Promise.race([driver.ended(), interrupted]);
}

await ensureBrowsers([browser]);
await ensureBuilt(browser);
const exchange = createPracticeExchange();
exchange.addAccount({ apiKey: key.apiKey, balances: plenty });
const server = await startServer(exchange, { others: createSites(exchange) });
console.log(`The practice exchange listens on 127.0.0.1:${server.port}.`);
const driver = await launch({ exchange: server, headless }, browser);
try {
  await (headless ? showMainJob(driver) : handOver(driver));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await driver.close();
  await server.close();
}
