import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import { DESK } from '../site/server.ts';
import { type AxeCheck, createAxeCheck } from './axe.ts';
import { connectSite, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// What a person sees and does when a site asks: the approval window, and what Buckle's own pages tell of it afterwards.

let world: World;
let buckle: Surface;
let desk: SitePage;
let axe: AxeCheck;
let apiKey: string;

/** Lets the page ask; what comes of it is kept in the page under `name`. */
const ask = (name: string, call: string): Promise<void> =>
  desk.page.evaluate(`() => {
    window.asked ??= {};
    window.asked.${name} = ${call}.then(
      (value) => ({ value }),
      ({ code, reason }) => ({ code, reason }),
    );
  }`);
const answer = (name: string): Promise<{ value?: unknown; code?: number; reason?: string }> =>
  desk.page.evaluate(`() => window.asked.${name}`);
const order = (price: string, more = ''): string =>
  `buckle.send('orderExecute', { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '${price}', quantity: '1', postOnly: true ${more} })`;

/** The approval window, once it shows who asks. */
async function approval(): Promise<Surface> {
  const window = await world.driver.nextWindow();
  await window.role('heading', DESK).waitFor();
  await approve(window).waitFor('enabled');
  return window;
}
const approve = (window: Surface): Locator => window.role('button', 'Approve');

/** Presses Tab until the focus is there. Nothing on the way may hold it. */
async function tabTo(surface: Surface, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await target.isFocused()) return;
    await surface.press('Tab');
  }
  throw new Error('30 presses of Tab did not lead there');
}

beforeAll(async () => {
  world = await createWorld();
  axe = await createAxeCheck(world.driver);
  const key = registeredKey(world, 'Main', 1);
  apiKey = key.apiKey;
  buckle = await steps.openWithAccount(world.driver, key);
  desk = await openSite(world, buckle, `${DESK}/bare`);
  await connectSite(world, desk);
});
afterAll(() => world?.close());

describe('the approval window', () => {
  it('lets a site in by keyboard alone: reads are ticked, the reason is the site’s own', async () => {
    await ask('connect', `buckle.connect({ scopes: ['read', 'trade'], reason: 'To be useful' })`);
    const window = await approval();
    await window.text('In the site’s own words').waitFor();
    expect(await window.role('checkbox', 'Read balances').isChecked()).toBe(true);
    expect(await window.role('checkbox', 'Trade within').isChecked()).toBe(false);
    expect(await axe(window)).toEqual([]);
    // Enter on the way in decides nothing.
    await window.press('Enter');
    await tabTo(window, approve(window));
    await window.press('Enter');
    await window.closed();
    expect((await answer('connect')).value).toMatchObject({
      account: { apiKey },
      grants: [{ scopes: ['read'] }],
    });
  });

  it('shows an order, its warnings and its fields; Reject tells the page at once', async () => {
    await ask('dear', order('200', ', clientId: 1'));
    const window = await approval();
    expect(await window.role('region', 'Warnings').text()).toContain('above the mark price');
    const details = window.role('group', 'Details');
    expect(await details.text()).toContain('SOL_USDC');
    await window.text('Keep the button pressed').waitFor();
    expect(await axe(window)).toEqual([]);
    await window.role('button', 'Reject').click();
    await window.closed();
    expect(await answer('dear')).toMatchObject({ code: 4001 });
    expect(world.changes()).toBe(0);
  });

  it('holds a queue, walks it, and rejects it whole', async () => {
    for (const name of ['one', 'two', 'three']) await ask(name, order('145'));
    const window = await approval();
    await window.text('1 of 3').waitFor();
    await window.role('button', 'Next request').click();
    await window.text('2 of 3').waitFor();
    await window.role('button', 'Reject all').click();
    await window.closed();
    for (const name of ['one', 'two', 'three']) {
      expect(await answer(name)).toMatchObject({ code: 4001 });
    }
  });

  it('R16: asks to unlock first, in the same window; unlocking approves nothing', async () => {
    await steps.lock(buckle);
    await ask('locked', order('145.5'));
    const window = await world.driver.nextWindow();
    await window.role('heading', 'Buckle is locked').waitFor();
    expect(await axe(window)).toEqual([]);
    await window.label('Password').fill(steps.PASSWORD);
    await window.role('button', 'Unlock').click();
    await window.role('heading', DESK).waitFor();
    expect(world.changes()).toBe(0);
    await approve(window).click();
    await window.closed();
    expect((await answer('locked')).value).toMatchObject({ price: '145.5' });
    expect(world.exchange.openOrders(apiKey)).toHaveLength(1);
  });

  it('remembers: the next order inside the limits goes through unasked', async () => {
    await ask('first', order('146'));
    const window = await approval();
    await window.role('checkbox', 'Remember for this site').check();
    await window.label('Most in 24 hours').fill('1000');
    await window.label('Most orders and cancels a minute').fill('10');
    await approve(window).click();
    await window.closed();
    expect((await answer('first')).value).toMatchObject({ price: '146' });
    await ask('second', order('147'));
    expect((await answer('second')).value).toMatchObject({ price: '147' });
  });
});

describe('afterwards', () => {
  beforeAll(async () => {
    // In front: browsers let hidden pages wait.
    buckle = await world.driver.open('popup');
  });

  it('the log names the decision or the grant, and holds', async () => {
    await steps.goTo(buckle, 'Activity');
    await buckle.role('tablist', 'Activity').role('tab', 'Log').click();
    const table = buckle.role('table', 'Activity log');
    await table.role('row', /147 USDC.*Granted/).waitFor();
    await table.role('row', /146 USDC.*Approved/).waitFor();
    await table.role('row', /200 USDC.*Rejected/).waitFor();
    await buckle.role('button', 'Verify log').click();
    await buckle.text('The log holds').waitFor();
    expect(await axe(buckle)).toEqual([]);
  });

  it('Sites in Settings shows the use of the grant; revoked, the site asks again', async () => {
    await steps.goTo(buckle, 'Settings');
    const revoke = buckle.role('button', 'Revoke Limit orders in SOL_USDC');
    await revoke.waitFor();
    await buckle.text('of 1,000 USDC in 24 hours').waitFor();
    expect(await axe(buckle)).toEqual([]);
    await revoke.click();
    await revoke.waitFor('hidden');
    await ask('third', order('148'));
    const window = await approval();
    await window.close();
    expect(await answer('third')).toMatchObject({ code: 4001 });
  });

  it('gave no page an error to report', () => {
    expect([...buckle.onConsoleError, ...desk.page.onConsoleError]).toEqual([]);
  });
});
