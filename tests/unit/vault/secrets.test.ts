import { entries } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { halvesOf, keyPair, PASSWORD, type World, worldWithAccount } from './fixtures.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

/** Everything in a value, with its own class, whether or not JSON would show it. */
function* parts(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Reflect.ownKeys(value)) yield* parts(Reflect.get(value, key));
}

async function everythingDone(): Promise<World> {
  const made = await worldWithAccount();
  const { vault, account } = made;
  await vault.generateAccount({ label: 'Generated' });
  await (await vault.signerFor(account.id))('text');
  await vault.extend(60_000);
  await vault.activateAccount(account.id);
  await vault.changePassword(PASSWORD, `${PASSWORD} 2`);
  await vault.changePassword(`${PASSWORD} 2`, PASSWORD);
  await vault.lock();
  await vault.unlock(PASSWORD);
  const { text } = await vault.backup();
  await vault.restore(text, PASSWORD);
  await made.restart().status();
  await vault.extend(60_000);
  return made;
}

describe('R1: what is stored', () => {
  it('is plain data, never a CryptoKey, never raw bytes', async () => {
    const { written, records, sessions } = await everythingDone();
    const stored = [...(await entries(records)), ...(await entries(sessions))];
    expect(written.length).toBeGreaterThan(10);
    for (const part of [...parts(written), ...parts(stored)]) {
      if (typeof part !== 'object' || part === null) {
        expect(['string', 'number', 'undefined']).toContain(typeof part);
        continue;
      }
      expect(part).not.toBeInstanceOf(CryptoKey);
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(part));
    }
  });

  it('holds the seed, the password and the names in no form', async () => {
    const { written } = await everythingDone();
    const { seed, secret, apiKey } = keyPair(1);
    const hex = Buffer.from(seed).toString('hex');
    const texts = [PASSWORD, secret, secret.slice(0, 20), hex, apiKey, 'Main', 'Generated'];
    const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
    needles.push(Buffer.from(seed), Buffer.from(seed.subarray(0, 16)));
    const haystacks = [...parts(written)]
      .filter((part) => typeof part === 'string')
      .flatMap((text) => [Buffer.from(text), Buffer.from(text, 'base64')]);
    // The search finds what is there.
    expect(haystacks.some((hay) => hay.includes('buckle-vault'))).toBe(true);
    for (const needle of needles) expect(haystacks.some((hay) => hay.includes(needle))).toBe(false);
  });
});

describe('R19: the session', () => {
  it('keeps neither the password nor a data key in either half', async () => {
    const made = await everythingDone();
    const { inMemory, onDisk } = await halvesOf(made);
    expect(Object.keys(inMemory ?? {}).sort()).toEqual([
      'deadline',
      'key',
      'seenAt',
      'unlockedAt',
      'vaultId',
    ]);
    expect(Object.keys(onDisk ?? {}).sort()).toEqual(['data', 'iv', 'vaultId']);
    expect(JSON.stringify([inMemory, onDisk])).not.toContain(PASSWORD);
  });

  it('has a new key each time', async () => {
    const made = await worldWithAccount();
    const first = await halvesOf(made);
    await made.vault.lock();
    await made.vault.unlock(PASSWORD);
    const second = await halvesOf(made);
    expect(second.inMemory).not.toHaveProperty('key', Object(first.inMemory).key);
    expect(second.onDisk).not.toHaveProperty('iv', Object(first.onDisk).iv);
  });
});

describe('R2: errors', () => {
  it('name the code and nothing else', async () => {
    const { vault, half, written } = await worldWithAccount();
    const { secret, apiKey } = keyPair(5);
    const marked = 'marked-password';
    const failing = [
      () => vault.importAccount({ label: 'x', apiKey, secret: `${secret}!` }),
      () => vault.importAccount({ label: 'x', apiKey: keyPair(6).apiKey, secret }),
      () => vault.unlock(marked),
      () => vault.verifyPassword(marked),
      () => vault.changePassword(marked, marked),
      () => vault.restore(`{"format":"buckle-backup","secret":"${secret}"}`, marked),
      () => vault.create(marked),
    ];
    const before = written.length;
    for (const fail of failing) {
      const error = await fail().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      const shown = [error, (error as Error).cause].map((one) =>
        one instanceof Error ? `${one.message} ${one.stack} ${JSON.stringify(one)}` : String(one),
      );
      for (const text of shown) {
        expect(text).not.toContain(secret.slice(0, 16));
        expect(text).not.toContain(marked);
      }
    }
    expect(written).toHaveLength(before);
    half.set = () => Promise.reject(new Error('full'));
    await vault.lock();
    await expect(vault.unlock(PASSWORD)).rejects.toMatchObject({
      code: 'STORAGE',
      data: undefined,
    });
    expect(await vault.status()).toBe('locked');
  });
});
