import browser from 'webextension-polyfill';

/** The one import of the polyfill, for each page's `main.tsx`. */
export { browser };
