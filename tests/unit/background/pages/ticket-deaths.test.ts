import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { GrantTerms } from '../../../../src/policy/grant.ts';
import { createRandom } from '../../../exchange/random.ts';
import { runs } from '../../runs.ts';
import { ACCOUNT, believesUndecided, createSiteWorld, ORDER } from '../site-world.ts';
import { createLife } from '../world.ts';

const SEND = { instruction: 'orderExecute', params: ORDER };
const TERMS: GrantTerms = {
  ...{ scopes: ['read'], markets: 'all', kinds: [], reduceOnly: false },
  ...{ maxPerMinute: 10, expiresAt: 1_790_000_000_000 },
};
const calls = [
  { method: 'send', params: SEND, changes: true },
  { method: 'send', params: SEND, changes: true },
  { method: 'send', params: { instruction: 'balanceQuery' }, changes: false },
  { method: 'sign', params: SEND, changes: false },
  { method: 'signSubscription', params: { streams: ['account.orderUpdate'] }, changes: false },
  { method: 'connect', params: { scopes: ['read'] }, changes: false },
] as const;

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** One call of a page, while workers die, the vault locks and unlocks, and a person decides. What is wrong with its end? */
async function run(seed: number, seen: Map<string, number>): Promise<string | undefined> {
  const random = createRandom(seed);
  const world = createSiteWorld();
  const { state } = world;
  const page = world.open(1);
  const id = randomUUID();
  const call = pick(random, calls);
  state.isUnlocked = random() < 0.7;
  const unlocks = random() < 0.9;
  state.allows = { read: random() < 0.5, trade: random() < 0.5 };
  state.exchange = pick(random, ['places', 'places', 'refuses', 'is silent', 'wants a code']);
  page.listens = random() < 0.8;
  const rejects = random() < 0.2;
  let approvals = 0;
  let died = 0;

  let deaths = Math.floor(random() * 4);
  const nextLife = () => {
    deaths -= 1;
    return createLife(deaths >= 0 ? 1 + Math.floor(random() * 24) : undefined);
  };
  let life = nextLife();
  let background = world.start(life);
  /** Waits for it, or for the worker's death. */
  const survive = <T>(work: Promise<T>): Promise<T | undefined> =>
    Promise.race([work.catch(() => undefined), life.died.then(() => undefined)]);

  /** The approval whose answer did not come: its window asks again at once, of whichever worker that wakes. */
  let unanswered: (() => Promise<unknown>) | undefined;
  const decide = async (): Promise<void> => {
    for (const { ticket, digest } of (await survive(background.approvals.list())) ?? []) {
      if (rejects) await survive(background.approvals.reject(ticket));
      else {
        approvals += 1;
        const given = {
          account: ACCOUNT,
          terms: TERMS,
          twoFactor: { way: 'code', code: '123456' },
        };
        const approve = () => survive(background.approvals.approve(ticket, digest, given as never));
        await approve();
        unanswered = life.isOver && random() < 0.5 ? approve : undefined;
      }
    }
  };
  const happenings = [
    () => survive(world.ask(background, page, call.method, call.params, id)),
    () => survive(world.ask(background, page, call.method, call.params, id)),
    () => survive(background.reconcile()),
    decide,
    decide,
    async () => {
      state.isUnlocked = state.isUnlocked ? random() < 0.7 : unlocks;
      await survive(background.approvals.resume());
    },
  ];
  await happenings[0]?.();
  for (
    let turn = 0;
    turn < 200 && !(page.answers.has(id) && life.isOver === false && turn > 60);
    turn += 1
  ) {
    if (life.isOver) {
      died += 1;
      seen.set('deaths', (seen.get('deaths') ?? 0) + 1);
      life = nextLife();
      background = world.start(life);
      await Promise.all([survive(background.approvals.resume()), unanswered?.()]);
      unanswered = undefined;
    }
    // A bridge that has its answer asks no more.
    const happening = pick(random, page.answers.has(id) ? happenings.slice(2) : happenings);
    await happening();
    if (world.executed.length > 0 && believesUndecided(page, id)) return 'an order said not to be';
    if (believesUndecided(page, id)) seen.set('undecided', (seen.get('undecided') ?? 0) + 1);
    page.isDeaf = random() < 0.1;
    state.time += Math.floor(random() * 4_000);
  }

  const answer = page.answers.get(id);
  const done = world.executed.length;
  if (answer === undefined) return 'no answer';
  if (done > 1) return `${done} orders`;
  const reason = answer.ok ? 'ok' : answer.error.reason;
  seen.set(reason, (seen.get(reason) ?? 0) + 1);
  if (world.signed.length > 0 && approvals === 0 && !state.allows.trade && !state.allows.read) {
    return 'signed without a decision';
  }
  if (reason === 'internal') return 'internal';
  if (!call.changes) return done === 0 ? undefined : 'an order that nobody asked for';
  if (done === 1 && approvals === 0 && !state.allows.trade) return 'an order that nobody decided';
  if (reason === 'ok') return done === 1 ? undefined : 'ok, and no order';
  if (reason === 'outcome-unknown') {
    const [end, ...more] = page.settled;
    if (more.length > died) return 'the end was told twice';
    if (end === undefined) return state.isUnlocked ? 'the end was never told' : undefined;
    return (end.outcome === 'placed') === (done === 1) ? undefined : `told ${end.outcome}`;
  }
  return done === 0 ? undefined : `${reason}, and an order`;
}

const seen = new Map<string, number>();
const SEEDS = runs(200, 1000);
const CHUNK = SEEDS / 4;
for (let from = 1; from <= SEEDS; from += CHUNK) {
  it(`R25: one answer and at most one order, wherever workers die: seeds ${from} on`, async () => {
    const failures: string[] = [];
    for (let seed = from; seed < from + CHUNK; seed += 1) {
      const failure = await run(seed, seen);
      if (failure !== undefined) failures.push(`seed ${seed}: ${failure}`);
    }
    expect(failures).toEqual([]);
  });
}

it('workers died, and calls came to every kind of end', () => {
  const ends = ['ok', 'rejected', 'locked', 'exchange-refused', 'outcome-unknown', 'not-sent'];
  expect(ends.filter((end) => (seen.get(end) ?? 0) < 3)).toEqual([]);
  expect(seen.get('deaths')).toBeGreaterThan(SEEDS / 2);
  expect(seen.get('undecided')).toBeGreaterThan(SEEDS / 2);
});
