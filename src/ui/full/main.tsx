import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { provideAbout } from '../about.ts';
import { start } from '../app/start.tsx';
import { createExchangeReach } from '../state/exchange-reach.ts';
import { createPresence } from '../state/presence.ts';
import { createSiteBrowser } from '../state/site-browser.ts';

provideAbout(browser.runtime.getManifest(), document);
start(
  {
    call: createWalletCall(browser.runtime),
    listen: (listener) => void listen(browser.runtime, listener),
    presence: createPresence(document, window),
    surface: 'full',
    hash: location.hash,
    reach: createExchangeReach(browser),
    siteBrowser: createSiteBrowser(browser, undefined),
    openFullPage: () => undefined,
    moveToWindow: async () => false,
  },
  browser.i18n.getMessage,
);
