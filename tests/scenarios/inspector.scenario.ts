import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import { answerTo } from './ask.ts';
import * as steps from './steps.ts';
import { createWorld, recordsOnDisk, registeredKey, type World } from './world.ts';

let world: World;
/** The full page with the inspector in it, and the popup that makes requests. */
let full: Surface;
let popup: Surface;
let requests: Locator;

const ADDRESS = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const entry = (text: RegExp): Promise<string> => requests.role('listitem', text).first().text();
const recording = (): Locator => full.label('Record signed requests');

/** Comes back to the full page, which looks for what is new as soon as it is seen. */
const comeBack = (): Promise<void> => full.role('heading', 'Signing inspector').click();

async function openInspector(): Promise<void> {
  await steps.goTo(full, 'Settings');
  await full.role('button', 'Open the signing inspector').click();
  await full.role('heading', 'Signing inspector').waitFor();
}

beforeAll(async () => {
  world = await createWorld();
  const key = registeredKey(world, 'Main', 1);
  popup = await steps.openWithAccount(world.driver, key);
  full = await world.driver.open('full');
  requests = full.role('list', 'Signed requests');
  await openInspector();
});
afterAll(() => world?.close());

describe('the signing inspector', () => {
  it('is off at first, and only in the full page', async () => {
    expect(await recording().isChecked()).toBe(false);
    await full.text('Nothing is recorded').waitFor();
    await steps.balanceRow(popup, 'SOL');
    await steps.goTo(popup, 'Settings');
    expect(await popup.role('button', 'Open the signing inspector').count()).toBe(0);
    expect(await requests.count()).toBe(0);
  });

  it('shows the very text that was signed, with the window that was set, and the answer', async () => {
    await recording().check();
    await expect.poll(() => recording().isChecked(), { timeout: 10_000 }).toBe(true);
    await popup.label('Request validity').fill('7000');
    await popup.role('button', 'Save').click();
    await steps.placeLimitOrder(popup, {
      market: 'SOL_USDC',
      side: 'Buy',
      price: '100.25',
      quantity: '1.5',
    });
    await comeBack();
    const text = await entry(/^orderExecute/);
    expect(text).toMatch(
      /instruction=orderExecute&clientId=\d+&orderType=Limit&price=100\.25&.*&timestamp=\d{13}&window=7000/,
    );
    expect(text).toMatch(/POST \/api\/v1\/order .* status 200 \d+ ms/);
    const answer = requests
      .role('listitem', /^orderExecute/)
      .css('details')
      .nth(1);
    expect(await answer.attribute('open')).toBeNull();
    await answer.css('summary').click();
    expect(await answer.css('code').text()).toMatch(/"status":"New"/);
  });

  it('says of a request that was not answered why', async () => {
    // Firefox asks once more by itself where a connection that was used before breaks.
    world.exchange.faults.add({ kind: 'drop-before', path: '/api/v1/capital', times: 100 });
    const before = world.arrived('balanceQuery');
    await steps.goTo(popup, 'Balances');
    const arrived = () => world.arrived('balanceQuery') - before;
    await expect.poll(arrived, { timeout: 10_000 }).toBeGreaterThan(2);
    await comeBack();
    await requests
      .role('listitem', /^balanceQuery.*connection broken/)
      .first()
      .waitFor();
    world.exchange.faults.clear();
  });

  it('never shows a code or a signature', async () => {
    world.exchange.setTwoFactor('code');
    const account = await answerTo<{ unlocked: { selected: string } }>(full, 'session.open', {});
    const asked = {
      account: account.unlocked.selected,
      instruction: 'withdraw',
      params: { address: ADDRESS, blockchain: 'Solana', quantity: '11', symbol: 'USDC' },
    };
    const ready = await answerTo<Record<string, string>>(full, 'requests.prepare', asked);
    const { id, digest, params } = ready;
    const code = '918273';
    await answerTo(full, 'requests.send', {
      ...asked,
      id,
      digest,
      params,
      password: steps.PASSWORD,
      twoFactor: { way: 'code', code },
    });
    await requests
      .role('listitem', /^withdraw,/)
      .first()
      .waitFor();
    const text = await entry(/^withdraw,/);
    expect(text).toMatch(/&twoFactorToken=•••&timestamp=\d{13}&window=7000/);
    const all = await full.evaluate<string>('() => document.body.textContent');
    expect(all).not.toContain(code);
    expect(all).not.toMatch(/[A-Za-z0-9+/]{86}==/);
  });

  it('is gone with a lock, with the background, and when it is switched off', async () => {
    await recording().check(false);
    await full.text('Nothing is recorded').waitFor();
    await recording().check();
    await steps.goTo(popup, 'Orders');
    await comeBack();
    await requests
      .role('listitem', /^orderQueryAll/)
      .first()
      .waitFor();
    await full.role('button', 'Back').click();
    await world.driver.stopBackground();
    await openInspector();
    expect(await requests.count()).toBe(0);
    expect(await recording().isChecked()).toBe(false);
    await recording().check();
    await steps.goTo(popup, 'Balances');
    await comeBack();
    await requests
      .role('listitem', /^balanceQuery/)
      .first()
      .waitFor();
    await steps.lock(popup);
    const lockedAt = Date.now();
    await steps.unlock(full);
    const left = await answerTo<{ requests: { at: number }[] }>(full, 'inspector.read', {});
    expect(left.requests.filter(({ at }) => at < lockedAt)).toEqual([]);
    expect(Object.keys(await recordsOnDisk(full))).not.toContain('inspector');
  });
});
