import { beforeEach, describe, expect, it } from 'vitest';
import { changingRequest, digestOf } from '../../../../src/background/corridor/request.ts';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import type { Caller } from '../../../../src/policy/decide.ts';
import { aGrant, ORIGIN } from '../../policy/grant-fixture.ts';
import { limit, orderWorld, refusalOf, wallet } from '../order-world.ts';
import { ACCOUNT, type Process } from '../world.ts';

// Whose a request is, and what becomes of one that does not get as far as being sent.

const page: Caller = { zone: 'page', origin: ORIGIN };
const UNAUTHORIZED = { code: 'UNAUTHORIZED' };

let world: Awaited<ReturnType<typeof orderWorld>>;
let process: Process;
let bound: Map<string, string>;

const prepare = (params: object = limit): Promise<AnyPrepared> =>
  process.corridor.prepare({ account: ACCOUNT, instruction: 'orderExecute', params });
const allow = async (): Promise<void> => {
  const { id: _, origin, account, createdAt: __, ...terms } = aGrant({ maxOrder: '1000' });
  const expiresAt = world.clock.now() + 3_600_000;
  await process.grants.save({ origin, account, terms: { ...terms, expiresAt } });
};
const used = async () => (await process.grants.of(ORIGIN)).usage[0]?.day;

beforeEach(async () => {
  world = await orderWorld();
  bound = new Map([[ORIGIN, ACCOUNT]]);
  world.world.bound = bound;
  process = world.start();
});

describe('the id of a request', () => {
  it('is its caller’s alone: nobody else is told what became of it, at once or later', async () => {
    const prepared = await prepare();
    const sending = process.corridor.send(wallet, prepared);
    expect(await refusalOf(process.corridor.pass(page, prepared, 'person'))).toEqual(UNAUTHORIZED);
    expect(await sending).toMatchObject({ outcome: 'placed', origin: 'buckle' });
    expect(await refusalOf(process.corridor.pass(page, prepared, 'person'))).toEqual(UNAUTHORIZED);
    const other = { ...prepared, account: '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a009' };
    expect(await refusalOf(process.corridor.send(wallet, other))).toEqual(UNAUTHORIZED);
    expect(world.changes()).toHaveLength(1);
  });

  it('that is weighed without a person and confirmed meanwhile is sent, once', async () => {
    const prepared = await prepare();
    const [weighed, confirmed] = await Promise.all([
      process.corridor.pass(page, prepared, 'grant'),
      process.corridor.pass(page, prepared, 'person'),
    ]);
    expect(weighed).toMatchObject({ verdict: 'ask' });
    expect(confirmed).toMatchObject({ verdict: 'sent', view: { outcome: 'placed' } });
    expect(world.changes()).toHaveLength(1);
  });
});

describe('what is not sent', () => {
  it('is what breaks the market’s rules, however it was confirmed', async () => {
    const prepared = await prepare();
    const params = { ...singleOf(prepared), price: '90.505' };
    const digest = await digestOf(ACCOUNT, changingRequest('orderExecute', params));
    const refusal = await refusalOf(process.corridor.send(wallet, { ...prepared, params, digest }));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path: 'price' });
    expect(world.changes()).toEqual([]);
    expect(await process.journal.unsettled()).toEqual([]);
  });

  it('gives back what a grant had reserved for it', async () => {
    await allow();
    world.practice.faults.add({ kind: 'drop-after', method: 'POST' });
    // What became of it is not found out meanwhile.
    const looks = { method: 'GET', path: /orders?$|fills/ } as const;
    world.practice.faults.add({ kind: 'status', status: 503, times: 99, ...looks });
    await process.corridor.send(wallet, await prepare({ ...limit, clientId: 7 }));
    const again = await process.corridor.pass(
      page,
      await prepare({ ...limit, clientId: 8 }),
      'grant',
    );
    expect(again).toMatchObject({ verdict: 'sent' });
    const before = await used();
    const taken = {
      ...(await prepare({ ...limit, clientId: 9 })),
      params: { ...limit, clientId: 7 },
    };
    const digest = await digestOf(ACCOUNT, changingRequest('orderExecute', taken.params));
    const refusal = await refusalOf(process.corridor.pass(page, { ...taken, digest }, 'grant'));
    expect(refusal).toMatchObject({ reason: 'client-id-open' });
    expect(await used()).toBe(before);
  });

  it('is no entry of the log if it only reads', async () => {
    bound.delete(ORIGIN);
    const asked = { account: ACCOUNT, instruction: 'balanceQuery', params: {} };
    const read = await process.corridor.prepare(asked, { reads: true });
    expect(await refusalOf(process.sites.send(ORIGIN, read))).toEqual(UNAUTHORIZED);
    expect((await process.log.read({ limit: 10 })).total).toBe(0);
    expect(await refusalOf(process.sites.send(ORIGIN, await prepare()))).toEqual(UNAUTHORIZED);
    expect((await process.log.read({ limit: 10 })).total).toBe(1);
  });
});
