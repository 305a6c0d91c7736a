import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Every refusal comes from the exchange: Buckle's own checks have let the order pass.

let world: World;
let surface: Surface;
let trader: steps.KeyToImport;
let reader: steps.KeyToImport;

const SELL: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Sell',
  price: '200.25',
  quantity: '60.5',
};

/** What the form for an order holds, as it was typed. */
async function formHolds(): Promise<Partial<steps.OrderToPlace>> {
  const form = surface.role('form', 'Place order');
  return {
    market: await form.role('combobox', 'Market').value(),
    side: (await form.role('radio', 'Sell').isChecked()) ? 'Sell' : 'Buy',
    price: await form.label('Price').value(),
    quantity: await form.label('Quantity').value(),
  };
}

/** What is said of the order that was confirmed last, then taken away. */
async function reportOnce(role: 'alert' | 'status'): Promise<string> {
  const place = surface.css('.placement');
  const report = place.css('.notice');
  await report.waitFor();
  const announced = place.role(role);
  expect(await announced.count()).toBe(1);
  const text = await report.text();
  await report.role('button', 'Dismiss').click();
  await report.waitFor('hidden');
  return text;
}

beforeAll(async () => {
  world = await createWorld();
  trader = registeredKey(world, 'Trader', 1);
  reader = registeredKey(world, 'Reader', 2, { readOnly: true });
  surface = await steps.openWithAccount(world.driver, trader);
});
afterAll(() => world?.close());

describe('refused orders', () => {
  it('insufficient funds: says so, with the exchange’s own words, and keeps the form', async () => {
    await steps.fillOrder(surface, SELL);
    const review = await steps.reviewOrder(surface);
    expect(await review.role('region', 'Warnings').text()).toMatch(/60\.5 SOL.*50 SOL/);
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    const text = await reportOnce('alert');
    expect(text).toMatch(/^Refused: Sell 60\.5 SOL at 200\.25/);
    expect(text).toContain('Nothing was placed');
    expect(text).toMatch(/not enough available.*The exchange says: “.*[Ii]nsufficient/);
    expect(await formHolds()).toEqual(SELL);
    expect(world.exchange.allOrders(trader.apiKey)).toEqual([]);
  });

  it('post only that would cross: says that it expired, and why', async () => {
    const crossing: steps.OrderToPlace = {
      market: 'SOL_USDC',
      side: 'Buy',
      price: '151.5',
      quantity: '0.25',
    };
    await steps.fillOrder(surface, crossing);
    await surface.label('Post only').check();
    await steps.placeOrder(surface);
    const text = await reportOnce('status');
    expect(text).toMatch(/Expired, nothing was traded.*post-only/);
    expect(await formHolds()).toEqual(crossing);
    await surface.label('Post only').check(false);
    const [order] = world.exchange.allOrders(trader.apiKey);
    expect(order).toMatchObject({ status: 'Expired', expiryReason: 'PostOnlyTaker' });
    expect(world.exchange.fills(trader.apiKey)).toEqual([]);
  });

  it('a paused market: says so, and keeps the form', async () => {
    const resting: steps.OrderToPlace = { ...SELL, quantity: '1.5' };
    await steps.fillOrder(surface, resting);
    world.exchange.faults.add({
      method: 'POST',
      path: '/api/v1/order',
      kind: 'status',
      status: 400,
      body: JSON.stringify({ code: 'TRADING_PAUSED', message: 'Market is closed' }),
    });
    await steps.placeOrder(surface);
    const text = await reportOnce('alert');
    expect(text).toMatch(/Trading is paused on this market.*“Market is closed”/);
    expect(await formHolds()).toEqual(resting);
  });

  it('a read-only key: says what the key lacks', async () => {
    await steps.addAccount(surface, reader);
    await steps.balanceRow(surface, 'SOL');
    const resting: steps.OrderToPlace = { ...SELL, quantity: '2.5' };
    await steps.fillOrder(surface, resting);
    await steps.placeOrder(surface);
    expect(await reportOnce('alert')).toMatch(/does not allow this key.*read only.*“Forbidden”/);
    expect(await formHolds()).toEqual(resting);
    expect(world.exchange.allOrders(reader.apiKey)).toEqual([]);
  });

  it('lists each with its reason among what the account sent, once', async () => {
    const sent = async (): Promise<string[]> => {
      const rows = surface.role('table', 'Requests').css('tbody tr');
      const texts = [];
      for (let index = 0; index < (await rows.count()); index += 1) {
        texts.push(await rows.nth(index).text());
      }
      return texts;
    };
    await steps.goTo(surface, 'Activity');
    await surface.role('tablist', 'Activity').role('tab', 'Requests').click();
    await expect.poll(sent).toEqual([expect.stringMatching(/Sell 2\.5 SOL.*Refused/)]);
    await steps.selectAccount(surface, trader.label);
    await surface.text('Sell 2.5 SOL').waitFor('hidden');
    await surface.role('tablist', 'Activity').role('tab', 'Requests').click();
    await expect
      .poll(sent)
      .toEqual([
        expect.stringMatching(/Sell 1\.5 SOL.*Refused/),
        expect.stringMatching(/Buy 0\.25 SOL.*Placed.*Expired/),
        expect.stringMatching(/Sell 60\.5 SOL.*Refused/),
      ]);
    expect(world.arrived('orderExecute')).toBe(4);
    expect(surface.onConsoleError).toEqual([]);
  });
});
