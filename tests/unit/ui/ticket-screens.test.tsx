// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_DRAFT } from '../../../src/exchange/order-draft.ts';
import { App } from '../../../src/ui/app/App.tsx';
import { optionsSet } from '../../../src/ui/screens/Trade/options-set.ts';
import { createApp } from '../../../src/ui/state/app.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, type FakeBackground, fakeBackground, unlocked } from './background.ts';
import { show } from './dom.ts';
import { balances, markets, markPrices, requestId, tickers } from './exchange-answers.ts';
import { getMessage } from './texts.ts';

beforeAll(() => {
  provideTexts(getMessage);
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockReturnValue();
});

const publics = { markets, tickers, markPrices, assets: [] };
let most: (() => unknown) | undefined;
beforeEach(() => {
  most = () => ({ symbol: 'x', side: 'x', maxOrderQuantity: '10' });
});

async function ticket(draft: object = {}) {
  const reads: Record<string, unknown> = {
    balanceQuery: balances,
    orderQueryAll: [],
    positionQuery: [],
  };
  const fake: FakeBackground = fakeBackground({
    'session.open': () => unlocked([account(1)]),
    'drafts.read': () => ({ ...EMPTY_DRAFT, symbol: 'SOL_USDC', ...draft }),
    'drafts.write': () => ({}),
    'requests.list': () => [],
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction }) => ({
      at: Date.now(),
      answer: instruction === 'maxOrderQuantity' ? most?.() : reads[instruction],
    }),
    'requests.prepare': ({ account: id, instruction, params }) => ({
      ...{ id: requestId(1), account: id, apiKey: 'k', label: 'l', instruction },
      ...{ method: 'POST', path: '/api/v1/order', params, window: 5000, canonical: 'c' },
      ...{ digest: 'd', needsPassword: false },
      phrase: { key: 'wordsOrderBuyLimit', values: ['1 SOL', '140 USDC'] },
    }),
  });
  const app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash: '#trade',
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  const view = show(<App app={app} />);
  await view.settled();
  await view.settled();
  const prepared = () =>
    fake.heard.flatMap(({ method, request }) =>
      method === 'requests.prepare' ? [(request as { params: object }).params] : [],
    );
  return { app, fake, view, prepared };
}

const labels = (view: Awaited<ReturnType<typeof ticket>>['view']): string[] =>
  view.all('form label').map((label) => label.textContent?.trim() ?? '');
const text = (element: HTMLElement): string =>
  element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

describe('a stop', () => {
  it('has a trigger, says which way it waits, and is reviewed with all that belongs to it', async () => {
    const { view, prepared } = await ticket({ orderType: 'StopMarket', quantity: '2' });
    await view.press('Review order');
    expect(view.description(view.labelled('Trigger price'))).toContain('needed');
    await view.fill('Trigger price', '160');
    expect(view.root.textContent).toContain('Fires when the price rises to 160. It is at 150.004');
    await view.press('Review order');
    expect(prepared()).toEqual([
      {
        ...{ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market' },
        ...{ triggerPrice: '160', triggerQuantity: '2', triggerBy: 'LastPrice' },
      },
    ]);
  });
});

describe('folded options', () => {
  it('say what is set while they are folded, and what is set is in the order', async () => {
    const { view, prepared } = await ticket({
      ...{ price: '140', quantity: '2', stopLossTriggerPrice: '130', clientId: '7' },
      ...{ takeProfitTriggerPrice: '', slippageTolerance: '1', autoBorrow: true },
    });
    expect(text(view.one('.more-options'))).toBe(
      'More optionsstop loss 130 · client id 7 · Borrow what is missing',
    );
    expect(labels(view)).not.toContain('Client id');
    await view.press('Review order');
    expect(prepared()).toMatchObject([
      { stopLossTriggerPrice: '130', clientId: 7, autoBorrow: true },
    ]);
    expect(prepared()[0]).not.toHaveProperty('slippageTolerance');
  });

  it('unfold for what is wrong in them, with the error beside the field', async () => {
    const { view, prepared } = await ticket({
      ...{ price: '140', quantity: '2', stopLossTriggerPrice: '141', clientId: '1.5' },
    });
    await view.press('Review order');
    await view.settled();
    expect(view.description(view.labelled('Stop loss'))).toContain(
      'belongs below its price of 140',
    );
    expect(view.description(view.labelled('Client id'))).toContain('Use digits alone');
    expect(prepared()).toEqual([]);
  });

  it.each([
    [
      'SOL_USDC',
      'Limit',
      ['Stop loss', 'Self-trade prevention', 'Client id', 'Lend what comes in'],
    ],
    ['SOL_USDC', 'Market', ['Slippage tolerance', 'Borrow what is missing']],
    ['SOL_USDC_PERP', 'StopMarket', ['Slippage tolerance', 'Take profit']],
  ])('have on %s, for %s, what fits there', async (symbol, orderType, some) => {
    const { view } = await ticket({ symbol, orderType, clientId: 'x' });
    await view.settled();
    expect(labels(view)).toEqual(expect.arrayContaining(some));
    const isSpot = symbol === 'SOL_USDC';
    expect(labels(view).includes('Borrow what is missing')).toBe(isSpot);
    expect(labels(view).includes('Slippage tolerance')).toBe(orderType !== 'Limit');
  });

  it('name each choice that is set', () => {
    const set = {
      ...{ ...EMPTY_DRAFT, stopLossTriggerPrice: '1', takeProfitTriggerPrice: '2', clientId: '0' },
      ...{ slippageTolerance: '3', slippageToleranceType: 'TickSize' as const },
      ...{ selfTradePrevention: 'RejectMaker' as const, autoBorrow: true, autoBorrowRepay: true },
      ...{ autoLend: true, autoLendRedeem: true },
    };
    expect(optionsSet(set)).toHaveLength(9);
    expect(optionsSet(EMPTY_DRAFT)).toEqual([]);
  });
});

describe('shares', () => {
  it('say what they are of', async () => {
    const { view } = await ticket({ price: '140' });
    await view.press('50 %');
    expect(view.labelled('Quantity').value).toBe('5');
    expect(text(view.one('.share-note'))).toBe('The account can trade 10 SOL now.');
  });

  it('say that they are of the balance, where the exchange does not tell', async () => {
    most = undefined;
    const { view } = await ticket({ price: '100' });
    await view.press('100 %');
    expect(view.labelled('Quantity').value).toBe('10');
    expect(text(view.one('.share-note'))).toContain('a share of the balance');
  });
});

describe('a ladder', () => {
  const ladder = {
    ...{ orderType: 'Ladder', side: 'Ask', quantity: '60', ladderFrom: '160', ladderTo: '170' },
    ladderCount: '3',
  };
  const open = async () => {
    const all = await ticket(ladder);
    all.fake.answers['requests.prepare'] = ({ account: id, instruction, params }) => ({
      ...{ id: requestId(1), account: id, apiKey: 'k', label: 'l', instruction },
      ...{ method: 'POST', path: '/api/v1/orders', window: 5000, canonical: 'c', digest: 'd' },
      ...{ needsPassword: false, phrase: { key: 'wordsOrders', values: ['3', 'SOL_USDC'] } },
      params: Array.isArray(params)
        ? params.map((each, index) => ({ ...each, clientId: index + 1 }))
        : params,
    });
    await all.view.settled();
    return all;
  };

  it('says what its orders will be, and is reviewed whole: each order, the totals, what is remarkable', async () => {
    const { view, prepared } = await open();
    expect(text(view.one('.ladder-preview'))).toBe('3 orders of 20 each.');
    expect(text(view.one('.figures'))).toContain('Order value9,900');
    await view.press('Review order');
    await view.settled();
    expect(prepared()).toMatchObject([[{ price: '160' }, { price: '165' }, { price: '170' }]]);
    expect(view.all('.ladder-orders li').map(text)).toEqual([
      'Sell 20 SOL at 160 USDC',
      'Sell 20 SOL at 165 USDC',
      'Sell 20 SOL at 170 USDC',
    ]);
    expect(view.all('.warnings .notice').map(text)).toEqual([
      'This takes 60 SOL, and 52.1 SOL are available. The exchange will refuse it unless the account may borrow.',
      'Order 3: 13.33 % above the mark price 150.004. So it is with 2 more orders.',
    ]);
    expect(text(view.one('.review-fields'))).toContain('Quantity in all60 SOLOrder value9,900');
    view.button('Place 3 orders');
  });

  it.each([
    ['Last price', '160', 'are the same'],
    ['Orders', '1', 'The least is 2'],
    ['Quantity', '0.01', 'The least is 0.03'],
  ])('says beside %s what is wrong with %s', async (label, typed, words) => {
    const { view, prepared } = await open();
    await view.fill(label, typed);
    await view.press('Review order');
    expect(view.description(view.labelled(label))).toContain(words);
    expect(prepared()).toEqual([]);
  });

  it('tells what became of each order, and takes the total out of the form', async () => {
    const { app, fake, view } = await open();
    await view.press('Review order');
    await view.settled();
    const refusal = { code: 'EXCHANGE', data: { status: 400, code: 'X', message: 'No funds' } };
    fake.answers['requests.send'] = ({ id, account: of, instruction, params }) => ({
      ...{ id, account: of, origin: 'buckle', instruction, params, state: 'settled' },
      ...{ outcome: 'partly', recordedAt: Date.now(), settledAt: Date.now() },
      parts: [
        { clientId: 1, outcome: 'placed', orderStatus: 'New' },
        { clientId: 2, outcome: 'placed', orderStatus: 'New' },
        { clientId: 3, outcome: 'refused', error: refusal },
      ],
    });
    await view.press('Place 3 orders');
    await view.settled();
    expect(view.all('.placement li').map(text)).toEqual([
      expect.stringContaining('160 USDC · Placed, Open'),
      expect.stringContaining('165 USDC · Placed, Open'),
      expect.stringMatching(/170 USDC · Refused: .*No funds/),
    ]);
    expect(view.labelled('Quantity').value).toBe('');
    expect(app.navigation.tab.value).toBe('trade');
  });
});
