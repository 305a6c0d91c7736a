import { afterAll, describe, expect, it, vi } from 'vitest';
import { toHex, utf8 } from '../../../src/core/bytes.ts';
import { DEFAULT_KDF, stretch } from '../../../src/vault/kdf.ts';
import { CHEAP_KDF, keyPair, PASSWORD, world, worldWithAccount } from './fixtures.ts';

// Argon2id itself is the subject.
vi.unmock('hash-wasm');
vi.hoisted(() => void vi.resetModules());
afterAll(() => void vi.resetModules());

describe('making a vault', () => {
  it('is empty, then unlocked, then locked', async () => {
    const { vault } = await world();
    expect(await vault.status()).toBe('empty');
    await vault.create(PASSWORD);
    expect(await vault.status()).toBe('unlocked');
    await vault.lock();
    expect(await vault.status()).toBe('locked');
  });

  it.each(['', 'seven77', 'ﬀ23456'])('refuses the password %j as too short', async (password) => {
    const { vault } = await world();
    await expect(vault.create(password)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { path: 'password', reason: 'password-short' },
    });
    expect(await vault.status()).toBe('empty');
  });

  it('refuses a second vault and leaves the first as it is', async () => {
    const { vault, record } = await worldWithAccount();
    const before = await record();
    await expect(vault.create('another password')).rejects.toMatchObject({
      data: { path: 'vault', reason: 'conflict' },
    });
    expect(await record()).toEqual(before);
  });

  it('lets one of two makers win', async () => {
    const { vault, restart } = await world();
    const made = await Promise.allSettled([
      vault.create(PASSWORD),
      restart().create('other password'),
    ]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('never takes something unreadable for a first run', async () => {
    const { vault, put } = await world();
    await put({ something: 'else' });
    expect(await vault.status()).toBe('damaged');
    await expect(vault.create(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
    await expect(vault.unlock(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
    expect(await vault.vaultId()).toBeUndefined();
  });
});

describe('unlocking', () => {
  it('needs the password and a vault', async () => {
    const { vault, half } = await world();
    await expect(vault.unlock(PASSWORD)).rejects.toThrow('EMPTY');
    await vault.create(PASSWORD);
    await vault.lock();
    for (const wrong of ['', 'correct horse', `${PASSWORD} `, PASSWORD.toUpperCase()]) {
      await expect(vault.unlock(wrong)).rejects.toThrow('WRONG_PASSWORD');
    }
    expect(half.value).toBeUndefined();
    expect(await vault.status()).toBe('locked');
    await vault.unlock(PASSWORD);
    expect(await vault.status()).toBe('unlocked');
  });

  it('takes one password in two Unicode spellings', async () => {
    const { vault } = await world();
    await vault.create('Zürich-Å-ﬁx');
    await vault.lock();
    await vault.unlock('Zu\u0308rich-A\u030a-fix');
    expect(await vault.status()).toBe('unlocked');
  });

  it('leaves a living session as it is, but only for the right password', async () => {
    const { vault, account } = await worldWithAccount();
    const sign = await vault.signerFor(account.id);
    await expect(vault.unlock('wrong password')).rejects.toThrow('WRONG_PASSWORD');
    await vault.unlock(PASSWORD);
    expect(await sign('text')).toHaveLength(88);
  });

  it('raises the cost of the KDF when the default has risen', async () => {
    const { vault, account, restart, record } = await worldWithAccount();
    await vault.lock();
    const old = (await record()).keyslots[0];
    const kdf = { ...CHEAP_KDF, parameters: { memoryKiB: 128, iterations: 2, parallelism: 1 } };
    const later = restart(kdf);
    await later.unlock(PASSWORD);
    const raised = await record();
    expect(raised.keyslots[0]).toMatchObject({ kdf: { memoryKiB: 128, iterations: 2 } });
    expect(raised.keyslots[0]?.iv).not.toBe(old?.iv);
    expect(raised.revision).toBe(3);
    expect(await later.accounts()).toEqual([account]);
    await later.lock();
    await later.unlock(PASSWORD);
    expect((await record()).revision).toBe(3);
  });

  it('refuses a KDF under the floor, however it came there', async () => {
    const { vault, restart } = await worldWithAccount();
    await vault.lock();
    const strict = restart(DEFAULT_KDF);
    expect(await strict.status()).toBe('damaged');
    await expect(strict.unlock(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
  });

  it('works at the full cost of the KDF', async () => {
    const { vault, record } = await world(DEFAULT_KDF);
    await vault.create(PASSWORD);
    expect((await record()).keyslots[0]).toMatchObject({
      kdf: { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 1 },
    });
    await vault.lock();
    await expect(vault.unlock('wrong password')).rejects.toThrow('WRONG_PASSWORD');
    await vault.unlock(PASSWORD);
    expect(await vault.status()).toBe('unlocked');
  });

  it('stretches as Argon2id does elsewhere', async () => {
    // From OpenSSL's Argon2id, by pyca/cryptography.
    const key = await stretch('password', utf8('somesalt12345678'), {
      memoryKiB: 256,
      iterations: 2,
      parallelism: 1,
    });
    expect(toHex(key)).toBe('8110e1165eb0e1114ee37d5ff017573ba0084b8366b4108db44749954b8d9871');
  });
});

describe('the password', () => {
  it('is verified without touching the session', async () => {
    const { vault, half } = await worldWithAccount();
    const before = structuredClone(half.value);
    await vault.verifyPassword(PASSWORD);
    await expect(vault.verifyPassword('wrong password')).rejects.toThrow('WRONG_PASSWORD');
    expect(half.value).toEqual(before);
    await vault.lock();
    await vault.verifyPassword(PASSWORD);
    expect(await vault.status()).toBe('locked');
    await vault.erase();
    await expect(vault.verifyPassword(PASSWORD)).rejects.toThrow('EMPTY');
  });

  it('changes by rewriting its slot and nothing else', async () => {
    const { vault, account, record } = await worldWithAccount();
    const before = await record();
    await vault.changePassword(PASSWORD, 'a new password');
    const after = await record();
    expect(after).toMatchObject({ directory: before.directory, keys: before.keys });
    expect(after.revision).toBe(before.revision + 1);
    expect(after.keyslots).toHaveLength(1);
    for (const field of ['id', 'iv', 'wrapped'] as const) {
      expect(after.keyslots[0]?.[field]).not.toBe(before.keyslots[0]?.[field]);
    }
    await vault.lock();
    await expect(vault.unlock(PASSWORD)).rejects.toThrow('WRONG_PASSWORD');
    await vault.unlock('a new password');
    expect(await vault.accounts()).toEqual([account]);
    expect(await (await vault.signerFor(account.id))('text')).toHaveLength(88);
  });

  it('changes only for the current one, to one that is long enough, while unlocked', async () => {
    const { vault, record } = await worldWithAccount();
    const before = await record();
    await expect(vault.changePassword('wrong password', 'a new password')).rejects.toThrow(
      'WRONG_PASSWORD',
    );
    await expect(vault.changePassword(PASSWORD, 'short')).rejects.toMatchObject({
      data: { reason: 'password-short' },
    });
    await vault.lock();
    await expect(vault.changePassword(PASSWORD, 'a new password')).rejects.toThrow('LOCKED');
    expect(await record()).toEqual(before);
  });

  it('leaves slots of other kinds in place, and their parameters authenticated', async () => {
    const { vault, put, record, restart } = await worldWithAccount();
    const { withExtraSlot } = await import('./tamper.ts');
    await put(await withExtraSlot(await record(), PASSWORD));
    await vault.lock();
    const later = restart();
    await later.unlock(PASSWORD);
    await later.changePassword(PASSWORD, 'a new password');
    await later.importAccount({ label: 'Second', ...keyPair(2) });
    const kinds = (await record()).keyslots.map((slot) => slot.kind);
    expect(kinds).toEqual(['password', 'recovery']);
    expect((await record()).keyslots[1]).toMatchObject({ salt: 'kept as it is', rounds: 7 });
  });
});
