import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let key: steps.KeyToImport;

const ADDRESS = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
let quantity = 10;
/** Another amount each time, so that withdrawals are told apart. */
const next = (): steps.MoneyOut => {
  quantity += 1;
  return { asset: 'USDC', network: 'Solana', address: ADDRESS, quantity: String(quantity) };
};
const made = () =>
  world.exchange.withdrawals(key.apiKey).filter((each) => each.quantity === String(quantity));
const prompt = (page = surface) => page.role('dialog', 'Two-factor code');
const report = (page = surface) => page.css('.placement');

async function enter(code: string, page = surface): Promise<void> {
  await prompt(page).label('Code').fill(code);
  await prompt(page).role('button', 'Confirm').click();
}
/** Until it is said that this one was made, which it was once. */
async function expectMade(page = surface): Promise<void> {
  await prompt(page).waitFor('hidden');
  await expect.poll(() => report(page).text()).toContain(`Withdraw ${quantity} USDC`);
  expect(made()).toHaveLength(1);
}

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
});
afterAll(() => world?.close());
afterEach(() => {
  world.exchange.setTwoFactor('exempt');
  world.exchange.setExemptAddresses(key.apiKey, []);
});

describe('two-factor', () => {
  it('an exempt address: no code is asked for', async () => {
    world.exchange.setTwoFactor('code');
    world.exchange.setExemptAddresses(key.apiKey, [ADDRESS]);
    await steps.withdraw(surface, next());
    await expectMade();
  });

  it('a wrong code: the prompt stays and says so; then the right one', async () => {
    world.exchange.setTwoFactor('code');
    await steps.withdraw(surface, next());
    await prompt().waitFor();
    expect(await prompt().text()).toContain('“Two factor code is required”');
    const link = prompt().role('link', 'https://backpack.exchange/settings/address-book');
    expect(await link.attribute('target')).toBe('_blank');
    expect(await prompt().label('Code').attribute('type')).toBe('password');
    await enter('000000');
    await prompt().role('alert').waitFor();
    expect(await prompt().text()).toContain('“Invalid two factor code”');
    expect(await prompt().label('Code').value()).toBe('');
    expect(made()).toEqual([]);
    await enter(world.exchange.twoFactorCode(key.apiKey));
    await expectMade();
  });

  it('a code that cannot be one: says so beside it, and sends nothing', async () => {
    world.exchange.setTwoFactor('code', { status: 403 });
    await steps.withdraw(surface, next());
    const before = world.arrived('withdraw');
    await enter('');
    await expect.poll(() => prompt().label('Code').attribute('aria-invalid')).toBe('true');
    await enter('12=45');
    await expect.poll(() => prompt().text()).toContain('cannot be used here');
    expect(world.arrived('withdraw')).toBe(before);
    await enter(world.exchange.twoFactorCode(key.apiKey));
    await expectMade();
  });

  it.each([
    ['App token', 'twoFactorCode'],
    ['E-mail token', 'twoFactorEmailCode'],
  ] as const)('a token that is issued: %s', async (way, codeOf) => {
    world.exchange.setTwoFactor('issued');
    await steps.withdraw(surface, next());
    await prompt().role('radio', way).check();
    await enter('000000');
    await prompt().role('alert').waitFor();
    expect(await prompt().role('radio', way).isChecked()).toBe(true);
    await enter(world.exchange[codeOf](key.apiKey));
    await expectMade();
  });

  it('a refusal that says so in its text alone', async () => {
    world.exchange.setTwoFactor('text');
    await steps.withdraw(surface, next());
    await prompt().waitFor();
    await enter('000000');
    await prompt().role('alert').waitFor();
    await enter(world.exchange.twoFactorCode(key.apiKey));
    await expectMade();
  });

  it('disabled: says that no code can help, and asks for none', async () => {
    world.exchange.setTwoFactor('disabled');
    await steps.withdraw(surface, next());
    await prompt().waitFor();
    expect(await prompt().text()).toMatch(/no code can help.*currently disabled through the API/);
    expect(await prompt().label('Code').count()).toBe(0);
    await prompt().role('button', 'Back').click();
    await prompt().waitFor('hidden');
    expect(made()).toEqual([]);
  });

  it('an address that is known to ask: the code is asked for before the first try', async () => {
    world.exchange.setTwoFactor('code');
    await steps.fillWithdrawal(surface, next());
    await surface.label('This address asks for a two-factor code').check();
    const before = world.arrived('withdraw');
    const review = await steps.reviewWithdrawal(surface);
    await review.label('Password').fill(steps.PASSWORD);
    await review.role('button', 'Withdraw').click();
    await prompt().waitFor();
    expect(world.arrived('withdraw')).toBe(before);
    await enter(world.exchange.twoFactorCode(key.apiKey));
    await expectMade();
    expect(world.arrived('withdraw')).toBe(before + 1);
    await surface.label('This address asks for a two-factor code').check(false);
  });

  it('R27: in a window of its own, it outlives the popup, lost focus and a stopped background', async () => {
    world.exchange.setTwoFactor('code');
    await steps.fillWithdrawal(surface, next());
    // As in the browser's own popup, which is in no tab.
    await surface.evaluate(
      '() => { (globalThis.browser ?? globalThis.chrome).tabs.getCurrent = async () => undefined; }',
    );
    await surface.role('button', 'Review withdrawal').click();
    const window = await world.driver.nextWindow();
    await surface.closed();
    await steps.confirmWithdrawal(window.role('dialog', 'Review withdrawal'));
    await prompt(window).waitFor();
    const elsewhere = await world.driver.open('full');
    await elsewhere.close();
    await world.driver.stopBackground();
    expect(await prompt(window).isVisible()).toBe(true);
    await enter(world.exchange.twoFactorCode(key.apiKey), window);
    await expectMade(window);
    expect(window.onConsoleError).toEqual([]);
  });

  it('left neither code nor password in the memory of the browser', async () => {
    surface = await world.driver.open('popup');
    const kept = await surface.evaluate<string>(
      'async () => JSON.stringify(await (globalThis.browser ?? chrome).storage.session.get())',
    );
    expect(kept).not.toContain(world.exchange.twoFactorCode(key.apiKey));
    expect(kept).not.toContain(steps.PASSWORD);
    expect(kept.length).toBeGreaterThan(2);
  });
});
