import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { createHistory, type HistoryState } from '../../../src/ui/state/history.ts';
import { createReads } from '../../../src/ui/state/reads.ts';
import { known } from '../../../src/ui/state/remote.ts';
import { account, type FakeBackground, fakeBackground } from './background.ts';
import { openOrder } from './exchange-answers.ts';

const PAGE = 100;
let all: object[];
let fake: FakeBackground;
let history: HistoryState;

const historic = (id: number) => openOrder(String(id), { createdAt: '2026-01-01T00:00:00.000' });

beforeEach(() => {
  all = Array.from({ length: 150 }, (_, index) => historic(1000 - index));
  fake = fakeBackground({
    'exchange.read': ({ params: { offset = 0, limit = PAGE } }) => ({
      at: 1,
      answer: all.slice(Number(offset), Number(offset) + Number(limit)),
    }),
  });
  history = createHistory(createReads(fake.call, () => account(1).id));
});
const page = () => known(history.remote.value)?.value;
const ids = () => page()?.rows.map(({ id }) => id) ?? [];
const asked = () => fake.heard.map(({ request }) => (request as { params: object }).params);

describe('history', () => {
  it('comes by the page, newest first, as far as there is more', async () => {
    await history.refresh();
    expect([ids().length, page()?.more]).toEqual([100, true]);
    await history.loadMore();
    expect([ids().length, page()?.more]).toEqual([150, false]);
    expect(asked()).toEqual([
      { limit: 100, offset: 0, sortDirection: 'Desc' },
      { limit: 100, offset: 100, sortDirection: 'Desc' },
    ]);
  });

  it('shows each order once when new ones push the pages on', async () => {
    await history.refresh();
    all = [historic(1001), historic(1002), ...all];
    await history.loadMore();
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).toHaveLength(150);
  });

  it('asks for one market only, and drops what the filter before it still brings', async () => {
    const slow = history.refresh();
    history.filter('SOL_USDC');
    expect(await slow).toBe(false);
    await history.loadMore();
    expect(asked().at(-1)).toMatchObject({ symbol: 'SOL_USDC' });
  });

  it('keeps what is there when more cannot be had', async () => {
    await history.refresh();
    fake.answers['exchange.read'] = () =>
      Promise.reject(new AppError('NETWORK', { kind: 'timeout' }));
    await history.loadMore();
    expect(history.remote.value.status).toBe('failed');
    expect(ids()).toHaveLength(100);
  });
});
