import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import * as steps from './steps.ts';
import { createWorld, errorBeside, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let key: steps.KeyToImport;

const SOLANA = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const OTHER = 'So11111111111111111111111111111111111111112';
const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const usdc = (quantity: string, address = SOLANA): steps.MoneyOut => ({
  asset: 'USDC',
  network: 'Solana',
  address,
  quantity,
});
const made = () => world.exchange.withdrawals(key.apiKey);
const report = () => surface.css('.placement');
const form = () => surface.role('form', 'Withdraw');

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  world.exchange.setWithdrawalSchedule([
    { afterMs: 0, status: 'pending' },
    { afterMs: 1_500, status: 'confirmed', hashIn: 'transactionHash' },
  ]);
  surface = await steps.openWithAccount(world.driver, key);
  await steps.goTo(surface, 'Transfer');
});
afterAll(() => world?.close());

describe('bad input', () => {
  it('says of every field that it is needed, and sends nothing', async () => {
    await surface.role('button', 'Review withdrawal').click();
    for (const label of ['Asset', 'Address', 'Quantity']) {
      expect(await errorBeside(surface, label)).toContain('Fill it in');
    }
  });

  it.each([
    ['Ethereum', SOLANA, /another network \(Solana/, undefined],
    ['Solana', EVM, /another network \(Ethereum/, undefined],
    ['Ethereum', EVM.replace('BeAed', 'BeAeD'), /checksum/, undefined],
    ['Solana', SOLANA.slice(0, -3), /too short|not an address/, undefined],
    ['Solana', `${SOLANA} `, /space/, 'Remove what cannot be seen'],
  ])('an address on %s: %s', async (network, address, words, fix) => {
    await steps.fillWithdrawal(surface, { ...usdc('10', address), network });
    expect(await errorBeside(surface, 'Address')).toMatch(words);
    if (fix === undefined) return;
    await surface.role('button', fix).click();
    await expect.poll(() => form().label('Address').value()).toBe(SOLANA);
  });

  it.each([
    ['1', /least is 2/, 'Use 2'],
    ['10.1234567', /Use at most 6/, 'Use 10.123457'],
    ['10001', /The most is 10,000/, 'Use 10,000'],
    ['1,5', /commas/, undefined],
    ['1e3', /exponent/, undefined],
  ])('a quantity of %s', async (quantity, words, fix) => {
    await steps.fillWithdrawal(surface, usdc(quantity));
    expect(await errorBeside(surface, 'Quantity')).toMatch(words);
    if (fix === undefined) return;
    await surface.role('button', fix).click();
    await expect.poll(() => form().label('Quantity').attribute('aria-invalid')).toBe(null);
  });

  it.each([
    ['XRP', 'XRP', /tag/],
    ['SOL', 'Eclipse', /switched off withdrawals/],
  ])('a network that cannot be used: %s on %s', async (asset, network, words) => {
    await form().role('combobox', 'Asset').select(asset);
    await form().role('combobox', 'Network').select(network);
    expect(await errorBeside(surface, 'Network')).toMatch(words);
    await surface.role('button', 'Review withdrawal').click();
    expect(await surface.role('dialog', 'Review withdrawal').count()).toBe(0);
  });

  it('puts in the most that can leave', async () => {
    await steps.fillWithdrawal(surface, usdc(''));
    await surface.role('button', 'Max').click();
    expect(await form().label('Quantity').value()).toBe('10000');
    expect(world.changes()).toBe(0);
  });
});

describe('withdraw', () => {
  it('keeps what was typed for the next popup', async () => {
    await steps.fillWithdrawal(surface, usdc('25'));
    await surface.close();
    surface = await world.driver.open('popup');
    await steps.goTo(surface, 'Transfer');
    await expect.poll(() => form().label('Address').value()).toBe(SOLANA);
    expect(await form().label('Quantity').value()).toBe('25');
  });

  it('shows all of it, wants the right password, and says what was made', async () => {
    const review = await steps.reviewWithdrawal(surface);
    const text = await review.text();
    expect(text).toMatch(/Withdraw 25 USDC on Solana/);
    expect(text).toContain('Between 24 and 25 USDC');
    expect(await review.css('.review-address').text()).toMatch(/^Toke ?nkeg/);
    expect(await review.role('region', 'Warnings').text()).toContain('Neither your address book');
    await review.label('Password').fill('not the password');
    await review.role('button', 'Withdraw').click();
    await review.role('alert').waitFor();
    expect(await review.label('Password').value()).toBe('');
    expect(made()).toEqual([]);
    await steps.confirmWithdrawal(review);
    await expect.poll(() => report().text()).toContain('Withdraw 25 USDC');
    expect(made()).toMatchObject([{ quantity: '25', address: SOLANA, symbol: 'USDC' }]);
  });

  it('follows it to its confirmation', async () => {
    await expect.poll(() => report().text(), { timeout: 20_000 }).toMatch(/Confirmed/);
    const [withdrawal] = made();
    expect(await report().text()).toContain(String(withdrawal?.transactionHash));
    expect(await form().label('Quantity').value()).toBe('');
    await surface.role('tablist', 'Transfer').role('tab', 'Transfers').click();
    const row = surface.role('table', 'Transfers').role('row', /25 USDC/);
    expect(await row.text()).toMatch(/Solana.*Confirmed/);
  });

  it('R29: warns of an address that only looks like one used before; a click does not send it', async () => {
    const alike = `${SOLANA.slice(0, 6)}xyz${SOLANA.slice(9)}`;
    await steps.fillWithdrawal(surface, usdc('30', alike));
    const review = await steps.reviewWithdrawal(surface);
    expect(await review.role('alert').text()).toMatch(/not Tokenk…3VQ5DA, it only looks like it/);
    await review.label('Password').fill(steps.PASSWORD);
    await review.role('button', 'Withdraw').click();
    expect(await review.isVisible()).toBe(true);
    expect(made()).toHaveLength(1);
    await review.role('button', 'Withdraw').hold(1_900);
    await review.waitFor('hidden');
    await expect.poll(() => made()).toHaveLength(2);
  });

  it('keeps an address by a name, and takes it from there', async () => {
    await steps.fillWithdrawal(surface, usdc('35', OTHER));
    await surface.role('button', 'Address book').click();
    await surface.role('button', 'Save an address').click();
    const dialog = surface.role('dialog', 'Save an address');
    expect(await dialog.label('Address').value()).toBe(OTHER);
    await dialog.label('Name').fill('Cold storage');
    await dialog.role('button', 'Save').click();
    const book = surface.role('dialog', 'Address book');
    await book.role('button', 'Close').click();
    await surface.text('In your address book: Cold storage').waitFor();
    await form().label('Address').fill('');
    await surface.role('button', 'Address book').click();
    await book.role('button', 'Use Cold storage').click();
    await expect.poll(() => form().label('Address').value()).toBe(OTHER);
    const review = await steps.reviewWithdrawal(surface);
    expect(await review.role('region', 'Warnings').count()).toBe(0);
    await review.role('button', 'Back').click();
  });

  it('finds one whose answer was lost, and it happened once', async () => {
    world.exchange.faults.add({
      method: 'POST',
      path: '/wapi/v1/capital/withdrawals',
      kind: 'drop-after',
    });
    await steps.withdraw(surface, usdc('40', OTHER));
    const said = await until('word of it', async () => {
      const text = await report().text();
      return text.includes('40 USDC') ? text : undefined;
    });
    expect(said).toMatch(/Checking|Status|taken it/);
    await expect.poll(() => report().text(), { timeout: 30_000 }).toMatch(/Status/);
    expect(made().filter(({ quantity }) => quantity === '40')).toHaveLength(1);
    expect(world.arrived('withdraw')).toBe(3);
    expect(surface.onConsoleError).toEqual([]);
  });
});
