import { afterAll, beforeAll, expect, it } from 'vitest';
import { sleep } from '../drivers/wait.ts';
import { DESK } from '../site/server.ts';
import { approve, nextApproval, source, start } from './page-calls.ts';
import { connectSite, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// A person takes two minutes over an approval. It is a file of its own because it sleeps nearly all the time: `npm test` has it
// beside the scenarios.

let world: World;
let desk: SitePage;
let key: steps.KeyToImport;

/** Longer than the time after which Firefox stops an event page, a request pending or not. */
const IDLE_MS = 31_000;
const STOPS = 4;

const ORDER = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '141.5',
  quantity: '2',
};

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  const buckle = await steps.openWithAccount(world.driver, key);
  desk = await openSite(world, buckle, `${DESK}/bare`);
  await connectSite(world, desk);
  const asked = await start(desk.page, source('connect', { scopes: ['read'] }));
  await approve(await nextApproval(world.driver));
  await asked.end();
  await desk.page.evaluate(`() => {
    window.answers = {};
    addEventListener('message', ({ data }) => {
      if (data.to === 'buckle-page' && data.reply) answers[data.key] = (answers[data.key] ?? 0) + 1;
    });
  }`);
});
afterAll(() => world?.close());

it('R25: an approval that is left open for two minutes, with the background stopped every half minute, answers once', async () => {
  const asked = await start(desk.page, source('client.exeOrder', ORDER));
  const approval = await nextApproval(world.driver);
  for (let stop = 0; stop < STOPS; stop += 1) {
    // Anything that looks on wakes it again, so it is stopped by hand, as often as an idle browser would.
    await world.driver.stopBackground();
    await sleep(IDLE_MS);
    expect(await asked.soFar()).toBeUndefined();
  }
  expect(world.exchange.allOrders(key.apiKey)).toEqual([]);
  await approve(approval);
  const { value } = await asked.end();
  const orders = world.exchange.allOrders(key.apiKey);
  expect(orders).toHaveLength(1);
  expect(value).toMatchObject({ id: orders[0]?.id });
  expect(await desk.page.evaluate('() => Object.values(window.answers)')).toEqual([1]);
});
