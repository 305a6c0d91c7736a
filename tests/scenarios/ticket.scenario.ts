import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let key: steps.KeyToImport;

const PERP = 'SOL_USDC_PERP';
const SPOT = 'SOL_USDC';
/** Lists are read every few seconds. */
const SLOWLY = { timeout: 10_000 };

/** The form with this market, side and order type; nothing else in it is touched. */
async function form(market: string, side: 'Buy' | 'Sell', type: string): Promise<Locator> {
  await steps.goTo(surface, 'Trade');
  const ticket = surface.role('form', 'Place order');
  await ticket.role('combobox', 'Market').select(market);
  await ticket.role('radio', side).check();
  await ticket.role('combobox', 'Order type').select(type);
  return ticket;
}

const orders = () => world.exchange.allOrders(key.apiKey);

/** What is said of what was confirmed last, once it says this; then taken away. */
async function reported(words: RegExp): Promise<string> {
  const report = surface.css('.placement .notice');
  await expect.poll(() => report.text()).toMatch(words);
  const text = await report.text();
  await report.role('button', 'Dismiss').click();
  await report.waitFor('hidden');
  return text;
}

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Trader', 1);
  surface = await steps.openWithAccount(world.driver, key);
});
afterAll(() => world?.close());

describe('the ticket', () => {
  it('places a stop for half of what the account can trade, with a stop loss and a take profit that fire', async () => {
    const ticket = await form(PERP, 'Buy', 'Stop market');
    await ticket.label('Trigger price').fill('155');
    await ticket.role('button', /^50/).click();
    await expect.poll(() => ticket.label('Quantity').value()).toBe('320.97');
    expect(await ticket.text()).toMatch(/can trade 641\.9\d SOL now/);
    await ticket.label('Quantity').fill('2');
    await ticket.css('.more-options summary').click();
    await ticket.label(/^Stop loss$/).fill('150');
    await ticket.label(/^Take profit$/).fill('160');
    const review = await steps.reviewOrder(surface);
    expect(await review.text()).toMatch(
      /Buy 2 SOL-PERP at the market price once it reaches 155 USDC, stop loss at 150 USDC, take profit at 160 USDC/,
    );
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    await reported(/It waits for its trigger/);
    await ticket.label(/^Stop loss$/).fill('');
    await ticket.label(/^Take profit$/).fill('');
    world.exchange.setMarkPrice(PERP, '156');
    world.exchange.setMarkPrice(PERP, '160');
    expect(orders().map(({ status, side }) => [status, side])).toEqual([
      ['Filled', 'Bid'],
      ['Cancelled', 'Ask'],
      ['Filled', 'Ask'],
    ]);
    expect(world.exchange.positions(key.apiKey)).toEqual([]);
  });

  it('replaces what is left of an order that was filled in part', async () => {
    world.exchange.clearLiquidity(SPOT);
    const ticket = await form(SPOT, 'Sell', 'Limit');
    await ticket.label('Price').fill('160');
    await ticket.label('Quantity').fill('2');
    await steps.placeOrder(surface);
    await reported(/rests in the order book/);
    world.exchange.placeLiquidity(SPOT, 'Bid', '160', '0.5');
    const row = await steps.openOrderRow(surface, SPOT);
    await expect.poll(() => row.text(), SLOWLY).toMatch(/0\.5 \/ 2/);
    await row.role('button', 'Edit order').click();
    const dialog = surface.role('dialog', 'Edit order');
    expect(await dialog.label('Quantity').value()).toBe('1.5');
    await dialog.label('Price').fill('170');
    await dialog.role('button', 'Review edit').click();
    const review = surface.role('dialog', 'Replace order');
    await review.waitFor();
    expect(await review.text()).toMatch(
      /Replace: Sell 2 SOL at 160 USDC.*Sell 1\.5 SOL at 170 USDC/,
    );
    await review.role('button', 'Place order').click();
    await expect
      .poll(() => dialog.text(), SLOWLY)
      .toMatch(/Cancelled\. The new order was placed\./);
    await dialog.role('button', 'Close').click();
    await dialog.waitFor('hidden');
    expect(orders().slice(-2)).toMatchObject([
      { status: 'Cancelled', executedQuantity: '0.5' },
      { status: 'New', price: '170', quantity: '1.5', executedQuantity: '0' },
    ]);
    await expect.poll(() => row.text(), SLOWLY).toMatch(/170/);
    await steps.cancelOrder(await steps.openOrderRow(surface, SPOT));
  });

  it('places a ladder as one request, and says of each order what became of it', async () => {
    const ticket = await form(SPOT, 'Sell', 'Ladder');
    await ticket.label('First price').fill('160');
    await ticket.label('Last price').fill('170');
    await ticket.label('Orders').fill('3');
    await ticket.label('Quantity').fill('60');
    expect(await ticket.text()).toContain('3 orders of 20 each');
    const before = world.arrived('orderExecute');
    await surface.role('button', 'Review order').click();
    const review = surface.role('dialog', 'Review ladder');
    await review.waitFor();
    const text = await review.text();
    expect(text).toMatch(/20 SOL at 160 USDC.*20 SOL at 165 USDC.*20 SOL at 170 USDC/);
    expect(text).toMatch(/This takes 60 SOL/);
    await review.role('button', 'Place 3 orders').click();
    await review.waitFor('hidden');
    const report = surface.css('.placement .notice');
    await expect.poll(() => report.css('li').count()).toBe(3);
    expect(await report.text()).toMatch(
      /at 160 USDC · Placed.*at 165 USDC · Placed.*at 170 USDC · Refused/,
    );
    expect(world.arrived('orderExecute')).toBe(before + 1);
    expect(world.exchange.openOrders(key.apiKey).map(({ price }) => price)).toEqual(['160', '165']);
    expect(surface.onConsoleError).toEqual([]);
  });
});
