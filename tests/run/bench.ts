import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { measureLog } from '../bench/log.ts';
import { measureManyOrders } from '../bench/many-orders.ts';
import { measurePageSign } from '../bench/page-sign.ts';
import { measurePopup } from '../bench/popup.ts';
import { requestsPerSecond } from '../bench/requests.ts';
import { measureRest, type Rest } from '../bench/rest.ts';
import { sizesOf } from '../bench/sizes.ts';
import { markdownTable, type Row, textTable, withMeasured } from '../bench/table.ts';
import { createPracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { plenty } from '../exchange/seed-account.ts';
import { startServer } from '../exchange/server.ts';
import { LIMITS, type Limit } from '../package/limits.ts';
import { ensureBrowsers } from './browsers.ts';
import { ensureBuilt } from './build.ts';

// npm run bench: what was measured beside what is to hold. It never fails on a figure: figures are
// read, and a slow machine is no fault of the code. With `--write` the table goes into the document, too.

const DOCUMENT = 'docs/performance.md';

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const MB = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
const ms = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

const sizeRow = ({ what, target }: Limit, bytes: number): Row => ({
  what,
  measured: kB(bytes),
  target: `at most ${target / 1000} kB`,
  holds: bytes <= target,
});

function timesFloor(
  what: string,
  { ours, floor }: { ours: number; floor: number },
  most: number,
): Row {
  const ratio = ours / floor;
  return {
    what,
    measured: `${ms(ours)} = ${ratio.toFixed(2)} × floor (${ms(floor)})`,
    target: `at most ${most} × floor`,
    holds: ratio <= most,
  };
}

/** What takes as long with many as with few, but for a fifth. Times in ms. */
function asWithFew(what: string, { few, many }: { few: number; many: number }, as: number): Row {
  const ratio = many / few;
  return {
    what,
    measured: `${ms(many)} = ${ratio.toFixed(2)} × as with ${as} (${ms(few)})`,
    target: `at most 1.2 × as with ${as}`,
    holds: ratio <= 1.2,
  };
}

/** Of a processor, in the worst case: what the browser itself does in a process that only waits. */
const REST_SHARE = 0.001;

const restRow = (what: string, rest: Rest, { mayBeAwake }: { mayBeAwake: boolean }): Row => ({
  what,
  measured: [
    `${rest.requests} requests, ${ms(rest.processor)} of ${rest.watched / 1000} s`,
    ...(mayBeAwake ? [] : [rest.isAwake ? 'the worker was woken' : 'the worker still stopped']),
  ].join(', '),
  target: 'none, under 0.1 % of a processor',
  holds:
    rest.requests === 0 &&
    rest.processor < REST_SHARE * rest.watched &&
    (mayBeAwake || !rest.isAwake),
});

const longestTask = (what: string, longest: number): Row => ({
  what,
  measured: longest === 0 ? 'no task over 50 ms' : `a task of ${ms(longest)}`,
  target: 'no task over 50 ms',
  holds: longest <= 50,
});

await ensureBrowsers(['chromium']);
await ensureBuilt('chromium');
const key = keyPair(1);
const exchange = createPracticeExchange();
exchange.addAccount({ apiKey: key.apiKey, balances: plenty });
const server = await startServer(exchange);

console.log(
  'Measuring sizes, the popup, pages, requests, long lists, a long log and rest in Chromium; this takes about five minutes.',
);
const sizes = await sizesOf('dist/chrome');
const popup = await measurePopup(server, { label: 'Bench', ...key });
const sign = await measurePageSign(exchange, server, { label: 'Bench', ...key });
const requests = await requestsPerSecond();
const orders = await measureManyOrders();
const log = await measureLog();
const rest = await measureRest(exchange, server, { label: 'Bench', ...key });
await server.close();

const share = requests.whole / requests.bare;
const rows: readonly Row[] = [
  ...LIMITS.map((limit) => sizeRow(limit, sizes[limit.size])),
  timesFloor('page → sign → page, worker warm, median', sign.warm.median, 1.5),
  timesFloor('page → sign → page, worker warm, 95 %', sign.warm.p95, 2),
  timesFloor('page → sign → page, worker stopped before', sign.cold.median, 1.5),
  timesFloor('popup open in a new browser → unlock form', popup.cold, 2),
  timesFloor('popup open when unlocked → last snapshot', popup.warm, 2),
  {
    what: 'heap of the popup',
    measured: `${MB(popup.heap.ours)} (floor ${MB(popup.heap.floor)})`,
    target: 'under 2 MB',
    holds: popup.heap.ours < 2e6,
  },
  {
    what: 'unlock, the KDF at its full cost',
    measured: ms(popup.unlockMs),
    target: 'under 1 s',
    holds: popup.unlockMs < 1000,
  },
  {
    what: 'whole requests a second in the worker',
    measured: `${requests.whole.toFixed(0)} = ${share.toFixed(2)} × bare WebCrypto (${requests.bare.toFixed(0)})`,
    target: 'at least 0.6 × bare',
    holds: share >= 0.6,
  },
  asWithFew('5,000 open orders: popup open → first of them', orders.paint, 50),
  longestTask('5,000 open orders: scrolled through', orders.scroll),
  longestTask('5,000 open orders: 100 updates a second', orders.updates),
  asWithFew('100,000 log entries: append', log.append, 100),
  asWithFew('100,000 log entries: open the newest page', log.newest, 100),
  asWithFew('100,000 log entries: open the last page', log.oldest, 100),
  restRow('at rest, popup shut, worker awake', rest.awake, { mayBeAwake: true }),
  restRow('at rest, popup shut, worker stopped', rest.asleep, { mayBeAwake: false }),
];
console.log(`\n${textTable(rows)}`);

if (process.argv.includes('--write')) {
  const [cpu] = cpus();
  const where = `Measured on ${cpus().length} cores (${cpu?.model ?? 'unknown'}) with Node ${process.versions.node}.`;
  const measured = `${where}\n\n${markdownTable(rows)}`;
  await writeFile(DOCUMENT, withMeasured(await readFile(DOCUMENT, 'utf8'), measured));
}
