import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { until } from '../drivers/wait.ts';
import { createCertificates } from '../exchange/certificates.ts';

let driver: Driver;
let page: Surface;
let server: Server;

const ask = async (button: string): Promise<string> => {
  await page.role('button', button).click();
  return page.css('#answer:not(:empty)').text();
};

beforeAll(async () => {
  const { key, cert, spki, caDerBase64 } = await createCertificates();
  server = createServer({ key, cert }, (request, response) => {
    response.end(`hello ${request.headers.host}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  driver = await launch({
    extensionDir: 'tests/drivers/fixture',
    exchange: { port, spki, caDerBase64 },
  });
  page = await driver.open('page.html');
});

afterAll(async () => {
  await driver?.close();
  server?.close();
});

describe('driver: the browser', () => {
  it('leads the exchange host names to the practice exchange', async () => {
    expect(await ask('Ask the exchange')).toBe('hello api.backpack.exchange');
  });

  it('stops the background; the next message wakes another', async () => {
    const first = await ask('Ask the background');
    expect(await ask('Ask the background')).toBe(first);
    await driver.stopBackground();
    const second = await ask('Ask the background');
    expect(second).not.toBe(first);
    expect(second).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stops the background even while a page wakes it again and again', async () => {
    await page.evaluate(`() => {
      globalThis.boots = new Set();
      const { runtime } = globalThis.browser ?? chrome;
      const again = () => setTimeout(ask, 5);
      const ask = () => runtime.sendMessage('boot').then((b) => boots.add(b)).then(again, again);
      ask();
    }`);
    const seen = (): Promise<number> => page.evaluate('() => boots.size');
    for (let stops = 0; stops < 4; stops += 1) {
      const before = await seen();
      await driver.stopBackground();
      await until('another background', async () => (await seen()) > before || undefined);
    }
    await page.reload();
  });

  it('keeps the profile through a restart and through a kill', async () => {
    await page.evaluate("() => localStorage.setItem('kept', 'through all')");
    const read = "() => localStorage.getItem('kept')";
    await page.close();
    await driver.restart();
    page = await driver.open('page.html');
    expect(await page.evaluate(read)).toBe('through all');
    expect(await ask('Ask the exchange')).toBe('hello api.backpack.exchange');
    await driver.kill();
    await driver.start();
    page = await driver.open('page.html');
    expect(await page.evaluate(read)).toBe('through all');
    expect(await ask('Ask the background')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('driver: trust', () => {
  it('refuses the practice exchange without its certificate: the checks are on', async () => {
    const { key, cert } = await createCertificates();
    const stranger = createServer({ key, cert }, (_request, response) => response.end('hello'));
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
    const { port } = stranger.address() as AddressInfo;
    const { spki, caDerBase64 } = await createCertificates();
    const other = await launch({
      extensionDir: 'tests/drivers/fixture',
      exchange: { port, spki, caDerBase64 },
    });
    try {
      const surface = await other.open('page.html');
      await surface.role('button', 'Ask the exchange').click();
      expect(await surface.css('#answer:not(:empty)').text()).toMatch(/^failed: /);
    } finally {
      await other.close();
      stranger.close();
    }
  });
});
