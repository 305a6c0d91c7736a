import type { Surface } from '../drivers/driver.ts';
import { until } from '../drivers/wait.ts';
import type { PracticeExchange } from '../exchange/exchange.ts';
import * as steps from './steps.ts';

/** What was done, what the screen shows of it, and what the exchange's own book says. */
export interface Done {
  step: string;
  screen: string;
  book: string;
}

// Half the practice exchange's price: the order rests in the book and fills nothing.
const ORDER: steps.OrderToPlace = {
  market: 'SOL_USDC',
  side: 'Buy',
  price: '100.25',
  quantity: '1.5',
};

/**
 * The main job, as a person does it in the popup of a new installation: a vault, a key, balances, an
 * order, the order among the open ones, its cancel. Yields after each step.
 */
export async function* mainJob(
  surface: Surface,
  exchange: PracticeExchange,
  key: steps.KeyToImport,
): AsyncGenerator<Done> {
  const { apiKey } = key;
  const found = (instruction: string) =>
    exchange.requests().findLast((request) => request.instruction === instruction);
  await steps.createVault(surface);
  const heading = await surface.role('heading').first().text();
  yield { step: 'vault made', screen: heading, book: 'nothing asked yet' };

  await steps.importKey(surface, key);
  const asked = await until('the exchange to be asked about the key', () => found('accountQuery'));
  const account = await surface.role('combobox', 'Account').css('option:checked').text();
  yield { step: 'key imported', screen: account, book: `accountQuery answered ${asked.status}` };

  const held = await (await steps.balanceRow(surface, 'SOL')).text();
  const { available, locked } = exchange.balances(apiKey).SOL ?? { available: '', locked: '' };
  const book = `SOL ${available} available, ${locked} locked`;
  yield { step: 'balances', screen: held, book };

  await steps.fillOrder(surface, ORDER);
  const review = await steps.reviewOrder(surface);
  yield { step: 'order reviewed', screen: await review.text(), book: 'nothing sent yet' };
  await review.role('button', 'Place order').click();
  await review.waitFor('hidden');
  const { id } = await until('the order in the book', () => exchange.allOrders(apiKey).at(-1));
  const state = (): string => {
    const open = exchange.openOrders(apiKey).length;
    const status = exchange.allOrders(apiKey).find((order) => order.id === id)?.status;
    return `${open} open, order ${id} ${status}`;
  };
  const notice = surface.role('status').nth(0);
  const said = await until('word of the order', async () => {
    const text = await notice.text();
    return text.includes(id) ? text : undefined;
  });
  yield { step: 'order placed', screen: said, book: state() };

  const row = await steps.openOrderRow(surface, ORDER.market);
  yield { step: 'seen among open orders', screen: await row.text(), book: state() };

  await steps.cancelOrder(row);
  const left = await surface.role('tabpanel', 'Orders').text();
  yield { step: 'cancelled', screen: left, book: state() };
}
