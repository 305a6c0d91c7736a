import { mkdir, readFile } from 'node:fs/promises';
import type { ColorScheme, Driver, Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';
import { sleep } from '../drivers/wait.ts';
import { createPracticeExchange, type PracticeExchange } from '../exchange/exchange.ts';
import { type KeyPair, keyPair } from '../exchange/keys.ts';
import { signedRequest } from '../exchange/seed-account.ts';
import { startServer } from '../exchange/server.ts';
import { approve, nextApproval, reject } from '../scenarios/page-calls.ts';
import { connectSite, openPopupAt, openSite, type SitePage } from '../scenarios/sites.ts';
import * as steps from '../scenarios/steps.ts';
import { createSites, DESK } from '../site/server.ts';
import { canvas, GROUND } from './canvas.ts';

// Pictures of the real screens with what the practice exchange tells, for README and both shops.

const RAW = 'out/store';
const OUT = 'docs/store';
/** Three popups beside each other in a shop's picture, with equal room around them. */
const POPUPS_AT = [35, 450, 865] as const;
const POPUPS_TOP = 100;

const ORDERS: readonly steps.OrderToPlace[] = [
  { market: 'SOL_USDC', side: 'Buy', price: '141.5', quantity: '12' },
  { market: 'SOL_USDC', side: 'Sell', price: '162.25', quantity: '8.5' },
  { market: 'BTC_USDC', side: 'Buy', price: '61250', quantity: '0.05' },
];
const HELD = {
  USDC: { available: '18480.22' },
  SOL: { available: '52.1', staked: '5' },
  BTC: { available: '0.1145' },
  ETH: { available: '1.204' },
  USDT: { available: '310.5' },
};
/** Bought and sold before the pictures are taken, so that there are positions and a history. */
const TRADED = [
  { symbol: 'SOL_USDC_PERP', side: 'Bid', quantity: '330' },
  { symbol: 'BTC_USDC_PERP', side: 'Ask', quantity: '0.08' },
  { symbol: 'ETH_USDC', side: 'Bid', quantity: '0.35' },
] as const;
/** Where the markets go after that. */
const MARKS = [
  ['SOL_USDC', '150.42'],
  ['SOL_USDC_PERP', '150.45'],
  ['BTC_USDC_PERP', '64870'],
] as const;
const REVIEWED: steps.OrderToPlace = {
  ...{ market: 'SOL_USDC', side: 'Sell' },
  ...{ price: '151.75', quantity: '10' },
};

/** What the demo page asks for: a price that Buckle has a word to say about. */
const ASKED = { price: '158', quantity: '2' };

const settled = (): Promise<void> => sleep(1500);

/** Takes a picture of a surface as it is, once nothing moves. */
async function shoot(surface: Surface, name: string): Promise<string> {
  const file = `${RAW}/${name}.png`;
  await settled();
  await surface.screenshot(file);
  return file;
}

async function popups(popup: Surface, scheme: ColorScheme): Promise<void> {
  const picture = canvas(GROUND[scheme]);
  const put = async (name: string, at: 0 | 1 | 2): Promise<void> => {
    await picture.put(await shoot(popup, `${name}-${scheme}`), POPUPS_AT[at], POPUPS_TOP);
  };
  await steps.goTo(popup, 'Balances');
  await put('balances', 0);
  await steps.goTo(popup, 'Orders');
  await put('orders', 1);
  await steps.fillOrder(popup, REVIEWED);
  // By the keyboard: a pointer would lie on the button that comes.
  await popup.label('Quantity').press('Enter');
  const review = popup.role('dialog', 'Review order');
  await review.waitFor();
  await put('review', 2);
  await review.role('button', 'Back').click();
  await picture.write(`${OUT}/popup-${scheme}.png`);
}

/** The demo page, and over it the window in which a person decides what it asked. */
async function approval(driver: Driver, { page }: SitePage): Promise<void> {
  await page.resize(1280, 800);
  await page.role('button', 'Connect Buckle').click();
  await approve(await nextApproval(driver));
  await page.label('Price').fill(ASKED.price);
  await page.label('Quantity').fill(ASKED.quantity);
  await page.role('button', 'Send order').click();
  const asked = await nextApproval(driver);
  await asked.resize(420, 640);
  const window = await shoot(asked, 'approval');
  const behind = await shoot(page, 'desk');
  await reject(asked);
  const picture = canvas(GROUND.light);
  await picture.put(behind, 0, 0);
  picture.frame({ left: 820, top: 80, width: 420, height: 640 });
  await picture.put(window, 820, 80);
  await picture.write(`${OUT}/approval.png`);
}

async function fullPage(driver: Driver, scheme: ColorScheme): Promise<void> {
  const full = await driver.open('full', { width: 1280, height: 800 });
  await driver.setColorScheme(scheme);
  await steps.goTo(full, 'Trade');
  const picture = canvas(GROUND[scheme]);
  await picture.put(await shoot(full, `full-${scheme}`), 0, 0);
  await picture.write(`${OUT}/full-page-${scheme}.png`);
  await full.close();
}

function trade(exchange: PracticeExchange, key: KeyPair): void {
  for (const order of TRADED) {
    const params = { ...order, orderType: 'Market' };
    const parts = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute', params };
    exchange.handle(signedRequest(key, { ...parts, timestamp: Date.now() }));
  }
  for (const [symbol, price] of MARKS) exchange.setMarkPrice(symbol, price);
}

/** The mark and the name on brass: what the Chrome Web Store shows in its lists. */
async function tile(driver: Driver): Promise<void> {
  const mark = await readFile('public/icons/buckle.svg', 'utf8');
  const style = `body{margin:0;height:280px;display:grid;place-content:center;justify-items:center;
    gap:12px;background:#0f1115;color:#f2f4f8;font:600 40px system-ui}svg{width:112px;height:112px}`;
  const html = `<!doctype html><style>${style}</style>${mark}<span>Buckle</span>`;
  const size = { width: 440, height: 280 };
  const page = await driver.open(`data:text/html,${encodeURIComponent(html)}`, size);
  await settled();
  await page.screenshot(`${OUT}/tile.png`);
  await page.close();
}

/** Writes every picture into `docs/store`. */
export async function takePictures(): Promise<void> {
  await mkdir(RAW, { recursive: true });
  await mkdir(OUT, { recursive: true });
  const key = { label: 'Main', ...keyPair(1) };
  const exchange = createPracticeExchange();
  exchange.addAccount({ apiKey: key.apiKey, balances: HELD });
  const server = await startServer(exchange, { others: createSites(exchange) });
  const driver = await launch({ exchange: server }, 'chromium');
  try {
    const first = await steps.openWithAccount(driver, key);
    for (const order of ORDERS) await steps.placeLimitOrder(first, order);
    trade(exchange, key);
    await tile(driver);
    const site = await openSite({ driver }, first, DESK);
    await connectSite({ driver }, site);
    const popup = await openPopupAt({ driver }, site);
    await popups(popup, 'light');
    await approval(driver, site);
    await fullPage(driver, 'light');
    await driver.setColorScheme('dark');
    await popups(popup, 'dark');
    await fullPage(driver, 'dark');
  } finally {
    await driver.close();
    await server.close();
  }
}
