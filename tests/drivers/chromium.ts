import { realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright';
import { pressAction } from './chromium-action.ts';
import { extensionId, launchArguments } from './chromium-arguments.ts';
import { makeUsed } from './chromium-profile.ts';
import { ChromiumSurface } from './chromium-surface.ts';
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
import { callJson } from './page-script.ts';
import { stopWorker } from './service-worker.ts';
import { until } from './wait.ts';

class ChromiumDriver implements Driver {
  readonly browser = 'chromium';
  readonly profileDir: string;
  readonly extensionOrigin: string;
  readonly #executablePath: string;
  readonly #folders: Folders;
  readonly #options: LaunchOptions;
  readonly #windows = new Arrivals<Page>('a window that the extension opens');
  readonly #downloads = new Arrivals<string>('a download');
  readonly #surfaces = new WeakMap<Page, ChromiumSurface>();
  #scheme: ColorScheme;
  #context: BrowserContext | undefined;
  #devtools: CDPSession | undefined;

  constructor(executablePath: string, folders: Folders, options: LaunchOptions) {
    this.profileDir = folders.profile;
    this.extensionOrigin = `chrome-extension://${extensionId(folders.extension)}`;
    this.#executablePath = executablePath;
    this.#folders = folders;
    this.#options = options;
    this.#scheme = options.colorScheme ?? 'light';
  }

  async start(): Promise<void> {
    const locale = this.#options.locale ?? 'en-US';
    if (this.#options.restoreSession) await makeUsed(this.profileDir);
    const context = await chromium.launchPersistentContext(this.profileDir, {
      executablePath: this.#executablePath,
      headless: this.#options.headless ?? true,
      viewport: null,
      colorScheme: this.#scheme,
      env: { ...process.env, LANGUAGE: locale.replace('-', '_') },
      args: launchArguments(this.#folders.extension, this.#options),
    });
    const browser = context.browser();
    if (!browser) throw new Error('Chromium gave no browser to talk to');
    if (this.#options.measure) await context.addInitScript(this.#options.measure.script);
    context.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
    this.#context = context;
    this.#devtools = await browser.newBrowserCDPSession();
    for (const page of context.pages()) this.#surface(page);
    context.on('page', (page) => {
      this.#surface(page);
      this.#windows.add(page);
    });
    await this.#extensionReady(context);
  }

  /** The extension is loaded some time after the first window; until then its pages are refused. */
  async #extensionReady(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    const url = `${this.extensionOrigin}/manifest.json`;
    await until(`Chromium loading the extension in ${this.#folders.extension}`, async () => {
      const refused = await page.goto(url).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      return refused === undefined || undefined;
    });
    await page.close();
    this.#windows.clear();
  }

  #surface(page: Page): ChromiumSurface {
    const known = this.#surfaces.get(page);
    if (known) return known;
    const surface = new ChromiumSurface(page);
    this.#surfaces.set(page, surface);
    page.on('download', async (download) => {
      const path = join(this.#folders.downloads, download.suggestedFilename());
      await rename(await download.path(), path);
      this.#downloads.add(path);
    });
    return surface;
  }

  async open(surface: string, size?: { width: number; height: number }): Promise<Surface> {
    const at = surfaceAt(surface, this.extensionOrigin);
    const page = await this.#running().newPage();
    this.#windows.drop(page);
    const { width, height } = size ?? at.size;
    await page.setViewportSize({ width, height });
    await page.goto(at.url);
    return this.#surface(page);
  }

  async nextWindow(timeoutMs?: number): Promise<Surface> {
    const page = await this.#windows.next(timeoutMs);
    await page.waitForLoadState('domcontentloaded');
    await page.emulateMedia({ colorScheme: this.#scheme });
    return this.#surface(page);
  }

  async pages(): Promise<Surface[]> {
    return this.#running()
      .pages()
      .map((page) => this.#surface(page));
  }

  nextDownload(timeoutMs?: number): Promise<string> {
    return this.#downloads.next(timeoutMs);
  }

  async stopBackground(): Promise<void> {
    const { page, leave } = await this.#extensionPage();
    const session = await this.#running().newCDPSession(page);
    await stopWorker(session, this.extensionOrigin);
    await session.detach();
    await leave();
  }

  /** Any page of the extension: an open one, else one that runs no script and wakes nothing. */
  async #extensionPage(): Promise<{ page: Page; leave: () => Promise<void> }> {
    const context = this.#running();
    const open = context.pages().find((page) => page.url().startsWith(this.extensionOrigin));
    if (open) return { page: open, leave: async () => undefined };
    const page = await context.newPage();
    this.#windows.drop(page);
    await page.goto(`${this.extensionOrigin}/manifest.json`);
    return { page, leave: () => page.close() };
  }

  /** What a person has allowed once is not asked about again, so it is allowed on the browser's own page. */
  async allowSite(origin: string): Promise<void> {
    const page = await this.#running().newPage();
    this.#windows.drop(page);
    await page.goto('chrome://extensions/');
    const id = new URL(this.extensionOrigin).host;
    const allow = '(id, pattern) => chrome.developerPrivate.addHostPermission(id, pattern)';
    await page.evaluate(callJson(allow, id, `${origin}/*`));
    await page.close();
  }

  async pressAction(surface: Surface): Promise<void> {
    const pages = this.#running().pages();
    const page = pages.find((each) => this.#surfaces.get(each) === surface);
    if (!page || !this.#devtools) throw new Error('there is no such page');
    await page.bringToFront();
    await pressAction(this.#devtools, new URL(this.extensionOrigin).host, page.url());
  }

  async update(version: string): Promise<'applied' | 'put off'> {
    const { extension } = this.#folders;
    if (extension === (await realpath('dist/chrome'))) {
      throw new Error('other tests use that folder: launch with a copy of it');
    }
    await writeFile(join(extension, 'manifest.json'), await manifestOf(extension, version));
    const page = await this.#running().newPage();
    this.#windows.drop(page);
    await page.goto('chrome://extensions/');
    // Outside its developer mode Chromium takes an unpacked extension away and does not bring it back.
    const reload = `async (id) => {
      await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
      await chrome.developerPrivate.reload(id, { failQuietly: true });
    }`;
    await page.evaluate(callJson(reload, new URL(this.extensionOrigin).host));
    await page.close();
    return 'applied';
  }

  async setColorScheme(scheme: ColorScheme): Promise<void> {
    this.#scheme = scheme;
    await Promise.all(
      this.#running()
        .pages()
        .map((page) => page.emulateMedia({ colorScheme: scheme })),
    );
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  async kill(): Promise<void> {
    const closed = this.#running().waitForEvent('close');
    const info = await this.#devtools?.send('SystemInfo.getProcessInfo');
    const main = info?.processInfo.find(({ type }) => type === 'browser');
    if (!main) throw new Error('Chromium names no process of its own');
    killGroup(main.id);
    await closed;
    this.#context = undefined;
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#folders.remove();
  }

  async ended(): Promise<void> {
    await this.#context?.waitForEvent('close', { timeout: 0 });
  }

  async #stop(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
    this.#windows.clear();
  }

  #running(): BrowserContext {
    if (!this.#context) throw new Error('the browser is not running');
    return this.#context;
  }
}

export async function launchChromium(executable: string, options: LaunchOptions): Promise<Driver> {
  const folders = await makeFolders('chromium', options);
  const driver = new ChromiumDriver(executable, folders, options);
  return started(driver);
}
