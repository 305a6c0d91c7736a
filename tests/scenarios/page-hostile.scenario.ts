import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import { DESK, OTHER, startLocalSite } from '../site/server.ts';
import {
  accountId,
  approve,
  askBuckle,
  call,
  clearApprovals,
  type Ended,
  nextApproval,
  reject,
  source,
  start,
  tradeTerms,
} from './page-calls.ts';
import { connectSite, hasBuckle, openSite, type SitePage } from './sites.ts';
import * as steps from './steps.ts';
import { createWorld, registeredKey, type World } from './world.ts';

// Pages that lie, flood, vanish and tamper. What leaves is what a person or a grant let through, once; and nobody else waits.

let world: World;
let buckle: Surface;
let desk: SitePage;
let other: SitePage;
let main: steps.KeyToImport;
let second: steps.KeyToImport;

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const order = (price: string, more: Record<string, unknown> = {}) => ({
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price,
  quantity: '0.5',
  ...more,
});
const ordersAt = (price: string, key = main) =>
  world.exchange.allOrders(key.apiKey).filter((each) => Number(each.price) === Number(price));
const place = (site: SitePage, params: unknown) =>
  start(site.page, source('client.exeOrder', params));
const waiting = async (): Promise<number> =>
  (await askBuckle<unknown[]>(buckle, 'approvals.list', {})).length;
const pages = async (): Promise<number> => (await world.driver.pages()).length;
const works = async (site: SitePage): Promise<void> => {
  expect(await call(site.page, source('client.balances'))).toMatchObject({ value: { USDC: {} } });
};

/** A read that Buckle's own open page, which looks again by itself, never makes. */
const DEPOSITS = { instruction: 'depositQueryAll', params: {} };
const depositsRead = (): number =>
  world.exchange.requests().filter(({ instruction }) => instruction === DEPOSITS.instruction)
    .length;

/** Bound to the account that is shown in Buckle, with the power to read. */
async function bind(site: SitePage): Promise<void> {
  const asked = await start(site.page, source('connect', { scopes: ['read'] }));
  await approve(await nextApproval(world.driver));
  expect(await asked.end()).toHaveProperty('value');
}

beforeAll(async () => {
  world = await createWorld();
  main = registeredKey(world, 'Main', 1);
  second = registeredKey(world, 'Second', 2);
  buckle = await steps.openWithAccount(world.driver, main);
  const connected = async (url: string): Promise<SitePage> => {
    const site = await openSite(world, buckle, url);
    await connectSite(world, site);
    await bind(site);
    return site;
  };
  desk = await connected(`${DESK}/bare?frame=${DESK}/report`);
  other = await connected(`${OTHER}/bare`);
});
afterAll(() => world?.close());
afterEach(() => clearApprovals(buckle));

describe('messages that nobody should believe', () => {
  it('R15: one that is posted again places no second order, and nonsense is no harm', async () => {
    const account = await accountId(buckle, 'Main');
    await askBuckle(buckle, 'grants.save', { origin: DESK, account, terms: tradeTerms() });
    await desk.page.evaluate(`() => {
      window.seen = [];
      addEventListener('message', ({ data }) => { if (data.to === 'buckle-bridge') seen.push(data); });
    }`);
    expect(await call(desk.page, source('client.exeOrder', order('131')))).toHaveProperty('value');
    await desk.page.evaluate(`async () => {
      for (const message of [...seen]) postMessage(message, location.origin);
      for (const nonsense of [null, 1, 'x', [], { to: 'buckle-bridge' }, { to: 'buckle-bridge', key: {}, method: {} }])
        postMessage(nonsense, location.origin);
      await new Promise((done) => setTimeout(done, 500));
    }`);
    expect(ordersAt('131')).toHaveLength(1);
    await works(desk);
  });

  it('R14: one from a frame, of the site itself or of another, is not heard', async () => {
    const said = {
      to: 'buckle-bridge',
      key: 'framed',
      method: 'send',
      params: DEPOSITS,
    };
    const say = `async (said) => {
      frames[0].postMessage({ say: said }, '*');
      await new Promise((done) => setTimeout(done, 300));
    }`;
    await desk.page.evaluate(say, said);
    await desk.page.evaluate(
      `async (url) => {
      const frame = document.querySelector('iframe');
      await new Promise((done) => { frame.onload = done; frame.src = url; });
    }`,
      `${OTHER}/report`,
    );
    await desk.page.evaluate(say, said);
    expect(depositsRead()).toBe(0);
    // Said by the site itself it is heard.
    await desk.page.evaluate(`async (said) => postMessage(said, '*')`, said);
    await expect.poll(depositsRead).toBe(1);
  });

  it('R14: a sandboxed document has no origin, and nothing to say', async () => {
    const before = depositsRead();
    const boxed = await openSite(world, buckle, `${DESK}/sandboxed`);
    await boxed.page.evaluate(
      `async (params) => {
      window.buckle?.client.deposits().catch(() => undefined);
      postMessage({ to: 'buckle-bridge', key: 'boxed', method: 'send', params }, '*');
      await new Promise((done) => setTimeout(done, 500));
    }`,
      DEPOSITS,
    );
    expect(depositsRead()).toBe(before);
    await boxed.page.close();
  });

  it('R10: names that every object has, as method, instruction, scope and value', async () => {
    const asked = NAMES.flatMap((name) => [
      `buckle.send('${name}', {})`,
      `buckle.sign('${name}', {})`,
      source('client.exeOrder', order('132', { symbol: name })),
      `buckle.connect(JSON.parse('{"scopes":["${name}"]}'))`,
      `new Promise((done) => {
        const key = 'raw ${name}';
        addEventListener('message', function hear({ data }) {
          if (data.to !== 'buckle-page' || data.key !== key) return;
          removeEventListener('message', hear);
          done(Promise.reject(data.reply.error));
        });
        postMessage({ to: 'buckle-bridge', key, method: '${name}', params: {} }, location.origin);
      })`,
    ]);
    for (const each of asked) {
      const { code } = await call(other.page, each);
      expect([each, code]).toEqual([each, code === 4200 ? 4200 : -32602]);
    }
    await works(other);
  });

  it('R10: as the name of a parameter: refused, where the browser lets it through at all', async () => {
    const plain = order('132', { clientId: 132 });
    const asked = await Promise.all(
      NAMES.map((name) => {
        const params = JSON.stringify(plain).replace('{', `{"${name}":{"price":"1"},`);
        return start(other.page, `buckle.client.exeOrder(JSON.parse('${params}'))`);
      }),
    );
    if (world.driver.browser === 'firefox') {
      // Its content scripts see nothing of a page's object that bears the name of something every object has.
      const approval = await nextApproval(world.driver);
      await until('all to wait', async () => (await waiting()) === NAMES.length || undefined);
      const all = await askBuckle<{ requests: { params: unknown }[] }[]>(
        buckle,
        'approvals.list',
        {},
      );
      expect(all.map(({ requests }) => requests[0]?.params)).toEqual(NAMES.map(() => plain));
      await approval.role('button', 'Reject all').click();
      await approval.closed();
    }
    const code = world.driver.browser === 'firefox' ? 4001 : -32602;
    for (const each of asked) expect(await each.end()).toMatchObject({ code });
  });
});

describe('params that are no params', () => {
  it.each([
    ['a cycle', '(() => { const order = {}; order.self = order; return order; })()'],
    ['ten million characters', "({ symbol: 'x'.repeat(1e7) })"],
    [
      'ten thousand levels',
      '(() => { let deep = {}; for (let i = 0; i < 1e4; i++) deep = { deep }; return deep; })()',
    ],
    ['a function', '({ symbol: () => 1 })'],
    ['not a number', "({ symbol: 'SOL_USDC', clientId: NaN })"],
    ['a map', 'new Map([["symbol", "SOL_USDC"]])'],
    ['text', "'SOL_USDC'"],
    ['a list', '[]'],
    ['nothing', 'null'],
  ])('R21: %s is refused', async (_what, params) => {
    const before = world.changes();
    const ended = await call(desk.page, `buckle.client.exeOrder(${params})`);
    expect(ended).toMatchObject({ code: -32602, reason: 'invalid-params' });
    expect(world.changes()).toBe(before);
  });

  it('R20: a getter that says something else each time is asked once: what is shown is what is sent', async () => {
    const params = `Object.defineProperty(${JSON.stringify(order('133'))}, 'price', {
      enumerable: true,
      get() { window.asked = (window.asked ?? 0) + 1; return asked === 1 ? '133.3' : '999'; },
    })`;
    const asked = await start(other.page, `buckle.client.exeOrder(${params})`);
    const approval = await nextApproval(world.driver);
    expect(await approval.text(/at 133\.3/).count()).toBeGreaterThan(0);
    // Nor does what is asked, or who asks, stand in an address (R15).
    expect(approval.url()).toBe(`${world.driver.extensionOrigin}/src/ui/approval/index.html`);
    await approve(approval);
    expect(await asked.end()).toMatchObject({ value: { price: '133.3' } });
    expect(await other.page.evaluate('() => window.asked')).toBe(1);
  });
});

describe('R20: tampering in the page', () => {
  it('cannot change the provider', async () => {
    const tried = await desk.page.evaluate(`() => {
      'use strict';
      const fails = (act) => { try { act(); return false; } catch { return true; } };
      return [
        () => { window.buckle = {}; },
        () => { delete window.buckle; },
        () => { buckle.send = () => undefined; },
        () => { buckle.client.balances = () => undefined; },
        () => Object.defineProperty(window, 'buckle', { value: {} }),
        () => Object.setPrototypeOf(buckle, {}),
      ].map(fails);
    }`);
    expect(tried).toEqual([true, true, true, true, true, true]);
  });

  it('cannot change what is sent without its being seen', async () => {
    // In a page of its own, which is not looked into afterwards: what it does to itself lasts.
    const bent = await openSite(world, buckle, `${OTHER}/bare`);
    await bent.page.evaluate(
      `(order) => {
      const bend = () => {
        const swap = (text) => String(text).replaceAll('"134"', '"999"').replaceAll('Bid', 'Ask');
        const { parse, stringify } = JSON;
        const post = window.postMessage.bind(window);
        JSON.stringify = (...given) => swap(stringify(...given));
        JSON.parse = (text, ...given) => parse(swap(text), ...given);
        window.postMessage = (message, ...rest) => post(parse(swap(stringify(message))), ...rest);
        Object.prototype.toJSON = function () { return { symbol: 'BTC_USDC' }; };
        Object.prototype.price = '999';
        Array.prototype.map = () => [];
        const RealPromise = Promise;
        window.Promise = class extends RealPromise {
          constructor(act) { super(act); act(() => undefined, () => undefined); }
        };
        Object.assign = Object.freeze = (all) => all;
        Object.entries = Object.keys = () => [];
        crypto.randomUUID = () => 'id';
      };
      setTimeout(() => { bend(); buckle.client.exeOrder(order); }, 300);
    }`,
      order('134'),
    );
    const approval = await nextApproval(world.driver);
    expect(await approval.text(/Buy 0\.5 SOL at 134/).count()).toBeGreaterThan(0);
    await approve(approval);
    expect(ordersAt('134').map(({ side, symbol }) => [side, symbol])).toEqual([
      ['Bid', 'SOL_USDC'],
    ]);
    expect(await waiting()).toBe(0);
  });
});

describe('floods', () => {
  it('R12: 1,000 requests at once open one window, and another site is served meanwhile', async () => {
    const before = await pages();
    const changes = world.changes();
    const flood = await start(
      other.page,
      `Promise.allSettled(Array.from({ length: 1000 }, () => buckle.client.exeOrder(${JSON.stringify(order('135'))})))
        .then((all) => all.map(({ reason }) => reason?.code))`,
    );
    const approval = await nextApproval(world.driver);
    expect(await pages()).toBe(before + 1);
    await works(desk);
    const asked = await place(desk, order('136', { quantity: '50' }));
    await until('both sites to wait', async () => {
      const all = await askBuckle<{ origin: string }[]>(buckle, 'approvals.list', {});
      return new Set(all.map(({ origin }) => origin)).size === 2 || undefined;
    });
    await approval.role('button', 'Reject all').click();
    await approval.closed();
    const codes = (await flood.end(30_000)).value as number[];
    expect(codes).toHaveLength(1000);
    expect(new Set(codes)).toEqual(new Set([4001, -32005]));
    expect(await asked.end()).toMatchObject({ code: 4001 });
    expect(world.changes()).toBe(changes);
  });

  it('R32: of 100 orders at once under a cap of ten, ten leave', async () => {
    const account = await accountId(buckle, 'Main');
    await askBuckle(buckle, 'grants.save', {
      origin: OTHER,
      account,
      terms: tradeTerms({ maxDay: '100000', maxPerMinute: 10 }),
    });
    const all = await start(
      other.page,
      `Promise.allSettled(Array.from({ length: 100 }, () => buckle.client.exeOrder(${JSON.stringify(order('137'))})))
        .then((all) => all.map(({ value, reason }) => value?.status ?? reason.code))`,
    );
    const approval = await nextApproval(world.driver);
    await expect.poll(() => ordersAt('137').length, { timeout: 30_000 }).toBe(10);
    const rejectAll = approval.role('button', /^Reject all$/);
    await rejectAll.click();
    await approval.closed();
    const ends = (await all.end(30_000)).value as (string | number)[];
    expect(ends.filter((end) => end === 'New')).toHaveLength(10);
    expect(ends.filter((end) => end === 4001 || end === -32005)).toHaveLength(90);
    expect(ordersAt('137')).toHaveLength(10);
  });
});

describe('pages that go away', () => {
  it.each<[string, (site: SitePage) => Promise<unknown>]>([
    ['is loaded again', ({ page }) => page.reload()],
    [
      'goes elsewhere',
      ({ page }) => page.evaluate(`(url) => { location.href = url; }`, `${DESK}/report`),
    ],
    ['is closed', ({ page }) => page.close()],
  ])(
    'R16: a page that %s while it waits is not answered, and nothing is sent',
    async (_what, go) => {
      const changes = world.changes();
      const leaving = await openSite(world, buckle, `${OTHER}/bare`);
      await place(leaving, order('138', { quantity: '50' }));
      const approval = await nextApproval(world.driver);
      await go(leaving);
      await expect.poll(waiting).toBe(0);
      if (await isOpen(approval)) await approval.close();
      expect(world.changes()).toBe(changes);
      await leaving.page.close().catch(() => undefined);
    },
  );
});

describe('two sites and two accounts', () => {
  it('R14: each is answered for itself', async () => {
    const first = await place(desk, order('139', { quantity: '50' }));
    const approval = await nextApproval(world.driver);
    const next = await place(other, order('139.5', { quantity: '50' }));
    await until('both to wait', async () => (await waiting()) === 2 || undefined);
    await approval.role('button', /^Reject$/).click();
    expect(await first.end()).toMatchObject({ code: 4001 });
    expect(await next.soFar()).toBeUndefined();
    await approval.role('heading', /other\.example\.net/).waitFor();
    await reject(approval);
    expect(await next.end()).toMatchObject({ code: 4001 });
  });

  it('R33: a site’s orders go to the account it was given, whichever the person looks at', async () => {
    await steps.addAccount(buckle, second);
    const asked = await place(desk, order('135'));
    expect(await asked.end()).toHaveProperty('value');
    expect(ordersAt('135')).toHaveLength(1);
    expect(ordersAt('135', second)).toEqual([]);
  });

  it('R9: what one port was given, another has not', async () => {
    const own = await startLocalSite(world.exchange);
    const strange = await startLocalSite(world.exchange);
    const mine = await openSite(world, buckle, `${own.origin}/bare`);
    await connectSite(world, mine);
    const theirs = await openSite(world, buckle, `${strange.origin}/bare`);
    const ended: Ended = (await hasBuckle(theirs.page))
      ? await call(theirs.page, source('permissions'))
      : { code: 4100, reason: 'not-connected' };
    expect(ended).toMatchObject({ code: 4100, reason: 'not-connected' });
    for (const { page } of [mine, theirs]) await page.close();
    await Promise.all([own.close(), strange.close()]);
  });
});

const isOpen = (page: Surface): Promise<boolean> =>
  page.evaluate<boolean>('() => true').catch(() => false);
