import { createWalletCall, listen } from '../../messaging/client.ts';
import { browser } from '../../platform/browser.ts';
import { start } from '../app/start.tsx';
import { createPresence } from '../state/presence.ts';

start(
  {
    call: createWalletCall(browser.runtime),
    listen: (listener) => void listen(browser.runtime, listener),
    presence: createPresence(document, window),
    surface: 'popup',
    version: browser.runtime.getManifest().version,
    hash: location.hash,
    openFullPage: (hash) => {
      const url = browser.runtime.getURL(`src/ui/full/index.html${hash}`);
      void browser.tabs.create({ url }).then(() => window.close());
    },
  },
  browser.i18n.getMessage,
);
