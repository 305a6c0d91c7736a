import { get, set, type UseStore } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fate } from '../../../../src/background/records/fate.ts';
import { createGrants, type Grants } from '../../../../src/background/sites/grants.ts';
import { assertDecimal } from '../../../../src/core/decimal.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Asked } from '../../../../src/policy/decide.ts';
import type { Grant, GrantTerms } from '../../../../src/policy/grant.ts';
import { DAY } from '../../../../src/policy/ledger.ts';
import { aMarket } from '../../exchange/market-fixture.ts';
import { ACCOUNT, aGrant, LIMIT, NOW, ORIGIN, OTHER } from '../../policy/grant-fixture.ts';
import { createFakeSeals, type FakeSeals } from '../seals.ts';
import { createDisk } from '../world.ts';

const asked: Asked = {
  caller: { zone: 'page', origin: ORIGIN },
  account: ACCOUNT,
  bound: ACCOUNT,
  use: 'send',
  instruction: 'orderExecute',
  scope: 'trade',
  params: LIMIT,
};
const read: Asked = { ...asked, instruction: 'balanceQuery', scope: 'read', params: {} };
const facts = () => ({
  market: aMarket(),
  mark: { price: assertDecimal('100'), at: clock.now },
});
const termsOf = (change: Partial<Grant> = {}): GrantTerms => {
  const { id: _, origin: __, account: ___, createdAt: ____, ...terms } = aGrant(change);
  return terms;
};

let disk: UseStore;
let seals: FakeSeals;
let clock: { now: number };
/** What the journal knows. */
let fates: Map<string, Fate>;
let recorded: [what: string, id: string][];
const worker = (): Grants =>
  createGrants({
    store: disk,
    seals,
    now: () => clock.now,
    randomId: () => crypto.randomUUID(),
    fate: async (id) => fates.get(id) ?? 'missing',
    record: async (what, { id }) => void recorded.push([what, id]),
  });
const saved = (grants: Grants, change: Partial<Grant> = {}): Promise<Grant> =>
  grants.save({ origin: ORIGIN, account: ACCOUNT, terms: termsOf(change) });
const because = async (grants: Grants, id: string): Promise<string> => {
  const decision = await grants.reserve(id, asked, [facts()]);
  return decision.verdict === 'ask' ? decision.because : decision.verdict;
};
const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? { code: error.code, ...(error.data ?? {}) } : error;
};

beforeEach(async () => {
  disk = await createDisk();
  seals = createFakeSeals();
  clock = { now: NOW };
  fates = new Map();
  recorded = [];
});

describe('grants', () => {
  it('are kept, sealed, for the next worker', async () => {
    const grant = await saved(worker());
    expect(await worker().of(ORIGIN)).toEqual({
      grants: [grant],
      usage: [{ grant: grant.id, day: '0', lastMinute: 0 }],
    });
    expect((await worker().of(`${ORIGIN}:8443`)).grants).toEqual([]);
    expect(JSON.stringify(await get(grant.id, disk))).not.toContain('desk.example');
  });

  it.each<[string, Partial<Grant>, string]>([
    ['that has ended', { expiresAt: NOW }, 'expiresAt'],
    ['for longer than 90 days', { expiresAt: NOW + 90 * DAY + 1 }, 'expiresAt'],
    ['without an end', { expiresAt: Number.NaN }, 'expiresAt'],
    ['to trade nothing', { kinds: [] }, 'kinds'],
    ['to trade nowhere', { markets: [] }, 'markets'],
    ['with more for an order than for a day', { maxOrder: '2', maxDay: '1.99' }, 'maxOrder'],
  ])('refuses one %s', async (_name, change, path) => {
    expect(await refusal(saved(worker(), change))).toMatchObject({ code: 'INVALID_INPUT', path });
  });

  it.each(['maxOrder', 'maxDay'] as const)('refuses one that trades without %s', async (path) => {
    const { [path]: _, ...terms } = termsOf();
    const work = worker().save({ origin: ORIGIN, account: ACCOUNT, terms });
    expect(await refusal(work)).toMatchObject({ path, reason: 'required' });
  });

  it('takes the place of its predecessor, with what that has used, and of no other', async () => {
    const grants = worker();
    const { id } = await saved(grants);
    await grants.reserve('a', asked, [facts()]);
    const terms = termsOf({ maxDay: '500' });
    const next = await grants.save({ id, origin: ORIGIN, account: ACCOUNT, terms });
    expect(await grants.of(ORIGIN)).toEqual({
      grants: [next],
      usage: [{ grant: id, day: '100', lastMinute: 1 }],
    });
    for (const other of [
      { origin: 'https://other.example', account: ACCOUNT },
      { origin: ORIGIN, account: OTHER },
    ]) {
      expect(await refusal(grants.save({ id, terms, ...other }))).toMatchObject({ path: 'id' });
    }
    const unknown = grants.save({ id: OTHER, origin: ORIGIN, account: ACCOUNT, terms });
    expect(await refusal(unknown)).toMatchObject({ path: 'id' });
  });

  it('are gone at once and for good when revoked', async () => {
    const grants = worker();
    const grant = await saved(grants);
    expect(await grants.revoke(grant.id)).toEqual(grant);
    expect(await because(grants, 'a')).toBe('no-grant');
    expect(await grants.revoke(grant.id)).toBeUndefined();
    expect((await worker().of(ORIGIN)).grants).toEqual([]);
    expect(recorded).toEqual([
      ['grant', grant.id],
      ['revoke', grant.id],
    ]);
  });

  it('go with their account, and with their site', async () => {
    const grants = worker();
    await saved(grants);
    const other = await grants.save({ origin: ORIGIN, account: OTHER, terms: termsOf() });
    await grants.revokeAll(({ account }) => account === ACCOUNT);
    expect((await worker().of(ORIGIN)).grants.map(({ id }) => id)).toEqual([other.id]);
    await grants.revokeAll(({ origin }) => origin === ORIGIN);
    expect((await worker().of(ORIGIN)).grants).toEqual([]);
  });

  it('say nothing while the vault is locked, nor from memory after that', async () => {
    const grants = worker();
    await saved(grants);
    seals.locked = true;
    grants.forget();
    expect(await refusal(grants.decide(read, []))).toMatchObject({ code: 'LOCKED' });
    seals.locked = false;
    expect(await grants.decide(read, [])).toMatchObject({ verdict: 'allow' });
  });

  it('give no power when they were changed on disk, or stand under another id', async () => {
    const { id } = await saved(worker());
    const box = await get(id, disk);
    await set(OTHER, box, disk);
    await set(id, { ...(box as object), place: 'edited' }, disk);
    expect(await worker().decide(read, [])).toEqual({ verdict: 'ask', because: 'no-grant' });
  });
});

describe('the ledger on disk', () => {
  it('R32: of 100 parallel sends under a cap of ten, ten get through and the rest ask', async () => {
    const grants = worker();
    await saved(grants, { maxDay: '1000' });
    const ids = Array.from({ length: 100 }, (_, n) => `r${n}`);
    const verdicts = await Promise.all(ids.map((id) => because(grants, id)));
    expect(verdicts.filter((each) => each === 'allow')).toHaveLength(10);
    expect(verdicts.filter((each) => each === 'day-cap')).toHaveLength(90);
    expect((await grants.of(ORIGIN)).usage[0]).toMatchObject({ day: '1000', lastMinute: 10 });
  });

  it('R32: not one more gets through if two workers decide at the same time', async () => {
    await saved(worker(), { maxDay: '1000' });
    fates = new Map(Array.from({ length: 100 }, (_, n) => [`r${n}`, 'open']));
    const [one, two] = [worker(), worker()];
    const verdicts = await Promise.all(
      [...fates.keys()].map((id, n) =>
        refusal(because(n % 2 === 0 ? one : two, id).then((verdict) => Promise.reject(verdict))),
      ),
    );
    expect(verdicts.filter((each) => each === 'allow').length).toBeLessThanOrEqual(10);
    expect((await worker().of(ORIGIN)).usage[0]?.day).toBe('1000');
  });

  it('gives back what certainly came to nothing, and keeps what is not known', async () => {
    const grants = worker();
    await saved(grants, { maxDay: '100' });
    expect(await because(grants, 'a')).toBe('allow');
    expect(await because(grants, 'b')).toBe('day-cap');
    await grants.end('a', 'returned');
    expect(await because(grants, 'b')).toBe('allow');
    await grants.end('b', 'spent');
    await grants.end('b', 'returned');
    expect(await because(grants, 'c')).toBe('day-cap');
    clock.now += DAY;
    expect(await because(grants, 'c')).toBe('expired');
  });

  it.each<[Fate, string]>([
    ['missing', 'allow'],
    ['returned', 'allow'],
    ['spent', 'day-cap'],
    ['open', 'day-cap'],
  ])("learns what became of a dead worker's reservation: %s → %s", async (fate, expected) => {
    const before = worker();
    await saved(before, { maxDay: '100' });
    await before.reserve('a', asked, [facts()]);
    fates.set('a', fate);
    expect(await because(worker(), 'b')).toBe(expected);
  });

  it('keeps its own reservation that the journal does not have yet', async () => {
    const grants = worker();
    await saved(grants, { maxDay: '100' });
    expect(await because(grants, 'a')).toBe('allow');
    grants.forget();
    expect(await because(grants, 'b')).toBe('day-cap');
  });

  it('reserves nothing for a read, nor for what must ask', async () => {
    const grants = worker();
    await saved(grants, { maxOrder: '99' });
    expect(await grants.reserve('a', read, [])).toMatchObject({ verdict: 'allow' });
    expect(await because(grants, 'b')).toBe('order-cap');
    expect((await worker().of(ORIGIN)).usage[0]).toMatchObject({ day: '0', lastMinute: 0 });
  });
});
