import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserName } from '../drivers/driver.ts';
import { BUILD_MODE } from '../run/build.ts';
import { readContent, zip } from './archive.ts';
import { sourceFiles } from './source.ts';

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The version that these sources are, as `0.1.0`. */
export async function ownVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile('package.json', 'utf8'));
  return version;
}

/** What `npm run package` calls its files. */
export const packageName = (kind: 'chrome' | 'firefox' | 'source', version: string): string =>
  `buckle-${kind}-${version}.zip`;

/** A build as its package. */
export const packageOf = async (folder: string): Promise<Uint8Array> =>
  zip(await readContent(folder));

/** The sources as their package. */
export async function sourcePackage(): Promise<Uint8Array> {
  return zip(await readContent('.', await sourceFiles('.')));
}

export const BUILDS: readonly { browser: BrowserName; kind: 'chrome' | 'firefox' }[] = [
  { browser: 'chromium', kind: BUILD_MODE.chromium },
  { browser: 'firefox', kind: BUILD_MODE.firefox },
];
