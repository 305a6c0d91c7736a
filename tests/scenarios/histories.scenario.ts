import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Locator, Surface } from '../drivers/driver.ts';
import type { Fault } from '../exchange/faults.ts';
import { manyFills, manyOrders, NEWEST, oddFills, oddOrder } from './history-rows.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// What was long ago: page by page, filtered, as a file, and through an exchange in trouble.

const ORDERS = '/wapi/v1/history/orders';
const FILLS = '/wapi/v1/history/fills';
const ORDER_COUNT = 2_400;
const FILL_COUNT = 3_400;
const ALWAYS = 10_000;
const WAIT = { timeout: 10_000 };

let world: World;
let surface: Surface;
let orders: Locator;
let fills: Locator;

const open = (tab: 'Order history' | 'Fills' | 'Requests'): Promise<void> =>
  surface.role('tablist', 'Activity').role('tab', tab).click();
const rowsIn = async (table: Locator): Promise<number> =>
  Number(await table.attribute('aria-rowcount')) - 1;
const firstRow = (table: Locator): Promise<string> => table.css('tbody tr').first().text();
const asked = (path: string): number =>
  world.exchange.requests().filter((request) => request.path === path).length;
const scrollToEnd = (): Promise<void> =>
  surface.evaluate(
    "() => { const list = document.querySelector('.panel'); list.scrollTop = list.scrollHeight; }",
  );

/** The file that the Export button gives, as lines. */
async function exported(): Promise<string[]> {
  await surface.role('button', 'Export').click();
  const path = await world.driver.nextDownload();
  const text = await readFile(path, 'utf8');
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(0, -2).split('\r\n');
}

beforeAll(async () => {
  // The days of a filter are those of the computer's own calendar.
  vi.stubEnv('TZ', 'UTC');
  world = await createWorld();
  const key = registeredKey(world, 'Main', 1);
  const { exchange } = world;
  exchange.giveHistory(key.apiKey, 'orders', [...manyOrders(ORDER_COUNT), oddOrder]);
  exchange.giveHistory(key.apiKey, 'fills', [...manyFills(FILL_COUNT), ...oddFills]);
  surface = await steps.openWithAccount(world.driver, key, 'full');
  orders = surface.role('table', 'Order history');
  fills = surface.role('table', 'Fills');
  await steps.goTo(surface, 'Activity');
  await orders.css('tbody tr').nth(99).waitFor();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world?.close();
});

describe('what is odd', () => {
  it('shows an order of kinds that nobody has heard of, with most of it missing, as it is', async () => {
    expect(await firstRow(orders)).toMatch(
      /^0G_USDC Sideways Oct 31, 1\d:00 – of – 9223372036854775807 Dream – Teleported$/,
    );
    const time = orders.css('tbody tr').first().css('time');
    expect(await time.attribute('title')).toBe(new Date(oddOrder.at).toISOString());
  });

  it('shows eighteen decimals to the last, and ids beyond 2^53', async () => {
    await open('Fills');
    await expect.poll(() => rowsIn(fills), WAIT).toBe(100);
    expect(await firstRow(fills)).toMatch(
      /^ETH_USDC Buy .* 0\.123456789012345678 at 3,826\.150000000000000001 9223372036854775807 above −0\.00000001 ETH Maker$/,
    );
    const fee = fills.css('tbody tr').first().css('[title*="ETH"]');
    expect(await fee.attribute('title')).toBe('-0.000000000000000001 ETH');
    expect(await fills.css('tbody tr').nth(1).text()).toMatch(/^ETH_USDC Sideways .* 1 at 3,826 /);
  });
});

describe('paging', () => {
  it('loads what comes below as its end comes near, each row once', async () => {
    await open('Order history');
    const before = asked(ORDERS);
    for (let loaded = 100; loaded <= 500; loaded += 200) {
      await expect.poll(() => rowsIn(orders), WAIT).toBeGreaterThanOrEqual(loaded);
      await scrollToEnd();
    }
    await expect.poll(() => rowsIn(orders), WAIT).toBeGreaterThanOrEqual(700);
    // Each page was asked for once, and perhaps the first once more, for the tab that was opened again. What was asked for and
    // is not shown yet will be.
    const askedMore = async () => asked(ORDERS) - before - ((await rowsIn(orders)) - 100) / 200;
    await expect.poll(async () => [0, 1].includes(await askedMore()), WAIT).toBe(true);
    await surface.text(/^[\d,]+ of 2,401 loaded/).waitFor();
  });

  it('has a button as well', async () => {
    await surface.evaluate("() => { document.querySelector('.panel').scrollTop = 0; }");
    const before = await rowsIn(orders);
    await surface.evaluate("() => document.querySelector('.list > .button').click()");
    await expect.poll(() => rowsIn(orders), WAIT).toBe(before + 200);
    expect(await surface.css('.list > .button').text()).toBe('Load more');
  });
});

describe('filters', () => {
  it('have the exchange give one market only', async () => {
    await surface.role('combobox', 'Market').select('BTC_USDC');
    await surface.text('100 of 600 loaded').waitFor();
    expect(await firstRow(orders)).toContain('BTC_USDC');
    await surface.role('combobox', 'Market').select('All markets');
    await surface.text('100 of 2,401 loaded').waitFor();
  });

  it('look for a time among orders here, since the exchange cannot', async () => {
    await surface.role('combobox', 'Time').select('From … to …');
    await surface.label('From').fill('2026-10-30');
    await surface.label('To').fill('2026-10-30');
    await surface.text(/looks through the rows: 1,000 looked at, 2\d\d fit/).waitFor();
    expect(await firstRow(orders)).toContain('Oct 30, 23:59');
    await scrollToEnd();
    await surface.text(/looks through the rows: 2,000 looked at/).waitFor();
    await scrollToEnd();
    await surface.text(/looks through the rows: 2,401 looked at, 1,440 fit/).waitFor();
    expect(await rowsIn(orders)).toBe(1440);
    expect(await surface.role('button', 'Load more').count()).toBe(0);
    await surface.label('To').fill('2026-10-29');
    await surface.text('This day is before the first one').waitFor();
    await surface.role('combobox', 'Time').select('All');
    await surface.text('100 of 2,401 loaded').waitFor();
  });

  it('have the exchange give the fills of a time', async () => {
    await open('Fills');
    await surface.role('combobox', 'Time').select('From … to …');
    await surface.label('From').fill('2026-10-30');
    await surface.label('To').fill('2026-10-30');
    await surface.text('100 of 1,440 loaded').waitFor();
    expect(await firstRow(fills)).toContain('Oct 30, 23:59');
  });
});

describe('export', () => {
  it('has everything under the filter in it, and nothing else', async () => {
    const lines = await exported();
    expect(lines).toHaveLength(1 + 1440);
    expect(lines[1]).toMatch(/^2026-10-30T23:59:00\.000Z,/);
    await surface.text('Saved 1,440 rows').waitFor();
    await surface.role('combobox', 'Time').select('All');
    await surface.text('100 of 3,402 loaded').waitFor();
  });

  it('is exact, quoted where it must be, and nothing a spreadsheet runs', async () => {
    const lines = await exported();
    expect(lines).toHaveLength(1 + FILL_COUNT + oddFills.length);
    const names =
      'timestamp,symbol,side,price,quantity,fee,feeSymbol,isMaker,orderId,clientId,tradeId';
    expect(lines[0]).toBe(names);
    expect(lines[1]).toBe(
      `${new Date(oddFills[0]?.at ?? 0).toISOString()},ETH_USDC,Bid,3826.150000000000000001,` +
        '0.123456789012345678,-0.000000000000000001,ETH,true,9223372036854775807,' +
        `"'=HYPERLINK(""https://evil.example"",""a, b"")",9223372036854775807`,
    );
    expect(lines[2]).toMatch(/,ETH_USDC,Sideways,3826,1,,,,9223372036854775806,,$/);
    expect(lines[3]).toBe(
      `${new Date(NEWEST).toISOString()},BTC_USDC,Bid,150.25,1.5,0.225375,USDC,true,` +
        '9223372036854000000,,9223372036854000000',
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('says how far it is, and can be stopped', async () => {
    world.exchange.faults.add({ kind: 'delay', delayMs: 600, path: FILLS, times: ALWAYS });
    await surface.role('button', 'Export').click();
    await surface.text('Exporting: 1,000 of 3,402').waitFor();
    await surface.role('button', 'Cancel export').click();
    await surface.text('100 of 3,402 loaded').waitFor();
    world.exchange.faults.clear();
    expect(await surface.role('button', 'Cancel export').count()).toBe(0);
  });

  it('goes on where it stopped when the exchange broke off', async () => {
    const refused = JSON.stringify({ code: 'TRADING_PAUSED', message: 'Not now' });
    const trouble = { path: FILLS, status: 400, body: refused } as const;
    world.exchange.faults.add({ ...trouble, kind: 'status' });
    await surface.role('button', 'Export').click();
    await surface.text('Nothing was saved').waitFor();
    const before = asked(FILLS);
    await surface.role('button', 'Go on').click();
    const lines = (await readFile(await world.driver.nextDownload(), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(2 + FILL_COUNT + oddFills.length);
    expect(asked(FILLS) - before).toBe(4);
  });
});

const TROUBLES: [string, Omit<Fault, 'path' | 'times'>, RegExp][] = [
  ['plain text', { kind: 'text' }, /cannot read \(status 200\)/],
  ['a web page', { kind: 'html', status: 502 }, /cannot read \(status 502\)/],
  ['an answer that breaks off', { kind: 'truncated' }, /cannot read \(status 200\)/],
  ['wrong types', { kind: 'wrong-types' }, /cannot read \(status 200\)/],
  [
    '“not found”',
    { kind: 'text', status: 404, body: 'not found' },
    /not offer it any more.*“not found” \(status 404\)/,
  ],
  [
    'a parameter it cannot parse',
    { kind: 'text', status: 400, body: 'failed to parse parameter `limit`: Expect a number.' },
    /could not read the request.*\(status 400\)/,
  ],
];

describe('an exchange in trouble', () => {
  it.each(TROUBLES)('%s: what was seen last stays, marked as old', async (_name, fault, words) => {
    world.exchange.faults.add({ ...fault, path: FILLS, times: ALWAYS });
    await open('Requests');
    await open('Fills');
    await surface.text(words).first().waitFor();
    expect(await surface.text('Shown as of').isVisible()).toBe(true);
    expect(await surface.css('.table-frame.stale').count()).toBe(1);
    expect(await firstRow(fills)).toContain('0.123456789012345678');
    world.exchange.faults.clear();
    await surface.role('button', 'Try again').click();
    await surface.text('Shown as of').waitFor('hidden');
    expect(await surface.css('.table-frame.stale').count()).toBe(0);
  });

  it('says nothing to the console', () => {
    expect(surface.onConsoleError).toEqual([]);
  });
});
