import { statSync } from 'node:fs';
import type { BrowserName } from '../drivers/driver.ts';
import { filesOf } from '../package/archive.ts';
import { runTool } from './tool.ts';

const INPUT_FOLDERS = ['src', 'public', 'tests/package'];
const INPUT_FILES = ['manifest.json', 'vite.config.ts', 'package-lock.json'];

export const BUILD_MODE = { chromium: 'chrome', firefox: 'firefox' } as const;

const changedAt = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;

/** Is there a build for this browser, made after everything it is made of? */
export async function isFresh(browser: BrowserName): Promise<boolean> {
  const built = changedAt(`dist/${BUILD_MODE[browser]}/manifest.json`);
  const inputs = [...INPUT_FILES];
  for (const folder of INPUT_FOLDERS) {
    inputs.push(...(await filesOf(folder)).map((file) => `${folder}/${file}`));
  }
  return inputs.every((input) => changedAt(input) <= built);
}

/** Builds the extension for a browser; `false` when that failed. */
export const buildFor = (browser: BrowserName): Promise<boolean> =>
  runTool('vite', ['build', '--mode', BUILD_MODE[browser], '--logLevel', 'warn']);

/** Builds unless what lies in `dist` is up to date. @throws when the build fails. */
export async function ensureBuilt(browser: BrowserName): Promise<void> {
  if (await isFresh(browser)) return;
  console.log(`Building dist/${BUILD_MODE[browser]} …`);
  if (!(await buildFor(browser))) throw new Error(`the build for ${browser} failed`);
}
