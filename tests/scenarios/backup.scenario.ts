import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import * as copies from './copies.ts';
import * as steps from './steps.ts';
import { createWorld, errorBeside, recordsOnDisk, registeredKey, type World } from './world.ts';

let world: World;
let surface: Surface;
let folder: string;
let first: steps.KeyToImport;
let second: steps.KeyToImport;
/** The file that Buckle saved. */
let backup: string;

/** Backups that are none, and what is said of each. */
const BAD_FILES: [string, (good: string) => string, RegExp][] = [
  ['cut off', (good) => good.slice(0, Math.floor(good.length / 2)), /damaged/],
  ['with one letter changed', (good) => flipLetter(good), /damaged/],
  ['of a newer Buckle', (good) => good.replace('"version": 1', '"version": 2'), /newer Buckle/],
  ['of another program', () => '{"format":"keyring","vault":"Zm9v"}', /not a Buckle backup/],
  ['no text at all', () => '\u0000\u0001PNG', /not a Buckle backup/],
];

/** Changes one letter in the middle of the longest base64 text: the file stays well-formed JSON. */
function flipLetter(text: string): string {
  const longest = [...text.matchAll(/[A-Za-z0-9+/]{24,}/g)].sort(
    (a, b) => b[0].length - a[0].length,
  )[0];
  if (!longest) throw new Error('the backup holds no base64');
  const at = longest.index + 10;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

async function tryToRestore(path: string, password: string): Promise<void> {
  await surface.label('Backup file').setFile(path);
  await surface.label('Password').fill(password);
  await surface.role('button', /^Restore$/).click();
}

/** Every bad file is refused with what is wrong with it, and the screen stays. */
async function refuseBadFiles(): Promise<void> {
  const good = await readFile(backup, 'utf8');
  for (const [name, make, words] of BAD_FILES) {
    const path = join(folder, `${name.replaceAll(' ', '-')}.json`);
    await writeFile(path, make(good));
    await tryToRestore(path, steps.PASSWORD);
    const error = await errorBeside(surface, 'Backup file');
    expect([name, error]).toEqual([name, expect.stringMatching(words)]);
    expect(error).toContain('Nothing was changed');
  }
  await tryToRestore(backup, 'another password');
  expect(await errorBeside(surface, 'Password')).toMatch(/^Wrong password/);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buckle-backup-'));
  world = await createWorld();
  first = registeredKey(world, 'Savings', 1);
  second = registeredKey(world, 'Desk', 2, { balances: { USDC: { available: '777' } } });
  surface = await steps.openWithAccount(world.driver, first, 'full');
  await steps.placeLimitOrder(surface, {
    market: 'SOL_USDC',
    side: 'Buy',
    price: '100.25',
    quantity: '1.5',
  });
  await steps.addAccount(surface, second);
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('backup', () => {
  it('saves an encrypted file', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Back up').click();
    backup = await world.driver.nextDownload();
    expect(backup).toMatch(/buckle-backup-\d{4}-\d\d-\d\d\.json$/);
    const text = await readFile(backup, 'utf8');
    for (const { label, secret, apiKey } of [first, second]) {
      for (const hidden of [label, secret, apiKey]) expect(text).not.toContain(hidden);
    }
    expect(text).not.toContain(steps.PASSWORD);
  });

  it('refuses what is no backup of Buckle’s, and the vault that is there still opens', async () => {
    await steps.lock(surface);
    await surface.role('button', 'Forgot password').click();
    await surface.role('button', 'Restore from backup').click();
    await refuseBadFiles();
    await surface.role('button', /^Back$/).click();
    await steps.unlock(surface);
    await steps.balanceRow(surface, 'USDC');
    expect(await surface.role('combobox', 'Account').css('option').count()).toBe(2);
  });

  it('erases everything once the word is typed, and only then', async () => {
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Erase everything').click();
    const dialog = surface.role('dialog', 'Erase everything');
    await dialog.label('Type ERASE').fill('erase');
    await dialog.role('button', 'Erase everything').click();
    expect(await errorBeside(surface, 'Type ERASE')).toMatch(/in capitals/);
    await dialog.label('Type ERASE').fill('ERASE');
    await dialog.role('button', 'Erase everything').click();
    await surface.role('heading', 'Welcome to Buckle').waitFor();
    await surface.reload();
    await surface.role('heading', 'Welcome to Buckle').waitFor();
    expect(await recordsOnDisk(surface)).toEqual({});
    expect(await copies.revisions(surface)).toEqual({ first: undefined, second: undefined });
  });

  it('refuses the same files on a first run, which stays one', async () => {
    await surface.role('button', 'Restore from backup').click();
    await refuseBadFiles();
    await surface.role('button', /^Back$/).click();
    await surface.role('heading', 'Welcome to Buckle').waitFor();
    expect(await recordsOnDisk(surface)).toEqual({});
  });

  it('brings accounts back from the file, and the exchange their orders', async () => {
    await surface.role('button', 'Restore from backup').click();
    await tryToRestore(backup, steps.PASSWORD);
    await surface.role('tablist', 'Main').waitFor();
    await steps.selectAccount(surface, second.label);
    expect(await (await steps.balanceRow(surface, 'USDC')).text()).toContain('777');
    await steps.selectAccount(surface, first.label);
    const row = await steps.openOrderRow(surface, 'SOL_USDC');
    expect(await row.text()).toContain('100.25');
    await steps.cancelOrder(row);
    expect(world.exchange.openOrders(first.apiKey)).toEqual([]);
    await steps.lock(surface);
    await steps.unlock(surface);
    expect(surface.onConsoleError).toEqual([]);
  });

  it('changes the password, and a backup of before keeps the old one', async () => {
    const next = 'another strap, another buckle';
    await steps.goTo(surface, 'Settings');
    await surface.role('button', 'Change password').click();
    const dialog = surface.role('dialog', 'Change password');
    await dialog.label('Current password').fill('not this one');
    await dialog.label('New password').fill(next);
    await dialog.label('Confirm new password').fill(next);
    await dialog.role('button', 'Change password').click();
    expect(await errorBeside(surface, 'Current password')).toMatch(/^Wrong password/);
    await dialog.label('Current password').fill(steps.PASSWORD);
    await dialog.role('button', 'Change password').click();
    await dialog.waitFor('hidden');
    await steps.lock(surface);
    await surface.label('Password').fill(steps.PASSWORD);
    await surface.role('button', 'Unlock').click();
    expect(await errorBeside(surface, 'Password')).toMatch(/^Wrong password/);
    await steps.unlock(surface, next);
    await steps.lock(surface);
    await surface.role('button', 'Forgot password').click();
    await surface.role('button', 'Restore from backup').click();
    await tryToRestore(backup, next);
    expect(await errorBeside(surface, 'Password')).toMatch(/^Wrong password/);
    await tryToRestore(backup, steps.PASSWORD);
    await surface.role('tablist', 'Main').waitFor();
  });

  it('R23: is the way out when both copies of the vault are lost, which is no first run', async () => {
    const { first: last = 0 } = await copies.revisions(surface);
    await steps.lock(surface);
    await copies.corruptFirst(surface);
    await copies.deleteSecond(surface);
    await surface.reload();
    await surface.role('heading', 'The vault cannot be read').waitFor();
    await copies.deleteFirst(surface);
    await world.driver.stopBackground();
    await surface.reload();
    await surface.role('heading', 'The vault cannot be read').waitFor();
    await surface.role('button', 'Restore from backup').click();
    await tryToRestore(backup, steps.PASSWORD);
    await steps.balanceRow(surface, 'USDC');
    expect(await copies.revisions(surface)).toEqual({ first: last + 1, second: last + 1 });
  });
});
