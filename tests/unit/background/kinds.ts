import type { AnyPrepared, RequestView } from '../../../src/messaging/requests.ts';
import { pick, type Random } from './mishaps.ts';
import { prepareOrder, wallet } from './order-world.ts';
import { ACCOUNT, createDisk, type Process, startProcess, type World } from './world.ts';

// What a person can ask for beside a single order and a withdrawal: each with what has to be there before, and with what the
// exchange's own word about it must be afterwards.

interface Way {
  method: string;
  path: string;
}

/**
 * When it is right not to know. `absent`: the exchange said that it has taken it, so as long as it is not there it may still come.
 * `always`: somebody else did the like at the same time.
 */
export type Doubt = 'never' | 'absent' | 'always';

export interface Scene {
  /** What was reviewed, in the order in which it leaves. */
  reviews: readonly AnyPrepared[];
  send(process: Process): Promise<unknown>;
  /** Where it goes. Each may be reached once. */
  ways: readonly Way[];
  /**
   * What is wrong with what the screen says in the end.
   * @param truth - a background that reads the exchange as it is now.
   */
  check(
    views: readonly (RequestView | undefined)[],
    truth: Process,
    doubt: Doubt,
  ): Promise<string | undefined>;
  /** Somebody else did something that looks alike. */
  foreign?: boolean;
}

type Setting = (resting: Process, world: World, random: Random) => Promise<Scene>;

const symbol = 'SOL_USDC';
const order = { symbol, side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' };
const NOT_THERE: ReadonlySet<unknown> = new Set(['refused', 'absent', 'notSent']);

/** `is`: how often the exchange has it. */
function compare(what: string, outcome: unknown, is: number, doubt: Doubt): string | undefined {
  if (is > 1) return `${what}: ${is} of them`;
  if (outcome === 'unknown') {
    const isRight = doubt === 'always' || (doubt === 'absent' && is === 0);
    return isRight ? undefined : `${what}: unknown without need`;
  }
  const says = !NOT_THERE.has(outcome);
  return says === (is === 1) ? undefined : `${what}: screen says ${outcome}, exchange has ${is}`;
}

const options = { window: 5000, asker: 'wallet' } as const;
const single = async (
  resting: Process,
  instruction: string,
  params: object,
  way: Way,
  check: (view: RequestView, truth: Process, doubt: Doubt) => Promise<string | undefined>,
): Promise<Scene> => {
  const review = await prepareOrder(resting, params, instruction);
  return {
    reviews: [review],
    send: (process) => process.corridor.send(wallet, review),
    ways: [way],
    check: ([view], truth, doubt) =>
      view === undefined ? Promise.resolve(undefined) : check(view, truth, doubt),
  };
};
const sendNow = async (process: Process, instruction: string, params: object) =>
  process.corridor.send(wallet, await prepareOrder(process, params, instruction));

/** The same account at work elsewhere: nothing of it is in our journal. */
const elsewhere = async (world: World): Promise<Process> =>
  startProcess({ ...world, disk: await createDisk() });

const batch: Setting = async (resting, world, random) => {
  const { practice, identity } = world;
  const size = 1 + Math.floor(random() * 4);
  const orders = Array.from({ length: size }, (_, index) =>
    pick(random, [
      { ...order, price: `${80 + index}` },
      { ...order, side: 'Ask', price: `${300 + index}`, postOnly: true },
      { symbol, side: 'Ask', orderType: 'Market', quantity: '0.5' },
      { symbol, side: 'Bid', orderType: 'Market', quoteQuantity: '25' },
      // More than there is: refused by itself.
      { ...order, quantity: '99999' },
    ]),
  );
  const review = await prepareOrder(resting, orders);
  const ours = review.params as { clientId: number; price?: string; side: string }[];
  const foreign = random() < 0.25 ? ours[0] : undefined;
  if (foreign) {
    const alike = { ...order, price: '77.70', side: 'Bid', clientId: foreign.clientId };
    await sendNow(await elsewhere(world), 'orderExecute', alike);
  }
  return {
    reviews: [review],
    foreign: foreign !== undefined,
    send: (process) => process.corridor.send(wallet, review),
    ways: [{ method: 'POST', path: '/api/v1/orders' }],
    check: async ([view], _truth, doubt) => {
      if (view === undefined) return undefined;
      for (const [index, { clientId }] of ours.entries()) {
        const made = practice
          .allOrders(identity.apiKey)
          .filter((each) => each.clientId === clientId && each.price !== '77.7');
        const part = view.parts?.[index];
        const wrong = compare(`order ${index}`, part?.outcome, made.length, doubt);
        if (wrong !== undefined) return wrong;
        if (part?.outcome === 'placed' && part.orderId !== made[0]?.id) return 'another order';
      }
      const kinds = new Set(view.parts?.map(({ outcome }) => outcome));
      const isPlaced = kinds.size === 1 && kinds.has('placed');
      return (view.outcome === 'placed') === isPlaced ? undefined : `as a whole ${view.outcome}`;
    },
  };
};

const edit: Setting = async (resting, world, random) => {
  const { practice, identity } = world;
  const { orderId = '' } = await sendNow(resting, 'orderExecute', order);
  const cancel = await prepareOrder(resting, { symbol, orderId }, 'orderCancel');
  const fresh = await prepareOrder(resting, { ...order, price: '91' });
  const confirmed = { account: ACCOUNT, cancel, order: fresh, executed: '0' };
  const filled = pick(random, [undefined, undefined, '0.25', '1']);
  if (filled !== undefined) {
    practice.clearLiquidity(symbol);
    practice.placeLiquidity(symbol, 'Ask', '90', filled);
  }
  return {
    reviews: [cancel, fresh],
    send: (process) => process.corridor.edit(confirmed),
    ways: [
      { method: 'DELETE', path: '/api/v1/order' },
      { method: 'POST', path: '/api/v1/order' },
    ],
    check: async ([first, second], _truth, doubt) => {
      const all = practice.allOrders(identity.apiKey);
      const old = all.find(({ id }) => id === orderId);
      const { clientId } = fresh.params as { clientId?: number };
      const made = all.filter((each) => each.clientId === clientId);
      if (first === undefined || second === undefined) {
        return made.length > 0 || old?.status === 'Cancelled' ? 'done without an entry' : undefined;
      }
      const gone = old?.status === 'Cancelled' ? 1 : 0;
      if (made.length > 0 && gone === 0) return 'both are there';
      if (made.length > 0 && filled !== undefined) return 'placed though more was executed';
      return (
        compare('cancel', first.outcome, gone, doubt) ??
        compare('order', second.outcome, made.length, doubt)
      );
    },
  };
};

const strategy = { symbol, side: 'Bid', strategyType: 'Scheduled', quantity: '2', price: '80' };
const timed = { ...strategy, duration: 3_600_000, interval: 600_000 };
const strategiesOf = async (truth: Process, world: World) => {
  const { identity } = world;
  const { answer } = await truth.exchange.read(identity, 'strategyHistoryQueryAll', {}, options);
  return answer;
};

const strategyCreate: Setting = async (resting, world, random) => {
  const asked = { ...timed, clientStrategyId: 9 + Math.floor(random() * 1000) };
  const foreign = random() < 0.25;
  if (foreign) {
    await sendNow(await elsewhere(world), 'strategyCreate', { ...asked, quantity: '3' });
  }
  const way = { method: 'POST', path: '/api/v1/strategy' };
  const check = async (view: RequestView, truth: Process, doubt: Doubt) => {
    const made = (await strategiesOf(truth, world)).filter(
      ({ clientStrategyId, quantity }) =>
        clientStrategyId === asked.clientStrategyId && quantity === '2',
    );
    if (view.outcome === 'placed' && view.madeId !== made[0]?.id) return 'another strategy';
    return compare('strategy', view.outcome, made.length, doubt);
  };
  return { ...(await single(resting, 'strategyCreate', asked, way, check)), foreign };
};

const strategyCancel: Setting = async (resting, world, random) => {
  const clientStrategyId = 9;
  const { madeId = '' } = await sendNow(resting, 'strategyCreate', { ...timed, clientStrategyId });
  const which = random() < 0.5 ? { strategyId: madeId } : { clientStrategyId };
  const way = { method: 'DELETE', path: '/api/v1/strategy' };
  return single(
    resting,
    'strategyCancel',
    { symbol, ...which },
    way,
    async (view, truth, doubt) => {
      const [made] = (await strategiesOf(truth, world)).filter(({ id }) => id === madeId);
      return compare('cancel', view.outcome, made?.status === 'Cancelled' ? 1 : 0, doubt);
    },
  );
};

const strategyCancelAll: Setting = async (resting, world) => {
  for (const clientStrategyId of [9, 10]) {
    await sendNow(resting, 'strategyCreate', { ...timed, clientStrategyId });
  }
  const way = { method: 'DELETE', path: '/api/v1/strategies' };
  return single(resting, 'strategyCancelAll', { symbol }, way, async (view, truth, doubt) => {
    const all = await strategiesOf(truth, world);
    const gone = all.every(({ status }) => status === 'Cancelled');
    return compare('cancel', view.outcome, gone ? 1 : 0, doubt);
  });
};

const rfqsOf = async (truth: Process, { identity }: World) =>
  (await truth.exchange.read(identity, 'rfqHistoryQueryAll', {}, options)).answer;
const rfq = { symbol, side: 'Bid', quantity: '1' };

const rfqSubmit: Setting = async (resting, world, random) => {
  const asked = {
    ...pick(random, [rfq, { ...rfq, price: '200', executionMode: 'Immediate' }]),
    clientId: 5 + Math.floor(random() * 1000),
  };
  const foreign = random() < 0.25;
  if (foreign) await sendNow(await elsewhere(world), 'rfqSubmit', { ...asked, quantity: '2' });
  const way = { method: 'POST', path: '/api/v1/rfq' };
  const check = async (view: RequestView, truth: Process, doubt: Doubt) => {
    const made = (await rfqsOf(truth, world)).filter(
      ({ clientId, quantity }) => clientId === asked.clientId && quantity === '1',
    );
    if (view.outcome === 'placed' && view.madeId !== made[0]?.rfqId) return 'another request';
    return compare('request', view.outcome, made.length, doubt);
  };
  return { ...(await single(resting, 'rfqSubmit', asked, way, check)), foreign };
};

/** A request for quotes that is open, and what names it. */
const openRfq = async (resting: Process, { identity }: World, random: Random) => {
  const clientId = 5;
  const { madeId: rfqId = '' } = await sendNow(resting, 'rfqSubmit', { ...rfq, clientId });
  const { answer } = await resting.exchange.read(identity, 'rfqQuery', {}, options);
  const quoteId = answer[0]?.quotes[0]?.quoteId ?? '';
  return { rfqId, quoteId, which: random() < 0.5 ? { rfqId } : { clientId } };
};

const quoteAccept: Setting = async (resting, world, random) => {
  const { quoteId, which } = await openRfq(resting, world, random);
  const way = { method: 'POST', path: '/api/v1/rfq/accept' };
  const params = { ...which, quoteId };
  return single(resting, 'quoteAccept', params, way, async (view, truth, doubt) => {
    const { identity } = world;
    const { answer } = await truth.exchange.read(identity, 'rfqFillHistoryQueryAll', {}, options);
    const fills = answer.filter((fill) => fill.quoteId === quoteId);
    return compare('acceptance', view.outcome, fills.length, doubt);
  });
};

const rfqCancel: Setting = async (resting, world, random) => {
  const { rfqId, which } = await openRfq(resting, world, random);
  const way = { method: 'POST', path: '/api/v1/rfq/cancel' };
  return single(resting, 'rfqCancel', which, way, async (view, truth, doubt) => {
    const [made] = (await rfqsOf(truth, world)).filter((each) => each.rfqId === rfqId);
    return compare('cancel', view.outcome, made?.status === 'Cancelled' ? 1 : 0, doubt);
  });
};

const rfqRefresh: Setting = async (resting, world, random) => {
  const { rfqId } = await openRfq(resting, world, random);
  const before = (await rfqsOf(resting, world)).find((each) => each.rfqId === rfqId);
  await world.clock.sleep(2_000);
  const way = { method: 'POST', path: '/api/v1/rfq/refresh' };
  return single(resting, 'rfqRefresh', { rfqId }, way, async (view, truth) => {
    const after = (await rfqsOf(truth, world)).find((each) => each.rfqId === rfqId);
    const isLonger = after !== undefined && after.expiryTime !== before?.expiryTime;
    // It cannot be found out, so where no answer told it is unknown, and never anything else.
    return compare('refresh', view.outcome, isLonger && before ? 1 : 0, 'always');
  });
};

const quoteSubmit: Setting = async (resting, world, random) => {
  const rfqId = world.practice.askForQuotes(symbol, 'Bid', '1');
  const clientId = 5 + Math.floor(random() * 1000);
  const way = { method: 'POST', path: '/api/v1/rfq/quote' };
  const params = { rfqId, clientId, bidPrice: '149', askPrice: '151' };
  return single(resting, 'quoteSubmit', params, way, async (view, truth) => {
    const { identity } = world;
    const { answer } = await truth.exchange.read(identity, 'quoteHistoryQueryAll', {}, options);
    const made = answer.filter((each) => each.clientId === clientId);
    // Nothing lists open quotes: one that is in no history yet cannot be known.
    return compare('quote', view.outcome, made.length, 'always');
  });
};

const borrowLend: Setting = async (resting, world, random) => {
  const side = pick(random, ['Borrow', 'Lend'] as const);
  const asset = side === 'Borrow' ? 'USDC' : 'SOL';
  if (random() < 0.4) {
    // What is open the other way is paid back first.
    const before = side === 'Borrow' ? 'Lend' : 'Borrow';
    await sendNow(resting, 'borrowLendExecute', { symbol: asset, side: before, quantity: '2' });
    await world.clock.sleep(60_000);
  }
  const start = (await movementsOf(resting, world)).length;
  const way = { method: 'POST', path: '/api/v1/borrowLend' };
  const params = { symbol: asset, side, quantity: '5' };
  return single(resting, 'borrowLendExecute', params, way, async (view, truth, doubt) => {
    const rows = (await movementsOf(truth, world)).slice(0, -start || undefined);
    const moved = rows.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    return compare('movement', view.outcome, moved / 5, doubt);
  });
};
const movementsOf = async (truth: Process, { identity }: World) =>
  (await truth.exchange.read(identity, 'borrowHistoryQueryAll', {}, options)).answer;

export const settings: readonly Setting[] = [
  ...[batch, batch, batch, batch, edit, edit, edit, edit],
  ...[strategyCreate, strategyCreate, strategyCancel, strategyCancelAll],
  ...[rfqSubmit, rfqSubmit, quoteAccept, quoteAccept, rfqCancel, rfqRefresh, quoteSubmit],
  ...[borrowLend, borrowLend],
];
