import { beforeEach, describe, expect, it } from 'vitest';
import { createSessionMemory } from '../../../src/background/session-memory.ts';

let kept: Map<string, unknown>;
let readings: number;
let fails: boolean;

const area = {
  get: async (key?: string) => {
    readings += 1;
    const found = Object.fromEntries([...kept].filter(([each]) => (key ?? each) === each));
    await Promise.resolve();
    if (fails) throw new Error('no storage');
    return found;
  },
  set: async (values: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(values)) kept.set(key, value);
  },
  remove: async (key: string) => void kept.delete(key),
};

beforeEach(() => {
  kept = new Map<string, unknown>([
    ['session', 'a key'],
    ['clock', 5],
  ]);
  readings = 0;
  fails = false;
});

describe('the memory of a session', () => {
  it('is read once for the first look at everything', async () => {
    const memory = createSessionMemory(area);
    expect(await memory.value('session').get()).toBe('a key');
    expect(await memory.value('clock').get()).toBe(5);
    expect(await memory.value('other').get()).toBeUndefined();
    expect(await memory.all()).toEqual({ session: 'a key', clock: 5 });
    expect(readings).toBe(1);
  });

  it('is read anew from then on: it may have changed', async () => {
    const memory = createSessionMemory(area);
    await Promise.all([memory.value('session').get(), memory.all()]);
    kept.set('session', 'another');
    expect(await memory.value('session').get()).toBe('another');
    expect(await memory.all()).toEqual({ session: 'another', clock: 5 });
  });

  it.each(['session', 'ticket/1'])(
    'R16: never yields what was there before %s was removed',
    async (key) => {
      kept.set(key, 'before');
      const memory = createSessionMemory(area);
      await memory.remove(key);
      expect(await memory.value(key).get()).toBeUndefined();
      expect(await memory.all()).not.toHaveProperty(key);
    },
  );

  it('never yields what was there before something was written', async () => {
    const memory = createSessionMemory(area);
    await memory.value('session').set('new');
    expect(await memory.value('session').get()).toBe('new');
    expect((await memory.all()).session).toBe('new');
  });

  it('R16: is asked again for what is removed while it is being read', async () => {
    const memory = createSessionMemory(area);
    const { get, remove } = memory.value('session');
    const removed = remove();
    expect(await get()).toBeUndefined();
    await removed;
  });

  it('is read again where the first reading failed', async () => {
    fails = true;
    const memory = createSessionMemory(area);
    await expect(memory.value('session').get()).rejects.toThrow('no storage');
    fails = false;
    expect(await memory.value('session').get()).toBe('a key');
  });
});
