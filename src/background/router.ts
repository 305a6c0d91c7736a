import { AppError, toWireError } from '../core/errors.ts';
import { isCall, type Reply } from '../messaging/wire.ts';
import type { Caller } from '../policy/decide.ts';
import { isSiteAddress } from '../policy/site-origin.ts';

/** The browser's own record of who sent a message. Firefox has no `documentLifecycle`. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  documentLifecycle?: string | undefined;
  tab?: unknown;
}

export interface Self {
  /** `browser.runtime.id` */
  id: string;
  /** `chrome-extension://…/`, `moz-extension://…/` */
  baseUrl: string;
}

/**
 * Who is calling, from the browser's record alone; `undefined` for anything odd: another extension, a frame, a sandboxed or
 * prerendered document, a scheme that is not https (loopback excepted, for development).
 */
export function callerOf(self: Self, sender: Sender): Caller | undefined {
  if (sender.id !== self.id || !sender.url || !URL.canParse(sender.url)) return undefined;
  if (sender.frameId !== undefined && sender.frameId !== 0) return undefined;
  if ((sender.documentLifecycle ?? 'active') !== 'active') return undefined;
  if (sender.url.startsWith(self.baseUrl)) {
    const own = self.baseUrl.slice(0, -1);
    return sender.origin === undefined || sender.origin === own ? { zone: 'wallet' } : undefined;
  }
  const address = new URL(sender.url);
  const { origin } = address;
  if (sender.origin !== origin || sender.frameId !== 0 || sender.tab === undefined)
    return undefined;
  return isSiteAddress(address) ? { zone: 'page', origin } : undefined;
}

/** Answers a method that was asked for by name. What it gets is unchecked. */
export type Door = (method: string, request: unknown) => Promise<unknown>;

export interface RouterDependencies {
  self: Self;
  doors: { wallet: Door; page: Door };
  /** A bug of ours surfaced. */
  report: (error: unknown) => void;
}

/**
 * The listener for `runtime.onMessage`. It is not async: for a message that is not ours it returns `undefined` at once, so
 * that it never answers for somebody else.
 */
export function createRouter({ self, doors, report }: RouterDependencies) {
  const answer = async (method: string, request: unknown, sender: Sender): Promise<Reply> => {
    try {
      const caller = callerOf(self, sender);
      if (caller === undefined) throw new AppError('UNAUTHORIZED', undefined);
      return { ok: true, value: await doors[caller.zone](method, request) };
    } catch (error) {
      if (!(error instanceof AppError)) report(error);
      return { ok: false, error: toWireError(error) };
    }
  };
  return (message: unknown, sender: Sender): Promise<Reply> | undefined =>
    isCall(message) ? answer(message.method, message.request, sender) : undefined;
}
