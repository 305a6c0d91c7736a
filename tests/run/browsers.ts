import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import type { BrowserName } from '../drivers/driver.ts';

interface Wanted {
  title: string;
  /** Environment variable that names an executable to use instead. */
  override: 'BUCKLE_CHROMIUM' | 'BUCKLE_FIREFOX';
  oldest: number;
  commands: string[];
  places: () => string[];
  debianPackage: string;
  howToGet: string;
}

const WANTED: Record<BrowserName, Wanted> = {
  chromium: {
    title: 'Chromium',
    override: 'BUCKLE_CHROMIUM',
    oldest: 137,
    commands: ['chromium', 'chromium-browser'],
    // Google's own builds come last: newer ones no longer load an unpacked extension when told to.
    places: () => [
      chromium.executablePath(),
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ...onPath(['google-chrome', 'google-chrome-stable']),
    ],
    debianPackage: 'chromium',
    howToGet: 'npx playwright install chromium',
  },
  firefox: {
    title: 'Firefox',
    override: 'BUCKLE_FIREFOX',
    oldest: 142,
    commands: ['firefox-esr', 'firefox-devedition', 'firefox'],
    places: () => [
      '/Applications/Firefox ESR.app/Contents/MacOS/firefox',
      '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
    ],
    debianPackage: 'firefox-esr',
    howToGet:
      process.platform === 'darwin'
        ? 'brew install --cask firefox@esr'
        : 'sudo apt-get install -y firefox-esr',
  },
};

function onPath(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

async function versionOf(executable: string): Promise<number> {
  const { stdout } = await promisify(execFile)(executable, ['--version']);
  return Number(/(\d+)\.\d+/.exec(stdout)?.[1] ?? 0);
}

async function search(wanted: Wanted): Promise<string | undefined> {
  const chosen = process.env[wanted.override];
  if (chosen && !existsSync(chosen)) {
    throw new Error(`${wanted.override} names ${chosen}, which does not exist`);
  }
  const candidates = chosen ? [chosen] : [...onPath(wanted.commands), ...wanted.places()];
  for (const candidate of candidates) {
    if (existsSync(candidate) && (await versionOf(candidate)) >= wanted.oldest) return candidate;
  }
  return undefined;
}

const missing = ({ title, oldest, howToGet, override }: Wanted): Error =>
  new Error(
    `${title} ${oldest} or newer is not installed. Get it with: ${howToGet} (or set ${override} to an executable)`,
  );

/** The executable of an installed browser. @throws with the one command that gets it. */
export async function findBrowser(browser: BrowserName): Promise<string> {
  const wanted = WANTED[browser];
  const found = await search(wanted);
  if (!found) throw missing(wanted);
  return found;
}

function apt(...args: string[]): void {
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed`);
}

/** Sees to it that the browsers are there: as root on Debian the missing ones are installed. */
export async function ensureBrowsers(browsers: readonly BrowserName[]): Promise<void> {
  const absent: Wanted[] = [];
  for (const browser of browsers) {
    if (!(await search(WANTED[browser]))) absent.push(WANTED[browser]);
  }
  const [first] = absent;
  if (!first) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw missing(first);
  const packages = absent.map(({ debianPackage }) => debianPackage);
  console.log(`Installing ${packages.join(' and ')} with apt-get …`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  for (const browser of browsers) await findBrowser(browser);
}
