import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { provideAbout } from '../about.ts';
import { start } from '../app/start.tsx';
import { createExchangeReach } from '../state/exchange-reach.ts';
import { createPresence } from '../state/presence.ts';
import { createSiteBrowser } from '../state/site-browser.ts';

const full = (hash: string): string => browser.runtime.getURL(`src/ui/full/index.html${hash}`);

provideAbout(browser.runtime.getManifest(), document);
start(
  {
    call: createWalletCall(browser.runtime),
    listen: (listener) => void listen(browser.runtime, listener),
    presence: createPresence(document, window),
    surface: 'popup',
    hash: location.hash,
    reach: createExchangeReach(browser),
    siteBrowser: createSiteBrowser(browser, location.search),
    openFullPage: (hash) => {
      void browser.tabs.create({ url: full(hash) }).then(() => window.close());
    },
    async moveToWindow(hash) {
      // Only a page in a tab stays when something else gets the focus.
      if (await browser.tabs.getCurrent()) return false;
      await browser.windows.create({ url: full(hash), type: 'popup', width: 420, height: 640 });
      window.close();
      return true;
    },
  },
  browser.i18n.getMessage,
);
