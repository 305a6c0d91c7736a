import type { Exchange } from './hosts.ts';

export type BrowserName = 'chromium' | 'firefox';
export type ColorScheme = 'light' | 'dark';
export type WaitState = 'visible' | 'hidden' | 'enabled';

/** How long a locator waits for its element before it gives up, unless it is told otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

export interface LaunchOptions {
  /** Folder of the unpacked extension; `dist/chrome` or `dist/firefox` unless given. */
  extensionDir?: string;
  /** Where the exchange's two host names lead, with TLS checks kept on. */
  exchange?: Exchange;
  /** Port on 127.0.0.1 of an HTTP proxy that the browser is set to use for everything. */
  proxyPort?: number;
  colorScheme?: ColorScheme;
  /** A profile to use and keep. Without it the driver makes one and deletes it at `close`. */
  profileDir?: string;
  /** Language of the browser's own interface, `en-US` unless given. */
  locale?: string;
  /** `false` shows the windows to a person. */
  headless?: boolean;
  /** Every start opens again what was open before, as a person can set the browser to. */
  restoreSession?: boolean;
  /** For measuring, in Chromium only: more arguments, and a script that runs first in every page. */
  measure?: { args: readonly string[]; script: string };
}

/**
 * A real browser with the packed extension in it, acted on from outside only. Scenarios are
 * written once against this; `launch` gives the one that BUCKLE_BROWSER names.
 */
export interface Driver {
  readonly browser: BrowserName;
  readonly profileDir: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a trailing slash. */
  readonly extensionOrigin: string;
  /**
   * Opens a page in a tab: Buckle's popup at 380 × 600, its full page at 1280 × 800, a path inside
   * the extension, or any URL.
   */
  open(
    surface: 'popup' | 'full' | (string & {}),
    size?: { width: number; height: number },
  ): Promise<Surface>;
  /** The next window or tab that was opened by anyone but this driver, each handed out once. */
  nextWindow(timeoutMs?: number): Promise<Surface>;
  /** Every page that is open, those included that the browser itself opened again. */
  pages(): Promise<Surface[]>;
  /** The next finished download as a path, its file name as suggested, each handed out once. */
  nextDownload(timeoutMs?: number): Promise<string>;
  /** Ends the worker or event page and returns when it is gone. The next message wakes a new one. */
  stopBackground(): Promise<void>;
  /** From now on the extension is let into that site when it asks, without the browser's own question. */
  allowSite(origin: string): Promise<void>;
  /** Presses the extension's button in the toolbar with this page in front: it may then know where the page is. */
  pressAction(page: Surface): Promise<void>;
  /**
   * Brings a newer version of the extension, the same but for its number, over the running one. `put off`: the browser leaves it to the
   * extension when. Chromium writes it into the extension's folder and applies it at once, whatever the extension says.
   */
  update(version: string): Promise<'applied' | 'put off'>;
  setColorScheme(scheme: ColorScheme): Promise<void>;
  /** Closes the browser as a person would and opens it again with the same profile. */
  restart(): Promise<void>;
  /** Kills every process of the browser at once, as a crash does. `start` opens it again. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
  /** Returns when the browser has ended, by whatever hand. */
  ended(): Promise<void>;
}

/** What finds elements, in a page or inside an element. Names match from their start, case kept. */
export interface Finder {
  /** By ARIA role and accessible name; a RegExp where the start of the name is not what is meant. */
  role(role: string, name?: string | RegExp): Locator;
  /** A form field by one of its labels. */
  label(text: string | RegExp): Locator;
  css(selector: string): Locator;
}

/** A page: popup, full page, approval window or a site. */
export interface Surface extends Finder {
  /** The innermost element whose text contains this, case kept. */
  text(text: string | RegExp): Locator;
  screenshot(path: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
  /** Returns when the page is gone, whoever closed it. */
  closed(timeoutMs?: number): Promise<void>;
  /** `Enter`, `Shift+Tab`, `Control+a` or one character, to whatever has the focus. */
  press(key: string): Promise<void>;
  /** Runs a function given as its source in the page: `(a, b) => …`. JSON in, JSON out. */
  evaluate<T>(fn: string, ...args: unknown[]): Promise<T>;
  url(): string;
  /** Console errors and uncaught errors of this page so far. */
  readonly onConsoleError: readonly string[];
}

/**
 * Elements found anew at each use. Everything but `count` and `isVisible` waits for its element, up
 * to ten seconds, and refuses to choose: more than one match is an error unless `first` or `nth`
 * says which.
 */
export interface Locator extends Finder {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  /** Types with real keys, one by one, where the field's cursor is. */
  type(text: string): Promise<void>;
  /** Chooses an option of a `select` by its visible label, else by its value. */
  select(labelOrValue: string): Promise<void>;
  setFile(path: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Presses the pointer down on it, and lets go after so long. */
  hold(ms: number): Promise<void>;
  check(on?: boolean): Promise<void>;
  /** The rendered text, white space collapsed. */
  text(): Promise<string>;
  value(): Promise<string>;
  attribute(name: string): Promise<string | null>;
  isChecked(): Promise<boolean>;
  isEnabled(): Promise<boolean>;
  isFocused(): Promise<boolean>;
  count(): Promise<number>;
  isVisible(): Promise<boolean>;
  waitFor(state?: WaitState, timeoutMs?: number): Promise<void>;
  first(): Locator;
  /** Counted from 0; negative from the end. */
  nth(index: number): Locator;
}
