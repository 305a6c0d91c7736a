import { describe, expect, it } from 'vitest';
import type { SessionValue } from '../../../../src/background/session-memory.ts';
import { createSiteList } from '../../../../src/background/sites/site-list.ts';
import { createSites } from '../../../../src/background/sites/sites.ts';
import { createQueue } from '../../../../src/core/queue.ts';
import { assertSiteOrigin, patternOf } from '../../../../src/policy/site-origin.ts';
import { createFakeBrowser } from '../fake-browser.ts';
import { settled } from '../settled.ts';
import { createDisk, createLife, type Life } from '../world.ts';

const DESK = 'https://desk.example';
const PATTERN = `${DESK}/*`;

/** A browser and a disk that outlive the background. */
async function createWorld() {
  const fake = createFakeBrowser();
  const disk = await createDisk();
  const reported: unknown[] = [];
  const parted: string[] = [];
  const unbound: string[] = [];
  let time = 1_000;
  const value = (key: string): SessionValue => ({
    get: async () => fake.session.get(key),
    set: async (next) => void fake.session.set(key, next),
    remove: async () => void fake.session.delete(key),
  });
  /** Starts the background; each effect on browser and disk is a step at which it can die. */
  const start = (life: Life = createLife()) => {
    const mortal = <T extends object>(part: T): T =>
      new Proxy(part, {
        get: (target, key) => {
          const member = Reflect.get(target, key) as unknown;
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]) => {
            await life.step();
            const result: unknown = await member(...args);
            await life.step();
            return result;
          };
        },
      });
    const { permissions, scripting, tabs, runtime } = fake.browser;
    const list = createSiteList({
      store: async (mode, work) => {
        await life.step();
        return disk(mode, work);
      },
      now: () => time,
    });
    const sites = createSites({
      browser: {
        permissions: mortal(permissions),
        scripting: mortal(scripting),
        tabs: mortal(tabs),
        runtime,
      } as never,
      kind: 'chrome',
      list,
      exchange: 'https://api.backpack.exchange',
      // A dead context holds no lock.
      exclusively: createQueue(),
      expected: value('expected'),
      inStep: value('in-step'),
      now: () => time,
      unbind: async (origin) => {
        await life.step();
        unbound.push(origin);
        await life.step();
      },
      parted: async (origin) => void parted.push(origin),
      changed: () => undefined,
      report: (error) => reported.push(error),
    });
    sites.register();
    return { sites, list };
  };
  return {
    fake,
    start,
    reported,
    parted,
    unbound,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

const idsIn = (fake: ReturnType<typeof createFakeBrowser>) => [...fake.sites.scripts.keys()].sort();
const BOTH = [`bridge ${PATTERN}`, `provider ${PATTERN}`];

describe('which origins can be let in', () => {
  it.each([
    'https://desk.example',
    'https://desk.example:8443',
    'http://localhost:3000',
    'http://127.0.0.1',
    'https://xn--pckle-vvd.example',
  ])('%s', (origin) => expect(assertSiteOrigin(origin)).toBe(origin));

  it.each([
    'http://desk.example',
    'http://localhost.desk.example',
    'https://desk.example/',
    'https://desk.example:443',
    'https://user@desk.example',
    'https://DESK.example',
    'https://pückle.example',
    'ftp://desk.example',
    'null',
    '',
    '__proto__',
    'https://*',
  ])('R9, R10, R11: not %j', (origin) =>
    expect(() => assertSiteOrigin(origin)).toThrow('INVALID_INPUT'),
  );

  it('asks Chromium for the port, and Firefox without, which knows none', () => {
    expect(patternOf('http://127.0.0.1:3000', 'chrome')).toBe('http://127.0.0.1:3000/*');
    expect(patternOf('http://127.0.0.1:3000', 'firefox')).toBe('http://127.0.0.1/*');
  });
});

describe('connecting a site', () => {
  it('is completed by the permission alone: listed, registered, injected into open tabs', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.open(1, `${DESK}/trade`);
    fake.sites.open(2, 'https://other.example/');
    fake.sites.open(3, `${DESK}:8443/`);
    await sites.expect(DESK);
    fake.sites.grant(PATTERN);
    await settled();
    expect(await sites.standing(DESK)).toBe('connected');
    expect(idsIn(fake)).toEqual(BOTH);
    expect([...fake.sites.scripts.values()].map(({ allFrames }) => allFrames)).toEqual([
      false,
      false,
    ]);
    expect(fake.sites.injected).toEqual(['1 content/bridge.js', '1 content/provider.js']);
  });

  it('lets nothing in that nobody expected, and nothing long after', async () => {
    const { fake, start, pass } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.grant('https://other.example/*');
    await sites.expect(DESK);
    pass(300_001);
    fake.sites.grant(PATTERN);
    await settled();
    expect(await sites.standing('https://other.example')).toBe('none');
    expect(await sites.standing(DESK)).toBe('none');
    expect(idsIn(fake)).toEqual([]);
  });

  it('is refused without the permission of the browser', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    await expect(sites.connect(DESK)).rejects.toThrow('UNAUTHORIZED');
    await expect(sites.connect('https://api.backpack.exchange')).rejects.toThrow('INVALID_INPUT');
    expect(idsIn(fake)).toEqual([]);
  });

  it('R9: holds for the very origin: another scheme, host or port is not let in', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.grant('http://localhost:3000/*');
    await sites.connect('http://localhost:3000');
    expect(await sites.standing('http://localhost:3000')).toBe('connected');
    for (const other of ['http://localhost:4000', 'http://localhost', 'https://localhost:3000']) {
      expect([other, await sites.standing(other)]).toEqual([other, 'none']);
    }
  });

  it.each(['__proto__', 'constructor', 'toString'])('R10: %s is no site', async (origin) => {
    const { start } = await createWorld();
    const { sites } = start();
    await settled();
    expect(await sites.standing(origin)).toBe('none');
    await expect(sites.connect(origin)).rejects.toThrow('INVALID_INPUT');
  });
});

describe('disconnecting a site', () => {
  it('takes back list, scripts and permission, and tells its open pages and nobody else', async () => {
    const { fake, start, parted } = await createWorld();
    const { sites } = start();
    await settled();
    for (const origin of [DESK, 'https://other.example']) {
      fake.sites.grant(`${origin}/*`);
      await sites.connect(origin);
    }
    const page = fake.sites.open(1, `${DESK}/`);
    const other = fake.sites.open(2, 'https://other.example/');
    await sites.disconnect(DESK);
    expect(await sites.standing(DESK)).toBe('none');
    expect(idsIn(fake)).toEqual([
      'bridge https://other.example/*',
      'provider https://other.example/*',
    ]);
    expect(fake.sites.granted.has(PATTERN)).toBe(false);
    expect(page.heard).toEqual([
      { channel: 'buckle-site-event', origin: DESK, name: 'disconnect', data: {} },
    ]);
    expect(other.heard).toEqual([]);
    expect(parted).toEqual([DESK]);
  });

  it('leaves no account to a site that it shut out, whenever the worker is stopped', async () => {
    let shutOut = 0;
    for (let step = 1; ; step += 1) {
      const { fake, start, unbound } = await createWorld();
      const before = start();
      await settled();
      fake.sites.grant(PATTERN);
      await before.sites.connect(DESK);
      fake.stop();
      const life = createLife(step);
      const { sites } = start(life);
      await Promise.race([sites.disconnect(DESK), life.died]);
      if (!life.isOver) break;
      fake.stop();
      const isOut = !(await start().list.isConnected(DESK));
      if (isOut) shutOut += 1;
      if (isOut) expect(unbound).toContain(DESK);
    }
    expect(shutOut).toBeGreaterThan(3);
  });

  it('follows when a person takes the permission away in the browser, now or while it was shut', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    fake.sites.revoke(PATTERN);
    await settled();
    expect([await sites.standing(DESK), idsIn(fake)]).toEqual(['none', []]);

    fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    fake.sites.granted.delete(PATTERN);
    fake.session.clear();
    const next = start();
    await settled();
    expect([await next.sites.standing(DESK), idsIn(fake)]).toEqual(['none', []]);
  });

  it('a blocked site is shut out until a person connects it again', async () => {
    const { fake, start } = await createWorld();
    const { sites, list } = start();
    await settled();
    fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    await sites.block(DESK, true);
    fake.sites.grant('https://*/*');
    await sites.switchEverySite(true);
    await settled();
    expect(await sites.standing(DESK)).toBe('none');
    await sites.block(DESK, false);
    expect(await sites.standing(DESK)).toBe('stranger');
    expect((await list.read()).blocked).toEqual([]);
  });

  it('erasing shuts out every site', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.grant('https://*/*');
    fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    await sites.switchEverySite(true);
    await sites.clear();
    await settled();
    expect(idsIn(fake)).toEqual([]);
    expect(await sites.standing(DESK)).toBe('none');
    expect(fake.sites.granted).toContain('https://api.backpack.exchange/*');
    expect(fake.sites.granted).not.toContain(PATTERN);
  });
});

describe('every site', () => {
  it('lets https pages ask to be let in, registers once for all, and leaves out the blocked', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    await expect(sites.switchEverySite(true)).rejects.toThrow('UNAUTHORIZED');
    fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    await sites.block('https://evil.example', true);
    fake.sites.grant('https://*/*');
    await sites.switchEverySite(true);
    expect(idsIn(fake)).toEqual(['bridge https://*/*', 'provider https://*/*']);
    expect(fake.sites.scripts.get('bridge https://*/*')?.excludeMatches).toEqual([
      'https://evil.example/*',
    ]);
    expect(await sites.standing('https://new.example')).toBe('stranger');
    expect(await sites.standing('https://evil.example')).toBe('none');
    expect(await sites.standing('http://localhost:3000')).toBe('none');

    await sites.switchEverySite(false);
    expect(await sites.standing('https://new.example')).toBe('none');
    expect(idsIn(fake)).toEqual(BOTH);
    expect(fake.sites.granted).toContain('https://api.backpack.exchange/*');
  });

  it('is off unless the person switched it on here, whatever the browser allows', async () => {
    const { fake, start } = await createWorld();
    const { sites } = start();
    await settled();
    fake.sites.grant('https://*/*');
    await settled();
    expect(await sites.everySite()).toBe(false);
    expect(await sites.standing('https://new.example')).toBe('none');
    expect(idsIn(fake)).toEqual([]);
  });
});

describe('R28: registration is idempotent', () => {
  const connected = async () => {
    const world = await createWorld();
    const { sites } = world.start();
    await settled();
    world.fake.sites.grant(PATTERN);
    await sites.connect(DESK);
    return { ...world, sites };
  };

  it('five at once', async () => {
    const { fake, sites, reported } = await connected();
    await Promise.all([1, 2, 3, 4, 5].map(() => sites.connect(DESK)));
    expect(idsIn(fake)).toEqual(BOTH);
    expect(reported).toEqual([]);
  });

  it('after a restart of the browser, which keeps the registrations', async () => {
    const { fake, start, reported } = await connected();
    fake.session.clear();
    start();
    fake.emit('startup');
    await settled();
    expect([idsIn(fake), reported]).toEqual([BOTH, []]);
  });

  it('after an update, at which Chromium drops them', async () => {
    const { fake, start, reported } = await connected();
    fake.session.clear();
    fake.sites.scripts.clear();
    start();
    fake.emit('installed');
    await settled();
    expect([idsIn(fake), reported]).toEqual([BOTH, []]);
  });

  it('a waking worker does nothing more once they are in step', async () => {
    const { fake, start } = await connected();
    fake.sites.scripts.clear();
    start();
    await settled();
    expect(idsIn(fake)).toEqual([]);
  });

  it('a worker stopped at any step of connecting: the next one ends in step with its list', async () => {
    for (let dieAt = 1; dieAt <= 60; dieAt += 1) {
      const { fake, start, reported } = await createWorld();
      fake.sites.open(1, `${DESK}/`);
      const life = createLife(dieAt);
      const first = start(life);
      await Promise.race([first.sites.expect(DESK), life.died]);
      fake.sites.grant(PATTERN);
      await Promise.race([settled(), life.died]);
      const next = start();
      await settled();
      const isListed = (await next.sites.standing(DESK)) === 'connected';
      expect([dieAt, idsIn(fake), reported]).toEqual([dieAt, isListed ? BOTH : [], []]);
    }
  });

  it('a worker stopped at any step of disconnecting: scripts never outlive the list', async () => {
    let died = 0;
    for (let dieAt = 1; dieAt <= 60; dieAt += 1) {
      const { fake, start, reported } = await connected();
      const life = createLife(dieAt);
      const { sites } = start(life);
      await Promise.race([sites.disconnect(DESK), life.died]);
      if (life.isOver) died += 1;
      const next = start();
      await settled();
      const isListed = (await next.sites.standing(DESK)) === 'connected';
      expect([dieAt, idsIn(fake), reported]).toEqual([dieAt, isListed ? BOTH : [], []]);
      expect([dieAt, fake.sites.granted.has(PATTERN)]).toEqual([dieAt, isListed]);
    }
    expect(died).toBeGreaterThan(10);
  });
});
