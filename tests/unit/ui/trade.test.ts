import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import { EMPTY_DRAFT, type OrderDraft } from '../../../src/exchange/order-draft.ts';
import { createBalances } from '../../../src/ui/state/balances.ts';
import { createDrafts } from '../../../src/ui/state/drafts.ts';
import { createMarketData } from '../../../src/ui/state/market.ts';
import { createOrders } from '../../../src/ui/state/orders.ts';
import {
  createPlacement,
  openTwins,
  type PlacementState,
} from '../../../src/ui/state/placement.ts';
import { createReads } from '../../../src/ui/state/reads.ts';
import { createRequests, type Requests } from '../../../src/ui/state/requests.ts';
import { createTrade, type TradeState } from '../../../src/ui/state/trade.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { balances, markets, markPrices, request, requestId, tickers } from './exchange-answers.ts';

let fake: FakeBackground;
let trade: TradeState;
let placement: PlacementState<OrderParams>;
let requests: Requests;
const selected = signal(account(1).id);

const publics = { markets, tickers, markPrices, assets: [] };
const reads: Record<string, unknown> = {
  balanceQuery: balances,
  orderQueryAll: [],
  positionQuery: [
    {
      symbol: 'SOL_USDC_PERP',
      netQuantity: '-4',
      entryPrice: '150',
      markPrice: '150',
      pnlUnrealized: '0',
    },
  ],
};

beforeEach(async () => {
  fake = fakeBackground({
    'drafts.read': () => null,
    'drafts.write': () => ({}),
    'exchange.market': ({ name }) => ({ at: 1, answer: publics[name as keyof typeof publics] }),
    'exchange.read': ({ instruction }) => ({ at: 1, answer: reads[instruction] }),
    'requests.prepare': ({ account: id, instruction, params }) => ({
      id: requestId(1),
      account: id,
      apiKey: 'k',
      label: 'l',
      instruction,
      method: 'POST',
      path: '/api/v1/order',
      params: { ...params, clientId: 7 },
      window: 5000,
      canonical: 'c',
      digest: 'd',
      phrase: { key: 'wordsOrderSellLimit', values: [] },
      needsPassword: false,
    }),
    'requests.send': () => request(1),
    'requests.list': () => [],
  });
  const id = () => selected.value;
  const from = createReads(fake.call, id);
  const data = createMarketData(from);
  const held = createBalances(from, data);
  requests = createRequests(fake.call, id);
  const orders = createOrders(from, requests);
  trade = createTrade(data, held, orders, createDrafts(fake.call), from);
  placement = createPlacement<OrderParams>(requests, 'orderExecute');
  await Promise.all([data.ensureMarkets(), data.refreshPrices(), held.refresh(), orders.refresh()]);
});
const fill = (part: Partial<OrderDraft>) => trade.change(part);
const messages = (method: string) => fake.heard.filter((each) => each.method === method);

describe('the form', () => {
  it('starts with a market that can be traded and leaves the others out', () => {
    expect(trade.draft.value.symbol).toBe('SOL_USDC');
    expect(trade.market.value?.baseSymbol).toBe('SOL');
  });

  it('says nothing of empty fields before a review is asked for, and everything after', () => {
    fill({ quantity: '1,5' });
    expect(trade.problems.value.map(({ path }) => path)).toEqual(['quantity']);
    expect(trade.attempt()).toBe(false);
    expect(trade.problems.value.map(({ path }) => path)).toEqual(['price', 'quantity']);
  });

  it('leaves out of the order what is not in sight', () => {
    fill({ price: '150', quantity: '1', postOnly: true, timeInForce: 'IOC', reduceOnly: true });
    fill({ orderType: 'Market' });
    expect(trade.checked.value).toEqual({
      ok: true,
      params: { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '1' },
    });
    fill({ orderType: 'Limit', timeInForce: 'GTC', sizeIn: 'quote' });
    expect(trade.checked.value).toMatchObject({
      ok: true,
      params: { quantity: '1', postOnly: true },
    });
  });

  it('steps by ticks from where the price is, and from the mark where there is none', () => {
    trade.step('up');
    expect(trade.draft.value.price).toBe('150');
    trade.step('down');
    expect(trade.draft.value.price).toBe('149.99');
    fill({ price: '180.014' });
    trade.step('up');
    expect(trade.draft.value.price).toBe('180.02');
    fill({ price: '0.01' });
    trade.step('down');
    expect(trade.draft.value.price).toBe('0.01');
  });

  it('puts the mark price in, on the tick', () => {
    trade.useReference();
    expect(trade.draft.value.price).toBe('150');
    fill({ symbol: 'SOL_USDC_PERP' });
    trade.useReference();
    expect(trade.draft.value.price).toBe('150.1');
  });

  it.each([
    ['buying at a price', { price: '3', side: 'Bid' }, 50, '166.66'],
    ['selling', { side: 'Ask' }, 100, '52.1'],
    ['buying at the market', { orderType: 'Market', side: 'Bid' }, 100, '6.66'],
    ['buying for an amount', { orderType: 'Market', sizeIn: 'quote', side: 'Bid' }, 25, '250'],
    ['a future', { symbol: 'SOL_USDC_PERP', side: 'Ask', price: '100' }, 100, '10'],
    ['reducing a position', { symbol: 'SOL_USDC_PERP', side: 'Bid', reduceOnly: true }, 75, '3'],
  ] as const)(
    'puts in a share of the balance when the exchange does not say, %s',
    async (_name, part, percent, quantity) => {
      fill(part);
      await trade.useShare(percent);
      expect(trade.draft.value.quantity).toBe(quantity);
      expect(trade.sharing.value).toEqual({ status: 'balance' });
    },
  );

  it('takes back a draft, unless something has been typed since', async () => {
    const draft = { ...trade.draft.value, price: '99', quantity: '2' };
    fake.answers['drafts.read'] = () => draft;
    await trade.restore();
    expect(trade.draft.value).toEqual(draft);
    const restoring = trade.restore();
    fill({ price: '101' });
    await restoring;
    expect(trade.draft.value.price).toBe('101');
  });

  it.each([[null], ['text'], [{ price: 5 }], [{ side: 'Up', price: '1' }]])(
    'starts anew where the draft is %j',
    async (draft) => {
      fake.answers['drafts.read'] = () => draft;
      await trade.restore();
      expect(trade.draft.value).toMatchObject({ price: '', quantity: '' });
    },
  );

  it('takes back a draft of before there were stops', async () => {
    const old = {
      ...{ symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '9', quantity: '2' },
      ...{ sizeIn: 'base', timeInForce: 'GTC', postOnly: true, reduceOnly: false },
    };
    fake.answers['drafts.read'] = () => old;
    await trade.restore();
    expect(trade.draft.value).toEqual({ ...EMPTY_DRAFT, ...old });
  });

  it('takes out the size of a share and the client id that were placed', () => {
    fill({ quantity: '50', clientId: '7' });
    trade.clearPlaced({ triggerQuantity: '50%', clientId: 8 });
    expect(trade.draft.value).toMatchObject({ quantity: '', clientId: '7' });
    trade.clearPlaced({ triggerQuantity: '50%', clientId: 7 });
    expect(trade.draft.value.clientId).toBe('');
  });

  it('takes out the size that was placed, and nothing that was typed since', () => {
    fill({ price: '150', quantity: '1.5' });
    trade.clearPlaced({ quantity: '2' });
    expect(trade.draft.value.quantity).toBe('1.5');
    trade.clearPlaced({ quantity: '1.5' });
    expect(trade.draft.value).toMatchObject({ price: '150', quantity: '' });
  });
});

describe('a share of what the account can trade', () => {
  let questions: object[];
  let most: string;
  beforeEach(() => {
    questions = [];
    most = '12.345';
    fake.answers['exchange.read'] = ({ params }) => {
      questions.push(params);
      return { at: 1, answer: { symbol: 'x', side: 'x', maxOrderQuantity: most } };
    };
  });

  it.each<[string, Partial<OrderDraft>, object]>([
    ['a limit order', { price: '140' }, { price: '140' }],
    ['a sale without a price yet', { side: 'Ask' }, { side: 'Ask' }],
    ['a market order', { orderType: 'Market', price: '140' }, {}],
    ['a stop', { orderType: 'StopMarket', triggerPrice: '160' }, { price: '160' }],
    [
      'a stop with a limit',
      { orderType: 'StopLimit', triggerPrice: '160', price: '161' },
      { price: '161' },
    ],
    ['a ladder', { orderType: 'Ladder', ladderFrom: '140', ladderTo: '150' }, { price: '150' }],
    [
      'an order that may borrow',
      { price: '140', autoBorrow: true, autoLendRedeem: true },
      { price: '140', autoBorrow: true, autoLendRedeem: true },
    ],
    [
      'one that reduces',
      { symbol: 'SOL_USDC_PERP', price: '140', reduceOnly: true },
      { symbol: 'SOL_USDC_PERP', price: '140', reduceOnly: true },
    ],
  ])('is asked for %s, with what it depends on', async (_name, part, expected) => {
    fill(part);
    await trade.useShare(50);
    expect(questions).toEqual([{ symbol: 'SOL_USDC', side: 'Bid', ...expected }]);
    expect(trade.draft.value.quantity).toBe('6.17');
    expect(trade.sharing.value).toEqual({ status: 'asked', most: '12.345', asset: 'SOL' });
  });

  it('is in the asset that pays where that is counted, and no more of it than there is', async () => {
    fill({ orderType: 'Market', sizeIn: 'quote' });
    most = '4';
    await trade.useShare(50);
    expect(trade.draft.value.quantity).toBe('300.008');
    most = '40';
    await trade.useShare(100);
    expect(trade.draft.value.quantity).toBe('1000');
    fill({ autoBorrow: true });
    await trade.useShare(100);
    expect(trade.draft.value.quantity).toBe('6000.16');
  });

  it('is the share itself of a position', async () => {
    fill({ symbol: 'SOL_USDC_PERP', orderType: 'StopMarket', sizeIn: 'share' });
    await trade.useShare(75);
    expect([trade.draft.value.quantity, questions]).toEqual(['75', []]);
  });

  it('leaves what is typed where there is no price yet, or nothing to trade, and says so', async () => {
    fill({ price: '', quantity: '7' });
    await trade.useShare(50);
    expect([trade.draft.value.quantity, trade.sharing.value]).toEqual(['7', { status: 'price' }]);
    fill({ price: '140' });
    expect(trade.sharing.value).toBeUndefined();
    most = '0';
    await trade.useShare(50);
    expect([trade.draft.value.quantity, trade.sharing.value]).toEqual(['7', { status: 'nothing' }]);
  });

  it('is not put into an order that has changed since it was asked for', async () => {
    fill({ price: '140', quantity: '7' });
    const asking = trade.useShare(100);
    expect(trade.sharing.value).toEqual({ status: 'asking', percent: 100 });
    fill({ price: '150' });
    await asking;
    expect([trade.draft.value.quantity, trade.sharing.value]).toEqual(['7', undefined]);
  });
});

describe('placing', () => {
  const params = {
    symbol: 'SOL_USDC',
    side: 'Ask',
    orderType: 'Limit',
    price: '180',
    quantity: '1.5',
  } as const;

  it('sends what was reviewed, once, and tells what the journal says', async () => {
    await placement.prepare(params);
    expect(placement.review.value?.params).toEqual({ ...params, clientId: 7 });
    await Promise.all([placement.place(), placement.place()]);
    expect(messages('requests.send').map((each) => each.request)).toEqual([
      {
        id: requestId(1),
        account: account(1).id,
        instruction: 'orderExecute',
        params: { ...params, clientId: 7 },
        digest: 'd',
      },
    ]);
    expect(placement.review.value).toBeUndefined();
    expect(placement.placement.value).toMatchObject({ kind: 'known', view: { outcome: 'placed' } });
  });

  it('shows no review of what the background refuses, and says why', async () => {
    fake.answers['requests.prepare'] = () => Promise.reject(invalid('price', 'tick', '0.01'));
    await placement.prepare(params);
    expect(placement.review.value).toBeUndefined();
    expect(placement.error.value).toMatchObject({ code: 'INVALID_INPUT', data: { path: 'price' } });
  });

  it('cannot be left while it is being sent', async () => {
    await placement.prepare(params);
    const placing = placement.place();
    placement.back();
    expect(placement.review.value).toBeDefined();
    await placing;
  });

  it('says that nothing was sent only where that is certain', async () => {
    fake.answers['requests.send'] = () => Promise.reject(new AppError('LOCKED', undefined));
    await placement.prepare(params);
    await placement.place();
    expect(placement.placement.value).toMatchObject({ kind: 'notSent', error: { code: 'LOCKED' } });
  });

  it('says lost where nobody can tell, until somebody can', async () => {
    fake.answers['requests.send'] = () => Promise.reject(new Error('gone'));
    fake.answers['requests.list'] = () => Promise.reject(new Error('gone'));
    await placement.prepare(params);
    await placement.place();
    expect(placement.placement.value).toEqual({ kind: 'lost' });
    requests.hear({ name: 'request', request: request(1, { state: 'unknown' }) });
    expect(placement.placement.value).toMatchObject({ kind: 'known', view: { state: 'unknown' } });
  });

  it('forgets an order under review when another account is shown meanwhile', async () => {
    const preparing = placement.prepare(params);
    placement.reset();
    await preparing;
    expect(placement.review.value).toBeUndefined();
  });

  it('knows of orders like it whose fate is open', () => {
    requests.seed([
      request(1, { state: 'unknown' }),
      request(2),
      request(3, { state: 'sent', params: { ...params, side: 'Bid' } }),
    ]);
    const like = { symbol: params.symbol, side: params.side };
    expect(openTwins(requests, 'orderExecute', like).map(({ id }) => id)).toEqual([requestId(1)]);
  });
});
