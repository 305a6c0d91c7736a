import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { HistoricOrder } from '../../../src/exchange/types.ts';
import { createHistories } from '../../../src/ui/state/histories.ts';
import type { HistoryState } from '../../../src/ui/state/history.ts';
import { createReads } from '../../../src/ui/state/reads.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { openOrder } from './exchange-answers.ts';

const START = Date.UTC(2026, 0, 1);
/** Row number n was made n minutes after the start. */
const minute = (number: number): number => START + number * 60_000;
const naive = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
const historic = (id: number, more: object = {}) =>
  openOrder(String(id), { createdAt: naive(minute(id)), ...more });

let all: object[];
let totals: boolean;
let fake: FakeBackground;
let history: HistoryState<HistoricOrder>;

beforeEach(() => {
  all = Array.from({ length: 350 }, (_, index) => historic(1000 - index));
  totals = false;
  fake = fakeBackground({
    'exchange.read': ({ params: { offset = 0, limit = 100 } }) => ({
      at: 1,
      answer: all.slice(Number(offset), Number(offset) + Number(limit)),
      ...(totals ? { total: all.length } : {}),
    }),
  });
  history = createHistories(createReads(fake.call, () => account(1).id)).orders;
});
const page = () => known(history.remote.value)?.value;
const ids = () => page()?.rows.map(({ id }) => Number(id)) ?? [];
const asked = () => fake.heard.map(({ request }) => (request as { params: object }).params);
const fail = () => {
  fake.answers['exchange.read'] = () =>
    Promise.reject(new AppError('NETWORK', { kind: 'timeout' }));
};

describe('a history', () => {
  it('comes by the page, newest first, as far as there is more', async () => {
    await history.refresh();
    expect([ids().length, page()?.more]).toEqual([100, true]);
    await history.loadMore();
    expect([ids().length, page()?.more]).toEqual([300, true]);
    await history.loadMore();
    expect([ids().length, page()?.more]).toEqual([350, false]);
    expect(asked()).toEqual([
      { limit: 100, offset: 0, sortDirection: 'Desc' },
      { limit: 200, offset: 100, sortDirection: 'Desc' },
      { limit: 200, offset: 300, sortDirection: 'Desc' },
    ]);
  });

  it('believes the total where there is one, even of pages shorter than was asked', async () => {
    totals = true;
    const read = fake.answers['exchange.read'];
    fake.answers['exchange.read'] = (request) =>
      read?.({ ...request, params: { ...request.params, limit: 50 } }) as never;
    await history.refresh();
    expect([ids().length, page()?.more, page()?.total]).toEqual([50, true, 350]);
    all.length = 100;
    await history.loadMore();
    expect([ids().length, page()?.more]).toEqual([100, false]);
  });

  it('is not asked for the page after a last full one when the total is known', async () => {
    totals = true;
    all.length = 100;
    await history.refresh();
    expect(page()?.more).toBe(false);
  });

  it('shows each row once when new ones push the pages on', async () => {
    await history.refresh();
    all = [historic(1002), historic(1001), ...all];
    await history.loadMore();
    await history.loadMore();
    expect(ids()).toEqual(Array.from({ length: 350 }, (_, index) => 1000 - index));
  });

  it('takes in what is new above what is there, and what has changed', async () => {
    await history.refresh();
    await history.loadMore();
    all = [historic(1002), historic(1001), historic(1000, { status: 'Filled' }), ...all.slice(1)];
    await history.refresh(true);
    expect(ids()).toEqual(Array.from({ length: 302 }, (_, index) => 1002 - index));
    expect(page()?.rows[2]?.status).toBe('Filled');
    await history.loadMore();
    expect(ids()).toEqual(Array.from({ length: 352 }, (_, index) => 1002 - index));
  });

  it('begins anew when so much is new that it does not join what is there', async () => {
    await history.refresh();
    all = [...Array.from({ length: 150 }, (_, index) => historic(1150 - index)), ...all];
    await history.refresh();
    await history.loadMore();
    expect(ids()).toEqual(Array.from({ length: 300 }, (_, index) => 1150 - index));
  });

  it('loads one page at a time, however often it is asked', async () => {
    await history.refresh();
    await Promise.all([history.loadMore(), history.loadMore(), history.refresh()]);
    expect(asked()).toHaveLength(2);
    expect(ids()).toHaveLength(300);
  });

  it('asks for one market only, and drops what the filter before it still brings', async () => {
    const slow = history.refresh();
    history.setFilter({ symbol: 'SOL_USDC' });
    expect(await slow).toBe(false);
    await history.loadMore();
    expect(asked().at(-1)).toMatchObject({ symbol: 'SOL_USDC' });
  });

  it('keeps what is there when more cannot be had, and tries that again', async () => {
    await history.refresh();
    const read = fake.answers['exchange.read'];
    fail();
    await history.loadMore();
    expect(history.remote.value.status).toBe('failed');
    expect(ids()).toHaveLength(100);
    if (read) fake.answers['exchange.read'] = read;
    await history.retry();
    expect(ids()).toHaveLength(300);
  });

  it('leaves a shown failure standing through quiet tries until there is news', async () => {
    await history.refresh();
    fail();
    await history.refresh();
    const before = history.remote.value;
    const trying = history.refresh(true);
    expect(history.remote.value).toBe(before);
    await trying;
    expect(history.remote.value.status).toBe('failed');
  });

  it('is forgotten with its filter', async () => {
    history.setFilter({ symbol: 'SOL_USDC' });
    history.reset();
    expect(history.remote.value).toEqual({ status: 'idle' });
    expect(history.filter.value.symbol).toBe('');
  });
});

describe('a time that the exchange cannot filter by', () => {
  beforeEach(() => {
    all = Array.from({ length: 2600 }, (_, index) => historic(5000 - index));
  });

  it('is looked through from the newest row until it is passed', async () => {
    history.setFilter({ from: minute(3500), to: minute(3600) });
    await history.refresh();
    expect(ids()).toEqual(Array.from({ length: 100 }, (_, index) => 3599 - index));
    expect([page()?.looked, page()?.more]).toEqual([2000, false]);
    expect(history.filteredHere.value).toBe(true);
    expect(asked().map((params) => Object.keys(params).sort())).toEqual(
      Array(2).fill(['limit', 'offset', 'sortDirection']),
    );
  });

  it('goes through five pages at most before it says how far it is', async () => {
    all = Array.from({ length: 7000 }, (_, index) => historic(9000 - index));
    history.setFilter({ to: minute(3000) });
    await history.refresh();
    expect([ids().length, page()?.looked, page()?.more]).toEqual([0, 5000, true]);
    await history.loadMore();
    expect(ids()[0]).toBe(2999);
  });

  it('keeps what was found when a later page fails', async () => {
    const read = fake.answers['exchange.read'];
    fake.answers['exchange.read'] = (request) =>
      (request.params.offset === 0
        ? read?.(request)
        : Promise.reject(new AppError('NETWORK', { kind: 'timeout' }))) as never;
    history.setFilter({ from: minute(3001), to: minute(4030) });
    await history.refresh();
    expect([ids().length, page()?.more]).toEqual([29, true]);
    if (read) fake.answers['exchange.read'] = read;
    await history.loadMore();
    expect(ids()).toEqual(Array.from({ length: 1029 }, (_, index) => 4029 - index));
  });

  it('rules nothing out that has no readable time', async () => {
    all = [historic(5000, { createdAt: 'yesterday' }), historic(4000)];
    history.setFilter({ from: minute(4500) });
    await history.refresh();
    expect(ids()).toEqual([5000]);
  });
});

describe('fills', () => {
  const fill = (trade: number | null, more: object = {}) => ({
    clientId: null,
    fee: '0.004974',
    feeSymbol: 'USDC',
    isMaker: false,
    orderId: '4238907375',
    price: '3826.15',
    quantity: '0.0026',
    side: 'Bid',
    symbol: 'ETH_USDC_PERP',
    timestamp: '2025-07-27T17:39:00.092',
    tradeId: trade,
    ...more,
  });
  const fills = () => createHistories(createReads(fake.call, () => account(1).id)).fills;

  it('have the exchange filter by market and time, and check its idea of the end', async () => {
    all = [fill(3, { timestamp: START + 10 }), fill(2, { timestamp: START + 5 })];
    const state = fills();
    state.setFilter({ symbol: 'ETH_USDC_PERP', from: START, to: START + 10 });
    await state.refresh();
    expect(asked()[0]).toMatchObject({ symbol: 'ETH_USDC_PERP', from: START, to: START + 10 });
    expect(state.filteredHere.value).toBe(false);
    expect(known(state.remote.value)?.value.rows.map(({ tradeId }) => tradeId)).toEqual(['2']);
  });

  it('are two where two are alike and have no trade to tell them apart', async () => {
    all = [fill(null), fill(null), fill(7), fill(7, { orderId: '9' })];
    const state = fills();
    await state.refresh();
    expect(known(state.remote.value)?.value.rows).toHaveLength(4);
  });

  it('may leave out all that is not their core', async () => {
    const { orderId, price, quantity, side, symbol, timestamp } = fill(1);
    all = [{ orderId, price, quantity, side, symbol, timestamp }];
    const state = fills();
    await state.refresh();
    expect(known(state.remote.value)?.value.rows).toHaveLength(1);
  });
});

describe('deposits and withdrawals', () => {
  const row = (id: number, more: object = {}) => ({
    id,
    symbol: id % 2 === 0 ? 'SOL' : 'USDC',
    quantity: '1.123456789012345678',
    status: 'pending',
    createdAt: naive(minute(id)),
    ...more,
  });
  const all4 = () => createHistories(createReads(fake.call, () => account(1).id));

  it.each(['deposits', 'withdrawals'] as const)(
    '%s are filtered by time there and by asset here, page by page',
    async (kind) => {
      all = Array.from({ length: 2500 }, (_, index) => row(3000 - index));
      const state = all4()[kind];
      state.setFilter({ symbol: 'SOL', from: minute(0) });
      await state.refresh();
      expect(asked()[0]).toEqual({ limit: 1000, offset: 0, from: minute(0) });
      const shown = () => known<{ rows: readonly { id: string }[] }>(state.remote.value)?.value;
      expect(shown()?.rows).toHaveLength(500);
      await state.loadMore();
      await state.loadMore();
      expect(shown()).toMatchObject({ looked: 2500, more: false });
      expect(shown()?.rows.every(({ id }) => Number(id) % 2 === 0)).toBe(true);
    },
  );

  it('may be without a time', async () => {
    all = [row(1, { createdAt: null })];
    const { deposits } = all4();
    deposits.setFilter({ from: minute(5) });
    await deposits.refresh();
    expect(known(deposits.remote.value)?.value.rows[0]?.quantity).toBe('1.123456789012345678');
  });
});
