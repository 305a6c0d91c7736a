import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { sleep, until } from '../drivers/wait.ts';
import { DESK } from '../site/server.ts';
import {
  accountId,
  approve,
  askBuckle,
  clearApprovals,
  type Ended,
  nextApproval,
  pressApprove,
  source,
  start,
  tradeTerms,
} from './page-calls.ts';
import { connectSite, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// The background is stopped at every step of a page's request. A page gets
// exactly one answer, and the exchange at most one order.

let world: World;
let buckle: Surface;
let desk: SitePage;
let key: steps.KeyToImport;

const order = (price: string, quantity = '0.5') => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price,
  quantity,
});
const ordersAt = (price: string) =>
  world.exchange.allOrders(key.apiKey).filter((each) => Number(each.price) === Number(price));
const place = (price: string, quantity?: string) =>
  start(desk.page, source('client.exeOrder', order(price, quantity)));
/** More than the grant lets through. */
const MUCH = '2';

/** Whatever the page was told, it is what the exchange's book says, and the page was told once. */
async function expectTruth(price: string, ended: Ended): Promise<void> {
  if (ended.value) {
    expect(ended.value).toMatchObject({ id: ordersAt(price)[0]?.id });
    expect(ordersAt(price)).toHaveLength(1);
  } else if (ended.reason === 'outcome-unknown') {
    await until(
      'word of how it ended',
      async () => {
        const settled = await desk.page.evaluate<{ outcome: string }[]>('() => window.settled');
        return settled.length > 0 || undefined;
      },
      40_000,
    );
    expect(ordersAt(price).length).toBeLessThanOrEqual(1);
  } else {
    expect(['not-sent', 'disconnected']).toContain(ended.reason);
    expect(ordersAt(price)).toEqual([]);
  }
  const answers = await desk.page.evaluate<number[]>('() => Object.values(window.answers)');
  expect(new Set(answers)).toEqual(new Set([1]));
}

/** How long after the press, and the order's price. */
const AFTER_APPROVAL = [
  [0, '137.1'],
  [10, '137.2'],
  [30, '137.3'],
  [60, '137.4'],
  [120, '137.5'],
] as const;

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  buckle = await steps.openWithAccount(world.driver, key);
  desk = await openSite(world, buckle, `${DESK}/bare`);
  await connectSite(world, desk);
  const asked = await start(desk.page, source('connect', { scopes: ['read'] }));
  await approve(await nextApproval(world.driver));
  await asked.end();
  await desk.page.evaluate(`() => {
    window.settled = [];
    window.answers = {};
    buckle.on('settled', (told) => settled.push(told));
    addEventListener('message', ({ data }) => {
      if (data.to === 'buckle-page' && data.reply) answers[data.key] = (answers[data.key] ?? 0) + 1;
    });
  }`);
});
afterAll(() => world?.close());
afterEach(() => clearApprovals(buckle).catch(() => undefined));

describe('R25: the background is stopped', () => {
  it('while a call that needs nobody is on its way', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const asked = await start(desk.page, source('client.balances'));
      await world.driver.stopBackground();
      expect(await asked.end(20_000)).toMatchObject({ value: { USDC: {} } });
    }
  });

  it('while the person thinks', async () => {
    const asked = await place('136');
    const approval = await nextApproval(world.driver);
    await world.driver.stopBackground();
    expect(await asked.soFar()).toBeUndefined();
    await approve(approval);
    await expectTruth('136', await asked.end(20_000));
    expect(ordersAt('136')).toHaveLength(1);
  });

  it.each(AFTER_APPROVAL)('%i ms after the person has approved', async (afterMs, price) => {
    const asked = await place(price);
    const approval = await nextApproval(world.driver);
    await pressApprove(approval);
    await sleep(afterMs);
    await world.driver.stopBackground();
    await expectTruth(price, await asked.end(40_000));
  });

  it('while the order is at the exchange', async () => {
    const account = await accountId(buckle, 'Main');
    await askBuckle(buckle, 'grants.save', { origin: DESK, account, terms: tradeTerms() });
    world.exchange.faults.add({
      path: '/api/v1/order',
      method: 'POST',
      kind: 'delay',
      delayMs: 3000,
    });
    const asked = await place('138');
    await until('the order to arrive', () => ordersAt('138').length > 0 || undefined);
    await world.driver.stopBackground();
    await expectTruth('138', await asked.end(40_000));
    expect(ordersAt('138')).toHaveLength(1);
  });
});

describe('R26: an approval that is closed', () => {
  it('answers at once, and the next request opens a new one', async () => {
    for (const price of ['139', '140']) {
      const asked = await place(`${price}.5`, MUCH);
      const approval = await nextApproval(world.driver);
      await approval.close();
      expect(await asked.end(3000)).toMatchObject({ code: 4001, reason: 'rejected' });
      expect(ordersAt(`${price}.5`)).toEqual([]);
    }
  });
});
