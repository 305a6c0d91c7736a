import { clear } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../../../src/core/bytes.ts';
import { halvesOf, PASSWORD, worldWithAccount } from './fixtures.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a woken worker', () => {
  it('goes on where the last one stopped', async () => {
    const { vault, restart, account } = await worldWithAccount();
    const sealed = await vault.seal('journal', '1', { a: 1 });
    const woken = restart();
    expect(woken.deadline()).toBeUndefined();
    expect(await woken.status()).toBe('unlocked');
    expect(woken.deadline()).toBe(vault.deadline());
    expect(await woken.accounts()).toEqual([account]);
    expect(await (await woken.signerFor(account.id))('text')).toHaveLength(88);
    expect(await woken.open('journal', '1', sealed)).toEqual({ a: 1 });
  });

  it('answers correctly whatever is asked first, and all at once', async () => {
    const { restart, account } = await worldWithAccount();
    const woken = restart();
    const [accounts, status, signer, id] = await Promise.all([
      woken.accounts(),
      woken.status(),
      woken.signerFor(account.id),
      woken.vaultId(),
    ]);
    expect(accounts).toEqual([account]);
    expect(status).toBe('unlocked');
    expect(await signer('text')).toHaveLength(88);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const other = restart();
    await other.extend(5 * MINUTE);
    expect(other.deadline()).toBe(1_750_000_000_000 + 5 * MINUTE);
  });

  it.each(['inMemory', 'onDisk'] as const)('purges a half that is alone (%s)', async (which) => {
    const made = await worldWithAccount();
    if (which === 'inMemory') await clear(made.sessions);
    else made.half.value = undefined;
    const woken = made.restart();
    expect(await woken.status()).toBe('locked');
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    await expect(woken.accounts()).rejects.toThrow('LOCKED');
    await woken.unlock(PASSWORD);
    expect(await woken.status()).toBe('unlocked');
  });

  it.each([
    ['another key', { key: toBase64(new Uint8Array(32)) }],
    ['another vault', { vaultId: '5a3f1a4e-6f0e-4b63-9d2c-0a4b2b8f3c11' }],
    ['no deadline', { deadline: undefined }],
    ['a deadline that is no number', { deadline: 'never' }],
    ['something unknown in it', { extra: 1 }],
    ['a deadline past the 12 hours', { unlockedAt: 1_750_000_000_000 - 12 * HOUR, deadline: 9e15 }],
  ])('purges halves with %s', async (_name, edit) => {
    const made = await worldWithAccount();
    Object.assign(made.half.value ?? {}, edit);
    const woken = made.restart();
    expect(await woken.status()).toBe('locked');
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
  });

  it('purges the session of a vault that was edited, and calls it damaged at unlock', async () => {
    const made = await worldWithAccount();
    const { withChecksum } = await import('./tamper.ts');
    await made.put(withChecksum({ ...(await made.record()), revision: 40 }));
    const woken = made.restart();
    expect(await woken.status()).toBe('locked');
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
    await expect(woken.unlock(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
  });

  it('tries again when storage failed for a moment', async () => {
    const { restart, half } = await worldWithAccount();
    const { get } = half;
    const woken = restart();
    half.get = () => Promise.reject(new Error('busy'));
    await expect(woken.status()).rejects.toThrow('STORAGE');
    half.get = get;
    expect(await woken.status()).toBe('unlocked');
  });
});

describe('the deadline', () => {
  const uses = async () => {
    const made = await worldWithAccount();
    const sign = await made.vault.signerFor(made.account.id);
    const sealed = await made.vault.seal('x', '1', 1);
    const { vault, account } = made;
    return {
      made,
      all: [
        () => sign('text'),
        () => vault.signerFor(account.id),
        () => vault.accounts(),
        () => vault.seal('x', '1', 1),
        () => vault.open('x', '1', sealed),
        () => vault.renameAccount(account.id, 'x'),
      ],
    };
  };

  it.each([0, 1, 2, 3, 4, 5])('is checked at each use (%i)', async (which) => {
    const { made, all } = await uses();
    await made.vault.extend(MINUTE);
    made.clock.now += MINUTE - 1;
    await all[which]?.();
    made.clock.now += 1;
    await expect(all[which]?.()).rejects.toThrow('LOCKED');
    expect(made.lockings).toHaveLength(1);
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
  });

  it('moves with input, is kept for the next worker, and not past 12 hours', async () => {
    const { vault, clock, restart } = await worldWithAccount();
    const start = clock.now;
    for (let hour = 0; hour < 11; hour += 1) {
      await vault.extend(70 * MINUTE);
      clock.now += HOUR;
      expect(await vault.status()).toBe('unlocked');
    }
    await vault.extend(Number.POSITIVE_INFINITY);
    expect(vault.deadline()).toBe(start + 12 * HOUR);
    clock.now = start + 12 * HOUR - 1;
    expect(await restart().status()).toBe('unlocked');
    clock.now += 1;
    expect(await vault.status()).toBe('locked');
    expect(vault.deadline()).toBeUndefined();
  });

  it('can be brought nearer, and is no deadline for a locked vault', async () => {
    const { vault, clock, half } = await worldWithAccount();
    await vault.extend(HOUR);
    await vault.extend(1.5);
    expect(vault.deadline()).toBe(clock.now + 1);
    await vault.lock();
    await vault.extend(HOUR);
    expect(vault.deadline()).toBeUndefined();
    expect(half.value).toBeUndefined();
  });

  it.each([0, -1, Number.NaN])('refuses to move by %d', async (idleMs) => {
    const { vault } = await worldWithAccount();
    const before = vault.deadline();
    await expect(vault.extend(idleMs)).rejects.toThrow(RangeError);
    expect(vault.deadline()).toBe(before);
  });

  it('is short if nobody moves it', async () => {
    const { vault, clock, restart } = await worldWithAccount();
    clock.now += 15 * MINUTE;
    expect(vault.deadline()).toBeUndefined();
    expect(await restart().status()).toBe('locked');
  });

  it('ends with the half in memory, as when the extension is updated', async () => {
    const made = await worldWithAccount();
    made.half.value = undefined;
    await made.vault.extend(HOUR);
    expect(await made.vault.status()).toBe('locked');
    expect(made.lockings).toHaveLength(1);
  });
});

describe('a clock set back', () => {
  it('by a minute is borne, by more it locks', async () => {
    const { vault, clock } = await worldWithAccount();
    clock.now += 5 * MINUTE;
    expect(await vault.status()).toBe('unlocked');
    clock.now -= MINUTE;
    expect(await vault.status()).toBe('unlocked');
    clock.now -= 1;
    expect(await vault.status()).toBe('locked');
  });

  it('is seen by a signer and by the next worker too', async () => {
    const { vault, clock, account, restart } = await worldWithAccount();
    clock.now += 5 * MINUTE;
    expect(await vault.status()).toBe('unlocked');
    const sign = await vault.signerFor(account.id);
    clock.now -= 2 * MINUTE;
    expect(await restart().status()).toBe('locked');
    await expect(sign('text')).rejects.toThrow('LOCKED');
  });
});
