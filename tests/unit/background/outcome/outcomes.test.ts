import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../../src/background/records/journal-entry.ts';
import {
  entryOf,
  type Instruction,
  instructions,
  isChanging,
  isRead,
} from '../../../../src/exchange/instructions/index.ts';
import { createPracticeExchange, type PracticeExchange } from '../../../exchange/exchange.ts';
import type { Fault } from '../../../exchange/faults.ts';
import { alternativesOf, endpoints, exampleOf } from '../../../instructions/documented.ts';
import { BAGGAGE, type Stop, tour } from '../../../instructions/tour.ts';
import {
  ACCOUNT,
  createDisk,
  createVirtualClock,
  identityOf,
  PASSWORD,
  startProcess,
} from '../world.ts';

const wallet = { zone: 'wallet' } as const;

/** Goes the tour of all instructions through the corridor, and tells how each request that changes something ended. */
async function travel(setUp: (practice: PracticeExchange) => void = () => undefined) {
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 5, now: clock.now });
  const identity = identityOf(5);
  practice.addAccount({ apiKey: identity.apiKey, balances: BAGGAGE });
  setUp(practice);
  const process = startProcess({ clock, practice, identity, disk: await createDisk() });
  const seen = new Map<Instruction, unknown>();

  /** Sends it through the corridor and waits for its end. */
  const send = async (instruction: Instruction, params: object): Promise<JournalEntry> => {
    const prepared = await process.corridor.prepare({ account: ACCOUNT, instruction, params });
    const password = prepared.needsPassword ? { password: PASSWORD } : {};
    await process.corridor.send(wallet, { ...prepared, ...password });
    const end = clock.now() + 120_000;
    for (;;) {
      const entry = await process.journal.find(prepared.id);
      if (entry?.state === 'settled') return entry;
      if (clock.now() > end) throw new Error(`${instruction} has no end`);
      await clock.sleep(250);
    }
  };
  const go = async (
    stop: Stop,
    each: (instruction: Instruction, params: object) => Promise<void>,
  ): Promise<void> => {
    const happened = stop.before?.(practice, identity.apiKey, seen);
    const params = stop.params(seen, happened);
    const { instruction } = stop;
    if (!isRead(instruction)) return each(instruction, params);
    const options = { window: 5000, asker: 'wallet' } as const;
    const { answer } = await process.exchange.read(identity, instruction, { ...params }, options);
    seen.set(instruction, answer);
  };
  return { practice, send, go };
}

const faultFor = (instruction: Instruction, kind: Fault['kind']): Fault => {
  const { method, path } = entryOf(instruction);
  return { method, path, kind };
};

describe('what became of a request', () => {
  it('is asked of every instruction that changes something', () => {
    const visited = new Set(tour.map(({ instruction }) => instruction).filter(isChanging));
    expect([...visited].sort()).toEqual(Object.keys(instructions).filter(isChanging).sort());
  });

  it('is told where the answer came', async () => {
    const { send, go } = await travel();
    for (const stop of tour) {
      await go(stop, async (instruction, params) => {
        const { outcome } = await send(instruction, params);
        const expected = entryOf(instruction).outcome === 'byClientId' ? 'placed' : 'done';
        expect(outcome, instruction).toBe(expected);
      });
    }
  });

  it.each([0, 4000])(
    'is found where the answer was lost, with histories %d ms behind, or said to be unknown',
    async (lag) => {
      const { practice, send, go } = await travel((fresh) => fresh.setHistoryLag(lag));
      for (const stop of tour) {
        await go(stop, async (instruction, params) => {
          practice.faults.add(faultFor(instruction, 'drop-after'));
          const { outcome, ...ids } = await send(instruction, params);
          const by = entryOf(instruction).outcome;
          const found = by === 'byClientId' ? 'placed' : 'done';
          expect(outcome, instruction).toBe(by === 'cannot' ? 'unknown' : found);
          const made = ids.madeId ?? ids.orderId ?? ids.withdrawalId;
          if (by === 'byClientId') expect(made, instruction).toMatch(/^\d+$/);
        });
      }
    },
  );

  it('is said to be nothing only where the exchange shows that; and it can be asked for again', async () => {
    const { practice, send, go } = await travel();
    // Of these, finding nothing proves nothing: open quotes are shown nowhere, and there may have been no dust.
    const silent = (instruction: Instruction, params: object): boolean =>
      ['rfqRefresh', 'quoteSubmit'].includes(instruction) ||
      (instruction === 'convertDust' && !('symbol' in params));
    for (const stop of tour) {
      await go(stop, async (instruction, params) => {
        practice.faults.add(faultFor(instruction, 'drop-before'));
        const lost = await send(instruction, params);
        expect(lost.outcome, instruction).toBe(silent(instruction, params) ? 'unknown' : 'absent');
        const again = await send(instruction, params);
        expect(['placed', 'done'], instruction).toContain(again.outcome);
      });
    }
  });

  it.each<Fault['kind']>(['html', 'malformed', 'text', 'truncated', 'wrong-types'])(
    'is looked up where the answer is no answer: %s',
    async (kind) => {
      const { practice, send, go } = await travel();
      for (const stop of tour) {
        await go(stop, async (instruction, params) => {
          const by = entryOf(instruction).outcome;
          const hasBody = !EMPTY.has(instruction);
          const spoilt = kind === 'truncated' || kind === 'wrong-types';
          if (spoilt && !hasBody) return void (await send(instruction, params));
          practice.faults.add({ ...faultFor(instruction, kind), afterProcessing: true });
          const { outcome } = await send(instruction, params);
          const found = by === 'byClientId' ? 'placed' : 'done';
          expect(outcome, instruction).toBe(by === 'cannot' ? 'unknown' : found);
        });
      }
    },
  );

  it('is told by no answer that speaks of something else', async () => {
    const { practice, send, go } = await travel();
    for (const stop of tour) {
      await go(stop, async (instruction, params) => {
        practice.faults.add({
          ...faultFor(instruction, 'text'),
          body: JSON.stringify(strangeTo(instruction)),
          headers: { 'content-type': 'application/json' },
        });
        // It was not even processed: only a look at the exchange can tell.
        const { outcome } = await send(instruction, params);
        expect(['absent', 'unknown'], instruction).toContain(outcome);
        await send(instruction, params);
      });
    }
  });

  it('is the exchange’s refusal where it refuses', async () => {
    const { practice, send, go } = await travel();
    for (const stop of tour) {
      await go(stop, async (instruction, params) => {
        practice.faults.add({ ...faultFor(instruction, 'status'), status: 403 });
        const { outcome, error } = await send(instruction, params);
        expect({ outcome, code: error?.code }, instruction).toEqual({
          outcome: 'refused',
          code: 'EXCHANGE',
        });
        await send(instruction, params);
      });
    }
  });
});

/** A well-formed answer that speaks of something else. */
function strangeTo(instruction: Instruction): unknown {
  const documented = endpoints.find((each) => each.instruction === instruction && !each.batch);
  const [shape = null] = alternativesOf(documented?.answer ?? null);
  return exampleOf(shape, { optional: 'null' }) ?? { status: 'ok' };
}

/** Their answer has no body. */
const EMPTY: ReadonlySet<string> = new Set([
  'accountUpdate',
  'convertDust',
  'borrowLendExecute',
  'vaultMint',
  'vaultRedeemRequest',
  'vaultRedeemCancel',
]);
