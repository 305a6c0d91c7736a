import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserName, Driver, LaunchOptions } from './driver.ts';
import { until } from './wait.ts';

export const SURFACES = {
  popup: { path: 'src/ui/popup/index.html', size: { width: 380, height: 600 } },
  full: { path: 'src/ui/full/index.html', size: { width: 1280, height: 800 } },
} as const;

/** The address and size of what `Driver.open` was asked for. */
export function surfaceAt(surface: string, origin: string) {
  const known = surface === 'popup' || surface === 'full' ? SURFACES[surface] : undefined;
  const path = known?.path ?? surface;
  return { url: new URL(path, `${origin}/`).href, size: known?.size ?? SURFACES.full.size };
}

/** Where a driver keeps things: its profile, and beside it what the browser downloads. */
export interface Folders {
  extension: string;
  profile: string;
  downloads: string;
  /** Deletes what the driver itself made. */
  remove(): Promise<void>;
}

export async function makeFolders(browser: BrowserName, options: LaunchOptions): Promise<Folders> {
  const base = await mkdtemp(join(tmpdir(), `buckle-${browser}-`));
  const profile = options.profileDir ? resolve(options.profileDir) : join(base, 'profile');
  const downloads = join(base, 'downloads');
  await mkdir(profile, { recursive: true });
  await mkdir(downloads);
  const built = browser === 'chromium' ? 'dist/chrome' : 'dist/firefox';
  return {
    extension: await realpath(resolve(options.extensionDir ?? built)),
    profile,
    downloads,
    // A browser that was just closed may still write for a moment.
    remove: () => rm(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** The manifest of an extension as another version's. */
export async function manifestOf(extension: string, version: string): Promise<Buffer> {
  const manifest: unknown = JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'));
  return Buffer.from(JSON.stringify(Object.assign(Object(manifest), { version })));
}

/** Hands out what arrived, each thing once, waiting for it if need be. */
export class Arrivals<T> {
  readonly #waiting: T[] = [];
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  add(item: T): void {
    this.#waiting.push(item);
  }

  drop(item: T): void {
    const at = this.#waiting.indexOf(item);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  next(timeoutMs?: number): Promise<T> {
    return until(this.#what, () => this.#waiting.shift(), timeoutMs);
  }
}

/** Starts a driver's browser; one that does not come up is closed again, and its files go with it. */
export async function started(driver: Driver): Promise<Driver> {
  try {
    await driver.start();
  } catch (error) {
    await driver.close();
    throw error;
  }
  return driver;
}

/** Ends a process and all that it started at once; each browser leads a process group of its own. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
