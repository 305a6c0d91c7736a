import { expect, it } from 'vitest';
import { viewOf } from '../../../src/background/records/journal-entry.ts';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import { createRandom } from '../../exchange/random.ts';
import { settings } from './kinds.ts';
import { deathStep as earlyDeath, faults, pick, type Random } from './mishaps.ts';
import {
  cheapIdentity,
  createDisk,
  createLife,
  createVirtualClock,
  startProcess,
  type World,
} from './world.ts';

const CHUNK = 50;

/** Of these the exchange says that it has taken it, and never does it. */
const taken = { kind: 'empty-202' } as const;

/** An edit is about twice as long as any other request. */
const deathStep = (random: Random): number =>
  random() < 0.5 ? earlyDeath(random) : 1 + Math.floor(random() * 56);

/** One life: requests under faults, perhaps a death on the way, a new process, and the same question again. */
async function run(
  seed: number,
  world: World,
  deaths: Map<string, number>,
): Promise<string | undefined> {
  const random = createRandom(seed);
  const { practice, clock } = world;
  practice.setClockSkew(pick(random, [0, 0, 3_600_000, -90_000]));
  const setting = pick(random, settings);
  const resting = startProcess(world);
  const { reviews, send, ways, check, foreign = false } = await setting(resting, world, random);
  practice.setHistoryLag(pick(random, [0, 0, 1_000, 8_000]));
  const before = practice.requests().length;

  let isTaken = false;
  for (const way of ways) {
    if (random() < 0.3) continue;
    const fault = pick(random, [...faults, ...faults, taken]);
    isTaken ||= fault.kind === 'empty-202';
    practice.faults.add({ ...fault, ...way });
    if (random() < 0.2) practice.faults.add({ kind: 'delay', delayMs: 9_000, ...way });
  }
  // The reads that look for the truth may fail as well.
  for (let i = Math.floor(random() * 3); i > 0; i -= 1) {
    const kind = pick(random, ['drop-before', 'status', 'html', 'malformed'] as const);
    practice.faults.add({ method: 'GET', path: /orders?$|fills|rfq|quote|strateg|borrow/, kind });
  }

  const life = createLife(random() < 0.6 ? deathStep(random) : undefined);
  const first = startProcess(world, life);
  const again = random() < 0.3;
  const ends = Promise.allSettled([send(first), ...(again ? [send(first)] : [])]);
  await Promise.race([ends.then(() => undefined), life.died]);

  // The next worker wakes, takes up what is left, and the surface asks again with the same ids.
  const second = startProcess(world);
  const ids = reviews.map(({ id }) => id);
  const found = async (id: string) => second.journal.find(id);
  if (life.isOver) {
    for (const id of ids) {
      const state = (await found(id))?.state ?? 'none';
      deaths.set(state, (deaths.get(state) ?? 0) + 1);
    }
  }
  await second.reconciler.resume();
  const isKnown = (await found(ids[0] ?? '')) !== undefined;
  const asked = isKnown ? await Promise.allSettled([send(second)]) : [];
  if (asked.some(({ status }) => status === 'rejected')) return 'asking again is refused';
  const isSettled = async () =>
    (await Promise.all(ids.map(found))).every((entry) => entry?.state === 'settled');
  for (let waited = 0; isKnown && waited < 400 && !(await isSettled()); waited += 1) {
    await clock.sleep(500);
  }
  practice.faults.clear();
  practice.setHistoryLag(0);
  await clock.sleep(20_000);
  const views: (RequestView | undefined)[] = [];
  for (const id of ids) {
    const entry = await found(id);
    if (entry !== undefined && entry.state !== 'settled') return `not settled: ${entry.state}`;
    views.push(entry && viewOf(entry));
  }
  const sent = practice.requests().slice(before);
  for (const { method, path } of ways) {
    const times = sent.filter((r) => r.method === method && r.path === path && r.status !== 400);
    if (times.length > 1) return `${path} sent ${times.length} times`;
  }
  const doubt = foreign ? 'always' : isTaken ? 'absent' : 'never';
  return check(views, startProcess({ ...world, disk: await createDisk() }), doubt);
}

/** Runs these seeds, in pieces, and makes sure that processes died in every state of the journal. */
export function neverTwiceKinds(first: number, end: number): void {
  const deaths = new Map<string, number>();
  for (let from = first; from < end; from += CHUNK) {
    const to = Math.min(from + CHUNK, end) - 1;
    it(`batches, edits, strategies, quotes and loans are done once, and told as they are: seeds ${from} to ${to}`, async () => {
      const { identity, verify } = cheapIdentity(7);
      const failures: string[] = [];
      for (let seed = from; seed <= to; seed += 1) {
        const clock = createVirtualClock();
        const practice = createPracticeExchange({ seed, now: clock.now, verify });
        practice.addAccount({
          apiKey: identity.apiKey,
          balances: { USDC: { available: '100000' }, SOL: { available: '100' } },
        });
        const world: World = { clock, practice, identity, disk: await createDisk() };
        const failure = await run(seed, world, deaths);
        if (failure !== undefined) failures.push(`seed ${seed}: ${failure}`);
      }
      expect(failures).toEqual([]);
    });
  }
  it('processes died before the journal, and in each of its states', () => {
    const states = ['none', 'recorded', 'sent', 'answered', 'refused', 'unknown', 'settled'];
    expect(states.filter((state) => (deaths.get(state) ?? 0) < 2)).toEqual([]);
  });
}
