import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLog, type Log } from '../../../../src/background/records/log.ts';
import { grantEntry } from '../../../../src/background/records/log-entries.ts';
import { createGrantHandlers } from '../../../../src/background/sites/grant-handlers.ts';
import { createGrants } from '../../../../src/background/sites/grants.ts';
import type { WalletEvent } from '../../../../src/messaging/contract.ts';
import { ACCOUNT, aGrant, NOW, ORIGIN, OTHER } from '../../policy/grant-fixture.ts';
import { createFakeSeals } from '../seals.ts';
import { createDisk } from '../world.ts';

let log: Log;
let handlers: ReturnType<typeof createGrantHandlers>;
let events: WalletEvent[];
const { id: _, origin: __, account: ___, createdAt: ____, ...terms } = aGrant();
const asked = { origin: ORIGIN, account: ACCOUNT, terms };
const entries = async () => (await log.read({ limit: 10 })).entries;

beforeEach(async () => {
  const seals = createFakeSeals();
  log = createLog({
    store: await createDisk(),
    seals,
    waiting: { get: async () => undefined, set: async () => undefined },
  });
  const grants = createGrants({
    store: await createDisk(),
    seals,
    now: () => NOW,
    randomId: () => crypto.randomUUID(),
    fate: async () => 'open',
    record: (what, grant) => log.append(grantEntry(what, grant, NOW)),
  });
  events = [];
  handlers = createGrantHandlers({
    grants,
    accounts: async () => [{ id: ACCOUNT }],
    announce: (event) => void events.push(event),
  });
});

describe('what a person gives and takes', () => {
  it('is told to every surface and written to the activity log with its powers', async () => {
    const { id } = await handlers['grants.save'](asked);
    await handlers['grants.revoke']({ id });
    await handlers['grants.revoke']({ id });
    expect(events).toEqual([{ name: 'sites' }, { name: 'sites' }]);
    expect(await entries()).toMatchObject([
      { number: 2, what: 'revoke', origin: ORIGIN, account: ACCOUNT, grant: id },
      { number: 1, what: 'grant', grant: id, params: { maxDay: '1000', scopes: 'read, trade' } },
    ]);
    expect(await log.verify()).toEqual({ checked: 2, total: 2 });
  });

  it.each([
    ['an origin with a path', { ...asked, origin: `${ORIGIN}/` }, 'origin'],
    ['an origin without a scheme', { ...asked, origin: 'desk.example' }, 'origin'],
    ['an origin over plain http', { ...asked, origin: 'http://desk.example' }, 'origin'],
    ['the name of a prototype', { ...asked, origin: '__proto__' }, 'origin'],
    ['an account that is not there', { ...asked, account: OTHER }, 'account'],
    ['terms that have ended', { ...asked, terms: { ...terms, expiresAt: NOW } }, 'expiresAt'],
  ])('refuses a grant for %s, and logs nothing', async (_name, request, path) => {
    const work = handlers['grants.save'](request);
    await expect(work).rejects.toMatchObject({ code: 'INVALID_INPUT', data: { path } });
    expect(await entries()).toEqual([]);
  });
});
