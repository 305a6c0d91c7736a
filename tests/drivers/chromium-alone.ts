import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { basename } from 'node:path';
import { findBrowser } from '../run/browsers.ts';
import { launchArguments } from './chromium-arguments.ts';
import { killGroup, makeFolders } from './common.ts';
import type { Driver } from './driver.ts';
import type { Exchange } from './hosts.ts';

/** How Playwright starts Chromium as well: the profile is read as it was written. */
const AS_EVER = ['--headless=new', '--no-sandbox', '--password-store=basic', '--use-mock-keychain'];

/**
 * Opens a page in a copy of the driver's profile with nobody attached: what Chromium leaves undone as long as somebody looks into
 * its pages, such as prerendering, it does then. The driver's own browser is closed for it.
 *
 * On a busy computer Chromium at times lets no page of such a copy begin, whatever it is asked for: nothing reaches the network.
 * `again` ends it and opens another copy.
 */
export async function openAlone(
  driver: Driver,
  exchange: Exchange,
  url: string,
): Promise<{ again(): Promise<void>; close(): Promise<void> }> {
  // Closed in good order, it has written everything down; killed, it has nothing more to write.
  await driver.restart();
  await driver.kill();
  // The mark that a browser is using the profile stays behind.
  const filter = (path: string): boolean => !basename(path).startsWith('Singleton');
  const command = await findBrowser('chromium');
  const open = async (): Promise<() => Promise<void>> => {
    const { extension, profile, remove } = await makeFolders('chromium', {});
    await cp(driver.profileDir, profile, { recursive: true, filter });
    const child = spawn(
      command,
      [...AS_EVER, ...launchArguments(extension, { exchange }), `--user-data-dir=${profile}`, url],
      { detached: process.platform !== 'win32', stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    return async () => {
      if (child.pid !== undefined) killGroup(child.pid);
      await ended;
      await remove();
    };
  };
  let close = await open();
  return {
    async again() {
      await close();
      close = await open();
    },
    close: () => close(),
  };
}
