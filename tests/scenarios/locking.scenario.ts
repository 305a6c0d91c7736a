import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

/** Everything that a person, or software that looks over their shoulder, could read in a page. */
const READABLE = `() => document.documentElement.outerHTML
  + [...document.querySelectorAll('input, select, textarea')].map(({ value }) => value).join(' ')`;
/** Leaves the time at which the unlock form came up, measured by the page itself. */
const NOTE_LOCK = `() => {
  globalThis.lockedAt = undefined;
  // Not by frames: a page behind another one may have none.
  new MutationObserver(() => {
    if (document.querySelector('input[type=password]')) globalThis.lockedAt ??= Date.now();
  }).observe(document.documentElement, { childList: true, subtree: true });
}`;
const LOCKED_AT = '() => globalThis.lockedAt ?? null';
/** Leaves the time of the next press: before it the driver may wait long for a page that is behind another. */
const NOTE_PRESS = `() => addEventListener('click', () => { globalThis.pressedAt = Date.now(); }, { capture: true, once: true })`;
const PRESSED_AT = '() => globalThis.pressedAt ?? null';

let world: World;
let surface: Surface;
let other: Surface;

beforeAll(async () => {
  world = await createWorld();
  const key = registeredKey(world, 'Paloma', 1);
  surface = await steps.openWithAccount(world.driver, key);
  other = await world.driver.open('full');
  await steps.balanceRow(other, 'SOL');
});
afterAll(() => world?.close());

describe('locking', () => {
  it('by the Lock button, which reaches the other surface within a second', async () => {
    await steps.fillOrder(other, {
      market: 'SOL_USDC',
      side: 'Buy',
      price: '123.45',
      quantity: '6.78',
    });
    await steps.reviewOrder(other);
    expect(await other.evaluate(READABLE)).toMatch(/Paloma.*123\.45.*6\.78/s);
    await other.evaluate(NOTE_LOCK);
    await surface.evaluate(NOTE_PRESS);
    await steps.lock(surface);
    await other.role('heading', 'Buckle is locked').waitFor();
    const pressed = await surface.evaluate<number>(PRESSED_AT);
    expect((await other.evaluate<number>(LOCKED_AT)) - pressed).toBeLessThan(1000);
    // What was under review cannot be confirmed any more.
    expect(await other.role('dialog').count()).toBe(0);
    expect(world.changes()).toBe(0);
  });

  it('leaves nothing private in any surface', async () => {
    for (const each of [surface, other]) {
      const readable = await each.evaluate<string>(READABLE);
      expect(readable).toContain('Buckle is locked');
      expect(readable).not.toMatch(/Paloma|123\.45|6\.78|10,?000|SOL|balances/i);
    }
  });

  it('keeps a page of Buckle’s own from anything private', async () => {
    const asked = await surface.evaluate<Record<string, string>>(`async () => {
      const runtime = (globalThis.browser ?? chrome).runtime;
      const account = crypto.randomUUID();
      const order = { account, instruction: 'orderExecute', params: { symbol: 'SOL_USDC' } };
      const asks = {
        'exchange.read': { account, instruction: 'balanceQuery', params: {} },
        'requests.prepare': order,
        'requests.send': { ...order, id: crypto.randomUUID(), digest: 'none' },
        'requests.list': {},
        'drafts.read': { form: 'trade' },
        'session.backup': {},
        'accounts.generate': { label: 'Sneaked in' },
      };
      const codes = {};
      for (const [method, request] of Object.entries(asks)) {
        const reply = await runtime.sendMessage({ channel: 'buckle-wallet', method, request });
        codes[method] = reply.ok ? JSON.stringify(reply.value) : reply.error.code;
      }
      return codes;
    }`);
    for (const [method, code] of Object.entries(asked)) {
      // The backup is encrypted with the password, so it may be made while locked.
      if (method !== 'session.backup') expect([method, code]).toEqual([method, 'LOCKED']);
    }
  });

  it('by itself after the time that is set, whatever is loaded meanwhile', async () => {
    await steps.unlock(surface);
    await steps.goTo(surface, 'Settings');
    await surface.role('combobox', 'Lock automatically after').select('1 minute');
    await steps.goTo(surface, 'Balances');
    await surface.role('table', 'Balances').waitFor();
    const lastInput = Date.now();
    await surface.evaluate(NOTE_LOCK);
    const readsBefore = world.arrived('balanceQuery');
    await surface.role('heading', 'Buckle is locked').waitFor('visible', 90_000);
    const lockedAt = await surface.evaluate<number>(LOCKED_AT);
    // The deadline counts from the last input that was told, and the alarm may be a little late.
    expect(lockedAt - lastInput).toBeGreaterThan(35_000);
    expect(lockedAt - lastInput).toBeLessThan(70_000);
    // Reads by the open surface are no input.
    expect(world.arrived('balanceQuery')).toBeGreaterThan(readsBefore);
    await other.role('heading', 'Buckle is locked').waitFor();
    await steps.unlock(surface);
  });

  it('gave no page an error to report', () => {
    expect([...surface.onConsoleError, ...other.onConsoleError]).toEqual([]);
  });
});
