import { findBrowser } from '../run/browsers.ts';
import { launchChromium } from './chromium.ts';
import type { BrowserName, Driver, LaunchOptions } from './driver.ts';
import { launchFirefox } from './firefox.ts';

/** The browser this run is about: BUCKLE_BROWSER, Chromium unless it says otherwise. */
export function chosenBrowser(): BrowserName {
  const name = process.env.BUCKLE_BROWSER ?? 'chromium';
  if (name === 'chromium' || name === 'firefox') return name;
  throw new Error(`BUCKLE_BROWSER is "${name}"; it can be chromium or firefox`);
}

/** Starts a real browser with the extension in it. The caller closes it. */
export async function launch(
  options: LaunchOptions = {},
  browser: BrowserName = chosenBrowser(),
): Promise<Driver> {
  const executable = await findBrowser(browser);
  return browser === 'chromium'
    ? launchChromium(executable, options)
    : launchFirefox(executable, options);
}
