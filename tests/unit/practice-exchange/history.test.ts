import { describe, expect, it } from 'vitest';
import { bid, START, setUp } from './harness.ts';

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe('histories', () => {
  it('come in pages, newest first, with naive times', () => {
    const { place, orderHistory, pass } = setUp();
    const ids = Array.from({ length: 5 }, () => {
      pass(1000);
      return place(bid({ quantity: '0.01' })).body.id as string;
    });
    const page = orderHistory({ limit: 2, offset: 2 });
    expect(idsOf(page.body)).toEqual([ids[2], ids[1]]);
    expect(page.headers).toMatchObject({
      'x-page-count': '3',
      'x-current-page': '2',
      'x-page-size': '2',
      'x-total': '5',
    });
    expect(page.body[0]?.createdAt).toBe(new Date(START + 3000).toISOString().slice(0, -1));
    expect(idsOf(orderHistory({ sortDirection: 'Asc', limit: 1 }).body)).toEqual([ids[0]]);
    expect(idsOf(orderHistory({ orderId: ids[3] ?? '' }).body)).toEqual([ids[3]]);
    expect(orderHistory({ symbol: 'BTC_USDC' }).body).toEqual([]);
    expect(orderHistory({ marketType: 'PERP' }).body).toEqual([]);
  });

  it('lag: an order is missing first, then shown as it was', () => {
    const { exchange, place, cancel, orderHistory, fillHistory, pass } = setUp();
    exchange.setHistoryLag(3000);
    const { id } = place(bid()).body;
    place({ symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '1' });
    expect(orderHistory().body).toEqual([]);
    expect(fillHistory().body).toEqual([]);
    pass(2000);
    cancel({ symbol: 'SOL_USDC', orderId: id });
    pass(1000);
    expect(orderHistory({ orderId: id }).body).toMatchObject([{ id, status: 'New' }]);
    expect(fillHistory().body).toHaveLength(1);
    pass(2000);
    expect(orderHistory({ orderId: id }).body).toMatchObject([{ id, status: 'Cancelled' }]);
  });

  it('filters fills by time, from inclusive and to exclusive', () => {
    const { place, fillHistory, pass } = setUp();
    const sell = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '1' };
    place(sell);
    pass(1000);
    place(sell);
    expect(fillHistory({ from: START, to: START + 1000 }).body).toHaveLength(1);
    expect(fillHistory({ from: START + 1000 }).body).toHaveLength(1);
    expect(fillHistory({ from: START, fillType: 'User' }).body).toHaveLength(2);
    expect(fillHistory({ fillType: 'Adl' }).body).toEqual([]);
  });
});

describe('rows that were given', () => {
  it('stand among the real ones by their time, in every kind of history', () => {
    const { exchange, account, place, orderHistory, fillHistory, deposits, withdrawals } = setUp();
    const { id } = place(bid()).body;
    const row = (at: number, more: object) => ({ at, symbol: 'SOL_USDC', row: { ...more, at } });
    exchange.giveHistory(account.apiKey, 'orders', [
      row(START + 5, { id: 'newer' }),
      row(START - 5, { id: 'older' }),
    ]);
    expect(idsOf(orderHistory().body)).toEqual(['newer', id, 'older']);
    expect(orderHistory({ symbol: 'BTC_USDC' }).body).toEqual([]);
    exchange.giveHistory(account.apiKey, 'fills', [row(START, { tradeId: 2n ** 63n - 1n })]);
    expect(fillHistory({ from: START }).text).toContain('"tradeId":9223372036854775807,');
    expect(fillHistory({ to: START }).body).toEqual([]);
    exchange.giveHistory(account.apiKey, 'deposits', [row(START, { id: 1 })]);
    exchange.giveHistory(account.apiKey, 'withdrawals', [row(START, { id: 2 })]);
    expect(idsOf(deposits().body as never)).toEqual([1]);
    expect(idsOf(withdrawals({ limit: 1 }).body as never)).toEqual([2]);
    expect(withdrawals({ id: 2 }).body).toEqual([]);
  });
});
