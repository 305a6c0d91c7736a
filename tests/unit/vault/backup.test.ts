import { describe, expect, it, vi } from 'vitest';
import { writeBackup } from '../../../src/vault/backup.ts';
import type { VaultBody } from '../../../src/vault/envelope.ts';
import { halvesOf, keyPair, PASSWORD, world, worldWithAccount } from './fixtures.ts';
import { leaves, replaced, rewritten, withChecksum } from './tamper.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

const OTHER = 'another password';

/** A backup of one vault, and another vault that it could replace. */
async function backupAndOther() {
  const { vault, account } = await worldWithAccount();
  const { text } = await vault.backup();
  const other = await world();
  await other.vault.create(OTHER);
  const kept = await other.vault.importAccount({ label: 'Kept', ...keyPair(2) });
  return { text, account, other, kept };
}

describe('a backup', () => {
  it('is a file that names itself and holds nothing in the clear', async () => {
    const { vault, account } = await worldWithAccount();
    const { filename, text } = await vault.backup();
    expect(filename).toBe('buckle-backup-2025-06-15.json');
    expect(JSON.parse(text)).toMatchObject({ format: 'buckle-backup', version: 1 });
    for (const secret of [PASSWORD, keyPair(1).secret, account.apiKey, account.label]) {
      expect(text).not.toContain(secret);
    }
  });

  it('brings everything back into an empty browser', async () => {
    const { vault, account } = await worldWithAccount();
    const sealed = await vault.seal('book', '1', 'address');
    const { text } = await vault.backup();
    const fresh = await world();
    await fresh.vault.restore(text, PASSWORD);
    expect(await fresh.vault.status()).toBe('unlocked');
    expect(await fresh.vault.accounts()).toEqual([account]);
    expect(await (await fresh.vault.signerFor(account.id))('text')).toHaveLength(88);
    expect(await fresh.vault.open('book', '1', sealed)).toBe('address');
    expect(await fresh.restart().status()).toBe('unlocked');
    await fresh.vault.lock();
    await fresh.vault.unlock(PASSWORD);
  });

  it('replaces a vault that is there, ends its session and counts on from its revision', async () => {
    const { text, account, other, kept } = await backupAndOther();
    const sign = await other.vault.signerFor(kept.id);
    for (let n = 0; n < 5; n += 1) await other.vault.renameAccount(kept.id, `Name ${n}`);
    const { revision } = await other.record();
    await other.vault.restore(text, PASSWORD);
    expect(await other.vault.accounts()).toEqual([account]);
    expect((await other.record()).revision).toBe(revision + 1);
    expect(other.lockings).toHaveLength(1);
    await expect(sign('text')).rejects.toThrow('LOCKED');
  });

  it('replaces a damaged vault', async () => {
    const { text, account, other } = await backupAndOther();
    await other.vault.lock();
    await other.put({ format: 'buckle-vault' });
    expect(await other.vault.status()).toBe('damaged');
    await other.vault.restore(text, PASSWORD);
    expect(await other.vault.accounts()).toEqual([account]);
  });

  it('opens with the password it was made with', async () => {
    const { vault } = await worldWithAccount();
    const { text } = await vault.backup();
    await vault.changePassword(PASSWORD, OTHER);
    await expect(vault.restore(text, OTHER)).rejects.toThrow('WRONG_PASSWORD');
    await vault.restore(text, PASSWORD);
    expect(await vault.status()).toBe('unlocked');
  });

  it('is not made of nothing, nor of an edited record', async () => {
    const fresh = await world();
    await expect(fresh.vault.backup()).rejects.toThrow('EMPTY');
    const { vault, put, record } = await worldWithAccount();
    await put(withChecksum({ ...(await record()), revision: 9 }));
    await expect(vault.backup()).rejects.toThrow('VAULT_DAMAGED');
  });
});

const edited = (text: string, edit: (file: { vault: object }) => object) =>
  JSON.stringify(withChecksum(edit(JSON.parse(text))));

describe('restoring changes nothing', () => {
  it.each<[string, (text: string) => string, string]>([
    ['an empty file', () => '', 'backup-format'],
    ['some text', () => 'hello', 'backup-format'],
    ['a file of another program', () => '{"version":3,"crypto":{}}', 'backup-format'],
    ['a list', () => '[]', 'backup-format'],
    ['the bare record', (text) => JSON.stringify(JSON.parse(text).vault), 'backup-format'],
    ['a file beyond all measure', (text) => text + ' '.repeat(4_000_000), 'backup-format'],
    ['a newer file', (text) => edited(text, (f) => ({ ...f, version: 2 })), 'backup-version'],
    [
      'a newer vault',
      (text) => edited(text, (f) => ({ ...f, vault: withChecksum({ ...f.vault, version: 2 }) })),
      'backup-version',
    ],
    ['a file cut off', (text) => text.slice(0, -40), 'backup-damaged'],
    ['an old version', (text) => edited(text, (f) => ({ ...f, version: 0 })), 'backup-damaged'],
    ['a file with more in it', (text) => edited(text, (f) => ({ ...f, a: 1 })), 'backup-damaged'],
    [
      'an edited record',
      (text) => edited(text, (f) => ({ ...f, vault: withChecksum({ ...f.vault, revision: 7 }) })),
      'backup-damaged',
    ],
    [
      'a key left out',
      (text) => edited(text, (f) => ({ ...f, vault: withChecksum({ ...f.vault, keys: [] }) })),
      'backup-damaged',
    ],
    [
      'a weakened KDF',
      (text) =>
        edited(text, (f) => ({
          ...f,
          vault: withChecksum(Object(replaced(f.vault, ['keyslots', 0, 'kdf', 'memoryKiB'], 8))),
        })),
      'backup-damaged',
    ],
  ])('for %s', async (_name, make, reason) => {
    const { text, other, kept } = await backupAndOther();
    const before = { record: await other.record(), halves: await halvesOf(other) };
    await expect(other.vault.restore(make(text), PASSWORD)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { path: 'backup', reason },
    });
    expect({ record: await other.record(), halves: await halvesOf(other) }).toEqual(before);
    expect(await other.vault.accounts()).toEqual([kept]);
  });

  it('for the wrong password', async () => {
    const { text, other, kept } = await backupAndOther();
    const before = await other.record();
    await expect(other.vault.restore(text, OTHER)).rejects.toThrow('WRONG_PASSWORD');
    expect(await other.record()).toEqual(before);
    expect(await other.vault.accounts()).toEqual([kept]);
  });

  it.each<[string, (body: VaultBody) => Partial<VaultBody>]>([
    ['a key that is another one', ({ keys }) => ({ keys: swapped(keys) })],
    ['a key too few', ({ keys }) => ({ keys: keys.slice(1) })],
    ['a key twice', ({ keys }) => ({ keys: [...keys, ...keys.slice(1)] })],
  ])('for %s, even in an authentic record', async (_name, edit) => {
    const made = await worldWithAccount();
    await made.vault.importAccount({ label: 'Second', ...keyPair(3) });
    const record = await rewritten(await made.record(), PASSWORD, edit);
    const { text } = await writeBackup(record, 0);
    const other = await world();
    await expect(other.vault.restore(text, PASSWORD)).rejects.toMatchObject({
      data: { path: 'backup', reason: 'backup-damaged' },
    });
    expect(await other.vault.status()).toBe('empty');
  });

  it('for a file with any byte of it changed', async () => {
    const { text, other, kept } = await backupAndOther();
    const before = await other.record();
    const file: unknown = JSON.parse(text);
    for (const { path, value } of leaves(file)) {
      const changed = typeof value === 'number' ? value + 1 : flipped(value, value.length >> 1);
      const damaged = JSON.stringify(replaced(file, path, changed));
      await expect(other.vault.restore(damaged, PASSWORD), path.join('.')).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
    expect(await other.record()).toEqual(before);
    expect(await other.vault.accounts()).toEqual([kept]);
  });
});

const swapped = ([a, b]: VaultBody['keys']) =>
  a && b
    ? [
        { ...b, id: a.id },
        { ...a, id: b.id },
      ]
    : [];

const flipped = (text: string, i: number) =>
  text.slice(0, i) + (text[i] === 'a' ? 'b' : 'a') + text.slice(i + 1);
