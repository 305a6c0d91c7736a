import { clear, del, get } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { halvesOf, keyPair, PASSWORD, type World, world, worldWithAccount } from './fixtures.ts';
import { leaves, replaced, withChecksum } from './tamper.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

const OTHER = 'another password';

const secondRecord = ({ second }: World): unknown =>
  second.text === undefined ? undefined : JSON.parse(second.text);

/** A locked vault of two states: what both places held before the last change, and what they hold now. */
async function twoStates() {
  const made = await worldWithAccount();
  const older = await made.record();
  await made.vault.importAccount({ label: 'Second', ...keyPair(2) });
  await made.vault.lock();
  return { ...made, older, newer: await made.record() };
}

/** The next worker opens it, finds both accounts, and leaves the last state in both places. */
async function expectWhole(made: World, { revision }: { revision: number }): Promise<void> {
  const vault = made.restart();
  expect(await vault.status()).toBe('locked');
  expect(await vault.isOlder()).toBe(false);
  await vault.unlock(PASSWORD);
  expect((await vault.accounts()).map(({ label }) => label)).toEqual(['Main', 'Second']);
  expect(await made.record()).toMatchObject({ revision });
  expect(secondRecord(made)).toEqual(await made.record());
  await vault.lock();
}

const putSecond = ({ second }: World, text: string): void => {
  second.text = text;
};

const cutOff = (text = ''): string => text.slice(0, text.length >> 1);

describe('R23: two copies of the vault', () => {
  it('are written at each change, with revision and checksum', async () => {
    const made = await worldWithAccount();
    const first = await made.record();
    expect(secondRecord(made)).toEqual(first);
    expect(first).toMatchObject({ revision: 2, checksum: expect.stringMatching(/=$/) });
    await made.vault.renameAccount(made.account.id, 'New');
    expect(secondRecord(made)).toEqual(await made.record());
    expect(made.vault.lacksSecond()).toBe(false);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof twoStates>>) => Promise<void> | void]>([
    ['first is deleted', ({ records }) => del('record', records)],
    ['first is deleted with all that was beside it', ({ records }) => clear(records)],
    ['first is something else', ({ putFirst }) => putFirst({ revision: 1e9 })],
    ['first is cut off', ({ putFirst, newer }) => putFirst({ ...newer, keys: undefined })],
    ['first is older', ({ putFirst, older }) => putFirst(older)],
    [
      'first is older, and its mark with it',
      async ({ records, putFirst, older }) => {
        await clear(records);
        await putFirst(older);
      },
    ],
    ['second is deleted', ({ second }) => second.remove()],
    ['second is empty', (made) => putSecond(made, '')],
    ['second is cut off', (made) => putSecond(made, cutOff(made.second.text))],
    ['second is something else', (made) => putSecond(made, '{"revision":1000000000}')],
    ['second is older', (made) => putSecond(made, JSON.stringify(made.older))],
  ])('unlock as ever, and are two again, when the %s', async (_name, damage) => {
    const made = await twoStates();
    await damage(made);
    await expectWhole(made, made.newer);
  });

  it('unlock as ever whatever letter of one of them is changed', async () => {
    const made = await twoStates();
    for (const { path, value } of leaves(made.newer)) {
      const changed = typeof value === 'number' ? value + 1 : flipped(value);
      const damaged = replaced(made.newer, path, changed);
      await made.put(made.newer);
      await made.putFirst(damaged);
      expect(await made.restart().status(), path.join('.')).toBe('locked');
      await made.put(made.newer);
      made.second.text = JSON.stringify(damaged);
      expect(await made.restart().isOlder(), path.join('.')).toBe(false);
    }
    await expectWhole(made, made.newer);
  });

  it('are looked at by nobody who only wakes to sign', async () => {
    const made = await worldWithAccount();
    made.second.asked.length = 0;
    const woken = made.restart();
    await (await woken.signerFor(made.account.id))('text');
    expect(await woken.accounts()).toHaveLength(1);
    expect(made.second.asked).toEqual([]);
  });

  it('serve a session that is alive, and are mended under it', async () => {
    const made = await worldWithAccount();
    const { id } = made.account;
    const older = await made.record();
    await made.vault.renameAccount(id, 'New');
    for (const damage of [
      () => del('record', made.records),
      () => made.putFirst({ revision: 1e9 }),
      () => made.putFirst(older),
    ]) {
      await damage();
      const woken = made.restart();
      expect(await woken.accounts()).toMatchObject([{ label: 'New' }]);
      await woken.activateAccount(id);
      expect(secondRecord(made)).toEqual(await made.record());
      expect((await made.record()).revision).toBeGreaterThan(3);
    }
  });
});

/** The worker is stopped before that one takes effect. */
function stopAt({ second }: World, what: 'write' | 'remove'): Promise<void> {
  return new Promise((stopped) => {
    second[what] = () => {
      stopped();
      return new Promise(() => undefined);
    };
  });
}

describe('R23: a crash between the two writings', () => {
  it('leaves the last state, which serves at once and is two again at the next unlock', async () => {
    const made = await worldWithAccount();
    const { write } = made.second;
    const stopped = stopAt(made, 'write');
    void made.vault.importAccount({ label: 'Second', ...keyPair(2) });
    await stopped;
    made.second.write = write;
    expect(secondRecord(made)).toMatchObject({ revision: 2 });
    expect(await made.restart().accounts()).toHaveLength(2);
    await made.restart().lock();
    await expectWhole(made, { revision: 3 });
  });

  it('leaves no copy that an old password opens once the new one is in force', async () => {
    const made = await worldWithAccount();
    const { write } = made.second;
    const stopped = stopAt(made, 'write');
    void made.vault.changePassword(PASSWORD, OTHER);
    await stopped;
    made.second.write = write;
    expect(made.second.text).toBeUndefined();
    await made.restart().lock();
    await expect(made.restart().unlock(PASSWORD)).rejects.toThrow('WRONG_PASSWORD');
    await made.restart().unlock(OTHER);
    expect(secondRecord(made)).toEqual(await made.record());
  });

  it('leaves the old password in force if it comes before', async () => {
    const made = await worldWithAccount();
    const before = await made.record();
    const stopped = stopAt(made, 'remove');
    void made.vault.changePassword(PASSWORD, OTHER);
    await stopped;
    expect(await made.record()).toEqual(before);
    await made.restart().lock();
    await made.restart().unlock(PASSWORD);
  });
});

describe('R23: an older state', () => {
  it('is not taken unseen where the last one is lost, and is the last one once it was unlocked', async () => {
    const made = await twoStates();
    made.second.text = JSON.stringify(made.older);
    await del('record', made.records);
    const vault = made.restart();
    expect(await vault.status()).toBe('locked');
    expect(await vault.isOlder()).toBe(true);
    await vault.unlock(PASSWORD);
    expect(await vault.accounts()).toMatchObject([{ label: 'Main' }]);
    expect(await vault.isOlder()).toBe(false);
    expect((await made.record()).revision).toBe(made.newer.revision + 1);
    expect(secondRecord(made)).toEqual(await made.record());
    // The lost one, should it turn up again, is the older one now.
    made.second.text = JSON.stringify(made.newer);
    await vault.lock();
    await made.restart().unlock(PASSWORD);
    expect(await made.restart().accounts()).toHaveLength(1);
  });

  it('ends a session that a worker would have taken up', async () => {
    const made = await worldWithAccount();
    const older = await made.record();
    await made.vault.importAccount({ label: 'Second', ...keyPair(2) });
    await made.put(older);
    const woken = made.restart();
    expect(await woken.status()).toBe('locked');
    expect(await woken.isOlder()).toBe(true);
    expect(await halvesOf(made)).toEqual({ inMemory: undefined, onDisk: undefined });
  });

  it('is refused under a session that has seen the last one', async () => {
    const made = await worldWithAccount();
    const older = await made.record();
    await made.vault.renameAccount(made.account.id, 'New');
    await clear(made.records);
    await made.put(older);
    await expect(made.vault.backup()).rejects.toThrow('VAULT_DAMAGED');
  });

  it('with a forged revision puts nothing in the place of the good copy', async () => {
    const made = await twoStates();
    made.second.text = JSON.stringify(withChecksum({ ...made.older, revision: 900 }));
    await expect(made.restart().unlock(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
    expect(await made.record()).toEqual(made.newer);
    await made.second.remove();
    await expectWhole(made, made.newer);
  });
});

describe('R23: a vault that is lost', () => {
  const LOSSES: [string, (made: World) => Promise<void> | void][] = [
    ['both copies are damaged', ({ put }) => put({ format: 'buckle-vault' })],
    [
      'one is gone, the other cut off',
      async ({ second, records }) => {
        second.text = cutOff(second.text);
        await clear(records);
      },
    ],
    [
      'one is damaged, the other gone',
      async ({ second, putFirst }) => {
        await second.remove();
        await putFirst({});
      },
    ],
    [
      'both are gone and the mark is left',
      async ({ second, records }) => {
        await second.remove();
        await del('record', records);
      },
    ],
    [
      'both are gone and something sealed is left',
      async ({ put, sealed }) => {
        await put(undefined);
        sealed.there = true;
      },
    ],
    [
      'what is left is another vault’s',
      async ({ second, records }) => {
        const other = await worldWithAccount();
        second.text = JSON.stringify(await other.record());
        await del('record', records);
      },
    ],
  ];

  it.each(LOSSES)('is called damaged, never empty, when %s', async (_name, lose) => {
    const made = await worldWithAccount();
    const { text } = await made.vault.backup();
    await made.vault.lock();
    await lose(made);
    const vault = made.restart();
    expect(await vault.status()).toBe('damaged');
    await expect(vault.create(OTHER)).rejects.toThrow('VAULT_DAMAGED');
    await expect(vault.unlock(PASSWORD)).rejects.toThrow('VAULT_DAMAGED');
    await vault.restore(text, PASSWORD);
    expect(await vault.accounts()).toEqual([made.account]);
    expect(secondRecord(made)).toEqual(await made.record());
    await vault.lock();
    expect(await made.restart().isOlder()).toBe(false);
  });

  it.each(LOSSES)('can be erased and made anew when %s', async (_name, lose) => {
    const made = await worldWithAccount();
    await made.vault.lock();
    await lose(made);
    const vault = made.restart();
    made.sealed.there = false;
    await vault.erase();
    expect(await vault.status()).toBe('empty');
    await vault.create(OTHER);
    expect(await vault.status()).toBe('unlocked');
  });

  it('is not called lost while the browser fails to read the copy that may be whole', async () => {
    const made = await twoStates();
    await made.putFirst({});
    made.second.refuses.add('read');
    await expect(made.restart().status()).rejects.toThrow('STORAGE');
    made.second.refuses.clear();
    await expectWhole(made, made.newer);
  });
});

describe('R23: a browser that refuses the second place', () => {
  it('leaves a vault with one copy, which says so until the other can be written', async () => {
    const made = await world();
    made.second.refuses.add('write');
    await made.vault.create(PASSWORD);
    made.second.refuses.add('read');
    expect(made.vault.lacksSecond()).toBe(true);
    await made.vault.lock();
    await made.vault.unlock(PASSWORD);
    expect(await made.vault.status()).toBe('unlocked');
    expect(made.vault.lacksSecond()).toBe(true);
    made.second.refuses.clear();
    await made.vault.lock();
    await made.vault.unlock(PASSWORD);
    expect(made.vault.lacksSecond()).toBe(false);
    expect(secondRecord(made)).toEqual(await made.record());
  });

  it('keeps the old password, and says that it could not be changed', async () => {
    const made = await worldWithAccount();
    made.second.refuses.add('remove');
    await expect(made.vault.changePassword(PASSWORD, OTHER)).rejects.toThrow('STORAGE');
    expect(secondRecord(made)).toEqual(await made.record());
    await made.vault.verifyPassword(PASSWORD);
  });
});

describe('R23: erasing', () => {
  it('takes both copies and the mark', async () => {
    const made = await twoStates();
    await made.restart().erase();
    expect(made.second.text).toBeUndefined();
    expect(await get('written', made.records)).toBeUndefined();
    expect(await made.restart().status()).toBe('empty');
  });

  it('leaves the vault as it was if the second copy cannot be deleted', async () => {
    const made = await twoStates();
    made.second.refuses.add('remove');
    await expect(made.restart().erase()).rejects.toThrow('STORAGE');
    made.second.refuses.clear();
    await expectWhole(made, made.newer);
  });

  it('is not undone by a copy that turns up again beside a new vault', async () => {
    const made = await twoStates();
    const { text } = made.second;
    const vault = made.restart();
    await vault.erase();
    await vault.create(OTHER);
    made.second.text = text;
    await vault.lock();
    await expect(made.restart().unlock(PASSWORD)).rejects.toThrow('WRONG_PASSWORD');
    await made.restart().unlock(OTHER);
    expect(secondRecord(made)).toEqual(await made.record());
  });
});

const flipped = (text: string): string => {
  const at = text.length >> 1;
  return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
};
