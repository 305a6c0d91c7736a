import { describe, expect, it } from 'vitest';
import type { Journal, JournalEntry } from '../../../src/background/journal.ts';
import { createReconciler } from '../../../src/background/reconcile.ts';
import type { Prepared } from '../../../src/messaging/contract.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  identityOf,
  type Process,
  startProcess,
} from './world.ts';

const wallet = { zone: 'wallet' } as const;
const limit = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '90.50',
  quantity: '1.500',
};

async function world() {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({
    apiKey: identity.apiKey,
    balances: { USDC: { available: '100000' }, SOL: { available: '10' } },
  });
  const process = startProcess({ clock, practice, identity, disk: await createDisk() });
  const prepare = (params: object, instruction = 'orderExecute'): Promise<Prepared> =>
    process.corridor.prepare({ account: ACCOUNT, instruction, params: { ...params } });
  /** Time passes until the request is settled, or for so long. */
  const settled = async (id: string, forMs = 120_000): Promise<JournalEntry | undefined> => {
    const end = clock.now() + forMs;
    while (clock.now() < end && (await process.journal.find(id))?.state !== 'settled') {
      await clock.sleep(250);
    }
    return process.journal.find(id);
  };
  return { clock, practice, identity, process, prepare, settled };
}

const entryOf = ({ id, instruction, params, digest }: Prepared, at: number): JournalEntry => ({
  id,
  account: ACCOUNT,
  origin: 'buckle',
  instruction: instruction as JournalEntry['instruction'],
  params,
  digest,
  decision: { by: 'person', at },
  state: 'recorded',
  recordedAt: at,
});

/** A second look at the same journal, whose writes of one entry wait for `gate`. */
function reconcilerBehind(
  {
    process,
    gate,
    slow,
  }: {
    process: Process;
    gate: Promise<void>;
    slow: string;
  },
  clock: ReturnType<typeof createVirtualClock>,
) {
  const journal: Journal = {
    ...process.journal,
    put: async (entry) => {
      if (entry.id === slow) await gate;
      return process.journal.put(entry);
    },
  };
  return createReconciler({
    journal,
    reads: () => Promise.reject(new Error('nothing to look for')),
    now: clock.now,
    sleep: clock.sleep,
    isUnderWay: process.corridor.isUnderWay,
    moved: (view) => void process.seen.set(view.id, view),
    busy: () => undefined,
  });
}

describe('taking up what an earlier worker left', () => {
  it('never writes over the end of a request that was under way when it began to look', async () => {
    const { clock, practice, process, prepare } = await world();
    const left = await prepare(limit);
    await process.journal.add(entryOf(left, clock.now() - 1000));
    const review = await prepare(limit);
    practice.faults.add({ kind: 'delay', delayMs: 3000, path: '/api/v1/time' });
    const sending = process.corridor.send(wallet, review);
    while ((await process.journal.find(review.id)) === undefined) await clock.sleep(1);

    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const resumed = reconcilerBehind({ process, gate, slow: left.id }, clock).resume();
    expect(await sending).toMatchObject({ state: 'settled', outcome: 'placed' });
    open();
    await resumed;
    const placed = { state: 'settled', outcome: 'placed' };
    expect(await process.journal.find(review.id)).toMatchObject(placed);
    expect(process.seen.get(review.id)).toMatchObject(placed);
    expect(await process.journal.find(left.id)).toMatchObject({ outcome: 'notSent' });
  });
});
