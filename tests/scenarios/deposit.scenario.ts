import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as steps from './steps.ts';
import { createWorld, errorBeside, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let key: steps.KeyToImport;

/** What a phone would read off the screen. */
async function scanned(): Promise<string | undefined> {
  const path = join(world.driver.profileDir, 'qr.png');
  await surface.screenshot(path);
  const { data, width, height } = PNG.sync.read(await readFile(path));
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

async function choose(asset: string, network: string): Promise<void> {
  await surface.role('combobox', 'Asset').select(asset);
  await surface.role('combobox', 'Network').select(network);
}

beforeAll(async () => {
  world = await createWorld();
  key = registeredKey(world, 'Main', 1);
  surface = await steps.openWithAccount(world.driver, key);
  await steps.goTo(surface, 'Transfer');
  await surface.role('tablist', 'Transfer').role('tab', 'Deposit').click();
});
afterAll(() => world?.close());

describe('deposit', () => {
  it.each(['light', 'dark'] as const)(
    'shows the address, and the same as a QR code that reads, in %s',
    async (scheme) => {
      await world.driver.setColorScheme(scheme);
      await choose('USDC', 'Solana');
      const address = world.exchange.depositAddress(key.apiKey, 'Solana');
      await expect.poll(() => surface.label('Deposit address').value()).toBe(address);
      expect(await surface.label('Deposit address').attribute('readonly')).not.toBeNull();
      await surface.role('img', 'Deposit address QR code').waitFor();
      expect(await scanned()).toBe(address);
      await world.driver.setColorScheme('light');
    },
  );

  it('says what may be sent there, and how much at least', async () => {
    const panel = surface.role('tabpanel', 'Deposit');
    expect(await panel.text()).toMatch(/Send only USDC.*only on Solana.*At least 1 USDC/);
  });

  it('shows another address on another network, and none of the one before meanwhile', async () => {
    await choose('USDC', 'Base');
    const address = world.exchange.depositAddress(key.apiKey, 'Base');
    await expect.poll(() => surface.label('Deposit address').value()).toBe(address);
    expect(await scanned()).toBe(address);
  });

  it.each([
    ['USDC', 'Arbitrum', /switched off deposits of USDC on Arbitrum/],
    ['XRP', 'XRP', /tag.*exchange’s own site/],
  ])('gives no address for %s on %s, and says why', async (asset, network, words) => {
    await choose(asset, network);
    expect(await errorBeside(surface, 'Network')).toMatch(words);
    expect(await surface.label('Deposit address').count()).toBe(0);
  });

  it('waits for an address that the exchange is still making, and asks again when told to', async () => {
    world.exchange.setDepositAddressConflicts(['Ethereum']);
    await choose('USDC', 'Ethereum');
    await surface.text('still making an address on Ethereum').waitFor();
    world.exchange.setDepositAddressConflicts([]);
    await surface.role('button', 'Try again').click();
    const address = world.exchange.depositAddress(key.apiKey, 'Ethereum');
    await expect.poll(() => surface.label('Deposit address').value()).toBe(address);
  });

  it('follows a deposit until it is in the balance', async () => {
    const row = surface.role('table', 'Deposits').role('row', /250\.5 USDC/);
    world.exchange.depositArrives(key.apiKey, {
      symbol: 'USDC',
      blockchain: 'Solana',
      quantity: '250.5',
      confirmations: 5,
    });
    await row.waitFor();
    expect(await row.text()).toMatch(/Solana.*Pending/);
    await expect.poll(() => row.text(), { timeout: 20_000 }).toMatch(/Confirmed/);
    const balance = await steps.balanceRow(surface, 'USDC');
    await expect.poll(() => balance.text(), { timeout: 10_000 }).toContain('10,250.5');
    expect(surface.onConsoleError).toEqual([]);
  });
});
