import { describe, expect, it, vi } from 'vitest';
import { decodeRecord } from '../../../src/vault/envelope.ts';
import { vaultDamaged } from '../../../src/vault/keeper.ts';
import { withOpened } from '../../../src/vault/opening.ts';
import { CHEAP_KDF, keyPair, PASSWORD, type World, world, worldWithAccount } from './fixtures.ts';
import { leaves, type Path, replaced, withChecksum } from './tamper.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

/** Every value that is one bit away in some byte of its text, or a neighbour of a number. */
function neighbours(leaf: string | number): (string | number)[] {
  if (typeof leaf === 'number') return [leaf + 1, leaf - 1, -leaf, leaf * 2, leaf + 0.5];
  return Array.from(leaf, (character, i) => {
    const flipped = String.fromCharCode(character.charCodeAt(0) ^ (1 << (i % 7)));
    return leaf.slice(0, i) + flipped + leaf.slice(i + 1);
  });
}

/** Base64 whose decoded bytes differ in one bit each, so that a schema alone cannot notice. */
function byteFlips(leaf: string | number): string[] {
  if (typeof leaf === 'number' || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(leaf)) return [];
  const bytes = Buffer.from(leaf, 'base64');
  return Array.from(bytes, (_, i) => {
    const copy = Buffer.from(bytes);
    copy[i] = (copy[i] ?? 0) ^ (1 << (i % 8));
    return copy.toString('base64');
  });
}

async function refusalOf({ restart, put, half, lockings }: World, record: unknown, name: string) {
  await put(record);
  const vault = restart();
  const outcome = await vault.unlock(PASSWORD).then(
    () => 'unlocked',
    (error: unknown) => (error instanceof Error ? error.message : 'odd'),
  );
  expect(['WRONG_PASSWORD', 'VAULT_DAMAGED'], name).toContain(outcome);
  expect(await vault.status(), name).not.toBe('unlocked');
  expect(half.value, name).toBeUndefined();
  expect(lockings.length).toBe(1);
  return outcome;
}

/** How a record of these bytes opens with the right password. */
async function openingOf(stored: object): Promise<string> {
  const record = await decodeRecord(stored, CHEAP_KDF.floor);
  if (record === undefined) return 'VAULT_DAMAGED';
  const opening = withOpened(record, PASSWORD, vaultDamaged, async () => 'opened');
  return opening.catch((error: unknown) => (error instanceof Error ? error.message : 'odd'));
}

async function lockedWorld(): Promise<World> {
  const made = await worldWithAccount();
  await made.vault.importAccount({ label: 'Second', ...keyPair(2) });
  await made.vault.lock();
  return made;
}

describe('R17: an edited record', () => {
  it('does not open, whatever character of it is changed, and is called damaged', async () => {
    const made = await lockedWorld();
    const whole = await made.record();
    for (const { path, value } of leaves(whole)) {
      for (const changed of [...neighbours(value), ...byteFlips(value)]) {
        const record = replaced(whole, path, changed);
        await made.put(record);
        expect(await made.restart().status(), `${path}: ${changed}`).toBe('damaged');
      }
    }
    await made.put(whole);
    await made.restart().unlock(PASSWORD);
  });

  it('does not open with a recomputed checksum either', async () => {
    const made = await lockedWorld();
    const whole = await made.record();
    const outcomes = new Set<string>();
    for (const { path, value } of leaves(whole)) {
      if (path[0] === 'checksum') continue;
      const flips = byteFlips(value);
      const changes = flips.length > 0 ? flips : neighbours(value);
      const edited = changes.map((changed) => withChecksum(Object(replaced(whole, path, changed))));
      // Each change of a field on the vault's own parts, and one of each through its door.
      for (const record of edited) outcomes.add(await openingOf(record));
      outcomes.add(await refusalOf(made, edited[edited.length >> 1], `${path}`));
    }
    expect([...outcomes].sort()).toEqual(['VAULT_DAMAGED', 'WRONG_PASSWORD']);
    await made.put(whole);
    await made.restart().unlock(PASSWORD);
  });

  it.each<[string, (record: Awaited<ReturnType<World['record']>>) => object]>([
    ['its keys in another order', (r) => ({ ...r, keys: [...r.keys].reverse() })],
    ['a key left out', (r) => ({ ...r, keys: r.keys.slice(1) })],
    ['a key twice', (r) => ({ ...r, keys: [...r.keys, ...r.keys.slice(1)] })],
    ['one key in place of another', (r) => ({ ...r, keys: swapped(r.keys) })],
    ['no slot', (r) => ({ ...r, keyslots: [] })],
    ['its slot twice', (r) => ({ ...r, keyslots: [...r.keyslots, ...r.keyslots] })],
    ['a field more', (r) => ({ ...r, extra: 1 })],
    ['a newer version', (r) => ({ ...r, version: 2 })],
    ['a cost that would hang the browser', (r) => costing(r, 'iterations', 1e9)],
    ['more memory than there is', (r) => costing(r, 'memoryKiB', 2 ** 31)],
    ['memory that is not enough for its lanes', (r) => costing(r, 'parallelism', 16)],
  ])('does not open with %s', async (name, edit) => {
    const made = await lockedWorld();
    await refusalOf(made, withChecksum(edit(await made.record())), name);
  });

  it('is not written over by a session that is alive', async () => {
    const made = await worldWithAccount();
    const first = await made.record();
    await made.vault.renameAccount(made.account.id, 'New');
    await made.put(first);
    const rename = () => made.vault.renameAccount(made.account.id, 'Newer');
    await expect(rename(), 'an older state').rejects.toThrow('VAULT_DAMAGED');
    const other = await world();
    await other.vault.create('attacker password');
    await made.put(await other.record());
    await expect(rename(), 'another vault').rejects.toThrow('VAULT_DAMAGED');
    await expect(made.vault.verifyPassword('attacker password')).rejects.toThrow('VAULT_DAMAGED');
    await made.put(undefined);
    await expect(rename(), 'nothing').rejects.toThrow('EMPTY');
  });
});

describe('R17: every write', () => {
  it('has IVs of its own', async () => {
    const made = await worldWithAccount();
    await made.vault.renameAccount(made.account.id, 'New');
    await made.vault.changePassword(PASSWORD, 'a new password');
    await made.vault.lock();
    await made.vault.unlock('a new password');
    const sealed = [await made.vault.seal('x', '1', 1), await made.vault.seal('x', '1', 1)];
    const boxes = [...made.written.map(({ value }) => value), ...sealed].flatMap((value) =>
      leaves(value)
        .filter(({ path }) => path.at(-1) === 'iv')
        .map((iv) => ({ iv, value })),
    );
    // One IV, one ciphertext: what is carried over unchanged may stand there again, nothing else.
    const ciphertexts = new Map<string | number, unknown>();
    for (const { iv, value } of boxes) {
      const holder = at(value, iv.path.slice(0, -1));
      const ciphertext = holder.data ?? holder.wrapped;
      expect(ciphertext).toMatch(/^[A-Za-z0-9+/]{20,}=*$/);
      expect(ciphertexts.get(iv.value) ?? ciphertext).toBe(ciphertext);
      ciphertexts.set(iv.value, ciphertext);
      expect(Buffer.from(String(iv.value), 'base64')).toHaveLength(12);
    }
    expect(ciphertexts.size).toBeGreaterThanOrEqual(9);
  });
});

const swapped = <K extends { id: string }>([a, b]: readonly K[]) =>
  a && b
    ? [
        { ...b, id: a.id },
        { ...a, id: b.id },
      ]
    : [];

const costing = (record: object, name: string, cost: number) =>
  replaced(record, ['keyslots', 0, 'kdf', name], cost) as object;

const at = (value: unknown, path: Path): { data?: unknown; wrapped?: unknown } =>
  Object(path.reduce((inner, key) => Object(inner)[key] as unknown, value));
