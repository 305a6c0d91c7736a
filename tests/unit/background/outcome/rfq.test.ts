import { describe, expect, it } from 'vitest';
import { absent, done, LONG_AGO, look, NOW, SENT, unknown } from './look.ts';

describe('requests for quotes', () => {
  const params = { symbol: 'SOL_USDC', side: 'Bid', quantity: '1', clientId: 7 };
  const rfq = { ...params, rfqId: '31', createdAt: SENT + 50, status: 'New' };
  const open = (...rfqs: object[]) => ({
    rfqQuery: rfqs.map((each) => ({ rfq: each, quotes: [] })),
  });
  const placed = { is: { outcome: 'placed', madeId: '31' } };

  it.each<[string, object, object]>([
    ['open', open(rfq), placed],
    ['over', { rfqHistoryQueryAll: [{ ...rfq, createdAt: NOW, status: 'Expired' }] }, placed],
    ['of another size under our id', open({ ...rfq, quantity: '2' }), unknown],
    ['of the other side under our id', open({ ...rfq, side: 'Ask' }), unknown],
    ['of long ago under our id', open({ ...rfq, createdAt: SENT - 3_600_000 }), absent],
    ['under another id', open({ ...rfq, clientId: 8 }), absent],
    ['nowhere', {}, absent],
  ])('made: %s', async (_how, answers, finding) =>
    expect(await look('rfqSubmit', params, { ...answers })).toEqual(finding),
  );
  it('made: nowhere in as much of the history as is read', async () => {
    const stranger = { ...rfq, clientId: 8, createdAt: NOW };
    const rows = Array.from({ length: 1000 }, () => stranger);
    expect(await look('rfqSubmit', params, { rfqHistoryQueryAll: rows })).toEqual(unknown);
  });
  it('made by another request of ours', async () =>
    expect(await look('rfqSubmit', params, open(rfq), { others: ['31'] })).toEqual(absent));

  const ended = (status: string, ...more: object[]) => ({
    rfqHistoryQueryAll: [{ ...rfq, createdAt: LONG_AGO, status }, ...more],
  });
  it.each<[string, object, object]>([
    ['still open', open({ ...rfq, createdAt: SENT - 1 }), absent],
    ['one open that was made since', open(rfq), unknown],
    ['made since', { rfqHistoryQueryAll: [{ ...rfq, status: 'Cancelled' }] }, unknown],
    ['cancelled', ended('Cancelled'), done],
    ['filled first', ended('Filled'), { is: { outcome: 'absent' } }],
    ['expired first', ended('Expired'), { is: { outcome: 'absent' } }],
    ['of a status nobody knows', ended('Settling'), unknown],
    [
      'two under one client id',
      ended('Cancelled', { ...rfq, rfqId: '32', status: 'New' }),
      unknown,
    ],
    ['nowhere', {}, unknown],
  ])('cancelled: %s', async (_how, answers, finding) =>
    expect(await look('rfqCancel', { clientId: 7 }, { ...answers })).toEqual(finding),
  );

  it.each<[string, object, object]>([
    ['traded by that quote', { rfqFillHistoryQueryAll: [{ quoteId: '41' }] }, done],
    [
      'traded by another',
      { ...ended('Filled'), rfqFillHistoryQueryAll: [{ quoteId: '42' }] },
      unknown,
    ],
    ['still open', open(rfq), absent],
    ['cancelled', ended('Cancelled'), { is: { outcome: 'absent' } }],
    ['nowhere', {}, unknown],
  ])('accepted: %s', async (_how, answers, finding) =>
    expect(await look('quoteAccept', { rfqId: '31', quoteId: '41' }, { ...answers })).toEqual(
      finding,
    ),
  );
  it('accepted by whoever it was, though not done yet', async () =>
    expect(
      await look('quoteAccept', { rfqId: '31', quoteId: '41' }, open(rfq), { outcome: 'pending' }),
    ).toEqual(unknown));

  const offer = { rfqId: '31', clientId: 9, bidPrice: '149', askPrice: '151' };
  const quote = { ...offer, quoteId: '41', createdAt: NOW };
  it.each<[string, object[], object]>([
    ['as given', [quote], { is: { outcome: 'placed', madeId: '41' } }],
    ['at another price', [{ ...quote, bidPrice: '148' }], unknown],
    ['under another id', [{ ...quote, clientId: 8 }], unknown],
    ['nowhere, as an open one is', [], unknown],
  ])('quoted: %s', async (_how, rows, finding) =>
    expect(await look('quoteSubmit', offer, { quoteHistoryQueryAll: rows })).toEqual(finding),
  );
  it('prolonged by whoever it was', async () =>
    expect(await look('rfqRefresh', { rfqId: '31' }, open(rfq))).toEqual(unknown));
});
