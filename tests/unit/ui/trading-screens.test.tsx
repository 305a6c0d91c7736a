// @vitest-environment happy-dom

import { signal } from '@preact/signals';
import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderParams } from '../../../src/exchange/instructions/orders.ts';
import { order as orderShape } from '../../../src/exchange/types.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { singleOf } from '../../../src/messaging/shapes.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { orderSentence } from '../../../src/ui/order-text.ts';
import { problemText } from '../../../src/ui/screens/common/problem-text.ts';
import { cancelText, mayCancelAgain } from '../../../src/ui/screens/Orders/cancel-text.ts';
import { fieldsOf } from '../../../src/ui/screens/Trade/fields.ts';
import { PlacementReport } from '../../../src/ui/screens/Trade/PlacementReport.tsx';
import { createApp } from '../../../src/ui/state/app.ts';
import type { Placement } from '../../../src/ui/state/placement.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, openOrder, request, tickers } from './exchange-answers.ts';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
});

const publics = { markets, tickers, markPrices, assets: [] };
let reads: Record<string, unknown>;
beforeEach(() => {
  reads = {
    balanceQuery: { ...balances, WIF: { available: '3', locked: '0', staked: '0' } },
    orderQueryAll: [openOrder('5', { executedQuantity: '0.5' })],
    positionQuery: [],
    orderHistoryQueryAll: [
      openOrder('4', { createdAt: '2026-01-02T03:04:05.678', status: 'Filled' }),
    ],
  };
});

/** The whole app at one of its screens. */
async function open(hash: string, requests: RequestView[] = []) {
  const opening = unlocked([account(1)]);
  const fake = fakeBackground({
    'session.open': () => ({
      ...opening,
      ...(opening.unlocked ? { unlocked: { ...opening.unlocked, requests } } : {}),
    }),
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'requests.list': () => requests,
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction }) => ({ at: Date.now(), answer: reads[instruction] }),
  });
  const app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash,
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  await view.settled();
  return { app, fake, view };
}
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

describe('balances', () => {
  it('say what there is, what it is worth, and what the total leaves out', async () => {
    const { view } = await open('#balances');
    expect(view.all('tbody tr').map(text)).toEqual([
      'SOL52.11.508,040.00',
      'USDC1,000001,000.00',
      'WIF300–',
    ]);
    expect(text(view.one('[role=group]'))).toBe(
      'Total value9,040.00 USDCLeaves out 1 asset without a price.',
    );
    await view.press('Show 1 empty balance');
    expect(text(view.all('tbody tr').at(-1) as HTMLElement)).toContain('ETH');
  });

  it('invite where there is nothing', async () => {
    reads.balanceQuery = {};
    const { view } = await open('#balances');
    expect(view.root.textContent).toContain('No balances yet');
    await view.press('Deposit');
    expect(view.root.textContent).toContain('the address to send to appears here');
  });

  it('have no total until prices are there: it would be that of USDC alone', async () => {
    const { app, view } = await open('#balances');
    app.trading.market.reset();
    await view.settled();
    expect(text(view.one('[role=group]'))).toBe('Total value');
    await app.trading.market.refreshPrices();
    await view.settled();
    expect(text(view.one('[role=group]'))).toContain('9,040.00 USDC');
  });
});

describe('open orders', () => {
  it('have their side in words, their distance and a button that names what it cancels', async () => {
    const { view } = await open('#orders');
    const [row] = view.all('tbody tr');
    expect(row && text(row)).toMatch(
      /^SOL_USDCSell \d+ d0\.5 \/ 1\.5180\+19\.99 %Edit order · Sell 1\.5 SOL at 180 USDCCancel order · Sell 1\.5 SOL at 180 USDC$/,
    );
    expect(text(view.button('Cancel all orders · 1'))).toBe('Cancel all orders · 1');
  });

  it('come after what is being found out', async () => {
    const { view } = await open('#orders', [request(1, { state: 'unknown' })]);
    expect(text(view.one('.notice'))).toBe(
      'Checking what became of: Sell 1.5 SOL at 180 USDC. Do not place it again until this is known.',
    );
  });

  it('are cancelled market by market, each reported by itself', async () => {
    vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
    reads.orderQueryAll = [
      openOrder('5'),
      openOrder('6'),
      openOrder('7', { symbol: 'SOL_USDC_PERP' }),
    ];
    const { fake, view } = await open('#orders');
    fake.answers['requests.prepare'] = ({ account: id, instruction, params }) => ({
      id: `20000000-0000-4000-8000-00000000000${singleOf({ params }).symbol === 'SOL_USDC' ? 1 : 2}`,
      account: id,
      apiKey: 'k',
      label: 'l',
      instruction,
      method: 'DELETE',
      path: '/api/v1/orders',
      params,
      window: 5000,
      canonical: '',
      digest: 'd',
      phrase: { key: 'wordsOrderCancelAll', values: [] },
      needsPassword: false,
    });
    fake.answers['requests.send'] = ({ id, account: of, instruction, params }) => ({
      ...request(
        1,
        singleOf({ params }).symbol === 'SOL_USDC' ? { outcome: 'done' } : { outcome: 'refused' },
      ),
      id,
      account: of,
      instruction,
      params,
    });
    await view.press('Cancel all orders · 3');
    expect(view.all('.cancel-all li').map(text)).toEqual([
      'SOL_USDC2 orders',
      'SOL_USDC_PERP1 order',
    ]);
    await view.press('Cancel 3 orders');
    for (let turn = 0; turn < 5; turn += 1) await view.settled();
    expect(view.all('.cancel-all li').map(text)).toEqual([
      'SOL_USDC2 ordersCancelled',
      'SOL_USDC_PERP1 orderNot cancelled: No reason was given.',
    ]);
    expect(fake.heard.filter(({ method }) => method === 'requests.send')).toHaveLength(2);
  });

  it.each([
    ['sending', 'Cancelling…', false],
    ['done', 'Cancelled', false],
    ['pending', 'Taken, not done yet', false],
    ['checking', 'Checking', false],
    ['refused', 'Not cancelled: No reason was given.', true],
    ['notSent', 'Not cancelled: No reason was given.', true],
    ['absent', 'Not cancelled: the exchange never got it', true],
    ['unknown', 'Unknown', true],
  ] as const)('say of a cancel that is %s: %s', (fate, words, again) => {
    expect(cancelText({ fate })).toBe(words);
    expect(mayCancelAgain({ fate })).toBe(again);
  });
});

describe('the order form', () => {
  it('says what is wrong beside each field and keeps what was typed', async () => {
    const { view } = await open('#trade');
    await view.fill('Price', '180.014');
    await view.fill('Quantity', '1e3');
    await view.press('Review order');
    expect(view.description(view.labelled('Price'))).toContain('Too many decimals. Use at most 2.');
    expect(view.description(view.labelled('Quantity'))).toContain('without an exponent');
    expect([view.labelled('Price').value, view.labelled('Quantity').value]).toEqual([
      '180.014',
      '1e3',
    ]);
    await view.press('Use 180.01');
    expect(view.labelled('Price').value).toBe('180.01');
  });

  it('lets no error come between a button’s press and its release, and none late for the next field', async () => {
    const { view } = await open('#trade');
    const [price, quantity] = [view.labelled('Price'), view.labelled('Quantity')];
    const leave = async (relatedTarget: Element) => {
      price.dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget }));
      await view.settled();
    };
    await view.fill('Price', '180.014');
    await leave(view.button('Review order'));
    expect(view.description(price)).not.toContain('Too many decimals');
    await leave(quantity);
    expect(view.description(price)).toContain('Too many decimals');
  });

  it('offers only markets that can be traded', async () => {
    const { view } = await open('#trade');
    const options = [...(view.labelled('Market') as unknown as HTMLSelectElement).options];
    expect(options.map(({ value }) => value)).toEqual(['SOL_USDC', 'SOL_USDC_PERP']);
  });

  it('steps the price with the arrow keys', async () => {
    const { view } = await open('#trade');
    await view.fill('Price', '180');
    await view.key(view.labelled('Price'), 'ArrowUp');
    expect(view.labelled('Price').value).toBe('180.01');
  });

  it.each([
    [{ path: 'postOnly', reason: 'conflict' }, 'able to rest'],
    [{ path: 'reduceOnly', reason: 'conflict' }, 'no positions'],
    [{ path: 'postOnly', reason: 'market-closed', limit: 'PostOnly' }, 'Tick Post only'],
    [{ path: 'orderType', reason: 'market-closed', limit: 'LimitOnly' }, 'Choose Limit'],
    [{ path: 'symbol', reason: 'market-closed', limit: 'Closed' }, 'takes no orders now'],
  ] as const)('says of %j what to do', (problem, words) => {
    expect(problemText(problem)).toContain(words);
  });
});

describe('the report of an order', () => {
  const refusal = {
    code: 'EXCHANGE',
    data: { status: 400, code: 'INSUFFICIENT_FUNDS', message: 'Insufficient funds' },
  };
  const known = (more: Partial<RequestView>): Placement => ({
    kind: 'known',
    view: request(1, more),
  });
  it.each([
    [
      'resting',
      known({ orderStatus: 'New', orderId: '9' }),
      'status',
      'It rests in the order book. Order id 9',
    ],
    [
      'filled',
      known({ orderStatus: 'Filled', executedQuantity: '1.5', executedQuoteQuantity: '270.3' }),
      'status',
      'Filled 1.5 of 1.5 at 180.2 on average.',
    ],
    [
      'filled in part',
      known({
        orderStatus: 'PartiallyFilled',
        executedQuantity: '0.5',
        executedQuoteQuantity: '90',
      }),
      'status',
      'The rest stays in the order book. Filled 0.5 of 1.5 at 180 on average.',
    ],
    ['expired', known({ orderStatus: 'Expired', executedQuantity: '0' }), 'status', 'then expired'],
    [
      'of a status that is new to us',
      known({ orderStatus: 'Paused' }),
      'status',
      'The exchange calls it: Paused.',
    ],
    ['refused', known({ outcome: 'refused', error: refusal }), 'alert', '“Insufficient funds”'],
    ['refused without words', known({ outcome: 'refused' }), 'alert', 'No reason was given.'],
    ['not sent', known({ outcome: 'notSent' }), 'alert', 'Nothing left Buckle.'],
    [
      'being looked for',
      known({ state: 'unknown' }),
      'status',
      'Do not place it again until this is known.',
    ],
    ['not found', known({ outcome: 'absent' }), 'status', 'It was not placed.'],
    ['not to be known', known({ outcome: 'unknown' }), 'status', 'Look at the exchange'],
    [
      'never sent',
      { kind: 'notSent', error: { code: 'NETWORK', data: { kind: 'offline' } } },
      'alert',
      'Nothing was sent.',
    ],
    ['lost', { kind: 'lost' }, 'alert', 'cannot be told right now'],
  ] as [string, Placement, string, string][])('that is %s', (_name, placement, role, words) => {
    const state = { placement: signal(placement), dismiss: () => undefined } as never;
    const view = show(<PlacementReport placement={state} />);
    expect(view.all(`[role=${role}]`)).toHaveLength(1);
    expect(text(view.one('.notice'))).toContain(words);
  });
});

describe('the review', () => {
  it('leaves nothing out that is signed', () => {
    const params = { symbol: 'SOL_USDC', side: 'Ask', postOnly: true, strange: 'x', clientId: 7 };
    expect(fieldsOf(params).map(({ label, value }) => [label, value])).toEqual([
      ['Market', 'SOL_USDC'],
      ['Side', 'Sell'],
      ['Post only', 'Yes'],
      ['Client id', '7'],
      ['strange', 'x'],
    ]);
  });

  it('has words for every member of an order', () => {
    const members = Object.keys(orderParams.entries).filter((key) => key !== 'brokerId');
    const fields = fieldsOf(Object.fromEntries(members.map((key) => [key, 'x'])));
    expect(fields.filter(({ label }) => /^[a-z]/.test(label))).toEqual([]);
    expect(fields).toHaveLength(members.length);
    const given = {
      ...{
        triggerBy: 'IndexPrice',
        stopLossTriggerBy: 'MarkPrice',
        takeProfitTriggerBy: 'LastPrice',
      },
      ...{ selfTradePrevention: 'RejectBoth', slippageToleranceType: 'TickSize', autoLend: false },
    };
    expect(fieldsOf(given).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Triggered by: Index price',
      'Stop loss by: Mark price',
      'Take profit by: Last price',
      'Slippage counted in: Ticks',
      'Self-trade prevention: Cancel both',
      'Lend what comes in: No',
    ]);
  });
});

describe('orderSentence', () => {
  it.each([
    [{}, 'Sell 1.5 SOL at 180 USDC'],
    [{ orderType: 'Market', price: null, quoteQuantity: '9' }, 'Sell 1.5 SOL at the market price'],
    [
      { orderType: 'Market', price: null, quantity: null, quoteQuantity: '9' },
      'Sell SOL for 9 USDC at the market price',
    ],
    [
      { quantity: '0', triggerPrice: '170', triggerQuantity: '2' },
      'Sell 2 SOL at 180 USDC once the price reaches 170 USDC',
    ],
    [{ orderType: 'Unheard' }, 'SOL_USDC'],
  ])('of %j', (more, words) => {
    expect(orderSentence(v.parse(orderShape, openOrder('1', more)))).toBe(words);
  });
});

describe('activity', () => {
  it('shows the history, and what was sent from here with its outcome', async () => {
    const { view } = await open('#activity', [request(1, { orderStatus: 'New' })]);
    await view.settled();
    expect(text(view.one('tbody tr'))).toMatch(/^SOL_USDC ?Sell/);
    expect(text(view.one('tbody tr'))).toContain('Filled');
    expect(view.one('tbody time').getAttribute('title')).toBe('2026-01-02T03:04:05.678Z');
    await view.press('Requests');
    expect(text(view.one('tbody tr'))).toMatch(/^Sell 1\.5 SOL at 180 USDC.*PlacedOpen$/);
  });

  it('calls a withdrawal taken, not placed', async () => {
    const params = { symbol: 'USDC', blockchain: 'Solana', address: 'a', quantity: '100' };
    const { view } = await open('#activity', [request(1, { instruction: 'withdraw', params })]);
    await view.press('Requests');
    expect(text(view.one('tbody tr'))).toMatch(/^Withdraw 100 USDC.*Taken$/);
  });
});
