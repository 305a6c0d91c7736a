import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../../../src/background/records/snapshots.ts';

const order = (number: number) => ({
  id: String(number),
  createdAt: number,
  orderType: 'Limit',
  side: 'Bid',
  status: 'New',
  symbol: 'SOL_USDC',
});
const orders = (count: number) => Array.from({ length: count }, (_, index) => order(index + 1));

describe('what is kept of open orders', () => {
  it('is all of them, as long as they fill a screen or two', () => {
    const kept = snapshotOf('orderQueryAll', {}, { at: 5, value: orders(50) });
    expect(kept).toEqual({ orders: { at: 5, value: orders(50) } });
  });

  it('is the newest of thousands, and how many there are', () => {
    const { orders: kept } = snapshotOf('orderQueryAll', {}, { at: 5, value: orders(5000) });
    expect(kept?.total).toBe(5000);
    expect(kept?.value.map(({ id }) => id)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(5000 - index)),
    );
  });

  it('is nothing of a list for one market only', () => {
    const params = { symbol: 'SOL_USDC' };
    expect(snapshotOf('orderQueryAll', params, { at: 5, value: orders(1) })).toEqual({});
  });
});
