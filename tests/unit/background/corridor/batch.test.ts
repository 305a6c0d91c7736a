import { describe, expect, it } from 'vitest';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import { limit, orderWorld, prepareOrder, refusalOf, wallet } from '../order-world.ts';
import { ACCOUNT } from '../world.ts';

const PATH = '/api/v1/orders';
const POST = { method: 'POST', path: PATH } as const;
const three = ['90', '91', '92'].map((price) => ({ ...limit, price }));
const outcomes = (view: { parts?: { outcome?: string | undefined }[] | undefined } | undefined) =>
  view?.parts?.map(({ outcome }) => outcome);

describe('preparing a batch', () => {
  it('gives each order a client id, and shows the one text that will be signed', async () => {
    const { start, changes } = await orderWorld();
    const prepared = await prepareOrder(start(), [three[0], { ...three[1], clientId: 7 }]);
    const [first, second] = prepared.params as { clientId: number }[];
    expect(second?.clientId).toBe(7);
    expect(prepared.canonical).toBe(
      [
        `instruction=orderExecute&clientId=${first?.clientId}&orderType=Limit&price=90&quantity=1.500&side=Bid&symbol=SOL_USDC`,
        'instruction=orderExecute&clientId=7&orderType=Limit&price=91&quantity=1.500&side=Bid&symbol=SOL_USDC',
      ].join('&'),
    );
    expect(prepared).toMatchObject({ path: PATH, phrase: { values: ['2', 'SOL_USDC'] } });
    expect(changes()).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['no orders', [], 'params', 'required'],
    ['more than twenty', Array.from({ length: 21 }, () => limit), 'params', 'maximum'],
    ['an order that is none', [limit, 'x'], 'params.1', 'unknown-key'],
    ['a hole', [limit, undefined], 'params.1', 'required'],
    ['a list within the list', [limit, [limit]], 'params.1.symbol', 'required'],
    ['an unknown key', [limit, { ...limit, extra: '1' }], 'params.1.extra', 'unknown-key'],
    ['a missing price', [limit, limit, { ...limit, price: null }], 'params.2.price', 'required'],
    ['a price off the tick', [limit, { ...limit, price: '90.505' }], 'params.1.price', 'decimals'],
    ['a strange market', [{ ...limit, symbol: 'NO_USDC' }], 'params.0.symbol', 'market-unknown'],
    [
      'the same client id twice',
      [limit, { ...limit, clientId: 7 }, { ...limit, clientId: 7 }],
      'params.2.clientId',
      'conflict',
    ],
    [
      'what the signed text cannot carry',
      [limit, { ...limit, symbol: 'A&quantity=9' }],
      'params.1.symbol',
      'character',
    ],
  ])('refuses %s, and says where', async (_name, params, path, reason) => {
    const { start } = await orderWorld();
    const refusal = await refusalOf(prepareOrder(start(), params));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path, reason });
  });

  it('is not there for an instruction that has none', async () => {
    const { start } = await orderWorld();
    const work = prepareOrder(start(), [{ symbol: 'SOL_USDC', orderId: '1' }], 'orderCancel');
    expect(await refusalOf(work)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('sending a batch', () => {
  it('is one request and one entry, with the outcome of each order', async () => {
    const { start, practice, apiKey, changes } = await orderWorld();
    const process = start();
    const prepared = await prepareOrder(process, three);
    const view = await process.corridor.send(wallet, prepared);
    const open = practice.openOrders(apiKey);
    expect(view).toMatchObject({ state: 'settled', outcome: 'placed', params: prepared.params });
    expect(view.parts).toMatchObject(
      open.map(({ id, clientId }) => ({ clientId, orderId: id, outcome: 'placed' })),
    );
    expect(open.map(({ price }) => price)).toEqual(['90', '91', '92']);
    expect(changes()).toMatchObject([POST]);
    expect(await process.journal.recent(9)).toHaveLength(1);
    expect((await process.log.read({ limit: 9 })).entries).toMatchObject([
      { what: 'send', params: prepared.params, request: prepared.id },
    ]);
  });

  it('of one goes out as a list, and its digest is not that of the order alone', async () => {
    const { start, changes } = await orderWorld();
    const process = start();
    const params = { ...limit, clientId: 3 };
    const [batch, single] = [
      await prepareOrder(process, [params]),
      await prepareOrder(process, params),
    ];
    expect(batch.canonical).toBe(single.canonical);
    expect(batch.digest).not.toBe(single.digest);
    const swapped = { ...batch, params: singleOf(single) };
    expect(await refusalOf(process.corridor.send(wallet, swapped))).toMatchObject({
      reason: 'digest-mismatch',
    });
    expect(await process.corridor.send(wallet, batch)).toMatchObject({ outcome: 'placed' });
    expect(changes()).toMatchObject([POST]);
  });

  it('R20: signs nothing under a consent to other orders, or to the same in another order', async () => {
    const { start, changes } = await orderWorld();
    const process = start();
    const prepared = await prepareOrder(process, three);
    const list = prepared.params as object[];
    for (const params of [list.toReversed(), list.slice(1), [...list, { ...limit, clientId: 1 }]]) {
      const refusal = await refusalOf(process.corridor.send(wallet, { ...prepared, params }));
      expect(refusal).toMatchObject({ reason: 'digest-mismatch' });
    }
    expect(changes()).toEqual([]);
  });

  it('tells refused orders from placed ones, each with its reason', async () => {
    const { start } = await orderWorld();
    const process = start();
    const orders = [three[0], { ...limit, quantity: '500' }, three[2]];
    const view = await process.corridor.send(wallet, await prepareOrder(process, orders));
    expect(view).toMatchObject({ state: 'settled', outcome: 'partly' });
    expect(outcomes(view)).toEqual(['placed', 'refused', 'placed']);
    expect(view.parts?.[1]?.error).toMatchObject({ data: { code: 'INSUFFICIENT_FUNDS' } });
    const none = await prepareOrder(process, [{ ...limit, quantity: '500' }]);
    expect(await process.corridor.send(wallet, none)).toMatchObject({ outcome: 'refused' });
  });

  it('refused as a whole is refused in each part', async () => {
    const { start, practice } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'status', status: 429, ...POST });
    const view = await process.corridor.send(wallet, await prepareOrder(process, three));
    expect(view).toMatchObject({ outcome: 'refused', error: { code: 'EXCHANGE' } });
    expect(outcomes(view)).toEqual(['refused', 'refused', 'refused']);
  });

  it('refuses a client id that is still open in the journal, naming the order', async () => {
    const { start, practice } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'drop-after', ...POST });
    practice.faults.add({ kind: 'status', status: 503, method: 'GET', path: /orders/, times: 99 });
    const first = await prepareOrder(process, [limit, { ...limit, clientId: 77 }]);
    expect(await process.corridor.send(wallet, first)).toMatchObject({ state: 'unknown' });
    const again = { ...limit, clientId: 77 };
    const second = await prepareOrder(process, [limit, limit, again]);
    expect(await refusalOf(process.corridor.send(wallet, second))).toMatchObject({
      path: 'params.2.clientId',
      reason: 'client-id-open',
    });
    const single = await prepareOrder(process, again);
    expect(await refusalOf(process.corridor.send(wallet, single))).toMatchObject({
      path: 'clientId',
      reason: 'client-id-open',
    });
  });

  it('wants a client id in each order: without one a lost answer could not be found', async () => {
    const { start } = await orderWorld();
    const process = start();
    const { digestOf, changingRequest } = await import(
      '../../../../src/background/corridor/request.ts'
    );
    const params = [{ ...limit, clientId: 1 }, limit];
    const digest = await digestOf(ACCOUNT, changingRequest('orderExecute', params));
    const { id } = await prepareOrder(process, limit);
    const confirmed = { id, account: ACCOUNT, instruction: 'orderExecute', params, digest };
    expect(await refusalOf(process.corridor.send(wallet, confirmed))).toMatchObject({
      path: 'params.1.clientId',
      reason: 'required',
    });
  });
});

describe('a batch whose answer proves nothing of some orders', () => {
  const ok = (part: object) => ({ operation: 'Ok', ...part });
  const err = { operation: 'Err', code: 'INVALID_PRICE', message: 'no' };
  const answered = async (change: (rows: object[]) => unknown, lag = 0) => {
    const world = await orderWorld();
    const { start, practice, settled } = world;
    const process = start();
    practice.setHistoryLag(lag);
    const prepared = await prepareOrder(process, three);
    // The true answer is built by sending the same to a twin of the exchange.
    const twin = await orderWorld();
    const same = twin.start();
    const bodies: string[] = [];
    same.inspect(() => (ended) => {
      if ('text' in ended && ended.text.includes('"operation"')) bodies.push(ended.text);
    });
    await same.corridor.send(wallet, await prepareOrder(same, prepared.params));
    const body = JSON.stringify(change(JSON.parse(bodies[0] ?? '[]') as object[]));
    practice.faults.add({ kind: 'status', status: 200, body, afterProcessing: true, ...POST });
    const first = await process.corridor.send(wallet, prepared);
    return { first, last: await settled(process, prepared.id), ...world };
  };

  it.each<[string, (rows: object[]) => unknown]>([
    ['a row is missing', (rows) => rows.slice(0, 2)],
    ['two are swapped', ([a, b, c]) => [b, a, c]],
    ['a refusal stands in a list of another length', ([, b]) => [err, ok(b ?? {})]],
    ['one has another client id', ([a, b, c]) => [a, { ...b, clientId: 5 }, c]],
    ['one has another price', ([a, b, c]) => [a, b, { ...c, price: '99' }]],
    ['one refusal is a timeout', ([a, , c]) => [a, { ...err, code: 'TIMEOUT' }, c]],
    ['it is an object', (rows) => ({ orders: rows })],
    ['it is one order', ([a]) => a],
  ])('finds them when %s', async (_name, change) => {
    const { first, last, changes } = await answered(change);
    expect(first).toMatchObject({ state: 'unknown' });
    expect(first.outcome).toBeUndefined();
    expect(last).toMatchObject({ state: 'settled', outcome: 'placed' });
    expect(outcomes(last)).toEqual(['placed', 'placed', 'placed']);
    expect(new Set(last?.parts?.map(({ orderId }) => orderId)).size).toBe(3);
    expect(changes()).toHaveLength(1);
  });

  it('keeps what the rest of the answer proves', async () => {
    const { first } = await answered(([a, b, c]) => [a, { ...b, clientId: 5 }, c]);
    expect(outcomes(first)).toEqual(['placed', undefined, 'placed']);
  });

  it('is absent, order by order, when it never arrived', async () => {
    const { start, practice, settled } = await orderWorld();
    const process = start();
    practice.faults.add({ kind: 'drop-before', ...POST });
    const prepared = await prepareOrder(process, three);
    await process.corridor.send(wallet, prepared);
    const view = await settled(process, prepared.id);
    expect(view).toMatchObject({ state: 'settled', outcome: 'absent' });
    expect(outcomes(view)).toEqual(['absent', 'absent', 'absent']);
  });

  it('that the exchange will not be asked about ends as unknown, with what was known before', async () => {
    const { start, practice, settled } = await orderWorld();
    const process = start();
    const rows = three.map(() => ({ operation: 'Err', code: 'TIMEOUT', message: '' }));
    practice.faults.add({ kind: 'status', status: 200, body: JSON.stringify(rows), ...POST });
    practice.faults.add({ kind: 'status', status: 403, method: 'GET', path: PATH, times: 99 });
    const prepared = await prepareOrder(process, three);
    await process.corridor.send(wallet, prepared);
    const view = await settled(process, prepared.id);
    expect(view).toMatchObject({ state: 'settled', outcome: 'unknown' });
    expect(outcomes(view)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('is found whole after an answer was lost, also what was filled or refused at once', async () => {
    const { start, practice, settled } = await orderWorld();
    const process = start();
    practice.setHistoryLag(8_000);
    practice.faults.add({ kind: 'drop-after', ...POST });
    const taker = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '0.5' };
    const prepared = await prepareOrder(process, [limit, taker, { ...limit, quantity: '500' }]);
    await process.corridor.send(wallet, prepared);
    const view = await settled(process, prepared.id);
    expect(outcomes(view)).toEqual(['placed', 'placed', 'absent']);
    expect(view).toMatchObject({ outcome: 'partly' });
    expect(view?.parts?.map(({ orderStatus }) => orderStatus)).toEqual([
      'New',
      'Filled',
      undefined,
    ]);
  });
});
