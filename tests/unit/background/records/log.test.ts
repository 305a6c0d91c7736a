import { del, get, set, type UseStore } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createLog,
  type Log,
  type LogDraft,
  SCANNED,
} from '../../../../src/background/records/log.ts';
import type { Seals } from '../../../../src/background/records/seals.ts';
import type { Vault } from '../../../../src/vault/vault.ts';
import { PASSWORD, world } from '../../vault/fixtures.ts';
import { createFakeSeals } from '../seals.ts';
import { createDisk } from '../world.ts';

const draft = (at: number, change: Partial<LogDraft> = {}): LogDraft => ({
  at,
  origin: 'https://desk.example',
  what: 'send',
  instruction: 'orderExecute',
  params: { symbol: 'SOL_USDC', side: 'Bid' },
  decision: 'approved',
  ...change,
});

let disk: UseStore;
let vault: Vault;
let memory: unknown;
const worker = (seals: Seals = vault): Log =>
  createLog({
    store: disk,
    seals,
    waiting: {
      get: async () => structuredClone(memory),
      set: async (drafts) => {
        memory = structuredClone(drafts);
      },
    },
  });
const filled = async (count: number): Promise<Log> => {
  const log = worker();
  for (let n = 1; n <= count; n += 1) await log.append(draft(n));
  return log;
};

beforeEach(async () => {
  disk = await createDisk();
  memory = undefined;
  ({ vault } = await world());
  await vault.create(PASSWORD);
});

describe('the activity log', () => {
  it('is empty, and holds, before anything was decided', async () => {
    expect(await worker().read({ limit: 10 })).toEqual({ entries: [], total: 0, damaged: [] });
    expect(await worker().verify()).toEqual({ checked: 0, total: 0 });
  });

  it('numbers entries without gaps over workers, newest first, page by page', async () => {
    await filled(5);
    await filled(2);
    const first = await worker().read({ limit: 4 });
    expect(first).toMatchObject({ total: 7, next: 4, damaged: [] });
    expect(first.entries.map(({ number }) => number)).toEqual([7, 6, 5, 4]);
    const second = await worker().read({ limit: 4, before: first.next });
    expect(second.entries.map(({ number, at }) => [number, at])).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect(second.next).toBeUndefined();
    expect(await worker().verify()).toEqual({ checked: 7, total: 7 });
  });

  it('keeps nothing in the clear', async () => {
    await filled(1);
    const all = JSON.stringify([await get(1, disk), await get('head', disk)]);
    for (const word of ['desk.example', 'SOL', 'orderExecute', 'approved']) {
      expect(all).not.toContain(word);
    }
  });

  it('never forks: entries appended at the same time, and by two workers, all have their place', async () => {
    const [one, two] = [worker(), worker()];
    const done = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).append(draft(n))),
    );
    const numbers = done.flatMap((each) => (each.status === 'fulfilled' ? each.value.number : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    const { total } = await worker().read({ limit: 1 });
    expect(total).toBe(numbers.length);
    expect(await worker().verify()).toEqual({ checked: total, total });
  });

  it('finds by site, instruction, market, address and decision', async () => {
    const log = await filled(2);
    await log.append(draft(3, { origin: 'buckle', params: { symbol: 'BTC_USDC' } }));
    await log.append(
      draft(4, { decision: 'rejected', instruction: 'withdraw', params: { address: 'bc1qXY' } }),
    );
    const numbers = async (search: string) =>
      (await log.read({ limit: 10, search })).entries.map(({ number }) => number);
    expect(await numbers('BUCKLE')).toEqual([3]);
    expect(await numbers(' btc_ ')).toEqual([3]);
    expect(await numbers('qxy')).toEqual([4]);
    expect(await numbers('rejected')).toEqual([4]);
    expect(await numbers('execute')).toEqual([3, 2, 1]);
    expect(await numbers('nowhere')).toEqual([]);
    expect(await numbers('')).toEqual([4, 3, 2, 1]);
  });

  it('keeps a rejection made while locked, in memory only, and writes it at the next unlock', async () => {
    const seals = createFakeSeals();
    const log = worker(seals);
    seals.locked = true;
    await log.note(draft(1, { decision: 'rejected' }));
    await expect(log.append(draft(2))).rejects.toMatchObject({ code: 'LOCKED' });
    seals.locked = false;
    const next = worker(seals);
    await next.catchUp();
    await next.catchUp();
    const { entries } = await next.read({ limit: 10 });
    expect(entries).toEqual(
      [draft(1, { decision: 'rejected' })].map((each) => ({ ...each, number: 1 })),
    );
  });

  it('does as much for the thousandth entry as for the tenth, and to show the last page', async () => {
    let touched = 0;
    const quiet = disk;
    disk = (mode, callback) => {
      touched += 1;
      return quiet(mode, callback);
    };
    const seals = createFakeSeals();
    const sealing = seals.seal;
    seals.seal = (...given) => {
      touched += 1;
      return sealing(...given);
    };
    const costs: number[] = [];
    const log = worker(seals);
    for (let n = 1; n <= 1000; n += 1) {
      touched = 0;
      await log.append(draft(n));
      if (n === 10 || n === 1000) costs.push(touched);
    }
    touched = 0;
    await worker(seals).read({ limit: 50 });
    costs.push(touched);
    expect(costs).toEqual([3, 3, 2]);
  });

  it('does a bounded amount of work a call, however rare what is searched for is', async () => {
    const log = worker(createFakeSeals());
    const count = SCANNED + 50;
    await log.append(draft(1, { origin: 'https://rare.example' }));
    for (let n = 2; n <= count; n += 1) await log.append(draft(n));
    const first = await log.read({ limit: 5, search: 'rare' });
    expect(first).toMatchObject({ entries: [], next: 51 });
    const second = await log.read({ limit: 5, search: 'rare', before: first.next });
    expect(second.entries.map(({ number }) => number)).toEqual([1]);
    expect(second.next).toBeUndefined();
    const check = await log.verify();
    expect(check).toEqual({ checked: SCANNED, total: count, next: SCANNED + 1 });
    expect(await log.verify(check.next)).toEqual({ checked: count, total: count });
  });
});

describe('a log that was tampered with', () => {
  const cases: [
    string,
    (copy: (key: IDBValidKey) => Promise<unknown>) => Promise<void>,
    unknown,
  ][] = [
    [
      'an entry changed',
      async () => set(3, { ...(await box(3)), previous: 'x' }, disk),
      { number: 3, kind: 'damaged' },
    ],
    [
      'a bit of its box changed',
      async () => set(3, await flipped(3), disk),
      { number: 3, kind: 'damaged' },
    ],
    [
      'an entry that is no record',
      async () => set(3, 'nothing', disk),
      { number: 3, kind: 'damaged' },
    ],
    ['an entry taken away', () => del(3, disk), { number: 3, kind: 'missing' }],
    ['the first entry taken away', () => del(1, disk), { number: 1, kind: 'missing' }],
    ['the end cut off', () => del(6, disk), { number: 6, kind: 'missing' }],
    [
      'two entries exchanged',
      async () => {
        const [three, four] = [await box(3), await box(4)];
        await set(3, four, disk);
        await set(4, three, disk);
      },
      { number: 3, kind: 'damaged' },
    ],
    [
      'an entry in another place as well',
      async () => set(7, await box(6), disk),
      { number: 7, kind: 'damaged' },
    ],
    ['the head taken away', () => del('head', disk), { number: 7, kind: 'missing' }],
    [
      'the head changed',
      async () => set('head', await flipped('head'), disk),
      { number: 7, kind: 'missing' },
    ],
  ];
  const box = async (key: IDBValidKey) => (await get(key, disk)) as Record<string, unknown>;
  const flipped = async (key: IDBValidKey) => {
    const text = JSON.stringify(await box(key));
    const at = text.indexOf('"data":"') + 12;
    const other = text[at] === 'A' ? 'B' : 'A';
    return JSON.parse(text.slice(0, at) + other + text.slice(at + 1)) as unknown;
  };

  it.each(cases)('shows %s', async (_name, tamper, problem) => {
    await filled(6);
    await tamper(box);
    expect((await worker().verify()).problem).toEqual(problem);
  });

  it.each(cases)('still shows %s after more was written', async (_name, tamper) => {
    await filled(6);
    await tamper(box);
    await filled(2);
    expect((await worker().verify()).problem).toBeDefined();
  });

  it('shows an older head, put back to have the last entries written over', async () => {
    await filled(4);
    const old = await box('head');
    await filled(2);
    await set('head', old, disk);
    expect((await worker().verify()).problem).toEqual({ number: 7, kind: 'missing' });
    await filled(1);
    expect((await worker().read({ limit: 10 })).entries.map(({ at }) => at)).toEqual([
      1, 2, 1, 4, 3, 2, 1,
    ]);
    expect((await worker().verify()).problem).toEqual({ number: 7, kind: 'rolled-back' });
  });

  it('shows an entry from another history of the same log', async () => {
    await filled(3);
    const [old, head] = [await box(3), await box('head')];
    const log = worker();
    await log.append(draft(4, { what: 'one' }));
    const other = await box(4);
    // The profile is put back and goes on differently; then the other fourth entry is put in.
    await set('head', head, disk);
    await del(4, disk);
    await filled(2);
    await set(4, other, disk);
    expect(await box(3)).toEqual(old);
    expect((await worker().verify()).problem).toEqual({ number: 4, kind: 'rolled-back' });
  });

  it('still shows all the other entries', async () => {
    await filled(6);
    await set(3, await flipped(3), disk);
    await del(5, disk);
    const { entries, damaged } = await worker().read({ limit: 10 });
    expect(entries.map(({ number }) => number)).toEqual([6, 4, 2, 1]);
    expect(damaged).toEqual([5, 3]);
  });
});
