import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { OrderParams } from '../../../src/exchange/instructions/orders.ts';
import type { OrderDraft } from '../../../src/exchange/rules.ts';
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
  trade = createTrade(data, held, orders, createDrafts(fake.call));
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
  ] as const)('puts in a share when %s', (_name, part, percent, quantity) => {
    fill(part);
    trade.useShare(percent);
    expect(trade.draft.value.quantity).toBe(quantity);
  });

  it('leaves what is typed when there is nothing to take a share of', () => {
    fill({ side: 'Bid', price: '', quantity: '7' });
    trade.useShare(50);
    expect(trade.draft.value.quantity).toBe('7');
  });

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

  it('takes out the size that was placed, and nothing that was typed since', () => {
    fill({ price: '150', quantity: '1.5' });
    trade.clearQuantity('2');
    expect(trade.draft.value.quantity).toBe('1.5');
    trade.clearQuantity('1.5');
    expect(trade.draft.value).toMatchObject({ price: '150', quantity: '' });
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
