import { set } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { halvesOf, PASSWORD, world, worldWithAccount } from './fixtures.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

describe('R24: after a lock', () => {
  it('no signer works, whenever it was handed out', async () => {
    const { vault, account } = await worldWithAccount();
    const sign = await vault.signerFor(account.id);
    const signing = sign('begun before');
    const locked = vault.lock();
    await expect(signing).rejects.toThrow('LOCKED');
    await expect(sign('text')).rejects.toThrow('LOCKED');
    await locked;
    await vault.unlock(PASSWORD);
    await expect(sign('text')).rejects.toThrow('LOCKED');
    expect(await (await vault.signerFor(account.id))('text')).toHaveLength(88);
  });

  it('keys are gone before the call returns, and both halves when it resolves', async () => {
    const made = await worldWithAccount();
    const locked = made.vault.lock();
    expect(made.vault.deadline()).toBeUndefined();
    expect(made.lockings).toHaveLength(1);
    await expect(made.vault.accounts()).rejects.toThrow('LOCKED');
    await locked;
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    expect(await made.restart().status()).toBe('locked');
  });

  it('an unlock, a creation or a restore that was under way does not end unlocked', async () => {
    const made = await worldWithAccount();
    const { vault } = made;
    const { text } = await vault.backup();
    await vault.lock();
    for (const way of [() => vault.unlock(PASSWORD), () => vault.restore(text, PASSWORD)]) {
      const entering = way();
      await vault.lock();
      await expect(entering).rejects.toThrow('LOCKED');
      expect(await vault.status()).toBe('locked');
      expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    }
    const fresh = await world();
    const creating = fresh.vault.create(PASSWORD);
    await fresh.vault.lock();
    await expect(creating).rejects.toThrow('LOCKED');
    expect(await halvesOf(fresh)).toEqual({ inMemory: undefined, onDisk: undefined });
    expect(await fresh.vault.status()).toBe('locked');
  });

  it('a lock at any moment of an unlock wins', async () => {
    const made = await worldWithAccount();
    for (let turns = 0; turns < 60; turns += 3) {
      await made.vault.lock();
      const unlocking = made.vault.unlock(PASSWORD).then(
        () => 'unlocked',
        () => 'refused',
      );
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      await made.vault.lock();
      await unlocking;
      expect(await made.vault.status()).toBe('locked');
      expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    }
  });

  it('a change that was under way is not written', async () => {
    const { vault, account, record } = await worldWithAccount();
    const before = await record();
    const renaming = vault.renameAccount(account.id, 'New');
    await new Promise(setImmediate);
    await vault.lock();
    await expect(renaming).rejects.toThrow('LOCKED');
    expect(await record()).toEqual(before);
  });

  it('listeners are told once, also by a worker that had not looked yet', async () => {
    const made = await worldWithAccount();
    await made.restart().lock();
    expect(made.lockings).toHaveLength(1);
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    await made.vault.lock();
    await made.vault.lock();
    expect(made.lockings).toHaveLength(2);
  });

  it('this worker does not resume, even if the halves could not be deleted', async () => {
    const made = await worldWithAccount();
    const { onDisk } = await halvesOf(made);
    made.half.remove = () => Promise.reject(new Error('blocked'));
    for (const vault of [made.vault, made.restart()]) {
      await expect(vault.lock()).rejects.toThrow('STORAGE');
      await set('current', onDisk, made.sessions);
      expect(made.half.value).toBeDefined();
      expect(await vault.status()).toBe('locked');
    }
  });
});

describe('erasing', () => {
  it('leaves nothing, and a first run after it', async () => {
    const made = await worldWithAccount();
    const sign = await made.vault.signerFor(made.account.id);
    await set('later', 'another record', made.records);
    await made.vault.erase();
    expect(await made.vault.status()).toBe('empty');
    expect(await made.vault.vaultId()).toBeUndefined();
    await expect(sign('text')).rejects.toThrow('LOCKED');
    expect(made.lockings).toHaveLength(1);
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    await made.vault.create('another password');
    expect(await made.vault.accounts()).toEqual([]);
  });
});
