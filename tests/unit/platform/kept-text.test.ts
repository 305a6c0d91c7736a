import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeptText } from '../../../src/platform/kept-text.ts';

/** A private file system in memory: what real browsers do with theirs is looked at in the scenarios. */
function fakeFolder() {
  const files = new Map<string, string>();
  const missing = () => new DOMException('Entry not found', 'NotFoundError');
  return {
    files,
    async getFileHandle(name: string, { create = false } = {}) {
      if (!files.has(name) && !create) throw missing();
      return {
        getFile: async () => ({ text: async () => files.get(name) }),
        async createWritable() {
          let written = '';
          return {
            async write(text: string) {
              written += text;
            },
            close: async () => void files.set(name, written),
          };
        },
      };
    },
    async removeEntry(name: string) {
      if (!files.delete(name)) throw missing();
    },
  };
}

const databaseNames = async () => (await indexedDB.databases()).map(({ name }) => name);

afterEach(() => vi.unstubAllGlobals());

describe.each([
  ['a private file system', () => ({ getDirectory: async () => fakeFolder() })],
  ['none', () => undefined],
  ['one that it refuses', () => ({ getDirectory: () => Promise.reject(new DOMException('no')) })],
])('a text that is kept where the browser has %s', (_name, storage) => {
  it('is there until it is removed, whoever reads it', async () => {
    const shared = storage();
    const folder = shared && (await shared.getDirectory().catch(() => undefined));
    vi.stubGlobal('navigator', {
      storage: shared && (folder ? { getDirectory: async () => folder } : shared),
    });
    const kept = createKeptText();
    expect(await kept.read()).toBeUndefined();
    await kept.remove();
    await kept.write('one');
    await kept.write('two, longer');
    expect(await createKeptText().read()).toBe('two, longer');
    expect(await databaseNames()).toEqual(folder ? [] : ['buckle-second']);
    await kept.remove();
    expect(await kept.read()).toBeUndefined();
    await createKeptText().remove();
    await kept.write('again');
    expect(await kept.read()).toBe('again');
    await kept.remove();
    expect(await databaseNames()).toEqual([]);
  });
});
