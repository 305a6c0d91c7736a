import { describe, expect, it } from 'vitest';
import { absent, done, EARLIER, LONG_AGO, look, NOW, unknown } from './look.ts';

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
