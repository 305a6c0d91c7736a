import { describe, expect, it } from 'vitest';
import { absent, LONG_AGO, look, NOW, notFound, SENT, text, unknown } from './look.ts';

describe('orders', () => {
  const params = {
    symbol: 'SOL_USDC',
    side: 'Bid',
    orderType: 'Limit',
    price: '90',
    quantity: '2',
    clientId: 7,
  };
  const order = {
    ...params,
    ...{ id: '61', createdAt: SENT + 50, status: 'New', executedQuantity: '0' },
  };
  const past = (...rows: object[]) => ({ orderQuery: notFound, orderHistoryQueryAll: rows });
  const fill = {
    ...{ orderId: '61', clientId: '7', symbol: 'SOL_USDC', side: 'Bid' },
    ...{ price: '89', quantity: '1', timestamp: NOW },
  };
  const fills = (...rows: object[]) => ({ fillHistoryQueryAll: rows });
  const placed = { is: { outcome: 'placed', orderId: '61' } };

  it.each<[string, object, object]>([
    ['filled as asked, and in no list yet', fills(fill), placed],
    ['filled at a worse price', fills({ ...fill, price: '90.01' }), unknown],
    ['filled by more', fills({ ...fill, quantity: '2.01' }), unknown],
    ['filled on the other side', fills({ ...fill, side: 'Ask' }), unknown],
    ['filled under another id', fills({ ...fill, clientId: '8' }), absent],
    [
      'a later order under our id was filled',
      { ...past({ ...order, createdAt: text(SENT + 3_600_000) }), ...fills(fill) },
      absent,
    ],
    [
      'an earlier order under our id rests, and is filled now',
      { orderQueryAll: [{ ...order, createdAt: SENT - 3_600_000 }], ...fills(fill) },
      absent,
    ],
  ])('made: %s', async (_how, answers, finding) =>
    expect(await look('orderExecute', params, { ...answers })).toEqual(finding),
  );

  const gone = (status: string) => ({ ...order, createdAt: LONG_AGO, status });
  const facts = { orderId: '61', executedQuantity: '0' };
  it.each<[string, object, object]>([
    ['still resting', { orderQuery: { ...order, createdAt: SENT - 1 } }, absent],
    ['another rests under its id since', { orderQuery: order }, unknown],
    [
      'cancelled',
      past(gone('Cancelled')),
      { is: { outcome: 'done', orderStatus: 'Cancelled', ...facts } },
    ],
    [
      'filled',
      past(gone('Filled')),
      { is: { outcome: 'absent', orderStatus: 'Filled', ...facts } },
    ],
    ['two under one id', past(gone('Cancelled'), { ...gone('Filled'), id: '62' }), unknown],
    ['one that was made since', past({ ...order, status: 'Cancelled' }), unknown],
    ['resting in a history that lags', past(gone('New')), unknown],
    ['of a status nobody knows', past(gone('Settling')), unknown],
  ])('cancelled by client id: %s', async (_how, answers, finding) => {
    const which = { symbol: 'SOL_USDC', clientId: 7 };
    expect(await look('orderCancel', which, { ...answers })).toEqual(finding);
  });

  it('cancelled by client id are not concluded from a history that may lack the youngest', async () => {
    const which = { symbol: 'SOL_USDC', clientId: 7 };
    const early = { ...past(gone('Cancelled')), at: SENT + 1000 };
    expect(await look('orderCancel', which, early)).toEqual(unknown);
    const byId = { symbol: 'SOL_USDC', orderId: '61' };
    expect(await look('orderCancel', byId, early)).toMatchObject({ is: { outcome: 'done' } });
  });
});
