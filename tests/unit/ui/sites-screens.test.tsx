// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../../src/messaging/log.ts';
import type { SitesView, SiteView } from '../../../src/messaging/sites.ts';
import type { Grant } from '../../../src/policy/grant.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { permilleOf } from '../../../src/ui/screens/Sites/UsageBar.tsx';
import { createApp } from '../../../src/ui/state/app.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, tickers } from './exchange-answers.ts';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
});

const SITE = 'https://desk.example.com';
const DAY = 86_400_000;
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: '40000000-0000-4000-8000-000000000001',
  origin: SITE,
  account: account(1).id,
  createdAt: 1,
  scopes: ['trade'],
  markets: ['SOL_USDC'],
  kinds: ['limit', 'cancel'],
  reduceOnly: false,
  maxOrder: '100',
  maxDay: '1000',
  maxPerMinute: 5,
  expiresAt: Date.now() + DAY,
  ...more,
});
const site = (more: Partial<SiteView> = {}): SiteView => ({
  origin: SITE,
  connectedAt: 1,
  account: account(1).id,
  grants: [grant()],
  usage: [{ grant: grant().id, day: '250.5', lastMinute: 2 }],
  reads: 12,
  ...more,
});
const logEntry = (number: number, origin = SITE): LogEntry => ({
  number,
  at: number,
  origin,
  what: 'send',
  instruction: 'orderCancel',
  params: { symbol: 'SOL_USDC', orderId: String(number) },
  decision: 'granted',
  grant: grant().id,
});
const publics = { markets, tickers, markPrices, assets: [] };

async function open(hash: string, sites: SitesView, request = async () => true) {
  const fake = fakeBackground({
    'session.open': () => unlocked([account(1)]),
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'requests.list': () => [],
    'sites.list': () => sites,
    'sites.expect': () => ({}),
    'sites.connect': () => sites,
    'sites.disconnect': () => sites,
    'sites.block': () => sites,
    'sites.everySite': () => sites,
    'grants.revoke': () => ({}),
    'grants.save': ({ terms }) => grant(terms as Partial<Grant>),
    'log.read': () => ({
      entries: [logEntry(2), logEntry(1, `${SITE}:8443`)],
      total: 2,
      damaged: [],
    }),
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction }) => ({
      at: Date.now(),
      answer: instruction === 'balanceQuery' ? balances : [],
    }),
  });
  const app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash,
    openFullPage: () => undefined,
    moveToWindow: async () => false,
    siteBrowser: {
      kind: 'chrome',
      ownUrl: 'chrome-extension://abc/',
      beside: true,
      tab: async () => ({ url: `${SITE}/page` }),
      request,
    },
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  await view.settled();
  const asked = (method: string): unknown[] =>
    fake.heard.filter((message) => message.method === method).map(({ request: of }) => of);
  return { app, fake, view, asked };
}
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
const nobody: SitesView = { sites: [], blocked: [], everySite: false };
const one: SitesView = { ...nobody, sites: [site()] };

describe('the bar of the page beside the popup', () => {
  it('connects the page, and says that it is not connected yet', async () => {
    const { view, asked } = await open('#balances', nobody);
    expect(text(view.one('.site-bar'))).toBe(`${SITE}Not connectedConnect this site`);
    await view.press('Connect this site');
    expect(asked('sites.connect')).toEqual([{ origin: SITE }]);
  });

  it('disconnects it', async () => {
    const { view, asked } = await open('#balances', one);
    expect(text(view.one('.site-bar'))).toContain('Connected');
    await view.press('Disconnect this site');
    expect(asked('sites.disconnect')).toEqual([{ origin: SITE }]);
  });

  it('says so when the browser was told no', async () => {
    const { view, asked } = await open('#balances', nobody, async () => false);
    await view.press('Connect this site');
    expect(text(view.one('.notice'))).toContain('did not let Buckle into this site');
    expect(asked('sites.connect')).toEqual([]);
  });
});

describe('Sites in the settings', () => {
  it('say what a site may do, how much of it is used, and what it read', async () => {
    const { view } = await open('#settings', one);
    expect(text(view.one('.site h3'))).toBe(SITE);
    expect(text(view.one('.site'))).toContain('Account 1 · AAAA…AA1=');
    expect(text(view.one('.site'))).toContain('12 reads unasked');
    const words = text(view.one('.grant'));
    expect(words).toContain('Limit orders, cancels in SOL_USDC');
    expect(words).toContain('100 USDC an order at most');
    expect(words).toContain('250.5 of 1,000 USDC in 24 hours');
    expect(words).toContain('2 of 5 in this minute');
  });

  it('grey what has expired', async () => {
    const expired = site({ grants: [grant({ expiresAt: 5 })] });
    const { view } = await open('#settings', { ...nobody, sites: [expired] });
    expect(view.one('.grant').className).toContain('stale');
    expect(text(view.one('.grant'))).toContain('It lets nothing through any more');
  });

  it('take a grant back at once', async () => {
    const { view, asked } = await open('#settings', one);
    await act(() => view.one('.grant .button-danger').click());
    await view.settled();
    expect(asked('grants.revoke')).toEqual([{ id: grant().id }]);
  });

  it('change a grant, which keeps its end unless another is chosen', async () => {
    vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
    const { view, asked } = await open('#settings', one);
    await act(() => view.all('.grant .button')[0]?.click());
    await view.settled();
    await view.fill('Most per order', '');
    view.one('dialog form').dispatchEvent(new Event('submit', { cancelable: true }));
    await view.settled();
    expect(asked('grants.save')).toEqual([]);
    expect(view.description(view.labelled('Most per order'))).toContain('Fill it in');
    await view.fill('Most per order', '50');
    view.one('dialog form').dispatchEvent(new Event('submit', { cancelable: true }));
    await view.settled();
    const { id, origin, account: of, createdAt: _createdAt, ...terms } = grant();
    expect(asked('grants.save')).toEqual([
      {
        id,
        origin,
        account: of,
        terms: { ...terms, maxOrder: '50', expiresAt: expect.any(Number) },
      },
    ]);
    expect(view.all('dialog')).toEqual([]);
  });

  it('show the last requests of that very origin', async () => {
    const { view, asked } = await open('#settings', one);
    await act(() => {
      view.one('.last-requests').setAttribute('open', '');
      view.one('.last-requests').dispatchEvent(new Event('toggle'));
    });
    await view.settled();
    expect(asked('log.read')).toEqual([{ limit: 50, search: SITE }]);
    expect(view.all('.last-requests li').map(text)).toEqual([
      expect.stringContaining('Cancel order 2 on SOL_USDCGranted'),
    ]);
  });

  it('block only after asking, and unblock', async () => {
    const blocked = { ...one, blocked: [{ origin: 'https://bad.example', at: 1 }] };
    const { view, asked } = await open('#settings', blocked);
    await view.press(`Block ${SITE}`);
    expect(asked('sites.block')).toEqual([]);
    await view.press('Block');
    await view.press('Unblock https://bad.example');
    expect(asked('sites.block')).toEqual([
      { origin: SITE, blocked: true },
      { origin: 'https://bad.example', blocked: false },
    ]);
  });

  it('open to every site only with the browser’s leave, and say what that costs', async () => {
    const { view, asked } = await open('#settings', nobody, async () => false);
    const box = view.labelled('Let every site ask to connect');
    expect(view.description(box)).toContain('every page can tell that you have it');
    await act(() => box.click());
    await view.settled();
    expect(asked('sites.everySite')).toEqual([]);
    expect(text(view.root)).toContain('Your browser did not allow it');
  });

  it('invite where there is none', async () => {
    const { view } = await open('#settings', nobody);
    expect(text(view.root)).toContain('No site is connected');
  });

  it.each([
    ['0', '1000', 0],
    ['250.5', '1000', 250],
    ['1000', '1000', 1000],
    ['3000', '1000', 1000],
    ['x', '1000', 0],
    ['1', '0', 0],
  ])('%s of %s is a bar of %s thousandths', (used, most, permille) => {
    expect(permilleOf(used, most)).toBe(permille);
  });
});

describe('the log in Activity', () => {
  it('names what let each request through, with details on demand', async () => {
    vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
    const { view } = await open('#activity', one);
    await view.press('Log');
    await view.settled();
    const [first] = view.all('tbody tr');
    expect(first && text(first)).toContain('Cancel order 2 on SOL_USDC');
    expect(first && text(first)).toContain('GrantedLimit orders, cancels in SOL_USDC');
    await view.press('Details of entry 2');
    const details = text(view.one('dialog'));
    for (const words of ['Log entry 2', 'orderId2', `Asked by${SITE}`, grant().id])
      expect(details).toContain(words);
  });

  it('searches as a person types, after a moment', async () => {
    const { view, asked } = await open('#activity', one);
    await view.press('Log');
    await view.fill('Search', 'SOL');
    await new Promise((done) => setTimeout(done, 350));
    await view.settled();
    expect(asked('log.read').at(-1)).toEqual({ limit: 100, search: 'SOL' });
  });

  it('says what does not hold', async () => {
    const { fake, view } = await open('#activity', one);
    fake.answers['log.verify'] = () => ({
      checked: 6,
      total: 9,
      problem: { number: 7, kind: 'damaged' },
    });
    await view.press('Log');
    await view.press('Verify log');
    expect(text(view.one('.notice-error'))).toContain('entry 7 was changed or is damaged');
  });
});
