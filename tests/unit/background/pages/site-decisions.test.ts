import { beforeEach, describe, expect, it } from 'vitest';
import { ORIGIN } from '../../policy/grant-fixture.ts';
import { ACCOUNT, createDisk, createLife, startProcess } from '../world.ts';
import { createSiteScene, limit, type SiteScene, WORTH } from './site-scene.ts';

let scene: SiteScene;

beforeEach(async () => {
  scene = await createSiteScene();
});

describe('R16: a decision stands in the log before anything is signed', () => {
  const changing = () =>
    scene.signed.filter(({ text }) => /^instruction=(order[EC]|subscribe)/.test(text));

  it('for a person and a site, sent and handed out', async () => {
    const grant = await scene.allow();
    await scene.process.sites.send(ORIGIN, await scene.prepare());
    await scene.process.sites.sendApproved(
      ORIGIN,
      await scene.prepare({ ...limit, quantity: '2' }),
      {},
    );
    await scene.process.sites.signApproved(ORIGIN, [await scene.prepare()], { ticket: 't' });
    const own = await scene.process.corridor.prepare({
      account: ACCOUNT,
      instruction: 'orderExecute',
      params: limit,
    });
    await scene.process.corridor.send({ zone: 'wallet' }, own);
    expect(changing().map(({ logged }) => logged)).toEqual([2, 3, 4, 5]);
    expect(
      (await scene.entries()).map(({ origin, decision, grant: by }) => [origin, decision, by]),
    ).toEqual([
      ['buckle', 'approved', undefined],
      [ORIGIN, 'approved', undefined],
      [ORIGIN, 'approved', undefined],
      [ORIGIN, 'granted', grant.id],
      [ORIGIN, 'approved', grant.id],
    ]);
  });

  it('and nothing is signed, and nothing counted, if it cannot be written', async () => {
    const { id } = await scene.allow({ maxDay: WORTH });
    const prepared = await scene.prepare();
    const disk = scene.world.disk;
    scene.world.disk = (mode, callback) =>
      disk(mode, (objects) =>
        callback(
          new Proxy(objects, {
            get(target, name) {
              if (name === 'put') {
                return (value: unknown, key: IDBValidKey) => {
                  if (typeof key === 'number') throw new DOMException('full', 'QuotaExceededError');
                  return target.put(value, key);
                };
              }
              const member: unknown = Reflect.get(target, name);
              return typeof member === 'function' ? member.bind(target) : member;
            },
          }),
        ),
      );
    const full = startProcess(scene.world);
    await expect(full.sites.send(ORIGIN, prepared)).rejects.toThrow();
    expect([changing(), scene.changes()]).toEqual([[], []]);
    scene.world.disk = disk;
    await expect
      .poll(async () => (await full.grants.of(ORIGIN)).usage)
      .toEqual([{ grant: id, day: '0', lastMinute: 1 }]);
  });

  it('wherever a worker dies: never sent twice, never over the cap, and what never left is given back', async () => {
    const seen = new Map<string, number>();
    for (let dieAt = 1; dieAt < 60; dieAt += 1) {
      const disk = await createDisk();
      const { grants: _, ...rest } = scene.world;
      scene.world = { ...rest, disk };
      scene.process = startProcess(scene.world);
      const before = scene.changes().length;
      await scene.allow({ maxDay: WORTH });
      const prepared = await scene.prepare();
      const life = createLife(dieAt);
      const dying = startProcess(scene.world, life);
      const ended = dying.sites.send(ORIGIN, prepared).then(() => 'done');
      const end = await Promise.race([ended, life.died.then(() => 'died')]);
      scene.process = startProcess(scene.world);
      await scene.process.reconciler.resume();
      const isOver = async (): Promise<boolean> => {
        const found = await scene.process.journal.find(prepared.id);
        return found === undefined || ['notSent', 'absent'].includes(found.outcome ?? '');
      };
      const known = await scene.process.journal.find(prepared.id);
      const wasOver = await isOver();
      const again = await scene.process.sites.send(ORIGIN, await scene.prepare());
      // Either the first one may have left, and counts; or it is certain that nothing came of it, and this one takes its place.
      // What became of it may be found out meanwhile.
      if (wasOver) expect([dieAt, again.verdict]).toEqual([dieAt, 'sent']);
      if (again.verdict === 'sent') expect([dieAt, await isOver()]).toEqual([dieAt, true]);
      expect(scene.changes().length - before).toBeLessThanOrEqual(1);
      expect((await scene.process.log.verify()).problem).toBeUndefined();
      const label = `${end} ${known?.state ?? 'unwritten'}`;
      seen.set(label, (seen.get(label) ?? 0) + 1);
      if (end === 'done') break;
    }
    expect([...seen.keys()].sort()).toEqual(
      expect.arrayContaining(['died settled', 'died unwritten', 'done settled']),
    );
  });
});
