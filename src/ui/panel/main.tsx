import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { provideAbout } from '../about.ts';
import { start } from '../app/start.tsx';
import { createExchangeReach } from '../state/exchange-reach.ts';
import { createPresence } from '../state/presence.ts';
import { createPanelSiteBrowser } from '../state/site-browser.ts';

// Chrome's side panel and Firefox's sidebar: the popup's screens, in a surface that stays.

provideAbout(browser.runtime.getManifest(), document);
start(
  {
    call: createWalletCall(browser.runtime),
    listen: (listener) => void listen(browser.runtime, listener),
    presence: createPresence(document, window),
    surface: 'panel',
    hash: location.hash,
    reach: createExchangeReach(browser),
    siteBrowser: createPanelSiteBrowser(browser),
    openFullPage: (hash) => {
      void browser.tabs.create({ url: browser.runtime.getURL(`src/ui/full/index.html${hash}`) });
    },
    moveToWindow: async () => false,
  },
  browser.i18n.getMessage,
);
