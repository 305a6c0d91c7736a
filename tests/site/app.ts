import type { Buckle, BuckleError, ParamsOf } from '../../src/provider/api.ts';
import { createSignedFetch, throughOwnServer } from './adapter.ts';

// The demo page. Everything it knows of Buckle is `window.buckle` and the types in api.ts.

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no #${id}`);
  return found as E;
};
const cell = (text: string, kind = ''): HTMLTableCellElement => {
  const made = document.createElement('td');
  made.textContent = text;
  made.className = kind;
  return made;
};
const row = (...cells: Node[]): HTMLTableRowElement => {
  const made = document.createElement('tr');
  made.append(...cells);
  return made;
};

function log(text: string, kind = ''): void {
  const line = document.createElement('li');
  line.textContent = text;
  line.className = kind;
  element('log').prepend(line);
}

const isBuckleError = (error: unknown): error is BuckleError =>
  error instanceof Error && error.name === 'BuckleError';

/** Runs what a button is for, and says how it ended. */
async function run(what: string, act: () => Promise<string>): Promise<void> {
  log(`${what} …`);
  try {
    log(`${what}: ${await act()}`);
  } catch (error) {
    const text = isBuckleError(error) ? `${error.code} ${error.message}` : String(error);
    log(`${what}: ${text}`, 'failed');
  }
}

async function showBalances({ client }: Buckle): Promise<string> {
  const balances = Object.entries(await client.balances());
  element('balances').replaceChildren(
    ...balances.map(([asset, { available, locked }]) =>
      row(cell(asset), cell(available, 'figure'), cell(locked, 'figure')),
    ),
  );
  return `${balances.length} assets`;
}

async function showOrders(buckle: Buckle): Promise<string> {
  const orders = await buckle.client.ordersQuery();
  const rows = orders.map(({ id, symbol, side, quantity, price }) => {
    const cancel = document.createElement('button');
    cancel.type = 'button';
    cancel.textContent = 'Cancel';
    cancel.addEventListener('click', () =>
      run(`Cancel ${id}`, async () => {
        await buckle.client.orderCancel({ symbol, orderId: id });
        return showOrders(buckle);
      }),
    );
    const actions = cell('', 'figure');
    actions.append(cancel);
    return row(
      cell(`${side === 'Bid' ? 'Buy' : 'Sell'} ${symbol}`),
      cell(quantity ?? '', 'figure'),
      cell(price ?? '', 'figure'),
      actions,
    );
  });
  element('orders').replaceChildren(...rows);
  return `${orders.length} open`;
}

async function placeOrder(buckle: Buckle, form: HTMLFormElement): Promise<string> {
  const given = new FormData(form);
  const text = (name: string): string => String(given.get(name));
  const order: ParamsOf<'orderExecute'> = {
    symbol: text('symbol'),
    side: text('side') === 'Ask' ? 'Ask' : 'Bid',
    orderType: 'Limit',
    price: text('price'),
    quantity: text('quantity'),
  };
  const { id, status } = await buckle.client.exeOrder(order);
  await showOrders(buckle);
  return `order ${id} ${status}`;
}

/** Opens the private stream of orders and logs what comes of it. */
async function follow(buckle: Buckle): Promise<string> {
  const socket = new WebSocket('wss://ws.backpack.exchange');
  await new Promise((opened, failed) => {
    socket.addEventListener('open', opened);
    socket.addEventListener('error', failed);
  });
  socket.addEventListener('message', ({ data }) => log(`Stream: ${data}`));
  // Signed once the socket is open: a signature ages.
  socket.send(JSON.stringify(await buckle.signSubscription(['account.orderUpdate'])));
  return 'subscribed';
}

const setConnected = (label: string | undefined): void => {
  element('account').textContent = label ?? 'Not connected';
  element('connect').hidden = label !== undefined;
  element('disconnect').hidden = label === undefined;
};

function start(buckle: Buckle): void {
  const press = (id: string, what: string, act: () => Promise<string>): void =>
    element(id).addEventListener('click', () => run(what, act));
  const signedFetch = createSignedFetch(buckle, throughOwnServer);

  press('connect', 'Connect', async () => {
    const { account } = await buckle.connect({
      scopes: ['read', 'trade'],
      reason: 'Show your balances and send the orders you enter here.',
    });
    setConnected(account.label);
    await showBalances(buckle);
    await showOrders(buckle);
    return account.label;
  });
  press('disconnect', 'Disconnect', async () => {
    await buckle.disconnect();
    return 'done';
  });
  press('refresh', 'Balances', () => showBalances(buckle));
  press('signed', 'Fills', async () => {
    const fills = await signedFetch('fillHistoryQueryAll', { limit: 10 });
    return `${fills.length} fills`;
  });
  press('subscribe', 'Stream', () => follow(buckle));
  element<HTMLFormElement>('ticket').addEventListener('submit', (event) => {
    event.preventDefault();
    void run('Order', () => placeOrder(buckle, element<HTMLFormElement>('ticket')));
  });

  buckle.on('connect', ({ account }) => setConnected(account.label));
  buckle.on('disconnect', () => setConnected(undefined));
  for (const name of ['connect', 'disconnect', 'lock', 'unlock', 'settled'] as const) {
    buckle.on(name, (data) => log(`Event ${name} ${JSON.stringify(data)}`));
  }
  void buckle.permissions().then(
    ({ account }) => setConnected(account?.label),
    () => undefined,
  );
}

// There from the first script on where the site is connected; announced later to a page that was open already.
let started = false;
const found = (buckle: Buckle): void => {
  if (started) return;
  started = true;
  element('missing').hidden = true;
  start(buckle);
};
addEventListener('buckle:announce', ({ detail }) => found(detail.provider));
dispatchEvent(new Event('buckle:request'));
element('missing').hidden = started;
