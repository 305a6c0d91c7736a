import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CACHED,
  COMPRESSED,
  isMarkerOf,
  markers,
  PLACES,
  type Place,
  plantAnswer,
  plantInField,
  plantInStores,
  woven,
} from '../disk/plants.ts';
import * as mine from '../disk/private.ts';
import { type Finding, type Scan, scanProfile } from '../disk/scan.ts';
import type { Needle } from '../disk/search.ts';
import { type Site, startSite } from '../disk/site.ts';
import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { until } from '../drivers/wait.ts';
import { createPracticeExchange } from '../exchange/exchange.ts';
import { type PracticeServer, startServer } from '../exchange/server.ts';
import * as steps from './steps.ts';

// The whole profile on disk, after use, after a crash and after a normal close, holds no secret and no password, no balance and no
// order. Markers planted in the same profile prove that the scan would see them.

const FLUSH_TIMEOUT_MS = 40_000;

const exchange = createPracticeExchange();
let needles: readonly Needle[] = [...markers, ...mine.secrets];
let folder: string;
let driver: Driver;
let server: PracticeServer;
let site: Site;

beforeAll(async () => {
  exchange.setMarkPrice('BTC_USDC', mine.MARK_PRICE);
  const holds = (available: string) => ({ USDC: { available } });
  exchange.addAccount({ apiKey: mine.IMPORTED.apiKey, balances: holds(mine.BALANCE) });
  exchange.addAccount({ apiKey: CACHED.apiKey, balances: holds(CACHED.balance) });
  server = await startServer(exchange);
  site = await startSite({ plain: woven('HTTP cache'), packed: woven('HTTP cache, gzip') });
  folder = await mkdtemp(join(tmpdir(), 'buckle-disk-'));
  driver = await launch({ exchange: server, profileDir: folder, restoreSession: true });
});

afterAll(async () => {
  await driver?.close();
  await site?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const isSite = (page: Surface): boolean => page.url().startsWith(site.origin);
const isOwn = (page: Surface): boolean => page.url().startsWith(driver.extensionOrigin);

const unseen = ({ findings }: Scan): Place[] =>
  PLACES.filter((place) => !findings.some(({ needle }) => isMarkerOf(place, needle)));
const leaks = ({ findings }: Scan): Finding[] =>
  findings.filter(({ needle }) => !PLACES.some((place) => isMarkerOf(place, needle)));

/** Fills in every kind of form and sends none of it, as someone who is called away. */
async function leaveHalfTyped(): Promise<void> {
  const adding = await driver.open('full');
  await steps.goTo(adding, 'Settings');
  await adding.role('button', 'Add account').click();
  await adding.label('API key').fill(mine.MISPLACED_KEY.secret);
  await adding.label('API secret').fill(mine.TYPED_KEY.secret);
  await plantInField(adding, 'text field beside a typed secret');
  const changing = await driver.open('popup');
  await steps.goTo(changing, 'Settings');
  await changing.role('button', 'Change password').click();
  await changing.label('Current password').fill(mine.PASSWORD);
  await changing.label('New password').fill(mine.NEXT_PASSWORD);
  await plantInField(changing, 'text field beside a typed password');
  const trading = await driver.open('popup');
  await steps.fillOrder(trading, mine.TYPED_ORDER);
  await plantInField(trading, 'text field beside a typed order');
}

/** Waits until every marker is on the disk; yields the places where none came. */
async function flushed(): Promise<Place[]> {
  const deadline = performance.now() + FLUSH_TIMEOUT_MS;
  for (;;) {
    const missing = unseen(await scanProfile(folder, markers));
    if (missing.length === 0 || performance.now() > deadline) return missing;
  }
}

describe('disk', () => {
  it('is written to by a person who uses Buckle, and by what is planted', async () => {
    const page = await driver.open('popup');
    await steps.createVault(page, mine.PASSWORD);
    await steps.importKey(page, mine.IMPORTED);
    expect(await (await steps.balanceRow(page, 'USDC')).text()).toContain('7,351,948,261');
    await steps.placeLimitOrder(page, mine.ORDER);
    await steps.openOrderRow(page, mine.ORDER.market);
    await steps.lock(page);
    await steps.unlock(page, mine.PASSWORD);
    await steps.balanceRow(page, 'USDC');
    needles = [...needles, ...mine.amountsOf(exchange)];

    await plantInStores(page);
    expect(await plantAnswer(page)).toContain(CACHED.balance);
    await leaveHalfTyped();
    for (const path of ['/packed', '/plain']) {
      const visited = await driver.open(site.origin + path);
      await visited.css('#note').fill(woven('text field on a site'));
    }
    // Each marker was left after the private thing beside it: once it is on disk, that had every chance.
    expect(await flushed()).toEqual([]);
  });

  it('R1, R31: holds nothing private after a crash, and all that was planted', async () => {
    await driver.kill();
    const scan = await scanProfile(folder, needles);
    expect(unseen(scan)).toEqual([]);
    expect(leaks(scan)).toEqual([]);
  });

  it('is read through what the browser compresses with', async () => {
    const { findings } = await scanProfile(folder, markers);
    const inPlainSight = (place: Place): boolean =>
      findings.some(({ needle, raw }) => raw && isMarkerOf(place, needle));
    expect(COMPRESSED[driver.browser].filter(inPlainSight)).toEqual([]);
  });

  it('R1: gives the pages back without what was typed into them', async () => {
    await driver.start();
    const restored = await until('the restored pages', async () => {
      const pages = await driver.pages();
      for (const page of pages) await page.evaluate('() => 0');
      return pages.filter(isOwn).length === 4 && pages.some(isSite) ? pages : undefined;
    });
    const note = restored.find(isSite)?.css('#note');
    await until('what was typed on the site', async () => {
      return (await note?.value()) === woven('text field on a site') || undefined;
    });
    for (const page of restored.filter(isOwn)) {
      await page.role('heading', 'Buckle is locked').waitFor();
      const typed = "() => [...document.querySelectorAll('input')].map((field) => field.value)";
      expect(await page.evaluate(typed)).toEqual(['']);
    }
    const [again] = restored.filter(isOwn);
    if (!again) throw new Error('no page of Buckle is open');
    await steps.unlock(again, mine.PASSWORD);
    await steps.balanceRow(again, 'USDC');
  });

  it('R1, R31: holds nothing private after a normal close, and all that was planted', async () => {
    await driver.close();
    const scan = await scanProfile(folder, needles);
    expect(unseen(scan)).toEqual([]);
    expect(leaks(scan)).toEqual([]);
    expect(scan.unreadable).toEqual([]);
  });
});
