import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { keyPair } from '../exchange/keys.ts';
import * as steps from './steps.ts';
import { createWorld, keyOf, registeredKey, type World } from './world.ts';

const AT_A_HUNDRED: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};

let world: World;
let surface: Surface;
let first: steps.KeyToImport;
let second: steps.KeyToImport;

beforeAll(async () => {
  world = await createWorld();
  first = registeredKey(world, 'Savings', 1);
  second = registeredKey(world, 'Desk', 2, {
    balances: { USDC: { available: '777' }, ETH: { available: '3.25' } },
  });
  surface = await steps.openWithAccount(world.driver, first);
});
afterAll(() => world?.close());

describe('accounts', () => {
  it('keeps the balances of two accounts apart', async () => {
    await steps.balanceRow(surface, 'SOL');
    await steps.addAccount(surface, second);
    expect(await (await steps.balanceRow(surface, 'ETH')).text()).toContain('3.25');
    const table = surface.role('table', 'Balances');
    expect(await table.role('row', 'SOL').count()).toBe(0);
    await steps.selectAccount(surface, first.label);
    expect(await (await steps.balanceRow(surface, 'SOL')).text()).toContain('50');
    expect(await table.role('row', 'ETH').count()).toBe(0);
  });

  it('sends an order to the selected account only, and lists it there only', async () => {
    await steps.placeLimitOrder(surface, AT_A_HUNDRED);
    await steps.openOrderRow(surface, 'SOL_USDC');
    await steps.selectAccount(surface, second.label);
    await steps.goTo(surface, 'Orders');
    await surface.text('No open orders').waitFor();
    expect(await surface.text('100.25').count()).toBe(0);

    await steps.fillOrder(surface, { ...AT_A_HUNDRED, price: '99.75', quantity: '2' });
    const review = await steps.reviewOrder(surface);
    expect(await review.text()).toContain(second.label);
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    const row = await steps.openOrderRow(surface, 'SOL_USDC');
    expect(await row.text()).toContain('99.75');
    const pricesOf = ({ apiKey }: steps.KeyToImport) =>
      world.exchange.allOrders(apiKey).map(({ price }) => price);
    expect(pricesOf(first)).toEqual(['100.25']);
    expect(pricesOf(second)).toEqual(['99.75']);
  });

  it('remembers the selected account through a stopped background and a lock', async () => {
    await world.driver.stopBackground();
    await surface.close();
    surface = await world.driver.open('popup');
    await expect.poll(() => steps.selectedAccount(surface)).toContain(second.label);
    await steps.lock(surface);
    await steps.unlock(surface);
    await expect.poll(() => steps.selectedAccount(surface)).toContain(second.label);
  });

  it('removes one account and leaves the other and its orders alone', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', `Remove account ${second.label}`).click();
    const dialog = surface.role('dialog', `Remove ${second.label}`);
    await dialog.role('button', 'Remove account').click();
    await dialog.waitFor('hidden');
    await expect.poll(() => steps.selectedAccount(surface)).toContain(first.label);
    expect(await surface.role('combobox', 'Account').css('option').count()).toBe(1);
    const askedBefore = world.exchange.requests().filter(({ apiKey }) => apiKey === second.apiKey);
    await steps.balanceRow(surface, 'SOL');
    const row = await steps.openOrderRow(surface, 'SOL_USDC');
    expect(await row.text()).toContain('100.25');
    const asked = world.exchange.requests().filter(({ apiKey }) => apiKey === second.apiKey);
    expect(asked).toHaveLength(askedBefore.length);
    // What it had placed stays on the exchange.
    expect(world.exchange.openOrders(second.apiKey)).toHaveLength(1);
  });

  it('makes a key pair, and believes that it is registered only when the exchange says so', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Add account').click();
    await surface.label('Account name').fill('Fresh');
    await surface.role('button', 'Generate key pair').click();
    await surface.role('heading', 'Register the key of Fresh').waitFor();
    const apiKey = await surface.label('Public key').value();
    expect(apiKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    await surface.role('button', 'I have registered it').click();
    await surface.role('alert').waitFor();
    expect(await surface.role('alert').text()).toMatch(/does not know this key/);

    world.exchange.addAccount({ apiKey, balances: { USDC: { available: '4321' } } });
    await surface.role('button', 'I have registered it').click();
    const row = await steps.balanceRow(surface, 'USDC');
    expect(await row.text()).toMatch(/4,?321/);
    // The exchange checks each signature: the secret that was never shown is the right one.
    await steps.placeLimitOrder(surface, { ...AT_A_HUNDRED, price: '98.5' });
    await steps.openOrderRow(surface, 'SOL_USDC');
    expect(world.exchange.openOrders(apiKey).map(({ price }) => price)).toEqual(['98.5']);
  });

  it('takes a secret in its 64-byte form', async () => {
    const third = keyOf('Long form', 3);
    world.exchange.addAccount({ apiKey: third.apiKey, balances: { BTC: { available: '0.75' } } });
    await steps.addAccount(surface, { ...third, secret: keyPair(3).secret64 });
    expect(await (await steps.balanceRow(surface, 'BTC')).text()).toContain('0.75');
    expect(surface.onConsoleError).toEqual([]);
  });
});
