import browser from 'webextension-polyfill';

/** The one import of the polyfill. For the background, each page's `main.tsx` and `messaging/client.ts` only. */
export { browser };
