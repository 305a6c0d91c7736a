import { expect, it } from 'vitest';
import { madeBy, rivalsOf } from '../../../../src/background/outcome/rivals.ts';
import type { JournalEntry } from '../../../../src/background/records/journal-entry.ts';

const SENT = 1_760_000_000_000;
const entry = (more: object): JournalEntry =>
  ({
    ...{ params: { clientId: 1 }, timestamp: SENT, recordedAt: SENT, window: 5000 },
    ...more,
  }) as unknown as JournalEntry;
const clientIds = (others: JournalEntry[]) =>
  rivalsOf(entry({}), others).map(({ params }) => params.clientId);

it('what may have made something at the same time is a rival, unless it is known what it made', () => {
  expect(clientIds([entry({}), entry({ outcome: 'unknown' }), entry({ outcome: 'done' })])).toEqual(
    [1, 1, 1],
  );
  for (const outcome of ['refused', 'notSent', 'absent']) {
    expect(clientIds([entry({ outcome })])).toEqual([]);
  }
  expect(clientIds([entry({ outcome: 'placed', orderId: '5' })])).toEqual([]);
  expect(clientIds([entry({ timestamp: SENT - 30_001 })])).toEqual([]);
  expect(clientIds([entry({ timestamp: undefined })])).toEqual([1]);
});

it('of a batch each order by itself', () => {
  const params = [1, 2, 3, 4].map((clientId) => ({ clientId }));
  const parts = [
    { clientId: 1, outcome: 'placed', orderId: '5' },
    { clientId: 2 },
    { clientId: 3, outcome: 'refused' },
    { clientId: 4, outcome: 'unknown' },
  ];
  const batch = entry({ params, parts });
  expect(clientIds([batch])).toEqual([2, 4]);
  expect(madeBy(batch)).toEqual(['5']);
  expect(clientIds([entry({ params })])).toEqual([1, 2, 3, 4]);
  expect(clientIds([entry({ params, outcome: 'refused' })])).toEqual([]);
});
