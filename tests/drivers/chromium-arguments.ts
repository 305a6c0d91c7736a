import { createHash } from 'node:crypto';
import type { LaunchOptions } from './driver.ts';
import { TEST_HOSTS } from './hosts.ts';

const QUIET = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--hide-crash-restore-bubble'],
];

/** The id that Chromium derives from the folder of an unpacked extension whose manifest has no key. */
export function extensionId(folder: string): string {
  const hex = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return [...hex].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** How Chromium is started, beside what Playwright adds. */
export function launchArguments(extension: string, options: LaunchOptions): string[] {
  const { exchange, locale, measure, proxyPort, restoreSession } = options;
  const rules = TEST_HOSTS.map((host) => `MAP ${host} 127.0.0.1:${exchange?.port}`).join(',');
  return [
    ...QUIET,
    ...(measure?.args ?? []),
    `--lang=${locale ?? 'en-US'}`,
    ...(proxyPort === undefined ? [] : [`--proxy-server=http://127.0.0.1:${proxyPort}`]),
    ...(restoreSession ? ['--restore-last-session'] : []),
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    ...(exchange
      ? [`--host-resolver-rules=${rules}`, `--ignore-certificate-errors-spki-list=${exchange.spki}`]
      : []),
  ];
}
