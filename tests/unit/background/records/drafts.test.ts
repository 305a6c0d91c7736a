import { keys } from 'idb-keyval';
import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../../../src/background/records/drafts.ts';
import { createFakeSeals } from '../seals.ts';
import { createDisk } from '../world.ts';

describe('drafts on disk', () => {
  it('are as the last write left them, however long an earlier one takes', async () => {
    const store = await createDisk();
    const seals = createFakeSeals();
    let slow: () => void = () => undefined;
    const slowOnce = new Promise<void>((resolve) => {
      slow = resolve;
    });
    const drafts = createDrafts({
      store,
      seals: {
        ...seals,
        async seal(purpose, id, value) {
          if (value === 'first') await slowOnce;
          return seals.seal(purpose, id, value);
        },
      },
    });
    const both = [drafts.write('trade', 'first'), drafts.write('trade', 'second')];
    slow();
    await Promise.all(both);
    expect(await drafts.read('trade')).toBe('second');
  });

  it('are gone once they are forgotten', async () => {
    const store = await createDisk();
    const drafts = createDrafts({ store, seals: createFakeSeals() });
    await drafts.write('trade', { price: '1' });
    expect(await drafts.read('withdraw')).toBeNull();
    await drafts.write('trade', null);
    expect(await keys(store)).toEqual([]);
    expect(await drafts.read('trade')).toBeNull();
  });

  it('are none where what lies there does not open', async () => {
    const store = await createDisk();
    const seals = createFakeSeals();
    await createDrafts({ store, seals }).write('trade', { price: '1' });
    const moved = {
      ...seals,
      open: (_: string, id: string, box: unknown) => seals.open('x', id, box),
    };
    expect(await createDrafts({ store, seals: moved }).read('trade')).toBeNull();
  });
});
