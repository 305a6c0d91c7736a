import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { start } from '../app/start.tsx';
import { createPresence } from '../state/presence.ts';
import { createSiteBrowser } from '../state/site-browser.ts';

start(
  {
    call: createWalletCall(browser.runtime),
    listen: (listener) => void listen(browser.runtime, listener),
    presence: createPresence(document, window),
    surface: 'full',
    version: browser.runtime.getManifest().version,
    hash: location.hash,
    siteBrowser: createSiteBrowser(browser, undefined),
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  },
  browser.i18n.getMessage,
);
