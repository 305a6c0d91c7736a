import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { build } from 'vite';
import { SITE_HOSTS } from '../drivers/hosts.ts';
import type { PracticeExchange } from '../exchange/exchange.ts';
import { type AnyRequest, type AnyResponse, bodyOf, type OtherHosts } from '../exchange/server.ts';

/** Where the demo page is found in a browser started for a test, and a second site beside it. */
export const DESK = 'https://desk.example.com';
export const OTHER = 'https://other.example.net';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A page with nothing on it: what a test wants there it puts there itself. `?frame=…` frames an address. */
const bare = (title: string, frame: string | null): string =>
  `<!doctype html><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${
    frame === null ? '' : `<iframe src="${encodeURI(frame)}"></iframe>`
  }`;

/**
 * For a frame. Told `report`, it says to whoever frames it what it finds of Buckle; told `{ say }`, it says that to who frames it,
 * as its own words.
 */
const REPORT = `<!doctype html><title>In a frame</title><script>
addEventListener('message', async ({ data, source }) => {
  if (data.say) parent.postMessage(data.say, '*');
  if (data !== 'report') return;
  let answers = 0;
  addEventListener('message', ({ data }) => { if (data.to === 'buckle-page') answers += 1; });
  postMessage({ to: 'buckle-bridge', ping: true }, location.origin);
  await new Promise((done) => setTimeout(done, 500));
  source.postMessage({ buckle: typeof window.buckle, answers }, '*');
});
</script>`;

/**
 * Once Buckle is in it, lets the browser prerender `/eager`, and goes there when that page has said something. A browser that has
 * only just been started has its extensions a little later.
 */
const AHEAD = `<!doctype html><title>Ahead</title><link rel="icon" href="data:,"><script>
const retry = setTimeout(() => location.reload(), window.buckle ? 8000 : 200);
if (window.buckle) {
  const rules = document.createElement('script');
  rules.type = 'speculationrules';
  rules.textContent = JSON.stringify({ prerender: [{ source: 'list', urls: ['/eager'] }] });
  document.head.append(rules);
  const timer = setInterval(async () => {
    if ((await (await fetch('/said')).text()) === '[]') return;
    clearInterval(timer);
    clearTimeout(retry);
    location.href = '/eager';
  }, 50);
}
</script>`;

/** Asks Buckle for something as soon as it is loaded, and again once it is shown, and tells its server what came of it. */
const EAGER = `<!doctype html><title>Eager</title><link rel="icon" href="data:,"><script>
const ask = async () => {
  const { prerendering } = document;
  const came = await window.buckle?.permissions().then(() => 'answered', ({ reason }) => reason);
  await fetch('/say', { method: 'POST', body: JSON.stringify({ prerendering, came }) });
};
addEventListener('load', ask);
document.addEventListener('prerenderingchange', ask);
</script>`;

async function buildScript(): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry: here('app.ts'), formats: ['es'] } },
  });
  const [chunk] = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error('the demo page gave no script');
  return chunk.code;
}

const relayed = v.strictObject({
  method: v.string(),
  url: v.pipe(v.string(), v.startsWith('https://api.backpack.exchange/')),
  headers: v.record(v.string(), v.string()),
  body: v.nullable(v.string()),
});

/** What the page's own server does with a request that Buckle has signed: hand it on as it stands. */
async function relay(exchange: PracticeExchange, request: AnyRequest, response: AnyResponse) {
  const { method, url, headers, body } = v.parse(relayed, JSON.parse(await bodyOf(request)));
  const { pathname, search } = new URL(url);
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const outcome = exchange.handle({
    method,
    url: pathname + search,
    headers: Object.fromEntries(lower),
    body: body ?? '',
  });
  if (outcome.kind === 'dropped') {
    response.writeHead(502).end();
    return;
  }
  const { status, body: text } = outcome.response;
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

type Answer = (request: AnyRequest, response: AnyResponse) => Promise<void>;

function createPages(exchange: PracticeExchange, said: unknown[] = []): Answer {
  let code: Promise<string> | undefined;
  const script = (): Promise<string> => {
    code ??= buildScript();
    return code;
  };
  const files: Record<string, readonly [type: string, read: () => Promise<string>]> = {
    '/': ['text/html', () => readFile(here('index.html'), 'utf8')],
    '/app.css': ['text/css', () => readFile(here('app.css'), 'utf8')],
    '/app.js': ['text/javascript', script],
  };
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', DESK);
    const text = (type: string, body: string): void => {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    };
    const file = Object.hasOwn(files, pathname) ? files[pathname] : undefined;
    if (file) text(file[0], await file[1]());
    else if (pathname === '/relay' && request.method === 'POST') {
      await relay(exchange, request, response);
    } else if (pathname === '/report') text('text/html', REPORT);
    else if (pathname === '/ahead') text('text/html', AHEAD);
    else if (pathname === '/eager') text('text/html', EAGER);
    else if (pathname === '/said') text('application/json', JSON.stringify(said));
    else if (pathname === '/say' && request.method === 'POST') {
      said.push(JSON.parse(await bodyOf(request)));
      response.writeHead(204).end();
    } else if (pathname === '/sandboxed') {
      response
        .writeHead(200, {
          'content-type': 'text/html',
          'content-security-policy': 'sandbox allow-scripts',
        })
        .end(bare('Sandboxed', null));
    } else if (pathname === '/bare') text('text/html', bare('A site', searchParams.get('frame')));
    else response.writeHead(404).end();
  };
}

/**
 * The demo page and bare ones, on hosts of their own beside the exchange's.
 * @param said - What pages tell their server is added to it.
 */
export function createSites(exchange: PracticeExchange, said: unknown[] = []): OtherHosts {
  const pages = createPages(exchange, said);
  return {
    names: SITE_HOSTS,
    answer: (_host, request, response) => {
      pages(request, response).catch(() => response.writeHead(400).end());
    },
  };
}

/** The same over plain http, as a site's author runs it on the own computer. */
export async function startLocalSite(exchange: PracticeExchange, port = 0) {
  const pages = createPages(exchange);
  const server = createServer((request, response) => {
    pages(request, response).catch(() => response.writeHead(400).end());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the site has no port');
  return {
    origin: `http://localhost:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
