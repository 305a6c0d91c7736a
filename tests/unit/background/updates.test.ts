import { expect, it } from 'vitest';
import { createUpdates } from '../../../src/background/updates.ts';
import { createFakeBrowser } from './fake-browser.ts';

function world() {
  const fake = createFakeBrowser();
  let isReady: unknown;
  let isBusy = false;
  const reported: unknown[] = [];
  const wake = (): void =>
    createUpdates({
      browser: fake.browser,
      ready: {
        get: async () => isReady,
        set: async (value) => {
          isReady = value;
        },
      },
      isBusy: async () => isBusy,
      report: (error) => void reported.push(error),
    }).register();
  wake();
  const settle = async (work: unknown[]): Promise<void> => void (await Promise.all(work));
  return {
    fake,
    reported,
    busy: (next: boolean) => {
      isBusy = next;
    },
    updateAvailable: () => settle(fake.emit('updateAvailable')),
    minute: () => settle(fake.emit('alarm', { name: 'buckle-update' })),
    /** The background was stopped, and is woken by something. */
    rewake: () => {
      fake.stop();
      wake();
    },
    restartBrowser: () => {
      isReady = undefined;
      fake.stop();
      wake();
    },
  };
}

it('is applied at once where nothing is open and nothing waits', async () => {
  const { fake, updateAvailable } = world();
  await updateAvailable();
  expect(fake.reloads).toEqual([true]);
});

it('waits while something is under way, and comes within a minute of its end, whichever worker is awake', async () => {
  const { fake, busy, updateAvailable, minute, rewake } = world();
  busy(true);
  await updateAvailable();
  await minute();
  rewake();
  await minute();
  expect(fake.reloads).toEqual([]);
  busy(false);
  await minute();
  expect(fake.reloads).toEqual([true]);
});

it('waits while a page of Buckle is open', async () => {
  const { fake, updateAvailable, minute } = world();
  fake.windows.set(7, {
    documentUrl: 'chrome-extension://buckle/src/ui/popup/index.html',
    windowId: 7,
  });
  await updateAvailable();
  expect(fake.reloads).toEqual([]);
  fake.closeWindow(7);
  await minute();
  expect(fake.reloads).toEqual([true]);
});

it('is left to the browser once that was started anew: nothing is ready any more, and nobody looks again', async () => {
  const { fake, busy, updateAvailable, minute, restartBrowser } = world();
  busy(true);
  await updateAvailable();
  expect([...fake.alarms.keys()]).toEqual(['buckle-update']);
  restartBrowser();
  busy(false);
  await minute();
  expect(fake.reloads).toEqual([]);
  expect([...fake.alarms.keys()]).toEqual([]);
});

it('reports a browser that cannot say what is open, and changes nothing', async () => {
  const { fake, updateAvailable, reported } = world();
  const broken = new Error('no contexts');
  fake.browser.runtime.getContexts = () => Promise.reject(broken);
  await updateAvailable();
  expect(reported).toEqual([broken]);
  expect(fake.reloads).toEqual([]);
});
