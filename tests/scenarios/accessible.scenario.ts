import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import { type AxeCheck, createAxeCheck } from './axe.ts';
import * as steps from './steps.ts';
import { createWorld, keyOf, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let axe: AxeCheck;

/** Presses Tab, or Shift+Tab, until the focus is there. Nothing on the way may hold it. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.isFocused()) return;
    await surface.press(key);
  }
  throw new Error(`40 presses of ${key} did not lead there`);
}

/** `shown` if what has the focus is outlined, else what it is. */
const FOCUS_SHOWN = `() => {
  const marked = [document.activeElement, document.activeElement.closest('label')];
  const styles = marked.filter(Boolean).flatMap((each) => [each, ...each.querySelectorAll('*')])
    .map((each) => getComputedStyle(each));
  const outlined = styles.some(
    ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px',
  );
  return outlined ? 'shown' : document.activeElement.outerHTML.slice(0, 200);
}`;

beforeAll(async () => {
  world = await createWorld();
  axe = await createAxeCheck(world.driver);
  surface = await world.driver.open('popup');
});
afterAll(() => world?.close());

describe('by keyboard alone', () => {
  it('from an empty installation to a cancelled order, and locked and unlocked', async () => {
    const key = registeredKey(world, 'Main', 1);
    const enter = async (field: Locator, text: string): Promise<void> => {
      await tabTo(field);
      await expect.poll(() => surface.evaluate(FOCUS_SHOWN)).toBe('shown');
      await field.type(text);
    };
    await surface.role('heading', 'Welcome to Buckle').waitFor();
    await enter(surface.label('Password'), steps.PASSWORD);
    await enter(surface.label('Confirm password'), steps.PASSWORD);
    await surface.press('Enter');
    await surface.label('API key').waitFor();

    await enter(surface.label('Account name'), key.label);
    await enter(surface.label('API key'), key.apiKey);
    await enter(surface.label('API secret'), key.secret);
    await surface.press('Enter');
    await surface.role('table', 'Balances').role('row', 'SOL').waitFor();

    const tabs = surface.role('tablist', 'Main');
    await tabTo(tabs.role('tab', 'Balances'));
    await surface.press('ArrowRight');
    await surface.press('ArrowRight');
    expect(await tabs.role('tab', 'Trade').attribute('aria-selected')).toBe('true');
    await enter(surface.label('Price'), '100.25');
    await enter(surface.label('Quantity'), '1.5');
    await surface.press('Enter');
    const review = surface.role('dialog', 'Review order');
    await review.waitFor();
    await surface.press('Escape');
    await review.waitFor('hidden');
    expect(world.changes()).toBe(0);
    await expect.poll(() => surface.label('Quantity').isFocused()).toBe(true);
    await surface.press('Enter');
    await review.waitFor();
    await tabTo(review.role('button', 'Place order'));
    await expect.poll(() => surface.evaluate(FOCUS_SHOWN)).toBe('shown');
    await surface.press('Enter');
    await review.waitFor('hidden');
    expect(world.exchange.openOrders(key.apiKey)).toHaveLength(1);

    await tabTo(tabs.role('tab', 'Trade'), 'Shift+Tab');
    await surface.press('ArrowLeft');
    const row = surface.role('table', 'Open orders').role('row', /SOL_USDC/);
    await row.waitFor();
    await tabTo(row.role('button', 'Cancel order'));
    await expect.poll(() => surface.evaluate(FOCUS_SHOWN)).toBe('shown');
    await surface.press('Enter');
    await row.waitFor('hidden');
    expect(world.exchange.openOrders(key.apiKey)).toEqual([]);

    await tabTo(surface.role('button', 'Lock'), 'Shift+Tab');
    await surface.press('Enter');
    await surface.role('heading', 'Buckle is locked').waitFor();
    await enter(surface.label('Password'), steps.PASSWORD);
    await surface.press('Enter');
    await tabs.waitFor();
  });
});

describe('accessible', () => {
  const screen = (name: string, show: () => Promise<unknown>): void => {
    it(name, async () => {
      await show();
      expect(await axe(surface)).toEqual([]);
    });
  };

  screen('Balances', () => steps.balanceRow(surface, 'SOL'));
  screen('Trade, with errors beside the fields', async () => {
    await steps.fillOrder(surface, {
      market: 'SOL_USDC',
      side: 'Sell',
      price: '1e3',
      quantity: '',
    });
    await surface.role('button', 'Review order').click();
    await surface.role('alert').first().waitFor();
  });
  screen('Review, with warnings', async () => {
    await steps.fillOrder(surface, {
      market: 'SOL_USDC',
      side: 'Sell',
      price: '220',
      quantity: '49',
    });
    await steps.reviewOrder(surface);
  });
  screen('Trade, with a placed order', async () => {
    const review = surface.role('dialog', 'Review order');
    await review.role('button', 'Place order').click();
    await review.waitFor('hidden');
    await surface.text('rests in the order book').waitFor();
  });
  screen('Orders', () => steps.openOrderRow(surface, 'SOL_USDC'));
  screen('Cancel all orders', async () => {
    await surface.role('button', 'Cancel all orders').click();
    await surface.role('dialog', 'Cancel all orders').waitFor();
  });
  screen('Orders, with nothing in them', async () => {
    const dialog = surface.role('dialog', 'Cancel all orders');
    await dialog.role('button', 'Cancel 1 order').click();
    await dialog.role('status', undefined).first().waitFor();
    await dialog.role('button', 'Cancel 1 order').waitFor('hidden');
    await dialog.role('button', 'Close').click();
    await surface.text('No open orders').waitFor();
  });
  screen('Withdraw, with errors beside the fields', async () => {
    await steps.fillWithdrawal(surface, {
      asset: 'USDC',
      network: 'Solana',
      address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      quantity: '20000',
    });
    await surface.role('alert').nth(1).waitFor();
  });
  screen('Review of a withdrawal', async () => {
    const address = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    world.exchange.setTwoFactor('code');
    await steps.fillWithdrawal(surface, {
      asset: 'USDC',
      network: 'Solana',
      address,
      quantity: '10',
    });
    await steps.reviewWithdrawal(surface);
  });
  screen('Two-factor code', async () => {
    await steps.confirmWithdrawal(surface.role('dialog', 'Review withdrawal'));
    await surface.role('dialog', 'Two-factor code').waitFor();
  });
  screen('Address book', async () => {
    await surface.role('dialog', 'Two-factor code').role('button', 'Back').click();
    await surface.role('button', 'Address book').click();
    await surface.role('dialog', 'Address book').waitFor();
  });
  screen('Deposit', async () => {
    await surface.role('dialog', 'Address book').role('button', 'Close').click();
    await surface.role('tablist', 'Transfer').role('tab', 'Deposit').click();
    await surface.role('combobox', 'Asset').select('USDC');
    await surface.role('combobox', 'Network').select('Solana');
    await surface.role('img', 'Deposit address QR code').waitFor();
  });
  screen('Transfers', async () => {
    await surface.role('tablist', 'Transfer').role('tab', 'Transfers').click();
    await surface.role('table', 'Transfers').waitFor();
  });
  screen('Activity, order history', async () => {
    await steps.goTo(surface, 'Activity');
    await surface
      .role('table', 'Order history')
      .role('row', /SOL_USDC/)
      .first()
      .waitFor();
  });
  screen('Activity, fills', async () => {
    await surface.role('tablist', 'Activity').role('tab', 'Fills').click();
    await surface.role('table', 'Fills').waitFor();
    await surface.role('combobox', 'Time').select('From … to …');
    await surface.label('From').waitFor();
  });
  screen('Activity, requests', async () => {
    await surface.role('tablist', 'Activity').role('tab', 'Requests').click();
    await surface.role('table', 'Requests').waitFor();
  });
  screen('Activity, log', async () => {
    await surface.role('tablist', 'Activity').role('tab', 'Log').click();
    await surface.role('table', 'Activity log').waitFor();
    await surface.role('button', 'Verify log').click();
    await surface.text('The log holds').waitFor();
  });
  screen('Settings', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Back up').waitFor();
  });
  screen('Account, with errors beside the fields', async () => {
    await surface.role('button', 'Open account').click();
    await surface.role('table', 'Collateral').role('row', 'SOL').waitFor();
    await surface.role('button', 'Look up').click();
    await surface.role('alert').first().waitFor();
  });
  screen('Erase everything', async () => {
    await surface.role('button', 'Back').click();
    await surface.role('button', 'Erase everything').click();
    const dialog = surface.role('dialog', 'Erase everything');
    await dialog.role('button', 'Erase everything').click();
    await dialog.role('alert').waitFor();
  });
  screen('Add an account, with an error', async () => {
    await surface
      .role('dialog', 'Erase everything')
      .role('button', /^Back$/)
      .click();
    await surface.role('button', 'Add account').click();
    await surface.role('button', 'Import key').click();
    await surface.role('alert').waitFor();
  });
  screen('Register a key', async () => {
    await steps.importKey(surface, keyOf('Unknown', 9));
    await surface.role('heading', 'Register the key').waitFor();
    await surface.role('alert').waitFor();
  });
  screen('Balances, stale', async () => {
    await steps.selectAccount(surface, 'Main');
    await steps.balanceRow(surface, 'SOL');
    world.server.cut();
    await steps.goTo(surface, 'Settings');
    await steps.goTo(surface, 'Balances');
    await surface
      .text(/could not be reached/)
      .first()
      .waitFor();
  });
  screen('Unlock, with an error', async () => {
    world.server.restore();
    await steps.lock(surface);
    await surface.label('Password').fill('wrong');
    await surface.role('button', 'Unlock').click();
    await surface.role('alert').waitFor();
  });
  screen('Forgot password', async () => {
    await surface.role('button', 'Forgot password').click();
    await surface.role('heading', 'Forgot').waitFor();
  });
  screen('Restore from backup', async () => {
    await surface.role('button', 'Restore from backup').click();
    await surface.label('Backup file').waitFor();
  });
  screen('the full page', async () => {
    await surface.close();
    surface = await world.driver.open('full');
    await steps.unlock(surface);
    await steps.balanceRow(surface, 'SOL');
  });
  screen('All instructions, with errors and an answer', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Open all instructions').click();
    await surface.role('button', 'Order execute').click();
    await surface.role('button', 'Review request').click();
    await surface.role('alert').first().waitFor();
    expect(await axe(surface)).toEqual([]);
    await surface.role('button', 'Fill history query all').click();
    await surface.role('form', 'Fill history').role('button', 'Read').click();
    await surface.role('region', 'Answer').waitFor();
  });
  screen('Welcome', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Erase everything').click();
    const dialog = surface.role('dialog', 'Erase everything');
    await dialog.label('Type ERASE').fill('ERASE');
    await dialog.role('button', 'Erase everything').click();
    await surface.role('heading', 'Welcome to Buckle').waitFor();
  });

  it('gave no page an error to report', () => {
    expect(surface.onConsoleError).toEqual([]);
  });
});
