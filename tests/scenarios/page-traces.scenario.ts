import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAlone } from '../drivers/chromium-alone.ts';
import type { Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import { DESK, OTHER } from '../site/server.ts';
import { connectSite, disconnectSite, hasBuckle, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// What a page can find out about Buckle that the person has not let in, or has shut out again: nothing.

let world: World;
let buckle: Surface;
let desk: SitePage;

/** Everything that a page can look at without asking: its globals, its document, its requests, who speaks to it. */
const LOOK = `async () => {
  const heard = [];
  const listen = ({ data }) => heard.push(data);
  addEventListener('message', listen);
  addEventListener('buckle:announce', () => heard.push('announced'));
  dispatchEvent(new Event('buckle:request'));
  for (const say of [{ ping: true }, { key: 'k', method: 'permissions', params: {} }]) {
    postMessage({ to: 'buckle-bridge', ...say }, location.origin);
  }
  await new Promise((done) => setTimeout(done, 500));
  removeEventListener('message', listen);
  return {
    globals: Object.getOwnPropertyNames(window).sort(),
    document: document.documentElement.outerHTML,
    requests: performance.getEntriesByType('resource').map(({ name }) => name),
    heard: heard.filter((each) => each?.to !== 'buckle-bridge'),
  };
}`;
interface Looked {
  globals: string[];
  document: string;
  requests: string[];
  heard: unknown[];
}
const REGISTERED = `async () => {
  const { scripting } = globalThis.browser ?? chrome;
  return (await scripting.getRegisteredContentScripts()).length;
}`;
const look = (page: Surface): Promise<Looked> => page.evaluate(LOOK);
let untouched: Looked;

beforeAll(async () => {
  world = await createWorld();
  buckle = await steps.openWithAccount(world.driver, registeredKey(world, 'Main', 1));
  desk = await openSite(world, buckle, `${DESK}/bare`);
});
afterAll(() => world?.close());

describe('a page that is not connected', () => {
  it('finds no global, no element, no request, and nobody who answers', async () => {
    untouched = await look(desk.page);
    expect(untouched.globals.filter((name) => /buckle/i.test(name))).toEqual([]);
    expect(untouched.document).toBe(
      '<html><head><title>A site</title><link rel="icon" href="data:,"></head><body><h1>A site</h1></body></html>',
    );
    expect(untouched.requests).toEqual([]);
    expect(untouched.heard).toEqual([]);
    expect(await buckle.evaluate(REGISTERED)).toBe(0);
  });
});

describe('a page that is connected', () => {
  it('finds one global more, and nothing else', async () => {
    await connectSite(world, desk);
    await desk.page.reload();
    const connected = await look(desk.page);
    expect(connected.globals.filter((name) => !untouched.globals.includes(name))).toEqual([
      'buckle',
    ]);
    expect(connected.document).toBe(untouched.document);
    expect(connected.requests).toEqual([]);
    expect(connected.heard).toContainEqual({ to: 'buckle-page', state: 'pong' });
  });

  it('R14: does not pass it on: not to its frames, not to a site that frames it, not to another site', async () => {
    const inside = await openSite(world, buckle, `${DESK}/bare?frame=${DESK}/report`);
    expect(await hasBuckle(inside.page)).toBe(true);
    expect(await inside.page.evaluate('() => typeof frames[0].buckle')).toBe('undefined');
    await inside.page.close();
    const around = await openSite(world, buckle, `${OTHER}/bare?frame=${DESK}/report`);
    expect(await hasBuckle(around.page)).toBe(false);
    const reported = `() => new Promise((done) => {
      addEventListener('message', ({ data }) => done(data));
      frames[0].postMessage('report', '*');
    })`;
    expect(await around.page.evaluate(reported)).toEqual({ buckle: 'undefined', answers: 0 });
    await around.page.close();
  });
});

describe('a page that was disconnected', () => {
  it('speaks to nobody any more, open as it is', async () => {
    await disconnectSite(world, desk);
    // What announces itself is the page's own object, which stays until it is loaded again.
    expect((await look(desk.page)).heard).toEqual(['announced']);
    const asked = '() => buckle.permissions().then(() => "answered", ({ reason }) => reason)';
    expect(await desk.page.evaluate(asked)).toBe('not-connected');
  });

  it('finds nothing at its next load, and nothing is left in the browser', async () => {
    await desk.page.reload();
    expect(await look(desk.page)).toEqual(untouched);
    expect(await buckle.evaluate(REGISTERED)).toBe(0);
    const origins = '() => (globalThis.browser ?? chrome).permissions.getAll()';
    expect(await buckle.evaluate(origins)).toMatchObject({
      origins: ['https://api.backpack.exchange/*'],
    });
  });

  it('can be connected again without a reload', async () => {
    await connectSite(world, desk);
    expect((await look(desk.page)).heard).toContainEqual({ to: 'buckle-page', state: 'pong' });
    await disconnectSite(world, desk);
  });
});

describe('a page of a connected site that is loaded ahead of its time', () => {
  it('R14: is not heard before it is shown; Firefox prerenders none', async () => {
    await connectSite(world, desk);
    const prerenders = `() => HTMLScriptElement.supports?.('speculationrules') === true`;
    if (world.driver.browser === 'firefox') {
      expect(await desk.page.evaluate(prerenders)).toBe(false);
      return;
    }
    const alone = await openAlone(world.driver, world.server, `${DESK}/ahead`);
    const begun = () => world.said.length > 0 || undefined;
    const begin = async (): Promise<true | undefined> => {
      const isThere = await until('a word of the page', begun, 5000).catch(() => undefined);
      if (!isThere) await alone.again();
      return isThere;
    };
    try {
      await until('the page to begin', begin, 90_000);
      await until('the page to be shown', () => world.said.length > 1 || undefined);
    } finally {
      await alone.close();
    }
    expect(world.said).toEqual([
      { prerendering: true, came: 'not-connected' },
      { prerendering: false, came: 'answered' },
    ]);
  });
});
