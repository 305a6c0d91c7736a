import { describe, expect, it } from 'vitest';
import { instructions } from '../../../../src/exchange/instructions/index.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import { asked, withdrawalWorld } from '../withdrawal-world.ts';
import { identityOf } from '../world.ts';

const PATH = '/wapi/v1/capital/withdrawals';

/** The rows of a history, changed on their way. */
type Row = Record<string, unknown>;

/** A withdrawal whose answer is lost, after it was made or before. */
async function lost(
  kind: 'drop-before' | 'drop-after',
  options: { rows?: (rows: Row[]) => Row[]; knowsFilter?: boolean } = {},
) {
  const { rows = (all) => all, knowsFilter = true } = options;
  const world = await withdrawalWorld(async (send, url, init) => {
    const isHistory = url.includes(PATH) && init.method === 'GET';
    if (isHistory && !knowsFilter && url.includes('clientId')) {
      return new Response('failed to parse parameter `clientId`: unknown field', { status: 400 });
    }
    const response = await send(url, init);
    if (!isHistory || response.status !== 200) return response;
    const changed = rows(JSON.parse(await response.text()) as Row[]);
    return new Response(JSON.stringify(changed), { status: 200 });
  });
  const begin = async (change: object = {}) => {
    world.practice.faults.add({ kind, method: 'POST', path: PATH });
    const prepared = await world.prepare({ ...asked, ...change });
    expect(await world.send(prepared)).toMatchObject({ state: 'unknown' });
    return prepared;
  };
  /** Another one, which is made and answered. */
  const another = async (change: object = {}) => {
    const { apiKey } = world;
    const before = world.withdrawals().length;
    const prepared = await world.prepare({ ...asked, clientId: 'another', ...change });
    await world.send(prepared);
    expect(world.practice.withdrawals(apiKey)).toHaveLength(before + 1);
  };
  /** One that was made in the web: our journal knows nothing of it. */
  const web = async (change: object = {}) => {
    const entry = instructions.withdraw;
    const request = {
      instruction: 'withdraw',
      entry,
      params: { ...asked, ...change },
      window: 5000,
    };
    const { exchange } = world.process;
    const stamped = await exchange.stamp(identityOf(11), request, 'wallet');
    expect((await exchange.transmit(stamped)).status).toBe(200);
  };
  return { ...world, begin, another, web };
}

/** As an exchange would have it that tells no references. */
const nameless = (rows: Row[]): Row[] => rows.map((row) => ({ ...row, clientId: null }));

describe('finding the truth about a withdrawal', () => {
  it('by its reference, however long the history lags', async () => {
    const { practice, begin, settled, withdrawals, clock } = await lost('drop-after');
    practice.setHistoryLag(12_000);
    const at = clock.now();
    const { id } = await begin();
    const [made] = withdrawals();
    expect(await settled(id)).toMatchObject({ outcome: 'placed', withdrawalId: `${made?.id}` });
    expect(clock.now() - at).toBeGreaterThanOrEqual(12_000);
  });

  it('says absent only when it can no longer be made, and two looks found nothing', async () => {
    const { begin, settled, clock, withdrawals } = await lost('drop-before');
    const at = clock.now();
    const { id } = await begin();
    expect(await settled(id)).toMatchObject({ outcome: 'absent' });
    // Its window of 5 s, 10 s more, and 5 s between two looks.
    expect(clock.now() - at).toBeGreaterThanOrEqual(20_000);
    expect(withdrawals()).toEqual([]);
  });

  it('where the exchange does not know the filter', async () => {
    const { begin, settled, withdrawals } = await lost('drop-after', { knowsFilter: false });
    const { id } = await begin();
    const [made] = withdrawals();
    expect(await settled(id)).toMatchObject({ outcome: 'placed', withdrawalId: `${made?.id}` });
  });

  it('by address, asset, quantity and time where the exchange tells no references', async () => {
    const { begin, settled, withdrawals } = await lost('drop-after', { rows: nameless });
    const { id } = await begin();
    const [made] = withdrawals();
    expect(await settled(id)).toMatchObject({ outcome: 'placed', withdrawalId: `${made?.id}` });
  });

  it.each([
    ['another quantity', { quantity: '250.6' }],
    ['another address', { address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' }],
    ['another asset', { symbol: 'USDT' }],
    ['another reference', { clientId: 'from the web' }, (rows: Row[]) => rows],
  ])('takes none of %s for it', async (_name, change, rows = nameless) => {
    const { begin, web, settled } = await lost('drop-before', { rows });
    const { id } = await begin();
    await web(change);
    expect(await settled(id)).toMatchObject({ outcome: 'absent' });
  });

  it('takes none that another of our requests made, nor one that was made long before', async () => {
    const { begin, another, settled, clock } = await lost('drop-before', { rows: nameless });
    const first = await begin();
    await another();
    expect(await settled(first.id)).toMatchObject({ outcome: 'absent' });
    await clock.sleep(60_000);
    const second = await begin();
    expect(await settled(second.id)).toMatchObject({ outcome: 'absent' });
  });

  it.each<[string, (rows: Row[]) => Row[]]>([
    [
      'two that could be it',
      (rows) =>
        [...rows, ...rows.map((row) => ({ ...row, id: 1 }))].map((row) => ({
          ...row,
          clientId: null,
        })),
    ],
    [
      'another amount under its reference',
      (rows) => rows.map((row) => ({ ...row, quantity: '1' })),
    ],
    [
      'another address under its reference',
      (rows) => rows.map((row) => ({ ...row, toAddress: '11111111111111111111111111111111' })),
    ],
    ['no address under its reference', (rows) => rows.map((row) => ({ ...row, toAddress: null }))],
  ])('calls it unknown for %s', async (_name, rows) => {
    const { begin, settled } = await lost('drop-after', { rows });
    const { id } = await begin();
    expect(await settled(id)).toMatchObject({ outcome: 'unknown' });
  });

  it('calls it unknown when the history is too long to be searched', async () => {
    const other = { id: 1, symbol: 'SOL', quantity: '1', status: 'confirmed', toAddress: 'x' };
    const page = Array.from({ length: 1000 }, () => other);
    const { begin, settled } = await lost('drop-before', { rows: () => page });
    const { id } = await begin();
    expect(await settled(id)).toMatchObject({ outcome: 'unknown' });
  });

  it('counts no look that it could not make', async () => {
    const { practice, begin, settled, withdrawals } = await lost('drop-after');
    for (const kind of ['html', 'malformed', 'text', 'wrong-types', 'truncated'] as const) {
      practice.faults.add({ kind, method: 'GET', path: PATH });
    }
    practice.faults.add({ kind: 'status', status: 403, method: 'GET', path: PATH });
    const { id } = await begin();
    const [made] = withdrawals();
    expect(await settled(id)).toMatchObject({ outcome: 'placed', withdrawalId: `${made?.id}` });
  });

  it('is not put off by rows that leave things out, say new words, or have an unreadable time', async () => {
    const odd = { id: 5, symbol: 'NEW', quantity: '1', status: 'someday', blockchain: null };
    const { begin, settled } = await lost('drop-after', {
      rows: (rows) => [odd, ...rows.map((row) => ({ ...row, createdAt: 'soon', fee: null }))],
    });
    const { id } = await begin();
    expect(await settled(id)).toMatchObject({ outcome: 'placed' });
  });
});

describe('two withdrawals alike', () => {
  it('are told apart by their references', async () => {
    const { begin, settled, withdrawals } = await lost('drop-after');
    const [first, second] = [await begin(), await begin()];
    const ends = [await settled(first.id), await settled(second.id)];
    const made = withdrawals();
    expect(ends.map((end) => end?.withdrawalId)).toEqual(
      [first, second].map(
        (each) => `${made.find(({ clientId }) => clientId === singleOf(each).clientId)?.id}`,
      ),
    );
    expect(made).toHaveLength(2);
  });
});
