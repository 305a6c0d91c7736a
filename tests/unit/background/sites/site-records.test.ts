import { get, keys, type UseStore } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSiteRecords,
  type SiteRecords,
} from '../../../../src/background/sites/site-records.ts';
import { createDisk, seals } from '../world.ts';

const DESK = 'https://desk.example';
const OTHER = 'https://other.example';
const ACCOUNT = '5f0c6f39-7f0d-4d0e-9a6b-0c2b62a1a001';

let disk: UseStore;
let time: number;
const start = (): SiteRecords => createSiteRecords({ store: disk, seals, now: () => time });

beforeEach(async () => {
  disk = await createDisk();
  time = 1_760_000_000_000;
});

describe('what is kept of a site', () => {
  it('R33: the account that it is bound to outlives the worker', async () => {
    await start().bind(DESK, ACCOUNT);
    expect(await start().of(DESK)).toEqual({ account: ACCOUNT, reads: 0 });
    expect(await start().of(OTHER)).toEqual({ reads: 0 });
  });

  it('counts every read, and writes that down at most every five seconds', async () => {
    const records = start();
    await records.bind(DESK, ACCOUNT);
    for (let read = 0; read < 4; read += 1) await records.countRead(DESK);
    expect(await records.of(DESK)).toEqual({ account: ACCOUNT, reads: 4, lastSeenAt: time });
    expect(await start().of(DESK)).toMatchObject({ reads: 1 });
    time += 5_000;
    await records.countRead(DESK);
    expect(await start().of(DESK)).toMatchObject({ reads: 5 });
  });

  it('forgets a site, and every site that was shut out meanwhile', async () => {
    const records = start();
    for (const origin of [DESK, OTHER, 'https://third.example'])
      await records.bind(origin, ACCOUNT);
    await records.forget(DESK);
    await records.keepOnly([OTHER]);
    expect(await keys(disk)).toEqual([`site/${OTHER}`]);
    expect(await records.of(DESK)).toEqual({ reads: 0 });
  });

  it('a read that ends as its site is shut out leaves nothing behind', async () => {
    const records = start();
    await records.bind(DESK, ACCOUNT);
    await Promise.all([records.countRead(DESK), records.forget(DESK), records.countRead(DESK)]);
    expect(await keys(disk)).toEqual([]);
    expect(await records.of(DESK)).toEqual({ reads: 0 });
  });

  it('a record that no longer opens binds nothing', async () => {
    await start().bind(DESK, ACCOUNT);
    const [key = ''] = await keys(disk);
    const sealed = (await get(key, disk)) as { text: string };
    sealed.text = Buffer.from('{"account":5}').toString('base64');
    await disk('readwrite', (objects) => void objects.put(sealed, key));
    expect(await start().of(DESK)).toEqual({ reads: 0 });
  });
});
