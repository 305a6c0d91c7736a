import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { chosenBrowser } from '../drivers/launch.ts';
import { filesOf } from '../package/archive.ts';
import { BUILD_MODE } from '../run/build.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

const FOLDER = `dist/${BUILD_MODE[chosenBrowser()]}`;
const POPUP = 'src/ui/popup/index.html';

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https://api.backpack.exchange wss://ws.backpack.exchange',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** Every address that the package may hold: the exchange's, and names of specifications and places that are never fetched. */
const ADDRESSES = [
  'http://127.0.0.1/*',
  'http://localhost/*',
  'http://www.w3.org/1998/Math/MathML',
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/2000/svg',
  'https://*/*',
  'https://api.backpack.exchange',
  'https://api.backpack.exchange/*',
  'https://backpack.exchange/portfolio',
  'https://backpack.exchange/settings/address-book',
  'https://backpack.exchange/settings/api-keys',
  'https://chrome.google.com/webstore',
  // Of the chart's own mark, which is switched off.
  'https://www.tradingview.com/',
  'wss://ws.backpack.exchange',
];

/** Open pages of Buckle at that path, in tabs and in frames of any page. */
const CONTEXTS_AT = `async (path) => {
  const { runtime } = globalThis.browser ?? chrome;
  const contexts = await runtime.getContexts({});
  return contexts.filter(({ documentUrl }) => documentUrl === runtime.getURL(path)).length;
}`;

/** Tries to get at a file of the extension in every way that a page has. Answers what worked. */
const REACH = `async (base, path) => {
  const element = (tag, attribute, file) => new Promise((done) => {
    const made = document.createElement(tag);
    made.addEventListener('load', () => done(true));
    made.addEventListener('error', () => done(false));
    made[attribute] = base + '/' + file;
    document.body.append(made);
  });
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  return {
    fetch: await fetch(base + '/' + path).then(() => true, () => false),
    manifest: await fetch(base + '/manifest.json').then(() => true, () => false),
    image: await element('img', 'src', 'icons/128.png'),
    script: await element('script', 'src', 'background.js'),
    runtime: typeof globalThis.browser?.runtime?.sendMessage + typeof globalThis.chrome?.runtime?.sendMessage,
  };
}`;
/** Frames a page of the extension and returns once the browser has done with it what it does. */
const FRAME = `(url) => new Promise((done) => {
  const frame = document.createElement('iframe');
  const own = document.createElement('iframe');
  frame.src = url;
  own.srcdoc = 'mine';
  // A refused frame may give no event at all: one of the page's own, asked for later, comes after it.
  own.addEventListener('load', () => setTimeout(done, 500));
  document.body.append(frame, own);
})`;

let world: World;
let surface: Surface;
let site: Server;
let siteUrl: string;
let asked: string[];
let files: string[];

const read = (file: string): Promise<string> => readFile(join(FOLDER, file), 'utf8');
const textFiles = (): string[] => files.filter((file) => !file.endsWith('.png'));

beforeAll(async () => {
  files = await filesOf(FOLDER);
  asked = [];
  site = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' });
    response.end('<!doctype html><title>A site</title><h1>A site</h1>');
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  world = await createWorld();
  surface = await steps.openWithAccount(world.driver, registeredKey(world, 'Main', 1));
});
afterAll(async () => {
  await world?.close();
  site?.close();
});

describe('the package', () => {
  it('holds no source maps, no development code and no eval (R22)', async () => {
    expect(files.filter((file) => !/\.(js|css|html|json|png|svg)$/.test(file))).toEqual([]);
    for (const file of textFiles()) {
      const found =
        /sourceMappingURL|\beval\(|new Function|import\.meta\.hot|@vite\/client|preact\/debug|\bdebugger\b/.exec(
          await read(file),
        );
      expect([file, found?.[0]]).toEqual([file, undefined]);
    }
  });

  it('puts next to nothing into pages: no code that signs, nor the browser’s means of an extension (R15, R20)', async () => {
    expect(files.filter((file) => file.startsWith('content/'))).toEqual([
      'content/bridge.js',
      'content/provider.js',
    ]);
    const bridge = await read('content/bridge.js');
    const provider = await read('content/provider.js');
    const signs = /subtle|ed25519|instruction=|X-Signature|backpack\.exchange/i;
    const ofExtensions = /\b(?:chrome|browser)\b|\bruntime\b|sendMessage/;
    expect(signs.exec(bridge + provider)?.[0]).toBeUndefined();
    expect(ofExtensions.exec(provider)?.[0]).toBeUndefined();
    // The bridge has one way out, to Buckle's background: nothing that is kept, and no network.
    const waysOut = /storage|indexedDB|fetch|XMLHttpRequest|WebSocket|sendBeacon|tabs|cookie/;
    expect(waysOut.exec(bridge)?.[0]).toBeUndefined();
    expect(Buffer.byteLength(bridge + provider)).toBeLessThanOrEqual(5000);
  });

  it('asks for these permissions and keeps this policy, and nothing else', async () => {
    const manifest: Record<string, unknown> = JSON.parse(await read('manifest.json'));
    expect(manifest).toMatchObject({
      manifest_version: 3,
      permissions: [
        'storage',
        'unlimitedStorage',
        'alarms',
        'idle',
        'declarativeNetRequestWithHostAccess',
        'scripting',
        'activeTab',
        ...(chosenBrowser() === 'chromium' ? ['sidePanel'] : []),
      ],
      host_permissions: ['https://api.backpack.exchange/*'],
      optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'],
      content_security_policy: { extension_pages: POLICY.join('; ') },
    });
    for (const absent of [
      'web_accessible_resources',
      'content_scripts',
      'externally_connectable',
      'optional_permissions',
    ]) {
      expect([absent, manifest[absent]]).toEqual([absent, undefined]);
    }
  });

  it('names no host but the exchange’s (R3)', async () => {
    const found = new Set<string>();
    for (const file of textFiles()) {
      for (const [address] of (await read(file)).matchAll(
        /\b(?:https?|wss?|ftp):\/\/[^\s"'`\\)>;,?]+/g,
      )) {
        found.add(address);
      }
    }
    expect([...found].sort()).toEqual(ADDRESSES);
  });

  it('cannot fetch from any other host (R3)', async () => {
    const fetched = '(url) => fetch(url).then(() => true, () => false)';
    expect(await surface.evaluate(fetched, 'https://api.backpack.exchange/api/v1/time')).toBe(true);
    expect(await surface.evaluate(fetched, `${siteUrl}/secret`)).toBe(false);
    expect(await surface.evaluate(fetched, 'https://backpack.exchange/')).toBe(false);
    expect(await surface.evaluate(fetched, 'https://api.backpack.exchange.example/')).toBe(false);
    const sent = '(url) => navigator.sendBeacon(url, "secret")';
    await surface.evaluate(
      `(url) => { try { (${sent})(url); } catch { return; } }`,
      `${siteUrl}/beacon`,
    );
    await surface.evaluate(
      `(url) => new Promise((done) => {
        const image = new Image();
        image.addEventListener('error', done);
        image.addEventListener('load', done);
        image.src = url;
      }).then(() => true)`,
      `${siteUrl}/image`,
    );
    // The site itself can be reached: what did not arrive was held back.
    expect((await fetch(`${siteUrl}/here`)).ok).toBe(true);
    expect(asked).toEqual(['/here']);
  });

  it('is out of reach of a web page, framed or fetched (R8)', async () => {
    expect(await surface.evaluate(CONTEXTS_AT, POPUP)).toBe(1);
    const second = await world.driver.open('popup');
    expect(await surface.evaluate(CONTEXTS_AT, POPUP)).toBe(2);
    await second.close();
    const page = await world.driver.open(`${siteUrl}/page`);
    const { runtime, ...reached } = await page.evaluate<Record<string, unknown>>(
      REACH,
      world.driver.extensionOrigin,
      POPUP,
    );
    expect(reached).toEqual({ fetch: false, manifest: false, image: false, script: false });
    expect(runtime).toBe('undefinedundefined');
    await page.evaluate(FRAME, `${world.driver.extensionOrigin}/${POPUP}`);
    expect(await surface.evaluate(CONTEXTS_AT, POPUP)).toBe(1);
    await page.close();
  });

  it('does not name the installation to the exchange', async () => {
    await steps.placeLimitOrder(surface, {
      market: 'SOL_USDC',
      side: 'Buy',
      price: '100.25',
      quantity: '1.5',
    });
    await steps.cancelOrder(await steps.openOrderRow(surface, 'SOL_USDC'));
    expect(world.origins().get('POST')).toEqual(new Set([undefined]));
    expect(world.origins().get('DELETE')).toEqual(new Set([undefined]));
    expect(world.origins().get('GET')).toEqual(new Set([undefined]));
  });
});
