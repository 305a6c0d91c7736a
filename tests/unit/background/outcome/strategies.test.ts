import { describe, expect, it } from 'vitest';
import { absent, done, LONG_AGO, look, NOW, notFound, SENT, strayed, unknown } from './look.ts';

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
