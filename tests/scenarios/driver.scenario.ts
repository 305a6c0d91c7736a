import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';

// What scenarios rest on: both drivers see the same page in the same way, and do what they say.

/** Role, start of the name, how many there are. */
const ROLES: [string, string | RegExp | undefined, number][] = [
  ['heading', 'Welcome to the fixture', 1],
  ['heading', undefined, 1],
  ['tablist', 'Main', 1],
  ['tab', undefined, 2],
  ['tab', 'Orders 3', 1],
  ['tab', /^Balances$/, 1],
  ['tab', 'balances', 0],
  ['form', 'Place order', 1],
  ['group', 'Side', 1],
  ['radio', 'Buy', 1],
  ['combobox', 'Market', 1],
  ['option', 'BTC / USDC', 1],
  ['textbox', 'Price', 1],
  ['textbox', 'Trigger price', 1],
  ['textbox', 'Quantity SOL', 1],
  ['textbox', undefined, 5],
  ['searchbox', 'Search markets', 1],
  ['checkbox', 'Post only', 1],
  ['button', 'Review order', 1],
  ['button', 'Cancel order', 2],
  ['button', 'Place order', 0],
  ['dialog', undefined, 0],
  ['table', 'Open orders', 1],
  ['columnheader', undefined, 3],
  ['row', undefined, 3],
  ['row', 'BTC_USDC 90000', 1],
  ['cell', '180.00', 1],
  ['region', 'Warnings', 1],
  ['alert', undefined, 1],
  ['img', 'QR code', 1],
  ['link', 'Another page', 1],
  ['main', undefined, 1],
  ['banner', undefined, 1],
];

/** Start of the label, how many fields it names. */
const LABELS: [string | RegExp, number][] = [
  ['Price', 1],
  ['Trigger', 1],
  ['Quantity', 1],
  ['Market', 1],
  ['Note', 1],
  ['Password', 1],
  ['Deposit address', 1],
  ['Search', 1],
  ['Backup file', 1],
  ['price', 0],
  ['Open orders', 0],
  [/^(Buy|Sell)$/, 2],
];

let driver: Driver;
let page: Surface;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buckle-driver-'));
  driver = await launch({ extensionDir: 'tests/drivers/fixture' });
  page = await driver.open('page.html', { width: 700, height: 900 });
});

afterAll(async () => {
  await driver?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('driver: finding', () => {
  it('finds by role and name what the table says', async () => {
    const found = [];
    for (const [role, name] of ROLES) found.push([role, name, await page.role(role, name).count()]);
    expect(found).toEqual(ROLES);
  });

  it('finds form fields by their label', async () => {
    const found = [];
    for (const [label] of LABELS) found.push([label, await page.label(label).count()]);
    expect(found).toEqual(LABELS);
  });

  it('finds the innermost text, and inside an element', async () => {
    expect(await page.text('must be a multiple').attribute('role')).toBe('alert');
    const row = page.role('table', 'Open orders').role('row', 'SOL_USDC');
    expect(await row.role('cell').nth(1).text()).toBe('180.00');
    expect(await row.role('cell').nth(-1).text()).toBe('×');
    expect(await row.css('td').first().text()).toBe('SOL_USDC');
    expect(await page.role('form').label('Password').attribute('type')).toBe('password');
  });

  it('refuses to choose between two', async () => {
    await expect(page.role('button', 'Cancel order').click()).rejects.toThrow(/2 elements/);
    await expect(page.role('tab').isVisible()).rejects.toThrow(/2 elements/);
  });

  it('gives up on what does not come, in the time it is given', async () => {
    const before = performance.now();
    await expect(page.role('heading', 'Nowhere').waitFor('visible', 300)).rejects.toThrow();
    expect(performance.now() - before).toBeLessThan(5000);
    expect(await page.role('heading', 'Nowhere').isVisible()).toBe(false);
    await page.role('heading', 'Nowhere').waitFor('hidden');
  });
});

describe('driver: acting', () => {
  it('fills with the events of an edit', async () => {
    await page.label('Price').fill('180.5');
    expect(await page.label('Price').value()).toBe('180.5');
    await page.label('Price').fill('');
    await page.label('Price').fill('181');
    await page.label('Price').press('Tab');
    await expect.poll(() => page.label('Trigger price').isFocused()).toBe(true);
    expect(await page.css('#events').text()).toMatch(/^(input )+change$/);
  });

  it('types with real keys and presses combinations', async () => {
    await page.label('Password').type('a B&1é');
    expect(await page.label('Password').value()).toBe('a B&1é');
    await page.label('Password').press('Control+a');
    await page.press('Backspace');
    expect(await page.label('Password').value()).toBe('');
  });

  it('chooses radio buttons, boxes and options as a person does', async () => {
    await page.role('radio', 'Sell').click();
    expect(await page.role('radio', 'Sell').isChecked()).toBe(true);
    expect(await page.role('radio', 'Buy').isChecked()).toBe(false);
    await page.label('Post only').check();
    await page.label('Post only').check();
    expect(await page.label('Post only').isChecked()).toBe(true);
    await page.label('Post only').check(false);
    expect(await page.label('Post only').isChecked()).toBe(false);
    await page.label('Market').select('SOL / USDC');
    expect(await page.label('Market').value()).toBe('SOL_USDC');
    await page.label('Market').select('BTC_USDC');
    expect(await page.label('Market').value()).toBe('BTC_USDC');
  });

  it('waits for a button to be enabled before it clicks', async () => {
    await page.reload();
    expect(await page.role('button', 'Comes later').isEnabled()).toBe(false);
    await page.label('Market').select('SOL / USDC');
    await page.role('button', 'Comes later').waitFor('enabled');
    await page.role('button', 'Comes later').click();
  });

  it('opens and closes a dialog', async () => {
    await page.role('button', 'Review order').click();
    const dialog = page.role('dialog', 'Review order');
    await dialog.waitFor();
    expect(await dialog.role('button', 'Place order').text()).toBe('Place order · Buy 1.5 SOL');
    await dialog.role('button', 'Place order').click();
    await dialog.waitFor('hidden');
  });

  it('gives a file to a file field', async () => {
    await page.label('Backup file').setFile('tests/drivers/fixture/other.html');
    expect(await page.css('#answer:not(:empty)').text()).toContain('The other page');
  });

  it('evaluates in the page, JSON in and JSON out', async () => {
    const fn = 'async (a, b) => ({ sum: a.n + b, none: undefined, list: [null, "é"] })';
    const value = await page.evaluate(fn, { n: 1 }, 2);
    expect(value).toEqual({ sum: 3, list: [null, 'é'] });
    await expect(page.evaluate('() => { throw new Error("no such thing"); }')).rejects.toThrow(
      /no such thing/,
    );
  });

  it('hears the errors that a page reports', async () => {
    const other = await driver.open('page.html');
    expect(other.onConsoleError).toEqual([]);
    await other.role('button', 'Log an error').click();
    await other.evaluate('() => { setTimeout(() => { throw new Error("thrown"); }); }');
    await other.evaluate('() => new Promise((done) => setTimeout(done, 100))');
    expect(other.onConsoleError.join('\n')).toMatch(/an error of the page.*thrown/s);
    await other.close();
    await other.closed();
  });

  it('shows the page light and dark, at the size that is asked for', async () => {
    const scheme = "() => matchMedia('(prefers-color-scheme: dark)').matches";
    expect(await page.evaluate(scheme)).toBe(false);
    await driver.setColorScheme('dark');
    expect(await page.evaluate(scheme)).toBe(true);
    await page.resize(380, 600);
    expect(await page.evaluate('() => [innerWidth, innerHeight]')).toEqual([380, 600]);
    await page.screenshot(join(folder, 'shots', 'dark.png'));
    const png = await readFile(join(folder, 'shots', 'dark.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([380, 600]);
    await driver.setColorScheme('light');
    await page.resize(700, 900);
  });

  it('hands out windows and downloads, each once', async () => {
    await page.role('button', 'Open a window').click();
    const other = await driver.nextWindow();
    expect(await other.role('heading').text()).toBe('The other page');
    expect(other.url()).toBe(`${driver.extensionOrigin}/other.html`);
    await other.close();
    await page.role('button', 'Save a file').click();
    const path = await driver.nextDownload();
    expect(path).toMatch(/fixture\.json$/);
    expect(await readFile(path, 'utf8')).toBe('{"saved":true}');
    await expect(driver.nextWindow(200)).rejects.toThrow();
    await expect(driver.nextDownload(200)).rejects.toThrow();
  });
});
