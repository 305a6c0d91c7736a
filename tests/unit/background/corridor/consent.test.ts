import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyPrepared } from '../../../../src/messaging/requests.ts';
import { singleOf } from '../../../../src/messaging/shapes.ts';
import type { Vault } from '../../../../src/vault/vault.ts';
import { createPracticeExchange } from '../../../exchange/exchange.ts';
import { aGrant, ORIGIN } from '../../policy/grant-fixture.ts';
import { keyPair, PASSWORD, world as vaultWorld } from '../../vault/fixtures.ts';
import { createDisk, createVirtualClock, identityOf, startProcess, type World } from '../world.ts';

const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '0.1' };

/** What a person, a site, the browser and time can do, in any order; `hurry`: without waiting for what is under way. */
const event = fc.record({
  what: fc.constantFrom(
    ...(['send', 'send', 'send', 'grant', 'approve', 'unlock', 'connect'] as const),
    'send',
    'approve',
    'approve-old',
    'sign',
    'sign-approved',
    'grant',
    'revoke',
    'lock',
    'unlock',
    'unlock',
    'restart',
    'update',
    'rebind',
    'disconnect',
    'connect',
  ),
  hurry: fc.boolean(),
});
type What = (typeof event extends fc.Arbitrary<infer E> ? E : never)['what'];

/** A signature as it was made: for which client id, and what was the case at that moment. */
interface Made {
  clientId: string;
  account: string;
  bound: string | undefined;
  grants: number;
}

async function play(events: readonly { what: What; hurry: boolean }[]): Promise<number> {
  const fixture = await vaultWorld();
  const clock = createVirtualClock();
  const practice = createPracticeExchange({ seed: 3, now: clock.now });
  let vault: Vault = fixture.vault;
  await vault.create(PASSWORD);
  const accounts: string[] = [];
  for (const n of [1, 2]) {
    const { apiKey, secret } = keyPair(n);
    accounts.push((await vault.importAccount({ label: `Account ${n}`, apiKey, secret })).id);
    practice.addAccount({ apiKey, balances: { USDC: { available: '100000' } } });
  }
  const [main = '', other = ''] = accounts;
  const bound = new Map([[ORIGIN, main]]);
  const made: Made[] = [];
  let standing: string[] = [];
  const world: World = {
    ...{ clock, practice, bound, disk: await createDisk(), identity: identityOf(1) },
    vault: {
      seals: {
        seal: (...given) => clock.during(vault.seal(...given)),
        open: (...given) => clock.during(vault.open(...given)),
      },
      async identityFor(account) {
        const found = (await vault.accounts()).find(({ id }) => id === account);
        if (found === undefined) throw new Error('no such account');
        const sign = await vault.signerFor(account);
        return {
          apiKey: found.apiKey,
          sign: async (text) => {
            const signature = await clock.during(sign(text));
            const clientId = /clientId=(\d+)/.exec(text)?.[1];
            if (clientId !== undefined) {
              made.push({ clientId, account, bound: bound.get(ORIGIN), grants: standing.length });
            }
            return signature;
          },
        };
      },
    },
  };
  let process = startProcess(world);
  const old: AnyPrepared[] = [];
  const approved: string[] = [];
  const underWay: Promise<unknown>[] = [];

  let ids = 0;
  const prepared = async (): Promise<AnyPrepared> => {
    const account = bound.get(ORIGIN) ?? main;
    ids += 1;
    const params = { ...order, clientId: ids };
    const asked = { account, instruction: 'orderExecute', params };
    const one = await process.sites.prepare(ORIGIN, asked);
    old.push(one);
    return one;
  };
  const approve = async (one: AnyPrepared): Promise<void> => {
    approved.push(String(singleOf(one).clientId));
    await process.sites.sendApproved(ORIGIN, one, {});
  };
  const relock = async (): Promise<void> => {
    await vault.lock();
    process.grants.forget();
    process.log.forget();
  };
  const wake = (): void => {
    vault = fixture.restart();
    process = startProcess(world);
  };
  const {
    id: _,
    origin: __,
    account: ___,
    createdAt: ____,
    ...terms
  } = aGrant({
    maxOrder: '60',
    maxDay: '60',
    expiresAt: clock.now() + 3_600_000,
  });
  const doing: Record<What, () => Promise<unknown>> = {
    send: async () => process.sites.send(ORIGIN, await prepared()),
    approve: async () => approve(await prepared()),
    'approve-old': async () => {
      const one = old.shift();
      if (one !== undefined) await approve(one);
    },
    sign: async () => process.sites.sign(ORIGIN, [await prepared()], {}),
    'sign-approved': async () => {
      const one = await prepared();
      approved.push(String(singleOf(one).clientId));
      await process.sites.signApproved(ORIGIN, [one], { ticket: one.id });
    },
    grant: async () => {
      const { id } = await process.grants.save({ origin: ORIGIN, account: main, terms });
      standing.push(id);
    },
    revoke: async () => {
      const [id] = standing;
      if (id === undefined) return;
      await process.grants.revoke(id);
      standing = standing.slice(1);
    },
    lock: relock,
    unlock: () => vault.unlock(PASSWORD),
    restart: async () => wake(),
    update: async () => {
      await fixture.half.remove();
      wake();
    },
    rebind: async () => void bound.set(ORIGIN, other),
    disconnect: async () => void bound.delete(ORIGIN),
    connect: async () => void bound.set(ORIGIN, main),
  };
  for (const { what, hurry } of events) {
    // Most of these may fail for good reasons: locked, not connected, not that account.
    const work = doing[what]().catch(() => undefined);
    underWay.push(work);
    if (!hurry) await Promise.all(underWay);
  }
  await Promise.all(underWay);
  if ((await vault.status()) !== 'unlocked') await vault.unlock(PASSWORD);
  process = startProcess(world);

  const { entries } = await process.log.read({ limit: 1000 });
  for (const { clientId, account } of made) {
    // A decision for that very account, by a person who gave it or by a grant.
    const found = entries.filter(
      (entry) =>
        entry.account === account &&
        String(singleOf({ params: entry.params ?? {} }).clientId) === clientId &&
        entry.decision !== 'refused',
    );
    expect(found.length).toBeGreaterThan(0);
    if (found.some(({ decision }) => decision === 'approved')) expect(approved).toContain(clientId);
    else expect(found.map((entry) => [entry.decision, entry.account])).toEqual([['granted', main]]);
  }
  // What was signed to be sent has left at most once, and nothing else has left.
  const sent = practice.requests().filter(({ method }) => method === 'POST');
  expect(sent.length).toBeLessThanOrEqual(made.length);
  expect((await process.log.verify()).problem).toBeUndefined();
  return made.length;
}

describe('R16: consent', () => {
  it('no order of events yields a signature without a decision for it', async () => {
    let signatures = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 25 }), async (events) => {
        signatures += await play(events);
      }),
      { numRuns: 80 },
    );
    expect(signatures).toBeGreaterThan(25);
  });

  it.each<[string, What[], number]>([
    ['unlocking is no consent', ['lock', 'send', 'unlock'], 0],
    ['without a grant nothing is sent unasked', ['send', 'sign'], 0],
    ['with a grant it is', ['grant', 'send'], 1],
    ['but not once that is revoked', ['grant', 'revoke', 'send'], 0],
    ['nor for another account', ['grant', 'rebind', 'send'], 0],
    ['nor for a site that has left', ['grant', 'disconnect', 'send'], 0],
    [
      'what was approved goes for the account that it was shown for only',
      ['send', 'rebind', 'approve-old'],
      0,
    ],
    ['nothing goes while locked', ['grant', 'send', 'lock', 'send', 'approve', 'sign-approved'], 1],
    ['nor after an update, until somebody unlocks', ['grant', 'update', 'send', 'approve'], 0],
    ['an earlier worker does not keep what it was granted', ['grant', 'restart', 'send'], 1],
  ])('%s', async (_name, list, signatures) => {
    expect(await play(list.map((what) => ({ what, hurry: false })))).toBe(signatures);
  });
});
