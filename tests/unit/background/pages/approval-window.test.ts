import { beforeEach, describe, expect, it } from 'vitest';
import { createApprovalWindow } from '../../../../src/background/pages/approval-window.ts';
import { createFakeBrowser } from '../fake-browser.ts';
import { settled } from '../settled.ts';

let fake: ReturnType<typeof createFakeBrowser>;
let closings: number;

/** The background starts: whatever it knew is in the browser's session. */
function start(kind: 'chrome' | 'firefox' = 'chrome') {
  const approvalWindow = createApprovalWindow({
    browser: fake.browser as never,
    kind,
    known: {
      get: async () => fake.session.get('window'),
      set: async (value) => void fake.session.set('window', value),
      remove: async () => void fake.session.delete('window'),
    },
  });
  approvalWindow.register(async () => {
    closings += 1;
  });
  return approvalWindow;
}

beforeEach(() => {
  fake = createFakeBrowser();
  closings = 0;
});

describe('the approval window', () => {
  it('is one, however often and by however many workers it is asked for', async () => {
    const first = start();
    await Promise.all([first.open(), first.open(), first.open()]);
    await start().open();
    expect(fake.windows.size).toBe(1);
  });

  it('R15: its address says nothing of what is asked', async () => {
    await start().open();
    const [opened] = fake.windows.values();
    expect(opened?.documentUrl).toBe('chrome-extension://buckle/src/ui/approval/index.html');
  });

  it('R26: that it was closed is heard once, by whichever worker is awake; the next one is a new one', async () => {
    await start().open();
    const [id = 0] = fake.windows.keys();
    fake.emit('windowRemoved', id + 1);
    await settled();
    expect(closings).toBe(0);
    fake.closeWindow(id);
    await settled();
    expect(closings).toBe(1);
    await start().open();
    expect(fake.windows.size).toBe(1);
  });

  it('is found by its page after a worker that did not live to write it down', async () => {
    await start().open();
    const [id = 0] = fake.windows.keys();
    fake.session.clear();
    await start().adopt();
    expect(fake.session.get('window')).toBe(id);
    fake.session.clear();
    await start().open();
    expect(fake.windows.size).toBe(1);
  });

  it('one that went unnoticed is not taken for open', async () => {
    await start().open();
    fake.windows.clear();
    await start().open();
    expect(fake.windows.size).toBe(1);
  });
});
