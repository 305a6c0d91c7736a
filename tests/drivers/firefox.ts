import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page, Target } from 'puppeteer-core';
import { readContent, zip } from '../package/archive.ts';
import { connectFirefox, type Firefox } from './bidi.ts';
import {
  Arrivals,
  type Folders,
  killGroup,
  makeFolders,
  manifestOf,
  started,
  surfaceAt,
} from './common.ts';
import {
  type ColorScheme,
  DEFAULT_TIMEOUT_MS,
  type Driver,
  type LaunchOptions,
  type Surface,
} from './driver.ts';
import { spawnFirefox } from './firefox-process.ts';
import {
  EXTENSION_UUID,
  SCHEME_PREFERENCE,
  SCHEME_VALUE,
  writePreferences,
} from './firefox-profile.ts';
import {
  ERRORS_OF,
  FORGET_ERRORS,
  IS_INSTALLED,
  PRESS_ACTION,
  SET_NUMBER,
  STOP_BACKGROUND,
  TRUST_AUTHORITY,
  UPDATE,
} from './firefox-scripts.ts';
import { FirefoxSurface } from './firefox-surface.ts';
import { sleep, until } from './wait.ts';

async function geckoIdOf(extension: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'));
  const id = /"gecko":\{"id":"([^"]+)"/.exec(JSON.stringify(manifest))?.[1];
  if (!id) throw new Error(`the manifest in ${extension} has no id for Firefox`);
  return id;
}

class FirefoxDriver implements Driver {
  readonly browser = 'firefox';
  readonly profileDir: string;
  readonly extensionOrigin = `moz-extension://${EXTENSION_UUID}`;
  readonly #executable: string;
  readonly #geckoId: string;
  readonly #folders: Folders;
  readonly #options: LaunchOptions;
  readonly #windows = new Arrivals<Target>('a window that the extension opens');
  readonly #seenDownloads = new Set<string>();
  readonly #surfaces = new WeakMap<Page, FirefoxSurface>();
  #scheme: ColorScheme;
  #child: ChildProcess | undefined;
  #firefox: Firefox | undefined;

  constructor(executable: string, geckoId: string, folders: Folders, options: LaunchOptions) {
    this.profileDir = folders.profile;
    this.#executable = executable;
    this.#geckoId = geckoId;
    this.#folders = folders;
    this.#options = options;
    this.#scheme = options.colorScheme ?? 'light';
  }

  async start(): Promise<void> {
    const { exchange, headless = true } = this.#options;
    await writePreferences(this.#geckoId, this.#folders, {
      ...this.#options,
      colorScheme: this.#scheme,
    });
    const { child, endpoint } = await spawnFirefox(this.#executable, this.profileDir, headless);
    this.#child = child;
    const firefox = await connectFirefox(endpoint);
    this.#firefox = firefox;
    if (exchange) await firefox.privileged(TRUST_AUTHORITY, exchange.caDerBase64);
    await this.#install(firefox);
    firefox.browser.on('targetcreated', (target) => this.#windows.add(target));
  }

  /** Installed for good from a packed file, so that it is there again after a restart. */
  async #install(firefox: Firefox): Promise<void> {
    if ((await firefox.privileged(IS_INSTALLED, this.#geckoId)) === 'yes') return;
    const path = join(dirname(this.#folders.downloads), 'extension.xpi');
    await writeFile(path, zip(await readContent(this.#folders.extension)));
    await firefox.send('webExtension.install', {
      extensionData: { type: 'archivePath', path },
      'moz:permanent': true,
    });
  }

  #surface(page: Page): FirefoxSurface {
    const known = this.#surfaces.get(page);
    if (known) return known;
    const surface = new FirefoxSurface(page, this.#running());
    this.#surfaces.set(page, surface);
    return surface;
  }

  async open(surface: string, size?: { width: number; height: number }): Promise<Surface> {
    const at = surfaceAt(surface, this.extensionOrigin);
    const { browser, privileged } = this.#running();
    const page = await browser.newPage();
    this.#windows.drop(page.target());
    const opened = this.#surface(page);
    await page.setViewport(size ?? at.size);
    await privileged(FORGET_ERRORS);
    await opened.goTo(at.url);
    const errors = String(await privileged(ERRORS_OF, this.extensionOrigin));
    opened.noteErrors(errors.split('\n').filter(Boolean));
    return opened;
  }

  async nextWindow(timeoutMs?: number): Promise<Surface> {
    const target = await this.#windows.next(timeoutMs);
    const page = await target.page();
    if (!page) throw new Error('what the extension opened is not a page');
    const surface = this.#surface(page);
    await surface.loaded();
    return surface;
  }

  async pages(): Promise<Surface[]> {
    const pages = await this.#running().browser.pages();
    return pages.map((page) => this.#surface(page));
  }

  nextDownload(timeoutMs?: number): Promise<string> {
    return until(
      'a download',
      async () => {
        const names = await readdir(this.#folders.downloads);
        if (names.some((name) => name.endsWith('.part'))) return undefined;
        const name = names.find((candidate) => !this.#seenDownloads.has(candidate));
        if (name === undefined) return undefined;
        this.#seenDownloads.add(name);
        return join(this.#folders.downloads, name);
      },
      timeoutMs,
    );
  }

  async stopBackground(): Promise<void> {
    const { privileged } = this.#running();
    // An open page may wake the next one at once, so it is the old one that must be gone.
    const left = await privileged(STOP_BACKGROUND, this.#geckoId);
    if (left !== 'gone') throw new Error('Firefox did not stop the event page');
  }

  /** Firefox is started so that it asks nobody. */
  async allowSite(_origin: string): Promise<void> {
    this.#running();
  }

  async pressAction(surface: Surface): Promise<void> {
    const { browser, privileged } = this.#running();
    const pages = await browser.pages();
    const page = pages.find((each) => this.#surfaces.get(each) === surface);
    if (!page) throw new Error('there is no such page');
    await page.bringToFront();
    const url = await surface.evaluate<string>('() => location.href');
    await privileged(PRESS_ACTION, this.#geckoId, url);
    // The popup over the page is no window that anybody waits for; it closes as soon as something else is opened.
    await this.#windows.next(2000).catch(() => undefined);
  }

  async update(version: string): Promise<'applied' | 'put off'> {
    const content = new Map(await readContent(this.#folders.extension));
    content.set('manifest.json', await manifestOf(this.#folders.extension, version));
    const path = join(dirname(this.#folders.downloads), `extension-${version}.xpi`);
    await writeFile(path, zip(content));
    const ended = await this.#running().privileged(UPDATE, path);
    if (ended !== 'applied' && ended !== 'put off') throw new Error(`the update ${ended}`);
    return ended;
  }

  async setColorScheme(scheme: ColorScheme): Promise<void> {
    this.#scheme = scheme;
    const value = String(SCHEME_VALUE[scheme]);
    await this.#running().privileged(SET_NUMBER, SCHEME_PREFERENCE, value);
    await sleep(50);
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) throw new Error('the browser is not running');
    const exited = once(child, 'exit');
    killGroup(child.pid);
    await exited;
    this.#forget();
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#folders.remove();
  }

  async ended(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    await this.#firefox?.browser.close();
    const ended = await Promise.race([exited, sleep(DEFAULT_TIMEOUT_MS)]);
    if (!ended && child.pid) killGroup(child.pid);
    await exited;
    this.#forget();
  }

  #forget(): void {
    this.#child = undefined;
    this.#firefox = undefined;
    this.#windows.clear();
  }

  #running(): Firefox {
    if (!this.#firefox) throw new Error('the browser is not running');
    return this.#firefox;
  }
}

export async function launchFirefox(executable: string, options: LaunchOptions): Promise<Driver> {
  const folders = await makeFolders('firefox', options);
  const geckoId = await geckoIdOf(folders.extension);
  const driver = new FirefoxDriver(executable, geckoId, folders, options);
  return started(driver);
}
