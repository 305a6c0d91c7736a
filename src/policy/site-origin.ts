import { AppError } from '../core/errors.ts';

// Which web pages can be let in at all, and what the browser calls them.

export type BrowserKind = 'chrome' | 'firefox';

/** What the browser is asked for when a person lets in every site. This computer's own ports are not among them. */
export const EVERY_SITE = 'https://*/*';

/** https, and for development a server on this very computer. */
export function isSiteAddress({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
}

/** Is this text an origin that can be let in, written as browsers write it: `https://desk.example:8443`? */
export function isSiteOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  // A star is a legal host to `URL`, and every host to a pattern.
  return isSiteAddress(url) && url.origin === text && !text.includes('*');
}

/** @throws INVALID_INPUT at `origin` */
export function assertSiteOrigin(text: string): string {
  if (isSiteOrigin(text)) return text;
  throw new AppError('INVALID_INPUT', { path: 'origin', reason: 'wrong-type' });
}

/**
 * The narrowest pattern that the browser takes for an origin: `https://desk.example:8443/*`. Firefox knows no ports in
 * patterns, so there it covers every port of the host, and Buckle's own list of exact origins has to tell them apart.
 */
export function patternOf(origin: string, browser: BrowserKind): string {
  const { protocol, host, hostname } = new URL(origin);
  return `${protocol}//${browser === 'firefox' ? hostname : host}/*`;
}
