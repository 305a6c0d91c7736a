import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, invalid } from '../../../src/core/errors.ts';
import type { Prepared } from '../../../src/messaging/requests.ts';
import { fateOf } from '../../../src/ui/state/fate.ts';
import { createRequests, type Requests } from '../../../src/ui/state/requests.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { cancelRequest, request, requestId } from './exchange-answers.ts';

const prepared: Prepared = {
  id: requestId(1),
  account: account(1).id,
  apiKey: 'key',
  label: 'Main',
  instruction: 'orderExecute',
  method: 'POST',
  path: '/api/v1/order',
  params: { symbol: 'SOL_USDC', clientId: 7 },
  window: 5000,
  canonical: 'instruction=orderExecute',
  digest: 'd1',
  phrase: { key: 'wordsOrderSellLimit', values: [] },
  needsPassword: false,
};
const NOW = 1_000_000_000;

let fake: FakeBackground;
let requests: Requests;
beforeEach(() => {
  fake = fakeBackground();
  requests = createRequests(
    fake.call,
    () => account(1).id,
    () => NOW,
  );
});
const sentTo = (method: string) => fake.heard.filter((each) => each.method === method);

describe('send', () => {
  it('sends exactly what was prepared, and nothing else of it', async () => {
    fake.answers['requests.send'] = () => request(1, { orderId: '9' });
    expect(await requests.send(prepared)).toMatchObject({ kind: 'known', view: { orderId: '9' } });
    expect(sentTo('requests.send').map((each) => each.request)).toEqual([
      {
        id: prepared.id,
        account: prepared.account,
        instruction: 'orderExecute',
        params: prepared.params,
        digest: 'd1',
      },
    ]);
  });

  it.each([
    ['a refusal of the market’s rules', invalid('price', 'tick', '0.01')],
    ['a connection that was not there', new AppError('NETWORK', { kind: 'offline' })],
    ['a lock', new AppError('LOCKED', undefined)],
  ])(
    'takes %s, which the background tells before anything leaves, as not sent',
    async (_name, error) => {
      fake.answers['requests.send'] = () => Promise.reject(error);
      expect(await requests.send(prepared)).toEqual({
        kind: 'notSent',
        error: { code: error.code, data: error.data },
      });
      expect(sentTo('requests.list')).toEqual([]);
    },
  );

  it.each([
    ['known', [request(1, { state: 'unknown' })], 'known'],
    ['not in the journal', [request(2)], 'notSent'],
  ])('asks the journal where the message itself failed: %s', async (_name, list, kind) => {
    fake.answers['requests.list'] = () => list;
    expect(await requests.send(prepared)).toMatchObject({ kind });
  });

  it('calls lost what neither the answer nor the journal tells', async () => {
    expect(await requests.send(prepared)).toEqual({ kind: 'lost', id: prepared.id });
    fake.answers['requests.list'] = () => [request(1)];
    await requests.refresh();
    expect(requests.view(prepared.id)?.outcome).toBe('placed');
  });
});

describe('all', () => {
  const hear = (view: ReturnType<typeof request>) =>
    requests.hear({ name: 'request', request: view });

  it('never goes back: an old list does not undo a newer event', () => {
    hear(request(1));
    requests.seed([request(1, { state: 'sent' }), request(2, { state: 'sent' })]);
    expect(requests.all.value.map((view) => [view.id, view.state])).toEqual([
      [requestId(2), 'sent'],
      [requestId(1), 'settled'],
    ]);
    expect(requests.open.value.map(({ id }) => id)).toEqual([requestId(2)]);
  });

  it('holds only the selected account’s', () => {
    hear(request(1, { account: account(2).id }));
    expect(requests.all.value).toEqual([]);
  });

  it('is empty after a reset', () => {
    hear(request(1));
    requests.reset();
    expect(requests.all.value).toEqual([]);
    expect(requests.view(requestId(1))).toBeUndefined();
  });
});

describe('remarkable', () => {
  const lately = { recordedAt: NOW - 1000, settledAt: NOW - 500 };
  it.each([
    ['an order that is looked for', request(1, { state: 'unknown' }), true],
    [
      'a cancel that is taken',
      cancelRequest(1, '5', { state: 'answered', outcome: 'pending' }),
      true,
    ],
    ['an order that was not found', request(1, { outcome: 'absent', ...lately }), true],
    ['what cannot be known', request(1, { outcome: 'unknown', ...lately }), true],
    ['a refused cancel', cancelRequest(1, '5', { outcome: 'refused', ...lately }), true],
    ['a refused order', request(1, { outcome: 'refused', ...lately }), false],
    ['a placed order', request(1, lately), false],
    ['an order on its way', request(1, { state: 'sent' }), false],
    ['an order not found long ago', request(1, { outcome: 'absent' }), false],
  ])('%s', (_name, view, told) => {
    requests.seed([view]);
    expect(requests.remarkable.value.length > 0).toBe(told);
  });

  it('can be put away once it is over, not before', () => {
    requests.seed([request(1, { state: 'unknown' }), request(2, { outcome: 'absent', ...lately })]);
    requests.dismiss(requestId(1));
    requests.dismiss(requestId(2));
    expect(requests.remarkable.value.map(({ id }) => id)).toEqual([requestId(1)]);
  });
});

describe('fateOf', () => {
  it.each([
    ['recorded', undefined, 'sending'],
    ['sent', undefined, 'sending'],
    ['unknown', undefined, 'checking'],
    ['answered', 'placed', 'placed'],
    ['answered', 'pending', 'pending'],
    ['answered', undefined, 'checking'],
    ['refused', 'refused', 'refused'],
    ['settled', 'absent', 'absent'],
    ['settled', undefined, 'unknown'],
  ] as const)('%s with %s is %s', (state, outcome, fate) => {
    const { outcome: _, ...rest } = request(1, { state });
    expect(fateOf(outcome ? { ...rest, outcome } : rest)).toBe(fate);
  });
});
