import type { SiteAnswer, SiteEventMessage } from '../messaging/wire.ts';
import { createCarrier } from './carrier.ts';
import { hear, TO_BRIDGE, TO_PAGE } from './page-wire.ts';

// The content script of a connected site, in a world of its own that the page cannot reach. Every byte is loaded with every
// page of the site, so it uses the browser's own API as it is.

/** The part of the browser's API that there is in a content script. */
interface Extension {
  runtime: {
    /** Gone once the extension was updated, switched off or removed. */
    id?: string;
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: {
      /** Messages come from Buckle's own background: no page and no other extension can send one. */
      addListener(
        listener: (
          message: SiteAnswer | SiteEventMessage,
          sender: unknown,
          reply: (taken: true) => void,
        ) => void,
      ): void;
    };
  };
}
declare const chrome: Extension;
const scope = globalThis as { browser?: Extension; buckleBridge?: () => unknown };

function start(): void {
  const { runtime } = scope.browser ?? chrome;
  const alive = (): unknown => runtime.id;
  const { origin } = location;
  const carrier = createCarrier({
    origin,
    // It throws at once where the extension is gone.
    send: async (message) => runtime.sendMessage(message),
    alive,
    tell: (message) => postMessage({ to: TO_PAGE, ...message }, origin),
    randomId: () => crypto.randomUUID(),
  });
  hear(TO_BRIDGE, carrier.fromPage);
  runtime.onMessage.addListener((message, _sender, reply) => {
    if (carrier.fromBackground(message)) reply(true);
  });
  addEventListener('pagehide', carrier.leave);
  scope.buckleBridge = () => {
    if (alive()) carrier.open();
    return alive();
  };
  carrier.open();
}

// Injected again, the one that is there goes on, unless it belongs to an extension that is gone.
if (!scope.buckleBridge?.()) start();
