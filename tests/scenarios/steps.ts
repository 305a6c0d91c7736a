import type { Driver, Locator, Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';

// What a person does in Buckle, by accessible names that stay as they are. Each step ends when the screen shows
// that it is done.

export const PASSWORD = 'brass buckle on a worn strap';

export type Tab = 'Balances' | 'Orders' | 'Trade' | 'Transfer' | 'Activity' | 'Settings';

export interface KeyToImport {
  label: string;
  apiKey: string;
  secret: string;
}

export interface OrderToPlace {
  /** `SOL_USDC`. */
  market: string;
  side: 'Buy' | 'Sell';
  price: string;
  quantity: string;
}

/** First run: a vault with this password. Ends where the first account is added. */
export async function createVault(surface: Surface, password: string = PASSWORD): Promise<void> {
  await surface.role('heading', 'Welcome to Buckle').waitFor();
  await surface.label('Password').fill(password);
  await surface.label('Confirm password').fill(password);
  await surface.role('button', 'Create vault').click();
  await surface.label('API key').waitFor();
}

export async function unlock(surface: Surface, password: string = PASSWORD): Promise<void> {
  await surface.role('heading', 'Buckle is locked').waitFor();
  await surface.label('Password').fill(password);
  await surface.role('button', 'Unlock').click();
  await surface.role('tablist', 'Main').waitFor();
}

export async function lock(surface: Surface): Promise<void> {
  await surface.role('button', 'Lock').click();
  await surface.role('heading', 'Buckle is locked').waitFor();
}

/** Adds an account where the form for it is shown. Ends at its balances. */
export async function importKey(surface: Surface, key: KeyToImport): Promise<void> {
  await surface.label('Account name').fill(key.label);
  await surface.label('API key').fill(key.apiKey);
  await surface.label('API secret').fill(key.secret);
  await surface.role('button', 'Import key').click();
  await surface.role('combobox', 'Account').waitFor();
}

/** Adds one more account, by way of the settings. Ends when it is the one that is shown. */
export async function addAccount(surface: Surface, key: KeyToImport): Promise<void> {
  await goTo(surface, 'Settings');
  await surface.role('button', 'Add account').click();
  await importKey(surface, key);
  const shown = async () => (await selectedAccount(surface)).startsWith(key.label) || undefined;
  await until(`the account ${key.label} to be shown`, shown);
}

/** The name and the short key of the account that is shown. */
export const selectedAccount = (surface: Surface): Promise<string> =>
  surface.role('combobox', 'Account').css('option:checked').text();

export async function selectAccount(surface: Surface, label: string): Promise<void> {
  const choice = surface.role('combobox', 'Account');
  const options = choice.css('option');
  for (let index = 0; index < (await options.count()); index += 1) {
    const text = await options.nth(index).text();
    if (text.startsWith(label)) return choice.select(text);
  }
  throw new Error(`no account is called ${label}`);
}

export async function goTo(surface: Surface, tab: Tab): Promise<void> {
  await surface.role('tablist', 'Main').role('tab', tab).click();
}

/** The row of an asset among the balances. */
export async function balanceRow(surface: Surface, asset: string): Promise<Locator> {
  await goTo(surface, 'Balances');
  const row = surface.role('table', 'Balances').role('row', asset);
  await row.waitFor();
  return row;
}

/** Fills in the form for a limit order; nothing is sent. */
export async function fillOrder(surface: Surface, order: OrderToPlace): Promise<void> {
  await goTo(surface, 'Trade');
  const form = surface.role('form', 'Place order');
  await form.role('combobox', 'Market').select(order.market);
  await form.role('radio', order.side).check();
  await form.role('combobox', 'Order type').select('Limit');
  await form.label('Price').fill(order.price);
  await form.label('Quantity').fill(order.quantity);
}

/** Opens the review of the order in the form. */
export async function reviewOrder(surface: Surface): Promise<Locator> {
  await surface.role('button', 'Review order').click();
  const review = surface.role('dialog', 'Review order');
  await review.waitFor();
  return review;
}

/** Reviews and places the order in the form. Ends when the review has closed. */
export async function placeOrder(surface: Surface): Promise<void> {
  const review = await reviewOrder(surface);
  await review.role('button', 'Place order').click();
  await review.waitFor('hidden');
}

/** Fills in, reviews and places a limit order. Ends when the review has closed. */
export async function placeLimitOrder(surface: Surface, order: OrderToPlace): Promise<void> {
  await fillOrder(surface, order);
  await placeOrder(surface);
}

export interface MoneyOut {
  /** `USDC`. */
  asset: string;
  /** By the exchange's name. */
  network: string;
  address: string;
  quantity: string;
}

/** Fills in the form for a withdrawal; nothing is sent. */
export async function fillWithdrawal(surface: Surface, money: MoneyOut): Promise<void> {
  await goTo(surface, 'Transfer');
  await surface.role('tablist', 'Transfer').role('tab', 'Withdraw').click();
  const form = surface.role('form', 'Withdraw');
  await form.role('combobox', 'Asset').select(money.asset);
  await form.role('combobox', 'Network').select(money.network);
  await form.label('Address').fill(money.address);
  await form.label('Quantity').fill(money.quantity);
}

/** Opens the review of the withdrawal in the form. */
export async function reviewWithdrawal(surface: Surface): Promise<Locator> {
  await surface.role('button', 'Review withdrawal').click();
  const review = surface.role('dialog', 'Review withdrawal');
  await review.waitFor();
  return review;
}

/** Confirms a withdrawal under review with the password. Ends when the review has closed. */
export async function confirmWithdrawal(
  review: Locator,
  password: string = PASSWORD,
): Promise<void> {
  await review.label('Password').fill(password);
  await review.role('button', 'Withdraw').click();
  await review.waitFor('hidden');
}

/** Fills in, reviews and confirms a withdrawal. Ends when the review has closed. */
export async function withdraw(surface: Surface, money: MoneyOut): Promise<void> {
  await fillWithdrawal(surface, money);
  await confirmWithdrawal(await reviewWithdrawal(surface));
}

/** The row of an open order in this market. */
export async function openOrderRow(surface: Surface, market: string): Promise<Locator> {
  await goTo(surface, 'Orders');
  const row = surface.role('table', 'Open orders').role('row', new RegExp(market));
  await row.waitFor();
  return row;
}

/** Cancels the order of a row. Ends when the row is gone. */
export async function cancelOrder(row: Locator): Promise<void> {
  await row.role('button', 'Cancel order').click();
  await row.waitFor('hidden');
}

/** A vault with one account in it, opened at its balances. */
export async function openWithAccount(
  driver: Driver,
  key: KeyToImport,
  surface: 'popup' | 'full' = 'popup',
): Promise<Surface> {
  const opened = await driver.open(surface);
  await createVault(opened);
  await importKey(opened, key);
  return opened;
}
