import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folders } from './common.ts';
import type { LaunchOptions } from './driver.ts';
import { TEST_HOSTS } from './hosts.ts';

/** One extension's id inside Firefox in every test, so that its pages have a known address. */
export const EXTENSION_UUID = '6f7a2c4e-1d53-4b8a-9c36-8e0d1f2a3b4c';

/** The number behind the preference that answers `prefers-color-scheme`. */
export const SCHEME_PREFERENCE = 'layout.css.prefers-color-scheme.content-override';
export const SCHEME_VALUE = { dark: 0, light: 1 } as const;

type Preference = string | number | boolean;

function preferences(geckoId: string, folders: Folders, options: LaunchOptions) {
  const { exchange, proxyPort, colorScheme = 'light', locale = 'en-US' } = options;
  const preferences: Record<string, Preference> = {
    'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: EXTENSION_UUID }),
    'xpinstall.signatures.required': false,
    'extensions.autoDisableScopes': 0,
    'extensions.update.enabled': false,
    // A site that an extension asks for is let in at once: nobody is there to press the browser's own button.
    'extensions.webextOptionalPermissionPrompts': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.aboutwelcome.enabled': false,
    'browser.tabs.warnOnClose': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
    'app.normandy.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    // On a slow machine Firefox opens spare connections, keeps them, and takes a later request on one for a request on a used
    // connection, which it sends again when that breaks. Over HTTP/1.1 no extension can keep it from that: README says so.
    'network.http.connection-retry-timeout': 0,
    'network.http.speculative-parallel-limit': 0,
    // The page under test is not slowed down for being in a tab that is not in front.
    'dom.min_background_timeout_value': 4,
    'dom.timeout.enable_budget_timer_throttling': false,
    'browser.download.folderList': 2,
    'browser.download.dir': folders.downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.alwaysOpenPanel': false,
    'intl.accept_languages': locale,
    'intl.locale.requested': locale,
    [SCHEME_PREFERENCE]: SCHEME_VALUE[colorScheme],
  };
  if (options.restoreSession) {
    preferences['browser.startup.page'] = 3;
    preferences['browser.sessionstore.resume_from_crash'] = true;
    preferences['browser.sessionstore.restore_on_demand'] = false;
    preferences['browser.sessionstore.interval'] = 1000;
  }
  if (proxyPort !== undefined) {
    preferences['network.proxy.type'] = 1;
    for (const kind of ['http', 'ssl']) {
      preferences[`network.proxy.${kind}`] = '127.0.0.1';
      preferences[`network.proxy.${kind}_port`] = proxyPort;
    }
  }
  if (exchange) {
    preferences['network.dns.localDomains'] = TEST_HOSTS.join(',');
    preferences['network.socket.forcePort'] = `443=${exchange.port}`;
  }
  return preferences;
}

/** Writes `user.js`, which Firefox reads at every start. */
export async function writePreferences(
  geckoId: string,
  folders: Folders,
  options: LaunchOptions,
): Promise<void> {
  const lines = Object.entries(preferences(geckoId, folders, options)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(folders.profile, 'user.js'), lines.join(''));
}
