import type { Page, Locator as PlaywrightLocator } from 'playwright';
import { DEFAULT_TIMEOUT_MS, type Locator, type WaitState } from './driver.ts';
import { elementFunction } from './page-script.ts';
import { FIELDS, labelStep, patternOf, roleStep, type Step } from './steps.ts';
import { until } from './wait.ts';

type Role = Parameters<Page['getByRole']>[0];

/** Playwright's own lookups; what they find must be what `page/find.ts` finds in Firefox. */
export function narrow(root: Page | PlaywrightLocator, step: Step): PlaywrightLocator {
  switch (step.by) {
    case 'role': {
      // Playwright lists the roles as a union; one it does not know matches nothing.
      const role = step.role as Role;
      return root.getByRole(role, step.name ? { name: patternOf(step.name) } : {});
    }
    case 'label':
      return root.getByLabel(patternOf(step.match)).and(root.locator(`css=${FIELDS}`));
    case 'text':
      return root.getByText(patternOf(step.match));
    case 'css':
      return root.locator(`css=${step.selector}`);
    case 'nth':
      return root.locator(`nth=${step.index}`);
  }
}

export class ChromiumLocator implements Locator {
  readonly #found: PlaywrightLocator;

  constructor(found: PlaywrightLocator) {
    this.#found = found;
  }

  role(role: string, name?: string | RegExp): Locator {
    return new ChromiumLocator(narrow(this.#found, roleStep(role, name)));
  }

  label(text: string | RegExp): Locator {
    return new ChromiumLocator(narrow(this.#found, labelStep(text)));
  }

  css(selector: string): Locator {
    return new ChromiumLocator(narrow(this.#found, { by: 'css', selector }));
  }

  first(): Locator {
    return this.nth(0);
  }

  nth(index: number): Locator {
    return new ChromiumLocator(narrow(this.#found, { by: 'nth', index }));
  }

  /** Runs a function of the page script on the element. */
  async #ask<T>(fn: string): Promise<T> {
    return this.#found.evaluate(await elementFunction<T>(fn));
  }

  async click(): Promise<void> {
    const pick = await elementFunction<Element>('(element) => page.clickTarget(element)');
    const handle = await this.#found.evaluateHandle(pick);
    try {
      await handle.click();
    } catch (error) {
      // Drawn anew between being found and being pressed: what stands there now is meant.
      if (!String(error).includes('not attached')) throw error;
      await this.click();
    } finally {
      await handle.dispose();
    }
  }

  async hold(ms: number): Promise<void> {
    await this.#found.click({ delay: ms });
  }

  fill(text: string): Promise<void> {
    return this.#found.fill(text);
  }

  type(text: string): Promise<void> {
    return this.#found.pressSequentially(text);
  }

  async select(labelOrValue: string): Promise<void> {
    await this.#found.selectOption(labelOrValue);
  }

  setFile(path: string): Promise<void> {
    return this.#found.setInputFiles(path);
  }

  press(key: string): Promise<void> {
    return this.#found.press(key);
  }

  async check(on = true): Promise<void> {
    if ((await this.isChecked()) !== on) await this.click();
    await until(`the box to be ${on}`, async () => (await this.isChecked()) === on || undefined);
  }

  text(): Promise<string> {
    return this.#ask('(element) => page.textOf(element)');
  }

  value(): Promise<string> {
    return this.#ask('(element) => page.fieldValue(element)');
  }

  attribute(name: string): Promise<string | null> {
    return this.#found.getAttribute(name);
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
    return this.#found.count();
  }

  isVisible(): Promise<boolean> {
    return this.#found.isVisible();
  }

  async waitFor(state: WaitState = 'visible', timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    if (state !== 'enabled') return this.#found.waitFor({ state, timeout: timeoutMs });
    const deadline = performance.now() + timeoutMs;
    await this.#found.waitFor({ state: 'visible', timeout: timeoutMs });
    const left = Math.max(0, deadline - performance.now());
    await until(
      `${this.#found} to be enabled`,
      async () => (await this.isEnabled()) || undefined,
      left,
    );
  }
}
