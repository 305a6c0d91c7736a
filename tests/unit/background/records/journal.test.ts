import { clear, set } from 'idb-keyval';
import { describe, expect, it } from 'vitest';
import { fateIn } from '../../../../src/background/records/fate.ts';
import { createJournal, type Journal } from '../../../../src/background/records/journal.ts';
import type { JournalEntry } from '../../../../src/background/records/journal-entry.ts';
import { AppError, isAppError } from '../../../../src/core/errors.ts';
import { ACCOUNT, createDisk } from '../world.ts';

const seals = {
  seal: async (_purpose: string, _recordId: string, value: unknown) => JSON.stringify(value),
  open: async (_purpose: string, _recordId: string, sealed: unknown): Promise<unknown> => {
    if (sealed === 'damaged') throw new AppError('VAULT_DAMAGED', undefined);
    return JSON.parse(String(sealed));
  },
};
const recorded: JournalEntry = {
  id: '0b0f6a3a-6a0e-4a53-8f0a-2f6f9d1d2a01',
  account: ACCOUNT,
  origin: 'buckle',
  instruction: 'orderCancelAll',
  params: { symbol: 'SOL_USDC' },
  digest: '',
  decision: { by: 'person', at: 1 },
  state: 'recorded',
  recordedAt: 1,
};

async function journalOnDisk() {
  const disk = await createDisk();
  return {
    disk,
    journal: createJournal({ store: disk, seals, now: () => 2, moved: () => undefined }),
  };
}
const isRefused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => isAppError(error, 'INTERNAL'),
  );

describe('the journal', () => {
  it.each<[string, Partial<JournalEntry>]>([
    ['an earlier state', { state: 'unknown' }],
    ['another end', { state: 'settled', outcome: 'notSent' }],
  ])('keeps the end of an entry against %s', async (_name, later) => {
    const { journal } = await journalOnDisk();
    await journal.add(recorded);
    await journal.put({ ...recorded, state: 'settled', outcome: 'done' });
    expect(await isRefused(journal.put({ ...recorded, ...later }))).toBe(true);
    expect(await journal.find(recorded.id)).toMatchObject({ state: 'settled', outcome: 'done' });
    expect(await journal.unsettled()).toEqual([]);
  });

  it('never calls an entry missing that is there and does not open: what it took of a grant stays taken', async () => {
    const { disk, journal } = await journalOnDisk();
    await journal.add(recorded);
    await journal.add({ ...recorded, id: '0b0f6a3a-6a0e-4a53-8f0a-2f6f9d1d2a02' });
    await set(`open/${recorded.id}`, 'damaged', disk);
    await expect(journal.find(recorded.id)).rejects.toThrow('VAULT_DAMAGED');
    expect(await fateIn(journal, recorded.id)).toBe('open');
    expect(await fateIn(journal, '0b0f6a3a-6a0e-4a53-8f0a-2f6f9d1d2a03')).toBe('missing');
    expect(await journal.recent(10)).toHaveLength(1);
  });

  it('misses no entry that is given its end while it is looked for', async () => {
    const looks = {
      find: async (journal: Journal) => (await journal.find(recorded.id))?.id,
      recent: async (journal: Journal) => (await journal.recent(10))[0]?.id,
    };
    for (const look of Object.values(looks)) {
      for (let turns = 0; turns < 12; turns += 1) {
        const { journal } = await journalOnDisk();
        await journal.add(recorded);
        const settling = journal.settle({ ...recorded, outcome: 'done' });
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        expect(await look(journal)).toBe(recorded.id);
        await settling;
      }
    }
  });

  it('does not bring back what was erased', async () => {
    const { disk, journal } = await journalOnDisk();
    await journal.add(recorded);
    await clear(disk);
    expect(await isRefused(journal.put({ ...recorded, state: 'unknown' }))).toBe(true);
    expect(await journal.recent(10)).toEqual([]);
  });
});
