import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createSiteBrowser } from '../../../src/ui/state/site-browser.ts';
import { createSitesState, hereOf, type SiteBrowser } from '../../../src/ui/state/sites.ts';
import { fakeBackground } from './background.ts';

const SITE = 'https://desk.example.com';
const OWN = 'chrome-extension://abcdef/';
const nothing = { sites: [], blocked: [], everySite: false };
const connected = {
  ...nothing,
  sites: [{ origin: SITE, connectedAt: 1, grants: [], usage: [], reads: 0 }],
};

function scene(request: SiteBrowser['request'], kind: SiteBrowser['kind'] = 'chrome') {
  const fake = fakeBackground({
    'sites.list': () => nothing,
    'sites.expect': () => ({}),
    'sites.connect': () => {
      fake.answers['sites.list'] = () => connected;
      return connected;
    },
  });
  const tab = async () => ({ url: `${SITE}/page?x=1` });
  const sites = createSitesState(fake.call, { kind, ownUrl: OWN, beside: true, tab, request });
  return { fake, sites, methods: () => fake.heard.map(({ method }) => method) };
}

describe('connecting the page beside the popup', () => {
  it('asks the browser in the turn of the press, the background told before', async () => {
    const seen: string[][] = [];
    const { sites, methods } = scene(async () => {
      seen.push(methods());
      return true;
    });
    const done = sites.connect(SITE);
    expect(seen).toEqual([['sites.expect']]);
    expect(sites.access.value).toEqual({ status: 'asking' });
    await done;
    expect(methods()).toEqual(['sites.expect', 'sites.connect', 'sites.list']);
    expect(sites.site(SITE)).toBeDefined();
  });

  it.each([
    ['chrome', 'https://desk.example.com:8443/*'],
    ['firefox', 'https://desk.example.com/*'],
  ] as const)('asks %s for that site alone', async (kind, pattern) => {
    const request = vi.fn(async () => true);
    await scene(request, kind).sites.connect('https://desk.example.com:8443');
    expect(request).toHaveBeenCalledExactlyOnceWith(pattern);
  });

  it('changes nothing if the person says no to the browser', async () => {
    const { sites, methods } = scene(async () => false);
    await sites.connect(SITE);
    expect(sites.access.value).toEqual({ status: 'refused' });
    expect(methods()).not.toContain('sites.connect');
  });

  it('says why it failed', async () => {
    const { fake, sites } = scene(async () => true);
    fake.answers['sites.connect'] = () => {
      throw new AppError('UNAUTHORIZED', undefined);
    };
    await sites.connect(SITE);
    expect(sites.access.value).toMatchObject({ status: 'failed', error: { code: 'UNAUTHORIZED' } });
  });
});

describe('the page beside the popup', () => {
  it.each([
    ['https://desk.example.com/a?b#c', { kind: 'site', origin: SITE }],
    ['http://localhost:3000/', { kind: 'site', origin: 'http://localhost:3000' }],
    ['http://127.0.0.1:8080/', { kind: 'site', origin: 'http://127.0.0.1:8080' }],
    ['http://example.com/', { kind: 'none', why: 'insecure' }],
    ['chrome://extensions/', { kind: 'none', why: 'browser' }],
    ['about:blank', { kind: 'none', why: 'browser' }],
    ['https://chromewebstore.google.com/detail/x', { kind: 'none', why: 'browser' }],
    ['https://addons.mozilla.org/en-US/', { kind: 'none', why: 'browser' }],
    [`${OWN}src/ui/full/index.html`, { kind: 'none', why: 'browser' }],
    ['https://api.backpack.exchange/api/v1/time', { kind: 'none', why: 'exchange' }],
    ['file:///tmp/x.html', { kind: 'none', why: 'browser' }],
    [undefined, { kind: 'none', why: 'unknown' }],
    ['nonsense', { kind: 'none', why: 'unknown' }],
  ])('at %s', (url, expected) => {
    expect(hereOf(url, OWN)).toEqual(expected);
  });

  it('is the tab that the address names, else the active one', async () => {
    const browser = {
      runtime: { getURL: () => 'moz-extension://abc/' },
      tabs: {
        query: async () => [{ url: 'https://active.example/' }],
        get: async (id: number) => ({ url: `https://tab-${id}.example/` }),
      },
      permissions: { request: async () => true },
    };
    expect(createSiteBrowser(browser, '').kind).toBe('firefox');
    expect(await createSiteBrowser(browser, '').tab()).toEqual({ url: 'https://active.example/' });
    expect(await createSiteBrowser(browser, '?tab=7').tab()).toEqual({
      url: 'https://tab-7.example/',
    });
    expect(await createSiteBrowser(browser, '?tab=7;x').tab()).toEqual({
      url: 'https://active.example/',
    });
    expect(await createSiteBrowser(browser, undefined).tab()).toBeUndefined();
  });
});
