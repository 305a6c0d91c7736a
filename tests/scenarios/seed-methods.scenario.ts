import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { answerTo } from './ask.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Every method of the client that Buckle grew from, once from the packaged extension to the exchange and back: by its old name,
// through the screen that does its work today.

let world: World;
let surface: Surface;
let key: steps.KeyToImport;
let account: string;

const ADDRESS = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const RESTING: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};

const WAIT = { timeout: 10_000 };

/** Runs `work`, and shows that the exchange was asked this meanwhile and never refused. */
async function asking(instruction: string, work: () => Promise<void>): Promise<void> {
  const before = world.exchange.requests().length;
  await work();
  const asked = () =>
    world.exchange
      .requests()
      .slice(before)
      .filter((request) => request.instruction === instruction);
  await expect.poll(() => asked().length, WAIT).toBeGreaterThan(0);
  expect(asked().filter(({ status }) => status !== 200)).toEqual([]);
}

const tab = (list: 'Transfer' | 'Activity', name: string): Promise<void> =>
  surface.role('tablist', list).role('tab', name).click();

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  const { exchange } = world;
  exchange.depositArrives(key.apiKey, { symbol: 'SOL', blockchain: 'Solana', quantity: '2.5' });
  surface = await steps.openWithAccount(world.driver, key);
  const opening = await answerTo<{ unlocked: { selected: string } }>(surface, 'session.open', {});
  account = opening.unlocked.selected;
});
afterAll(() => world?.close());

describe('the methods of the seed', () => {
  it('balances', () =>
    asking('balanceQuery', async () => {
      await steps.goTo(surface, 'Settings');
      const row = await steps.balanceRow(surface, 'SOL');
      await expect.poll(() => row.text(), WAIT).toContain('52.5');
    }));

  it('deposits', () =>
    asking('depositQueryAll', async () => {
      await steps.goTo(surface, 'Transfer');
      await tab('Transfer', 'Transfers');
      await surface.role('radio', 'Deposits').check();
      const row = surface.role('table', 'Deposits').role('row', 'SOL');
      expect(await row.text()).toMatch(/2\.5.*Confirmed solana/);
    }));

  it('depositAddress', () =>
    asking('depositAddressQuery', async () => {
      await tab('Transfer', 'Deposit');
      await surface.role('combobox', 'Asset').select('SOL');
      await surface.role('combobox', 'Network').select('Solana');
      const address = world.exchange.depositAddress(key.apiKey, 'Solana');
      await expect.poll(() => surface.label('Deposit address').value(), WAIT).toBe(address);
    }));

  it('withdrawal', () =>
    asking('withdraw', async () => {
      const money = { asset: 'USDC', network: 'Solana', address: ADDRESS, quantity: '25.5' };
      await steps.withdraw(surface, money);
      await expect
        .poll(() => surface.css('.placement').text(), WAIT)
        .toContain('Withdraw 25.5 USDC');
      const made = world.exchange.withdrawals(key.apiKey);
      expect(made).toMatchObject([{ quantity: '25.5', address: ADDRESS, blockchain: 'Solana' }]);
      expect(made[0]?.clientId).toMatch(/^buckle-/);
    }));

  it('getWithdrawals', () =>
    asking('withdrawalQueryAll', async () => {
      await tab('Transfer', 'Transfers');
      await surface.role('radio', 'Withdrawals').check();
      const row = surface.role('table', 'Withdrawals').role('row', 'USDC');
      expect(await row.text()).toMatch(/25\.5.*(?:Pending|Confirmed) Solana/);
    }));

  it('exeOrder', () =>
    asking('orderExecute', async () => {
      await steps.placeLimitOrder(surface, RESTING);
      expect(world.exchange.openOrders(key.apiKey)).toMatchObject([
        { symbol: 'SOL_USDC', side: 'Bid', price: '100.25', quantity: '1.5', status: 'New' },
      ]);
    }));

  it('ordersQuery', () =>
    asking('orderQueryAll', async () => {
      // A list that was shown already is kept up by its stream; opened anew it is read.
      await steps.goTo(surface, 'Settings');
      const row = await steps.openOrderRow(surface, RESTING.market);
      expect(await row.text()).toContain('0 / 1.5');
    }));

  it('orderQuery', () =>
    asking('orderQuery', async () => {
      const [order] = world.exchange.openOrders(key.apiKey);
      const orderId = order?.id ?? '';
      const params = { symbol: 'SOL_USDC', orderId };
      const request = { account, instruction: 'orderQuery', params };
      const { answer } = await answerTo<{ answer: object }>(surface, 'exchange.read', request);
      expect(answer).toMatchObject({ id: orderId, price: '100.25', quantity: '1.5', side: 'Bid' });
    }));

  it('orderCancel', () =>
    asking('orderCancel', async () => {
      await steps.cancelOrder(await steps.openOrderRow(surface, RESTING.market));
      expect(world.exchange.openOrders(key.apiKey)).toEqual([]);
    }));

  it('orderCancelAll', () =>
    asking('orderCancelAll', async () => {
      await steps.placeLimitOrder(surface, RESTING);
      await steps.openOrderRow(surface, RESTING.market);
      await surface.role('button', 'Cancel all orders').click();
      const dialog = surface.role('dialog', 'Cancel all orders');
      await dialog.role('button', 'Cancel 1 order').click();
      await expect.poll(() => world.exchange.openOrders(key.apiKey), WAIT).toEqual([]);
      await dialog.role('button', 'Close').click();
    }));

  it('orderHistoryQuery', () =>
    asking('orderHistoryQueryAll', async () => {
      await steps.placeLimitOrder(surface, { ...RESTING, price: '160', quantity: '0.25' });
      await steps.goTo(surface, 'Activity');
      const rows = surface.role('table', 'Order history').css('tbody tr');
      await expect.poll(() => rows.count(), WAIT).toBe(3);
      expect(await rows.first().text()).toMatch(/^SOL_USDC Buy .*0\.25 of 0\.25.*Filled$/);
      expect(await rows.nth(1).text()).toMatch(/0 of 1\.5 100\.25 Cancelled$/);
    }));

  it('fillHistoryQuery', () =>
    asking('fillHistoryQueryAll', async () => {
      await tab('Activity', 'Fills');
      const [fill] = world.exchange.fills(key.apiKey);
      const row = surface.role('table', 'Fills').css('tbody tr').first();
      expect(await row.text()).toContain(`0.25 at ${fill?.price}`);
      expect(await row.text()).toMatch(/USDC Taker$|SOL Taker$/);
    }));

  it('sign and are refused nowhere', () => {
    const refused = world.exchange.requests().filter(({ status }) => status !== 200);
    expect(refused).toEqual([]);
    expect(surface.onConsoleError).toEqual([]);
  });
});
