import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctOrders, mergeOrders, type OrderPicture } from '../../src/exchange/streams/merge.ts';
import { emptyPicture, markOf } from '../../src/exchange/streams/picture.ts';
import { type Order, orders } from '../../src/exchange/types.ts';
import { walletEvent } from '../../src/messaging/contract.ts';
import type { Surface } from '../drivers/driver.ts';
import type { SignedParams } from '../exchange/params.ts';
import { signedRequest } from '../exchange/seed-account.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// What happens to the account elsewhere is told at once, and nothing that breaks on the way makes the picture a wrong one.

const SURFACE = '0d6c1f0e-7b11-4a3b-9a50-6f1f52c42e1c';
/** Speaks as one of Buckle's surfaces does, and keeps what it is told. Yields the account that is shown. */
const WATCH = `async (surface) => {
  const { runtime } = globalThis.browser ?? globalThis.chrome;
  globalThis.say = async (method, request) => {
    const reply = await runtime.sendMessage({ channel: 'buckle-wallet', method, request });
    if (!reply.ok) throw new Error(method + ': ' + reply.error.code);
    return reply.value;
  };
  globalThis.told = [];
  runtime.onMessage.addListener((message) => {
    if (message?.channel === 'buckle-event') globalThis.told.push(message.event);
  });
  const account = (await say('session.open', {})).unlocked.selected;
  globalThis.beat = () => say('live.watch', { surface, account });
  globalThis.readOrders = async () =>
    (await say('exchange.read', { account, instruction: 'orderQueryAll', params: {} })).answer;
  setInterval(() => beat().catch(() => undefined), 10_000);
  await beat();
}`;

let world: World;
let surface: Surface;
let key: steps.KeyToImport;
let picture: OrderPicture;
/** What the surface was told: updates of orders, and how often to read what it may have missed. */
let updates = 0;
let repairs = 0;

/** The trader acts somewhere else, under the same key. */
function elsewhere(
  method: string,
  path: string,
  instruction: string,
  params: SignedParams | SignedParams[],
) {
  const parts = { method, path, instruction, params, timestamp: Date.now() };
  world.exchange.handle(signedRequest({ ...key, secret64: '' }, parts));
}
const order = (price: string, quantity = '0.01'): SignedParams => ({
  ...{ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price, quantity },
});
const place = (...given: SignedParams[]): void =>
  elsewhere('POST', '/api/v1/orders', 'orderExecute', given);
const cancelAll = (): void =>
  elsewhere('DELETE', '/api/v1/orders', 'orderCancelAll', { symbol: 'SOL_USDC' });

/** Does what a surface does with everything that it was told since the last time. */
async function follow(): Promise<void> {
  const events = await surface.evaluate<unknown[]>('() => globalThis.told.splice(0)');
  for (const event of events.map((given) => v.parse(walletEvent, given))) {
    if (event.name === 'liveOrders') {
      picture = mergeOrders(picture, event.updates);
      updates += event.updates.length;
    }
    if (event.name !== 'live' || !event.repair) continue;
    repairs += 1;
    const mark = markOf(picture);
    const answer = v.parse(orders, await surface.evaluate('() => globalThis.readOrders()'));
    picture = correctOrders(picture, mark, answer);
  }
}

type Shown = Pick<Order, 'id' | 'status' | 'executedQuantity'> & { price?: unknown };
const shownOf = (
  list: Iterable<Shown | (Omit<Shown, 'executedQuantity'> & { executedQuantity: string })>,
) =>
  [...list]
    .map(({ id, status, price, executedQuantity }) => ({ id, status, price, executedQuantity }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Ends when the surface shows just what the exchange has. */
async function expectTheTruth(timeout = 8_000): Promise<void> {
  const shown = async () => {
    await follow();
    return shownOf(picture.items.values());
  };
  await expect.poll(shown, { timeout }).toEqual(shownOf(world.exchange.openOrders(key.apiKey)));
}

const privately = () => world.exchange.streams.connections().filter(({ apiKey }) => apiKey);
const connected = () => expect.poll(() => privately().length, { timeout: 8_000 }).toBe(1);

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
  await steps.goTo(surface, 'Orders');
  picture = emptyPicture();
  await surface.evaluate(WATCH, SURFACE);
});
afterAll(() => world?.close());

describe('live orders', () => {
  it('come, are filled and go on screen as it happens elsewhere, without a read', async () => {
    await connected();
    await expect.poll(() => surface.css('.freshness').text(), { timeout: 8_000 }).toBe('live');
    await expectTheTruth();
    const rows = surface.role('table', 'Open orders').role('row', /SOL/);
    const reads = world.arrived('orderQueryAll');
    place(order('149.9', '1'));
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.text()).toContain('149.9');
    world.exchange.placeLiquidity('SOL_USDC', 'Ask', '149.9', '0.4');
    await expect.poll(() => rows.text()).toMatch(/0\.4\b/);
    await expectTheTruth();
    cancelAll();
    await rows.waitFor('hidden');
    await expectTheTruth();
    expect(world.arrived('orderQueryAll')).toBe(reads);
  });

  it('10,000 updates, two broken connections and a gap between them: as a fresh read has them', async () => {
    const { streams } = world.exchange;
    updates = 0;
    repairs = 0;
    for (let round = 0; round < 100; round += 1) {
      if (round === 30 || round === 65) streams.cut();
      if (round === 50) streams.swallow(700, /orderUpdate/);
      place(...Array.from({ length: 50 }, (_, i) => order(String(100 + ((round + i) % 40)))));
      if (round < 99) cancelAll();
      // While it is away it is back a moment later: some of this it must hear, some it must miss.
      if (round % 5 === 0) await follow();
      else await new Promise((done) => setTimeout(done, 10));
    }
    place(order('149.9', '1'));
    world.exchange.placeLiquidity('SOL_USDC', 'Ask', '149.9', '0.4');
    await connected();
    await expectTheTruth();
    expect(picture.items.size).toBe(51);
    expect(repairs).toBeGreaterThanOrEqual(2);
    expect(updates).toBeGreaterThan(1_000);
    expect(updates).toBeLessThan(9_300);
    const table = surface.role('table', 'Open orders');
    await expect.poll(() => table.attribute('aria-rowcount')).toBe('52');
    const fresh = v.parse(orders, await surface.evaluate('() => globalThis.readOrders()'));
    expect(shownOf(picture.items.values())).toEqual(shownOf(fresh));
  });

  it('a background that was stopped meanwhile changes nothing', async () => {
    await world.driver.stopBackground();
    await expect.poll(() => privately().length).toBe(0);
    cancelAll();
    place(order('120'), order('121'));
    await surface.evaluate('() => globalThis.beat()');
    await connected();
    await expectTheTruth();
    expect(picture.items.size).toBe(2);
  });

  it('R24: a lock closes the streams within a second', async () => {
    const pressed = Date.now();
    await surface.role('button', 'Lock').click();
    await expect.poll(() => world.exchange.streams.connections().length, { interval: 20 }).toBe(0);
    expect(Date.now() - pressed).toBeLessThan(1000);
    await steps.unlock(surface);
    await surface.evaluate('() => globalThis.beat()');
    await connected();
  });

  it('the last surface that goes closes them', async () => {
    expect(surface.onConsoleError).toEqual([]);
    await surface.evaluate(`(surface) => globalThis.say('live.leave', { surface })`, SURFACE);
    await surface.close();
    await expect.poll(() => world.exchange.streams.connections().length).toBe(0);
  });
});
