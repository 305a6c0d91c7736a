import type { Browser, Runtime } from 'webextension-polyfill';

/** Answers by calling back, now or later; `true` says that it will. */
type MessageListener = (
  message: unknown,
  sender: Runtime.MessageSender,
  reply: (answer: unknown) => void,
) => true | undefined;

/** As browsers have it themselves. */
interface Native extends Omit<Browser, 'runtime'> {
  runtime: Omit<Browser['runtime'], 'onMessage'> & {
    onMessage: { addListener(listener: MessageListener): void };
  };
}

declare const chrome: Native;
const scope = globalThis as { browser?: Native };

/**
 * The browser's own API, for the background, which starts too often to carry the polyfill. Older Chromium has it as `chrome`
 * only; its functions give promises as well, but its listeners for messages answer by calling back, as all browsers let them.
 */
export const browser: Native = scope.browser ?? chrome;
