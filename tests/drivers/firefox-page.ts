import type { ElementHandle, KeyInput, Page } from 'puppeteer-core';
import { DEFAULT_TIMEOUT_MS } from './driver.ts';
import type { Need } from './page/act.ts';
import { call, callJson, inPage } from './page-script.ts';
import { describeSteps, type Step } from './steps.ts';
import { sleep, until } from './wait.ts';

interface Report {
  value?: unknown;
  url: string;
  errors: string[];
}

/**
 * A page of Firefox, and what BiDi does not tell about an extension's pages: their address and the
 * errors they report. Both are asked for with every call.
 */
export class FirefoxPage {
  readonly page: Page;
  readonly errors: string[] = [];
  url = 'about:blank';

  constructor(page: Page) {
    this.page = page;
  }

  /** Runs a function that may use the page script: JSON in, JSON out. */
  async run<T>(fn: string, ...args: unknown[]): Promise<T> {
    const source = await inPage(
      `async (...args) => ({ value: await (${fn})(...args), ...page.watch() })`,
    );
    const report: Report = JSON.parse(String(await this.page.evaluate(callJson(source, ...args))));
    this.url = report.url;
    this.errors.push(...report.errors);
    // JSON has no undefined: a function that yields nothing yields undefined on both sides.
    return report.value as T;
  }

  /** No load event comes for an extension's page, so it is asked whether it has loaded. */
  async loaded(): Promise<void> {
    await until('the page to load', async () => {
      const state = await this.run('() => document.readyState');
      return (this.url !== 'about:blank' && state === 'complete') || undefined;
    });
  }

  async goTo(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: [] });
    await this.loaded();
  }

  /** The element once it is what it must be; asked again and again until the time is over. */
  async element(steps: readonly Step[], need: Need, timeoutMs = DEFAULT_TIMEOUT_MS) {
    const source = await inPage('(steps, need) => page.one(steps, need)');
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const handle = await this.page.evaluateHandle(call(source, steps, need));
      const element = handle.asElement();
      // puppeteer types what an expression finds as any node; `one` yields elements only.
      if (element) return element as ElementHandle;
      const reason = await handle.jsonValue();
      if (performance.now() > deadline) {
        throw new Error(`gave up after ${timeoutMs} ms: ${describeSteps(steps)}: ${reason}`);
      }
      await sleep(50);
    }
  }

  /** Runs `(element, ...args) => …` on the one element, once it is what it must be. */
  async ask<T>(steps: readonly Step[], need: Need, fn: string, ...args: unknown[]): Promise<T> {
    const source = `async (steps, need, ...args) => {
      const found = await page.one(steps, need);
      return typeof found === 'string' ? { missing: found } : { value: (${fn})(found, ...args) };
    }`;
    const answer = await until(describeSteps(steps), async () => {
      const asked = await this.run<{ missing?: string; value: T }>(source, steps, need, ...args);
      return asked.missing === undefined ? { value: asked.value } : undefined;
    });
    return answer.value;
  }

  /** Presses `Control+a` as a person does: modifiers down, the key, modifiers up. */
  async press(keys: string): Promise<void> {
    // puppeteer lists the keys as a union, and refuses one it does not know.
    const names = (keys === '+' ? ['+'] : keys.split('+')) as KeyInput[];
    const last = names.pop();
    if (last === undefined) throw new Error('no key to press');
    for (const modifier of names) await this.page.keyboard.down(modifier);
    await this.page.keyboard.press(last);
    for (const modifier of names.reverse()) await this.page.keyboard.up(modifier);
  }
}
