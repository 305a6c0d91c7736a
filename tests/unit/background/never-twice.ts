import { expect, it } from 'vitest';
import type { RequestView } from '../../../src/messaging/requests.ts';
import { singleOf } from '../../../src/messaging/shapes.ts';
import { createPracticeExchange, type PracticeExchange } from '../../exchange/exchange.ts';
import { createRandom } from '../../exchange/random.ts';
import { deathStep, faults, pick } from './mishaps.ts';
import {
  ACCOUNT,
  cheapIdentity,
  createDisk,
  createLife,
  createVirtualClock,
  PASSWORD,
  startProcess,
  type World,
} from './world.ts';

const CHUNK = 100;

const ORDER = '/api/v1/order';
const ORDERS = '/api/v1/orders';
const WITHDRAWALS = '/wapi/v1/capital/withdrawals';
const TOKENS = '/wapi/v1/user/2fa';

const withdrawal = {
  symbol: 'USDC',
  blockchain: 'Solana',
  address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  quantity: '250.5',
};

const asks = [
  {
    instruction: 'orderExecute',
    params: { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' },
  },
  {
    instruction: 'orderExecute',
    params: { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '0.5' },
  },
  {
    instruction: 'orderExecute',
    params: { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quoteQuantity: '25' },
  },
  {
    instruction: 'orderExecute',
    params: {
      symbol: 'SOL_USDC',
      side: 'Ask',
      orderType: 'Limit',
      price: '400',
      quantity: '2',
      postOnly: true,
    },
  },
  { instruction: 'orderCancel', params: { symbol: 'SOL_USDC' } },
  { instruction: 'orderCancelAll', params: { symbol: 'SOL_USDC' } },
  // A third of all runs are about withdrawals, one of them with a token for a code on the way.
  { instruction: 'withdraw', params: withdrawal },
  { instruction: 'withdraw', params: { ...withdrawal, symbol: 'SOL', quantity: '1.500' } },
  { instruction: 'withdraw', params: withdrawal, way: 'app' },
] as const;

/** Compares what the screen says with what the exchange's book says. */
function compareWithBook(
  view: RequestView,
  practice: PracticeExchange,
  apiKey: string,
  target: string | undefined,
): string | undefined {
  const { outcome, instruction } = view;
  const params = singleOf(view);
  const isOpen = (id: string | undefined) => practice.openOrders(apiKey).some((o) => o.id === id);
  if (view.state !== 'settled') return `not settled: ${view.state}`;
  if (instruction === 'orderExecute') {
    const placed = practice.allOrders(apiKey).filter((o) => o.clientId === params.clientId);
    if (placed.length > 1) return `${placed.length} orders`;
    const there = placed.length === 1;
    if (there !== (outcome === 'placed'))
      return `screen says ${outcome}, book has ${placed.length}`;
    return there && view.orderId !== placed[0]?.id ? 'another order' : undefined;
  }
  if (instruction === 'withdraw') {
    const made = practice.withdrawals(apiKey).filter((w) => w.clientId === params.clientId);
    if (made.length > 1) return `${made.length} withdrawals`;
    const there = made.length === 1;
    if (there !== (outcome === 'placed')) return `screen says ${outcome}, made ${made.length}`;
    return there && view.withdrawalId !== `${made[0]?.id}` ? 'another withdrawal' : undefined;
  }
  const gone =
    instruction === 'orderCancel' ? !isOpen(target) : practice.openOrders(apiKey).length === 0;
  const says = outcome === 'done';
  return gone === says ? undefined : `screen says ${outcome}, ${gone ? 'gone' : 'still there'}`;
}

/** Where a request goes, and whether it makes something that a second one would make again. */
const wayOf = {
  orderExecute: { method: 'POST', path: ORDER },
  orderCancel: { method: 'DELETE', path: ORDER },
  orderCancelAll: { method: 'DELETE', path: ORDERS },
  withdraw: { method: 'POST', path: WITHDRAWALS },
} as const;

/** One life: a request under a fault, perhaps a death on the way, a new process, and the same question again. */
async function run(
  seed: number,
  world: World,
  deaths: Map<string, number>,
): Promise<string | undefined> {
  const random = createRandom(seed);
  const { practice, clock, identity } = world;
  practice.setHistoryLag(pick(random, [0, 0, 1_000, 8_000]));
  practice.setClockSkew(pick(random, [0, 0, 3_600_000, -90_000]));
  const ask = pick(random, asks);

  const resting = startProcess(world);
  const place = await resting.corridor.prepare({ account: ACCOUNT, ...asks[0] });
  const target = (await resting.corridor.send({ zone: 'wallet' }, place)).orderId;

  const dies = random() < 0.6;
  const life = createLife(dies ? deathStep(random) : undefined);
  const first = startProcess(world, life);
  const params =
    ask.instruction === 'orderCancel' ? { ...ask.params, orderId: target } : ask.params;
  // The review is made by a process of its own, so that deaths fall on the way of the request.
  const review = await resting.corridor.prepare({
    account: ACCOUNT,
    instruction: ask.instruction,
    params,
  });

  const fault = random() < 0.15 ? undefined : pick(random, faults);
  const { method, path } = wayOf[ask.instruction];
  if (fault !== undefined) practice.faults.add({ ...fault, method, path });
  // The reads that look for the truth may fail as well.
  for (let i = Math.floor(random() * 3); i > 0; i -= 1) {
    const kind = pick(random, ['drop-before', 'status', 'html', 'malformed'] as const);
    practice.faults.add({ method: 'GET', path: /order|fills|withdrawals/, kind });
  }

  const needsToken = 'way' in ask;
  if (needsToken) practice.setTwoFactor('issued');
  if (needsToken && random() < 0.2) {
    practice.faults.add({ ...pick(random, faults), path: TOKENS });
  }
  const confirmed = {
    ...review,
    password: PASSWORD,
    ...(needsToken
      ? { twoFactor: { way: ask.way, code: practice.twoFactorCode(identity.apiKey) } }
      : {}),
  };
  const sending = first.corridor.send({ zone: 'wallet' }, confirmed);
  const again = random() < 0.3 ? first.corridor.send({ zone: 'wallet' }, confirmed) : sending;
  // A refusal before anything was written down is an error to the caller; nothing else is.
  const ends = Promise.allSettled([sending, again]).then(() => undefined);
  await Promise.race([ends, life.died]);

  // The next worker wakes, takes up what is left, and the surface asks again with the same id.
  const second = startProcess(world);
  if (life.isOver) {
    const state = (await second.journal.find(review.id))?.state ?? 'none';
    deaths.set(state, (deaths.get(state) ?? 0) + 1);
  }
  await second.reconciler.resume();
  const entry = await second.journal.find(review.id);
  if (entry === undefined) {
    const made = [
      ...practice.allOrders(identity.apiKey),
      ...practice.withdrawals(identity.apiKey),
    ].filter((one) => one.clientId !== undefined && one.clientId === singleOf(review).clientId);
    return made.length > 0 ? 'something was made without a journal entry' : undefined;
  }
  await second.corridor.send({ zone: 'wallet' }, review);
  let isSettled = entry.state === 'settled';
  for (let waited = 0; waited < 400 && !isSettled; waited += 1) {
    await clock.sleep(500);
    isSettled = second.seen.get(review.id)?.state === 'settled';
  }
  const shown = await second.corridor.send({ zone: 'wallet' }, review);
  const sent = practice
    .requests()
    .filter((r) => r.method === method && r.path === path && r.status !== 400);
  practice.faults.clear();
  const expected = path === ORDER && method === 'POST' ? 2 : 1;
  if (sent.length > expected) return `sent ${sent.length} times`;
  return compareWithBook(shown, practice, identity.apiKey, target);
}

/** Runs these seeds, in pieces, and makes sure that processes died in every state of the journal. */
export function neverTwice(first: number, end: number): void {
  const deaths = new Map<string, number>();
  for (let from = first; from < end; from += CHUNK) {
    const to = from + CHUNK - 1;
    it(`at most one order or withdrawal each, and the screen equals the book: seeds ${from} to ${to}`, async () => {
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
    expect(states.filter((state) => (deaths.get(state) ?? 0) < 3)).toEqual([]);
  });
}
