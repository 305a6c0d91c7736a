import { describe, expect, it } from 'vitest';
import { sweep } from '../../../../src/background/outcome/outcomes.ts';
import type { JournalEntry, OneEntry } from '../../../../src/background/records/journal-entry.ts';
import { absent, done, EARLIER, LONG_AGO, look, NOW, readsOf, SENT, unknown } from './look.ts';

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
