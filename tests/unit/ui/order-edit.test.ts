import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, invalid, type WireError } from '../../../src/core/errors.ts';
import { draftOf } from '../../../src/exchange/replacement.ts';
import { type Order, order as orderShape } from '../../../src/exchange/types.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { editWords } from '../../../src/ui/screens/Orders/edit-text.ts';
import { type App, createApp } from '../../../src/ui/state/app.ts';
import { type OrderEdit, orderEdit } from '../../../src/ui/state/order-edit.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { provideTexts } from '../../../src/ui/text.ts';
import { account, type FakeBackground, fakeBackground, unlocked } from './background.ts';
import {
  balances,
  cancelRequest,
  markets,
  markPrices,
  openOrder,
  request,
  requestId,
  tickers,
} from './exchange-answers.ts';
import { getMessage } from './texts.ts';

const publics = { markets, tickers, markPrices, assets: [] };
const row = (more: object = {}): Order => v.parse(orderShape, openOrder('5', more));
let rows: object[];
/** The draft of an edit on disk. */
let kept: unknown;
let fake: FakeBackground;
let app: App;
let edit: OrderEdit;

const half = (id: string, instruction: string, params: object) => ({
  ...{ id, account: account(1).id, apiKey: 'k', label: 'l', instruction, method: 'POST' },
  ...{ path: '/', params: { ...params }, window: 5000, canonical: 'c', digest: `d ${id}` },
  ...{ phrase: { key: 'k', values: [] }, needsPassword: false },
});

beforeEach(async () => {
  provideTexts(getMessage);
  kept = null;
  rows = [openOrder('5', { executedQuantity: '0.5' })];
  fake = fakeBackground({
    'session.open': () => unlocked([account(1)]),
    'drafts.read': () => kept,
    'drafts.write': ({ draft }) => {
      kept = draft;
      return {};
    },
    'requests.list': () => [],
    'exchange.market': ({ name }) => ({
      at: Date.now(),
      answer: publics[name as keyof typeof publics],
    }),
    'exchange.read': ({ instruction }) => ({
      at: Date.now(),
      answer:
        instruction === 'orderQueryAll' ? rows : instruction === 'balanceQuery' ? balances : [],
    }),
    'requests.prepareEdit': ({ order, params }) => ({
      cancel: half(requestId(1), 'orderCancel', order),
      order: half(requestId(2), 'orderExecute', { ...params, clientId: 7 }),
    }),
    'requests.edit': () => ({
      cancel: cancelRequest(1, '5'),
      order: request(2, { replaces: requestId(1) }),
    }),
  });
  app = createApp({
    call: fake.call,
    listen: () => undefined,
    presence: { isVisible: () => true, isOnline: () => true, onChange: () => () => undefined },
    surface: 'popup',
    hash: '#orders',
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  });
  await app.session.open();
  await app.trading.orders.refresh();
  await app.trading.market.ensureMarkets();
  edit = orderEdit(app.trading);
});
const listed = (): Order => {
  const [first] = known(app.trading.orders.remote.value)?.value ?? [];
  if (!first) throw new Error('no order is listed');
  return first;
};
const asked = (method: string) => fake.heard.filter((each) => each.method === method);

describe('what is left of an order', () => {
  it.each<[string, object, object | undefined]>([
    [
      'a limit order',
      { executedQuantity: '0.5' },
      { orderType: 'Limit', price: '180', quantity: '1' },
    ],
    [
      'its choices',
      { postOnly: true, reduceOnly: true, timeInForce: 'GTC', selfTradePrevention: 'RejectBoth' },
      { postOnly: true, reduceOnly: true, selfTradePrevention: 'RejectBoth' },
    ],
    [
      'what is attached',
      {
        stopLossTriggerPrice: '190',
        stopLossTriggerBy: 'IndexPrice',
        takeProfitTriggerPrice: '150',
      },
      {
        stopLossTriggerPrice: '190',
        stopLossTriggerBy: 'IndexPrice',
        takeProfitTriggerPrice: '150',
      },
    ],
    [
      'a stop',
      {
        ...{ status: 'TriggerPending', orderType: 'Market', price: null, quantity: '0' },
        ...{ triggerPrice: '170', triggerQuantity: '2', triggerBy: 'LastPrice' },
      },
      { orderType: 'StopMarket', triggerPrice: '170', quantity: '2', triggerBy: 'LastPrice' },
    ],
    [
      'a stop for a share',
      { status: 'TriggerPending', quantity: '0', triggerPrice: '170', triggerQuantity: '50%' },
      { orderType: 'StopLimit', price: '180', quantity: '50', sizeIn: 'share' },
    ],
    [
      'a stop that has fired',
      { quantity: '2', triggerPrice: '170', triggerQuantity: '2' },
      { orderType: 'Limit', triggerPrice: '', quantity: '2' },
    ],
    ['an order at the market', { orderType: 'Market' }, undefined],
    ['an order of a kind that is new to us', { side: 'Both' }, undefined],
  ])('is there to be edited: %s', (_name, more, draft) => {
    if (draft) expect(draftOf(row(more))).toMatchObject(draft);
    else expect(draftOf(row(more))).toBeUndefined();
  });
});

describe('an edit', () => {
  it('is reviewed and confirmed as one, with what the person saw', async () => {
    expect(edit.open(listed())).toBe(true);
    edit.change({ price: '185.5' });
    await edit.prepare();
    expect(asked('requests.prepareEdit').map((each) => each.request)).toEqual([
      {
        account: account(1).id,
        order: { symbol: 'SOL_USDC', orderId: '5' },
        params: {
          ...{ symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '185.5', quantity: '1' },
          timeInForce: 'GTC',
        },
      },
    ]);
    await Promise.all([edit.place(), edit.place()]);
    expect(asked('requests.edit').map((each) => each.request)).toMatchObject([
      {
        cancel: { id: requestId(1), digest: `d ${requestId(1)}`, params: { orderId: '5' } },
        order: {
          id: requestId(2),
          digest: `d ${requestId(2)}`,
          params: { price: '185.5', clientId: 7 },
        },
        executed: '0.5',
      },
    ]);
    expect(edit.report.value && editWords(edit.report.value)).toEqual({
      kind: 'success',
      text: 'Cancelled. The new order was placed.',
    });
  });

  it('shows what is wrong, and prepares nothing then', async () => {
    edit.open(listed());
    edit.change({ price: '185.555' });
    expect(edit.problems.value).toMatchObject([{ path: 'price', reason: 'decimals' }]);
    await edit.prepare();
    expect(asked('requests.prepareEdit')).toEqual([]);
    fake.answers['requests.prepareEdit'] = () => Promise.reject(invalid('price', 'tick', '0.01'));
    edit.change({ price: '185.55' });
    await edit.prepare();
    expect([edit.review.value, edit.error.value?.code]).toEqual([undefined, 'INVALID_INPUT']);
  });

  it('says when more is filled meanwhile, and goes on from what is left', async () => {
    edit.open(listed());
    edit.change({ price: '185' });
    rows = [openOrder('5', { executedQuantity: '0.75' })];
    await app.trading.orders.refresh();
    expect(edit.isBehind.value).toBe(true);
    edit.catchUp();
    expect(edit.isBehind.value).toBe(false);
    expect(edit.draft.value).toMatchObject({ price: '185', quantity: '0.75' });
    rows = [];
    await app.trading.orders.refresh();
    expect(edit.listed.value).toBeUndefined();
  });

  it('says that nothing has left only where that is certain', async () => {
    const failing = async (error: Error, views: RequestView[] = []) => {
      edit.open(listed());
      await edit.prepare();
      fake.answers['requests.list'] = () => views;
      fake.answers['requests.edit'] = () => Promise.reject(error);
      await edit.place();
      return edit.report.value?.kind;
    };
    expect(await failing(new AppError('LOCKED', undefined))).toBe('notSent');
    expect(await failing(new RangeError('the worker died'))).toBe('notSent');
    const views = [cancelRequest(1, '5'), request(2, { state: 'unknown' })];
    expect(await failing(new RangeError('the worker died'), views)).toBe('known');
    await app.session.lock();
    expect(edit.order.value).toBeUndefined();
  });

  it('is lost where the journal cannot be asked either', async () => {
    edit.open(listed());
    await edit.prepare();
    fake.answers['requests.edit'] = () => Promise.reject(new RangeError('gone'));
    fake.answers['requests.list'] = () => Promise.reject(new RangeError('gone'));
    await edit.place();
    expect(edit.report.value).toEqual({ kind: 'lost' });
  });
});

describe('the end of an edit', () => {
  const refusal = {
    code: 'EXCHANGE',
    data: { status: 400, code: 'INSUFFICIENT_FUNDS', message: 'Insufficient funds' },
  };
  const because = (reason: string) => ({ code: 'NOT_REPLACED', data: { reason } });
  const done = {};
  it.each<[string, Partial<RequestView>, Partial<RequestView>, string, RegExp]>([
    ['both', done, {}, 'success', /^Cancelled\. The new order was placed\.$/],
    [
      'refused',
      done,
      { outcome: 'refused', error: refusal },
      'error',
      /^Cancelled, but the new order was refused: .*“Insufficient funds”/,
    ],
    [
      'checked',
      done,
      { state: 'unknown' },
      'info',
      /^Cancelled\. Whether the new order was placed is being checked/,
    ],
    [
      'under way',
      done,
      { state: 'sent' },
      'info',
      /^Cancelled\. Whether the new order was placed is being checked/,
    ],
    ['absent', done, { outcome: 'absent' }, 'warn', /never reached the exchange/],
    ['not to be known', done, { outcome: 'unknown' }, 'warn', /cannot be known/],
    [
      'filled',
      { outcome: 'refused' },
      { outcome: 'notSent', error: because('filled') },
      'warn',
      /^It filled meanwhile, so nothing was placed\.$/,
    ],
    [
      'more filled',
      done,
      { outcome: 'notSent', error: because('executed') },
      'warn',
      /^Cancelled, but the new order was not sent: More of the old order/,
    ],
    [
      'not cancelled',
      { outcome: 'refused', error: refusal },
      { outcome: 'notSent', error: because('not-cancelled') },
      'error',
      /^Not cancelled, so nothing was placed: .*Insufficient/,
    ],
    [
      'not certain',
      { outcome: 'unknown' },
      { outcome: 'notSent', error: because('unknown') },
      'warn',
      /It is not certain that the old order is gone/,
    ],
    [
      'at its beginning',
      { state: 'sent' },
      { state: 'recorded' },
      'info',
      /^The old order is being cancelled/,
    ],
  ])('is told apart: %s', (_name, cancel, order, kind, text) => {
    const report = {
      ...{ kind: 'known' as const, cancel: cancelRequest(1, '5', cancel) },
      order: request(2, order),
    };
    const words = editWords(report);
    expect(words.kind).toBe(kind);
    expect(words.text).toMatch(text);
  });

  it('says why nothing has left', () => {
    const error: WireError = { code: 'LOCKED', data: undefined };
    expect(editWords({ kind: 'notSent', error }).text).toMatch(/^Nothing was sent\. .*locked/);
    expect(editWords({ kind: 'lost' }).text).toMatch(/cannot be told right now/);
  });
});

describe('an edit that a closing window interrupts', () => {
  it('goes on with what was typed, unless a person has typed again before it is there', async () => {
    edit.open(listed());
    edit.change({ price: '185.5' });
    await app.trading.drafts.flush();
    edit.open(listed());
    await expect.poll(() => edit.draft.value?.price).toBe('185.5');
    edit.open(listed());
    edit.change({ quantity: '0.2' });
    await app.trading.drafts.flush();
    expect(edit.draft.value).toMatchObject({ price: '180', quantity: '0.2' });
  });

  it('is forgotten once it was sent', async () => {
    edit.open(listed());
    edit.change({ price: '185.5' });
    await edit.prepare();
    await edit.place();
    await app.trading.drafts.flush();
    expect(kept).toBe(null);
  });
});
