import { describe, expect, it } from 'vitest';
import type { Reads } from '../../../../src/background/outcome/finding.ts';
import { sweep } from '../../../../src/background/outcome/outcomes.ts';
import type { JournalEntry, OneEntry } from '../../../../src/background/records/journal-entry.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { ChangingInstruction } from '../../../../src/exchange/instructions/index.ts';

// What one look at the exchange proves, and what it does not. Times are those of the request, or as far from it as said.

const SENT = 1_760_000_000_000;
const text = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
const NOW = text(SENT + 50);
const EARLIER = text(SENT - 3000);
const LONG_AGO = text(SENT - 3_600_000);

/** Answers each read with what is given for its instruction, an empty list otherwise; an error is thrown. */
const readsOf = (answers: Readonly<Record<string, unknown>>): Reads =>
  ({
    exchange: {
      read: async (_identity: unknown, instruction: string) => {
        const answer = answers[instruction] ?? [];
        if (answer instanceof Error) throw answer;
        return { answer };
      },
    },
    identity: {},
    window: 5000,
    at: answers.at ?? SENT + 60_000,
  }) as unknown as Reads;

const look = async (
  instruction: ChangingInstruction,
  params: JournalEntry['params'],
  answers: Readonly<Record<string, unknown>>,
  more: { outcome?: 'pending'; others?: string[] } = {},
): Promise<unknown> => {
  const { others = [], ...rest } = more;
  const entry = { instruction, params, timestamp: SENT, window: 5000, ...rest } as JournalEntry;
  const { known, seems } = await sweep(readsOf(answers), entry, new Set(others));
  return seems === undefined ? { is: known } : { seems: seems[0] };
};

const unknown = { seems: 'unknown' };
const absent = { seems: 'absent' };
const done = { is: { outcome: 'done' } };
const notFound = new AppError('EXCHANGE', {
  status: 404,
  code: 'RESOURCE_NOT_FOUND',
  message: '',
});
const strayed = new AppError('EXCHANGE', { status: 404, code: '', message: 'not found' });

describe('account settings', () => {
  const asked = { leverageLimit: '5', autoLend: true };
  it.each<[string, object, object]>([
    ['all as asked', { leverageLimit: '5.0', autoLend: true }, done],
    ['none as asked', { leverageLimit: '10', autoLend: false }, absent],
    ['some as asked', { leverageLimit: '5', autoLend: false }, unknown],
    ['one not told', { leverageLimit: '5', autoLend: null }, unknown],
    ['one missing', { leverageLimit: '10' }, unknown],
  ])('%s', async (_how, account, finding) =>
    expect(await look('accountUpdate', asked, { accountQuery: account })).toEqual(finding),
  );
  it('that are not so yet may still become so once the request was taken', async () => {
    const before = { accountQuery: { leverageLimit: '10', autoLend: false } };
    expect(await look('accountUpdate', asked, before, { outcome: 'pending' })).toEqual(unknown);
  });
});

describe('dust', () => {
  const row = (timestamp: string | null) => ({
    dustHistoryQueryAll: [{ symbol: 'BTC', timestamp }],
  });
  it.each<[string, object, object, object]>([
    ['converted since', { symbol: 'BTC' }, row(NOW), done],
    ['converted just before, by another', { symbol: 'BTC' }, row(EARLIER), unknown],
    ['converted at a time that is not told', { symbol: 'BTC' }, row(null), unknown],
    ['converted long ago', { symbol: 'BTC' }, row(LONG_AGO), absent],
    ['none converted', { symbol: 'BTC' }, {}, absent],
    ['of all: some since', {}, row(NOW), done],
    ['of all: none, as there may have been none', {}, {}, unknown],
  ])('%s', async (_how, params, answers, finding) =>
    expect(await look('convertDust', { ...params }, { ...answers })).toEqual(finding),
  );
});

describe('borrowing and lending', () => {
  const row = (quantity: string, eventType = 'Lend', timestamp = NOW, source = 'Manual') => ({
    quantity,
    eventType,
    timestamp,
    source,
  });
  it.each<[string, object[], object]>([
    ['moved as asked', [row('5')], done],
    ['paid back, the rest lent', [row('3', 'BorrowRepay'), row('2.00')], done],
    ['moved less', [row('3')], unknown],
    ['moved twice', [row('5'), row('5')], unknown],
    ['moved just before', [row('5', 'Lend', EARLIER)], unknown],
    ['moved long ago', [row('5', 'Lend', LONG_AGO)], absent],
    ['moved the other way', [row('5', 'Borrow')], absent],
    ['moved by the exchange itself', [row('5', 'Lend', NOW, 'AutoLend')], absent],
    ['moved not at all', [], absent],
  ])('%s', async (_how, rows, finding) => {
    const params = { symbol: 'SOL', side: 'Lend', quantity: '5' };
    const answers = { borrowHistoryQueryAll: rows };
    expect(await look('borrowLendExecute', params, answers)).toEqual(finding);
  });
});

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

describe('strategies', () => {
  const params = {
    symbol: 'SOL_USDC',
    side: 'Bid',
    quantity: '4',
    duration: 60_000,
    interval: 1000,
    clientStrategyId: 9,
  };
  const strategy = { ...params, id: '51', createdAt: SENT + 50, status: 'Running' };
  const placed = { is: { outcome: 'placed', madeId: '51' } };
  const past = (status: string, ...more: object[]) => ({
    strategyQuery: notFound,
    strategyHistoryQueryAll: [{ ...strategy, createdAt: LONG_AGO, status }, ...more],
  });

  it.each<[string, object, object]>([
    ['running', { strategyQueryAll: [strategy] }, placed],
    ['over', { strategyHistoryQueryAll: [{ ...strategy, createdAt: NOW }] }, placed],
    ['of the other side', { strategyQueryAll: [{ ...strategy, side: 'Ask' }] }, unknown],
    ['of another size', { strategyQueryAll: [{ ...strategy, quantity: '5' }] }, unknown],
    ['of another length', { strategyQueryAll: [{ ...strategy, duration: 1 }] }, unknown],
    ['under another id', { strategyQueryAll: [{ ...strategy, clientStrategyId: 8 }] }, absent],
    ['nowhere', {}, absent],
  ])('made: %s', async (_how, answers, finding) =>
    expect(await look('strategyCreate', params, { ...answers })).toEqual(finding),
  );

  it.each<[string, object, object]>([
    ['running', { strategyQuery: { ...strategy, createdAt: SENT - 1 } }, absent],
    ['one running that was made since', { strategyQuery: strategy }, unknown],
    ['cancelled', past('Cancelled'), done],
    ['completed first', past('Completed'), { is: { outcome: 'absent' } }],
    ['running in a history that lags', past('Running'), unknown],
    ['two under one id', past('Cancelled', { ...strategy, id: '52' }), unknown],
    ['nowhere', { strategyQuery: notFound }, unknown],
  ])('cancelled: %s', async (_how, answers, finding) => {
    const which = { symbol: 'SOL_USDC', clientStrategyId: 9 };
    expect(await look('strategyCancel', which, { ...answers })).toEqual(finding);
  });
  it('are not taken for gone because a proxy says 404', () =>
    expect(
      look('strategyCancel', { symbol: 'SOL_USDC', strategyId: '51' }, { strategyQuery: strayed }),
    ).rejects.toThrow('EXCHANGE'));

  it.each<[string, object[], object]>([
    ['none left', [], done],
    ['one left from before', [{ ...strategy, createdAt: SENT - 1 }], absent],
    ['only a newer one left', [strategy], done],
    ['one left of no known time', [{ ...strategy, createdAt: 'soon' }], absent],
  ])('all cancelled: %s', async (_how, running, finding) =>
    expect(
      await look('strategyCancelAll', { symbol: 'SOL_USDC' }, { strategyQueryAll: running }),
    ).toEqual(finding),
  );
});

describe('vaults', () => {
  const mint = { vaultId: 1, symbol: 'USDC', quantity: '100' };
  const minted = { id: '61', symbol: 'USDC', quantity: '100.0', timestamp: SENT + 50 };
  const found = { is: { outcome: 'done', madeId: '61' } };
  it.each<[string, unknown, object]>([
    ['as asked', [minted], found],
    ['just before', [{ ...minted, timestamp: SENT - 3000 }], unknown],
    ['of another size', [{ ...minted, quantity: '99' }], unknown],
    ['long ago', [{ ...minted, timestamp: SENT - 3_600_000 }], absent],
    ['not at all', [], absent],
    ['in a history that is not there', notFound, unknown],
  ])('put into: %s', async (_how, rows, finding) =>
    expect(await look('vaultMint', mint, { vaultMintHistoryQueryAll: rows })).toEqual(finding),
  );
  it('put into by another request of ours', async () =>
    expect(
      await look('vaultMint', mint, { vaultMintHistoryQueryAll: [minted] }, { others: ['61'] }),
    ).toEqual(absent));

  const wish = { id: '61', status: 'Requested', vaultTokenQuantity: '2', timestamp: SENT + 50 };
  it.each<[string, unknown, object]>([
    ['waiting', [wish], found],
    ['of another size', [{ ...wish, vaultTokenQuantity: '3' }], unknown],
    ['redeemed since', [{ ...wish, status: 'Redeemed', timestamp: SENT + 3_600_000 }], unknown],
    ['of long ago', [{ ...wish, timestamp: SENT - 3_600_000 }], absent],
    ['none', [], absent],
    ['in a history that is not there', notFound, unknown],
  ])('shares to be redeemed: %s', async (_how, rows, finding) =>
    expect(
      await look(
        'vaultRedeemRequest',
        { vaultId: 1, vaultTokenQuantity: '2' },
        { vaultRedeemHistoryQueryAll: rows },
      ),
    ).toEqual(finding),
  );
  it.each<[string, unknown, object]>([
    ['called back', [{ ...wish, status: 'Cancelled' }], found],
    ['still waiting', [{ ...wish, timestamp: SENT - 60_000 }], absent],
    ['redeemed instead', [{ ...wish, status: 'Redeemed' }], unknown],
    ['none', [], unknown],
    ['in a history that is not there', notFound, unknown],
  ])('a redemption: %s', async (_how, rows, finding) =>
    expect(
      await look('vaultRedeemCancel', { vaultId: 1 }, { vaultRedeemHistoryQueryAll: rows }),
    ).toEqual(finding),
  );
});

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

describe('movements where two requests were for the same', () => {
  const params = { symbol: 'SOL', side: 'Lend', quantity: '5' };
  const row = { ...{ symbol: 'SOL', eventType: 'Lend', quantity: '5' }, timestamp: NOW };
  const twin = { params, timestamp: SENT - 1000, window: 5000 } as unknown as OneEntry;
  const found = async (rows: object[], rivals: OneEntry[] = [twin]) => {
    const entry = { instruction: 'borrowLendExecute', params, timestamp: SENT, window: 5000 };
    const reads = readsOf({ borrowHistoryQueryAll: rows });
    return sweep(reads, entry as unknown as JournalEntry, new Set(), rivals);
  };
  it('are done if there are both, unknown if there is one, absent if there is none', async () => {
    expect(await found([row, row])).toMatchObject({ known: { outcome: 'done' } });
    expect(await found([row])).toMatchObject({ seems: ['unknown'] });
    expect(await found([])).toMatchObject({ seems: ['absent'] });
    const other = { ...twin, params: { ...params, side: 'Borrow' } };
    expect(await found([row], [other])).toMatchObject({ known: { outcome: 'done' } });
  });
});
