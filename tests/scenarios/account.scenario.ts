import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { keyPair } from '../exchange/keys.ts';
import { signedRequest } from '../exchange/seed-account.ts';
import * as steps from './steps.ts';
import { createWorld, errorBeside, registeredKey, type World } from './world.ts';

// The account as a whole, positions, and the one form for everything that has no screen of its own.

let world: World;
let surface: Surface;

/** What the account does elsewhere, signed with the same key. */
const buyElsewhere = () =>
  world.exchange.handle(
    signedRequest(keyPair(1), {
      ...{ method: 'POST', path: '/api/v1/order', instruction: 'orderExecute' },
      params: { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Market', quantity: '3' },
      timestamp: Date.now(),
    }),
  );

beforeAll(async () => {
  world = await createWorld();
  const trader = registeredKey(world, 'Trader', 1);
  buyElsewhere();
  surface = await steps.openWithAccount(world.driver, trader, 'full');
});
afterAll(() => world?.close());

describe('a position', () => {
  it('is closed in part, then whole, and is gone', async () => {
    await steps.goTo(surface, 'Orders');
    const table = surface.role('table', 'Positions');
    const close = async (part: string, words: string): Promise<void> => {
      await table.role('button', 'Close position').click();
      await surface.role('dialog', 'Close position').role('radio', part).check();
      await surface.role('button', 'Review order').click();
      const review = surface.role('dialog', 'Review order');
      await review.role('button', words).click();
      await surface.text(`Placed and filled.`).waitFor();
      await surface.role('button', 'Dismiss').click();
    };
    await close('50 %', 'Sell 1.5 SOL-PERP at the market price');
    await table.role('row', /Long 1.5/).waitFor();
    await close('100 %', 'Sell 1.5 SOL-PERP at the market price');
    await surface.text('No positions').waitFor();
    // The one that opened it, and two that closed it.
    expect(world.arrived('orderExecute')).toBe(3);
  });
});

describe('the account', () => {
  it('changes its leverage with the password, after a wrong one', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.text(/requests left in this minute/).waitFor();
    await surface.role('button', 'Open account').click();
    await surface.label('Leverage limit').fill('5x');
    await surface.role('button', 'Review change').click();
    expect(await errorBeside(surface, 'Leverage limit')).toContain('not a number');
    await surface.label('Leverage limit').fill('5');
    await surface.role('button', 'Review change').click();
    const review = surface.role('dialog', 'Review change');
    await review.label('Password').fill('not the password');
    await review.role('button', 'Set the leverage limit').click();
    expect(await errorBeside(surface, 'Password')).not.toBe('');
    expect(world.arrived('accountUpdate')).toBe(0);
    await review.label('Password').fill(steps.PASSWORD);
    await review.role('button', 'Set the leverage limit').click();
    await surface.text('Done: Set the leverage limit of the account to 5').waitFor();
    await surface.text('It is 5 now.').waitFor();
    expect(world.arrived('accountUpdate')).toBe(1);
  });

  it('lends, and takes it back by the side that is signed for it', async () => {
    const form = surface.role('form', 'Lend or borrow');
    await form.role('combobox', 'Asset').select('USDC');
    await form.label('Quantity').fill('100');
    await form.role('button', 'Review request').click();
    await surface.role('dialog', 'Review request').role('button', 'Lend 100 USDC').click();
    await surface.role('table', 'Lent and borrowed').role('row', 'USDC').waitFor();
    await form.role('radio', 'Redeem').check();
    await form.label('Quantity').fill('100.5');
    expect(await errorBeside(surface, 'Quantity')).toContain('The most is 100.');
    await form.label('Quantity').fill('40');
    await form.role('button', 'Review request').click();
    await surface.role('dialog', 'Review request').role('button', 'Borrow 40 USDC').click();
    await surface.role('table', 'Lent and borrowed').role('row', /60/).waitFor();
  });
});

describe('the form of all instructions', () => {
  it('reads a history as a table', async () => {
    await surface.role('button', 'Back').click();
    await surface.role('button', 'Open all instructions').click();
    await surface.label('Search instructions').fill('position history');
    await surface.role('button', 'Position history query all').click();
    await surface.role('combobox', 'State').select('Closed');
    await surface.role('button', 'Read').click();
    await surface
      .role('table', 'positionHistoryQueryAll')
      .role('row', /SOL_USDC_PERP/)
      .waitFor();
  });

  it('refuses bad input beside its field, loses nothing, and sends what is right once', async () => {
    await surface.label('Search instructions').fill('rfq');
    await surface.role('button', 'RFQ submit').click();
    const form = surface.role('form', 'RFQ submit');
    await form.label('Market or asset').fill('SOL_USDC');
    await form.label('Quantity').fill('1,5');
    await form.role('button', 'Review request').click();
    expect(await errorBeside(surface, 'Side')).toContain('needed');
    expect(await errorBeside(surface, 'Quantity')).toContain('Leave out commas');
    expect(await form.label('Market or asset').value()).toBe('SOL_USDC');
    await form.role('combobox', 'Side').select('Bid');
    await form.label('Quantity').fill('1.5');
    await form.role('button', 'Review request').click();
    const review = surface.role('dialog', 'Review request');
    await review.role('button', 'Ask for quotes to buy 1.5 SOL').click();
    await surface.text('The exchange has it: Ask for quotes to buy 1.5 SOL.').waitFor();
    expect(world.arrived('rfqSubmit')).toBe(1);
  });

  it('gave the page no error to report', () => expect(surface.onConsoleError).toEqual([]));
});
