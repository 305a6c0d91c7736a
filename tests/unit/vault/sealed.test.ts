import { describe, expect, it, vi } from 'vitest';
import { PASSWORD, world, worldWithAccount } from './fixtures.ts';
import { leaves, replaced } from './tamper.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

describe('sealed values', () => {
  const value = { orders: ['a', 1, null, true], note: 'Grüße', nested: { deep: [] } };

  it('open again, over locks', async () => {
    const { vault } = await worldWithAccount();
    const sealed = await vault.seal('journal', '7', value);
    await vault.lock();
    await vault.unlock(PASSWORD);
    expect(await vault.open('journal', '7', JSON.parse(JSON.stringify(sealed)))).toEqual(value);
    for (const other of [null, false, 0, '']) {
      expect(await vault.open('x', '1', await vault.seal('x', '1', other))).toBe(other);
    }
  });

  it('hold a large value', async () => {
    const { vault } = await worldWithAccount();
    const large = Array.from({ length: 20_000 }, (_, i) => `entry ${i}`);
    expect(await vault.open('log', '1', await vault.seal('log', '1', large))).toEqual(large);
  });

  it.each([
    ['another purpose', ['log', '7']],
    ['another record', ['journal', '8']],
    ['parts moved between purpose and record', ['journa', 'l7']],
    ['an empty purpose', ['', '7']],
  ])('do not open for %s', async (_name, [purpose = '', id = '']) => {
    const { vault } = await worldWithAccount();
    const sealed = await vault.seal('journal', '7', value);
    await expect(vault.open(purpose, id, sealed)).rejects.toThrow('VAULT_DAMAGED');
  });

  it('do not open in another vault', async () => {
    const { vault } = await worldWithAccount();
    const other = await world();
    await other.vault.create(PASSWORD);
    const sealed = await vault.seal('journal', '7', value);
    await expect(other.vault.open('journal', '7', sealed)).rejects.toThrow('VAULT_DAMAGED');
  });

  it('do not open with any character changed, or as anything else', async () => {
    const { vault } = await worldWithAccount();
    const sealed = await vault.seal('journal', '7', 'v');
    for (const { path, value: leaf } of leaves(sealed)) {
      for (let i = 0; i < String(leaf).length; i += 1) {
        const text = String(leaf);
        const changed = text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1);
        const opening = vault.open('journal', '7', replaced(sealed, path, changed));
        await expect(opening, `${path} ${i}`).rejects.toThrow('VAULT_DAMAGED');
      }
    }
    for (const foreign of [undefined, null, 'text', {}, [], { ...sealed, extra: 1 }]) {
      await expect(vault.open('journal', '7', foreign)).rejects.toThrow('VAULT_DAMAGED');
    }
  });

  it('are refused if they are no JSON, and while locked', async () => {
    const { vault } = await worldWithAccount();
    await expect(vault.seal('x', '1', undefined)).rejects.toThrow(TypeError);
    const sealed = await vault.seal('x', '1', 1);
    await vault.lock();
    await expect(vault.seal('x', '1', 1)).rejects.toThrow('LOCKED');
    await expect(vault.open('x', '1', sealed)).rejects.toThrow('LOCKED');
  });
});
