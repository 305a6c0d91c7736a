// @vitest-environment happy-dom

import { beforeAll, expect, it, vi } from 'vitest';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { entrySentence } from '../../../src/ui/log-text.ts';
import { requestSentence } from '../../../src/ui/request-text.ts';
import { createApp } from '../../../src/ui/state/app.ts';
import { openTwins } from '../../../src/ui/state/placement.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, request, tickers } from './exchange-answers.ts';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
});

const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' };
const params = [1, 2, 3].map((clientId) => ({ ...order, clientId }));
const error = {
  code: 'EXCHANGE',
  data: { status: 200, code: 'INSUFFICIENT_FUNDS', message: 'Insufficient funds' },
};
const mixed: RequestView['parts'] = [
  { clientId: 1, outcome: 'placed', orderId: '5', orderStatus: 'New' },
  { clientId: 2, outcome: 'refused', error },
  { clientId: 3, outcome: 'unknown' },
];
const batch = (more: Partial<RequestView> = {}): RequestView =>
  request(1, { params, parts: mixed, outcome: 'unknown', settledAt: Date.now(), ...more });

const publics = { markets, tickers, markPrices, assets: [] };
async function open(hash: string, requests: RequestView[]) {
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
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  await view.settled();
  return { app, view };
}
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

it('a batch is one sentence: how many orders, and where', () => {
  const said = (list: object[]) =>
    requestSentence({ instruction: 'orderExecute', params: list as typeof params });
  expect(said(params)).toBe('3 orders on SOL_USDC');
  expect(said([order, { ...order, symbol: 'BTC_USDC' }])).toBe('2 orders on SOL_USDC, BTC_USDC');
  const many = ['SOL_USDC', 'BTC_USDC', 'ETH_USDC'].map((symbol) => ({ ...order, symbol }));
  expect(said(many)).toBe('3 orders on 3 markets');
  expect(said([order])).toBe('Buy 1 SOL at 90 USDC');
});

it('the log says the same of what was approved', () => {
  const entry = { number: 1, at: 1, origin: 'buckle', what: 'send', decision: 'approved' } as const;
  expect(entrySentence({ ...entry, instruction: 'orderExecute', params })).toBe(
    '3 orders on SOL_USDC',
  );
  const strange = [{ ...order, later: 'x' }];
  expect(entrySentence({ ...entry, instruction: 'orderExecute', params: strange })).toBe(
    'orderExecute',
  );
});

it('what was sent tells the whole, and each order on demand', async () => {
  const { view } = await open('#activity', [batch({ outcome: 'partly' })]);
  await view.press('Requests');
  expect(text(view.one('.requests table'))).toContain('3 orders on SOL_USDC');
  expect(text(view.one('.requests table'))).toContain('Partly placed');
  await view.press('Each order of: 3 orders on SOL_USDC');
  const orders = view.all('dialog .part-list li').map(text);
  expect(orders).toHaveLength(3);
  expect(orders[0]).toBe('Buy 1 SOL at 90 USDC · Placed, Open');
  expect(orders[1]).toMatch(/^Buy 1 SOL at 90 USDC · Refused: /);
  expect(orders[2]).toBe('Buy 1 SOL at 90 USDC · Unknown');
});

it('what nobody knows is told with where to look, and so is what can never be known', async () => {
  const refresh = request(2, {
    instruction: 'rfqRefresh',
    params: { rfqId: '7' },
    outcome: 'unknown',
    settledAt: Date.now(),
  });
  const { view } = await open('#orders', [batch(), refresh]);
  const notices = view.all('.orders .notice').map(text);
  const place = 'https://backpack.exchange/portfolio';
  expect(notices).toHaveLength(2);
  for (const each of notices) expect(each).toContain(place);
  expect(notices.some((each) => /^Unknown what became of: 3 orders/.test(each))).toBe(true);
  expect(notices.some((each) => each.includes('has no way to tell afterwards'))).toBe(true);
  const links = view.all('.orders .notice a').map((link) => link.getAttribute('rel'));
  expect(links).toEqual(['noreferrer', 'noreferrer']);
});

it('an edit that stopped half way is told, with what kept the new order', async () => {
  const half = request(3, {
    outcome: 'notSent',
    replaces: request(4).id,
    error: { code: 'NOT_REPLACED', data: { reason: 'executed' } },
    settledAt: Date.now(),
  });
  const { view } = await open('#orders', [half]);
  expect(text(view.one('.orders .notice'))).toMatch(
    /^Not sent: Sell 1\.5 SOL at 180 USDC\. More of the old order was filled than you had seen\./,
  );
});

it('an order of an open batch counts as a twin of the next one like it', async () => {
  const openBatch = batch({
    state: 'unknown',
    parts: params.map(({ clientId }) => ({ clientId })),
  });
  const { app } = await open('#orders', [openBatch]);
  const { requests } = app.trading;
  const alike = { symbol: 'SOL_USDC', side: 'Bid' };
  expect(openTwins(requests, 'orderExecute', alike)).toHaveLength(1);
  expect(openTwins(requests, 'orderExecute', { ...alike, side: 'Ask' })).toHaveLength(0);
});
