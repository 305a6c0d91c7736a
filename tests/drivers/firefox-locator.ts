import type { ElementHandle } from 'puppeteer-core';
import { DEFAULT_TIMEOUT_MS, type Locator, type WaitState } from './driver.ts';
import type { FirefoxPage } from './firefox-page.ts';
import { describeSteps, labelStep, roleStep, type Step } from './steps.ts';
import { until } from './wait.ts';

/** Finds through the page script, and acts with Firefox's own input. */
export class FirefoxLocator implements Locator {
  readonly #in: FirefoxPage;
  readonly #steps: readonly Step[];

  constructor(page: FirefoxPage, steps: readonly Step[]) {
    this.#in = page;
    this.#steps = steps;
  }

  #then(step: Step): Locator {
    return new FirefoxLocator(this.#in, [...this.#steps, step]);
  }

  role(role: string, name?: string | RegExp): Locator {
    return this.#then(roleStep(role, name));
  }

  label(text: string | RegExp): Locator {
    return this.#then(labelStep(text));
  }

  css(selector: string): Locator {
    return this.#then({ by: 'css', selector });
  }

  first(): Locator {
    return this.nth(0);
  }

  nth(index: number): Locator {
    return this.#then({ by: 'nth', index });
  }

  async click(): Promise<void> {
    await this.#in.page.bringToFront();
    const target = await this.#in.element(this.#steps, 'clickable');
    await target.click();
    await target.dispose();
  }

  async hold(ms: number): Promise<void> {
    await this.#in.page.bringToFront();
    const target = await this.#in.element(this.#steps, 'clickable');
    await target.click({ delay: ms });
    await target.dispose();
  }

  async fill(text: string): Promise<void> {
    await this.#in.page.bringToFront();
    const fill = '(element, text) => page.fill(element, text)';
    await this.#in.ask(this.#steps, 'enabled', fill, text);
  }

  async type(text: string): Promise<void> {
    await this.#in.page.bringToFront();
    const field = await this.#in.element(this.#steps, 'enabled');
    await field.type(text);
    await field.dispose();
  }

  async select(labelOrValue: string): Promise<void> {
    const select = '(element, wanted) => page.select(element, wanted)';
    await until(`the option ${labelOrValue} in ${describeSteps(this.#steps)}`, async () => {
      const done = await this.#in.ask<boolean>(this.#steps, 'enabled', select, labelOrValue);
      return done || undefined;
    });
  }

  async setFile(path: string): Promise<void> {
    const input = await this.#in.element(this.#steps, 'attached');
    // puppeteer refuses anything that is not a file input.
    await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
    await input.dispose();
  }

  async press(key: string): Promise<void> {
    await this.#in.page.bringToFront();
    await this.#in.ask(this.#steps, 'visible', '(element) => element.focus()');
    await this.#in.press(key);
  }

  async check(on = true): Promise<void> {
    if ((await this.isChecked()) !== on) await this.click();
    await until(`the box to be ${on}`, async () => (await this.isChecked()) === on || undefined);
  }

  #ask<T>(fn: string, ...args: unknown[]): Promise<T> {
    return this.#in.ask(this.#steps, 'attached', fn, ...args);
  }

  text(): Promise<string> {
    return this.#ask('(element) => page.textOf(element)');
  }

  value(): Promise<string> {
    return this.#ask('(element) => page.fieldValue(element)');
  }

  attribute(name: string): Promise<string | null> {
    return this.#ask('(element, name) => element.getAttribute(name)', name);
  }

  isChecked(): Promise<boolean> {
    return this.#ask('(element) => page.isChecked(element)');
  }

  isEnabled(): Promise<boolean> {
    return this.#ask('(element) => page.isEnabled(element)');
  }

  isFocused(): Promise<boolean> {
    return this.#ask('(element) => document.activeElement === element');
  }

  count(): Promise<number> {
    return this.#in.run('(steps) => page.find(steps).length', this.#steps);
  }

  isVisible(): Promise<boolean> {
    return this.#in.run('(steps) => page.isShown(steps)', this.#steps);
  }

  async waitFor(state: WaitState = 'visible', timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    if (state === 'hidden') {
      const what = `${describeSteps(this.#steps)} to be hidden`;
      await until(what, async () => !(await this.isVisible()) || undefined, timeoutMs);
      return;
    }
    const element = await this.#in.element(this.#steps, state, timeoutMs);
    await element.dispose();
    // Also learns where the page is by now.
    await this.count();
  }
}
