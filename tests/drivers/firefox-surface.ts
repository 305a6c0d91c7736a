import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Firefox } from './bidi.ts';
import type { Locator, Surface } from './driver.ts';
import { FirefoxLocator } from './firefox-locator.ts';
import { FirefoxPage } from './firefox-page.ts';
import { labelStep, roleStep, type Step, textStep } from './steps.ts';
import { until } from './wait.ts';

/** A page in Firefox. */
export class FirefoxSurface implements Surface {
  readonly #page: Page;
  readonly #firefox: Firefox;
  readonly #in: FirefoxPage;

  constructor(page: Page, firefox: Firefox) {
    this.#page = page;
    this.#firefox = firefox;
    this.#in = new FirefoxPage(page);
  }

  get onConsoleError(): readonly string[] {
    return this.#in.errors;
  }

  loaded(): Promise<void> {
    return this.#in.loaded();
  }

  goTo(url: string): Promise<void> {
    return this.#in.goTo(url);
  }

  /** Takes down errors that were seen from outside the page, before it could be listened to. */
  noteErrors(errors: readonly string[]): void {
    this.#in.errors.push(...errors);
  }

  #find(step: Step): Locator {
    return new FirefoxLocator(this.#in, [step]);
  }

  role(role: string, name?: string | RegExp): Locator {
    return this.#find(roleStep(role, name));
  }

  label(text: string | RegExp): Locator {
    return this.#find(labelStep(text));
  }

  text(text: string | RegExp): Locator {
    return this.#find(textStep(text));
  }

  css(selector: string): Locator {
    return this.#find({ by: 'css', selector });
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.#page.bringToFront();
    await writeFile(path, await this.#page.screenshot());
  }

  resize(width: number, height: number): Promise<void> {
    return this.#page.setViewport({ width, height });
  }

  reload(): Promise<void> {
    return this.#in.goTo(this.url());
  }

  async close(): Promise<void> {
    // What it reported last is learnt before it is gone.
    await this.#in.run('() => 0');
    await this.#page.close();
    await this.closed();
  }

  /** No event tells of an extension's page that closed, so Firefox is asked for its tabs. */
  async closed(timeoutMs?: number): Promise<void> {
    const id: unknown = Reflect.get(this.#page.mainFrame(), '_id');
    const gone = async () => !(await this.#firefox.contexts()).includes(String(id)) || undefined;
    await until('the page to close', gone, timeoutMs);
  }

  async press(key: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#in.press(key);
  }

  evaluate<T>(fn: string, ...args: unknown[]): Promise<T> {
    return this.#in.run(fn, ...args);
  }

  url(): string {
    return this.#in.url;
  }
}
