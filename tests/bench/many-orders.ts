import type { Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { sleep, until } from '../drivers/wait.ts';
import { createPracticeExchange } from '../exchange/exchange.ts';
import { keyPair } from '../exchange/keys.ts';
import { plenty, signedRequest } from '../exchange/seed-account.ts';
import { startServer } from '../exchange/server.ts';
import { restOrders } from '../scenarios/many-orders.ts';
import { tasksWhileScrolling } from '../scenarios/scrolling.ts';
import { goTo, openWithAccount } from '../scenarios/steps.ts';
import { median } from './median.ts';

const FEW = 50;
const MANY = 5_000;
const TURNS = 12;
const UPDATES_A_SECOND = 100;
const UPDATES_MS = 5_000;

/** When the first open order was on the page, in ms since its navigation began. */
const SCRIPT = `(() => {
  const look = () => {
    const row = document.querySelector('table tbody tr td strong');
    if (!row || row.getBoundingClientRect().height === 0) return;
    globalThis.firstRowAt ??= performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()`;

/** A browser with Buckle in it, unlocked, and an exchange with so many open orders. */
async function world(count: number) {
  const exchange = createPracticeExchange();
  const keys = keyPair(1);
  exchange.addAccount({ apiKey: keys.apiKey, balances: plenty });
  restOrders(exchange, keys, count);
  const server = await startServer(exchange);
  const measure = { args: [], script: SCRIPT };
  const driver = await launch({ exchange: server, measure }, 'chromium');
  const surface = await openWithAccount(driver, { label: 'Bench', ...keys }, 'full');
  await goTo(surface, 'Orders');
  await surface.role('button', `Cancel all orders · ${count}`).waitFor();
  const close = async (): Promise<void> => {
    await driver.close();
    await server.close();
  };
  return { exchange, keys, driver, surface, close };
}

async function paintTime(driver: Driver): Promise<number> {
  const popup = await driver.open('src/ui/popup/index.html#orders', { width: 380, height: 600 });
  const at = await until('an open order on the page', async () => {
    const found = await popup.evaluate<number | null>('() => globalThis.firstRowAt ?? null');
    return found ?? undefined;
  });
  await popup.close();
  return at;
}

const WATCH = `() => {
  globalThis.longest = 0;
  globalThis.watching = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
  });
  globalThis.watching.observe({ type: 'longtask' });
}`;

/** The longest task that Chromium calls long, in ms, while so many orders a second are placed elsewhere; 0 if there was none. */
async function longestWhileUpdating(
  { exchange, keys }: Awaited<ReturnType<typeof world>>,
  surface: Surface,
): Promise<number> {
  await surface.evaluate(WATCH);
  const end = Date.now() + UPDATES_MS;
  for (let number = 0; Date.now() < end; number += 1) {
    const price = `120.${String(number % 100).padStart(2, '0')}`;
    const params = {
      ...{ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', quantity: '0.01', price },
      clientId: 1_000_000 + number,
    };
    const request = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute', params };
    exchange.handle(signedRequest(keys, { ...request, timestamp: Date.now() }));
    await sleep(1000 / UPDATES_A_SECOND);
  }
  return surface.evaluate<number>('() => globalThis.longest');
}

/** How much longer five thousand open orders take than fifty, and whether they ever keep the page from answering. Times in ms. */
export async function measureManyOrders() {
  const few = await world(FEW);
  const many = await world(MANY);
  try {
    const paints: { few: number[]; many: number[] } = { few: [], many: [] };
    const scroll = Math.max(...(await tasksWhileScrolling(many.surface)));
    const updates = await longestWhileUpdating(many, many.surface);
    for (const each of [few, many]) await each.surface.close();
    for (let turn = 0; turn < TURNS; turn += 1) {
      paints.few.push(await paintTime(few.driver));
      paints.many.push(await paintTime(many.driver));
    }
    return { paint: { few: median(paints.few), many: median(paints.many) }, scroll, updates };
  } finally {
    await Promise.all([few.close(), many.close()]);
  }
}
