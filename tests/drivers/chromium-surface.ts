import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright';
import { ChromiumLocator, narrow } from './chromium-locator.ts';
import type { Locator, Surface } from './driver.ts';
import { callJson } from './page-script.ts';
import { labelStep, roleStep, textStep } from './steps.ts';
import { until } from './wait.ts';

/** A page in Chromium. */
export class ChromiumSurface implements Surface {
  readonly onConsoleError: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.on('pageerror', (error) => this.onConsoleError.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.onConsoleError.push(message.text());
    });
  }

  role(role: string, name?: string | RegExp): Locator {
    return new ChromiumLocator(narrow(this.#page, roleStep(role, name)));
  }

  label(text: string | RegExp): Locator {
    return new ChromiumLocator(narrow(this.#page, labelStep(text)));
  }

  text(text: string | RegExp): Locator {
    return new ChromiumLocator(narrow(this.#page, textStep(text)));
  }

  css(selector: string): Locator {
    return new ChromiumLocator(narrow(this.#page, { by: 'css', selector }));
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.#page.screenshot({ path, animations: 'disabled' });
  }

  resize(width: number, height: number): Promise<void> {
    return this.#page.setViewportSize({ width, height });
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async closed(timeoutMs?: number): Promise<void> {
    await until('the page to close', () => this.#page.isClosed() || undefined, timeoutMs);
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  async evaluate<T>(fn: string, ...args: unknown[]): Promise<T> {
    return JSON.parse(await this.#page.evaluate<string>(callJson(fn, ...args)));
  }

  url(): string {
    return this.#page.url();
  }
}
