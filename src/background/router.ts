import { AppError, toWireError } from '../core/errors.ts';
import { siteError } from '../messaging/site-errors.ts';
import { isCall, isSiteCall, type Reply, type SiteReply } from '../messaging/wire.ts';
import { isSiteAddress } from '../policy/site-origin.ts';
import type { SiteDoor } from './pages/site-door.ts';
import type { Asker } from './pages/tickets.ts';

/** The browser's own record of who sent a message. Firefox has no `documentLifecycle`, and `documentId` from version 153. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  documentId?: string | undefined;
  documentLifecycle?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}

export interface Self {
  /** `browser.runtime.id` */
  id: string;
  /** `chrome-extension://…/`, `moz-extension://…/` */
  baseUrl: string;
}

/** One of Buckle's own pages, or a document of a site. */
export type Sending = { zone: 'wallet' } | ({ zone: 'page' } & Asker);

/**
 * Who is calling, from the browser's record alone; `undefined` for anything odd: another extension, a frame, a sandboxed or
 * prerendered document, a scheme that is not https (loopback excepted, for development), or something that is missing.
 */
export function callerOf(self: Self, sender: Sender): Sending | undefined {
  if (sender.id !== self.id || !sender.url || !URL.canParse(sender.url)) return undefined;
  if (sender.frameId !== undefined && sender.frameId !== 0) return undefined;
  if ((sender.documentLifecycle ?? 'active') !== 'active') return undefined;
  if (sender.url.startsWith(self.baseUrl)) {
    const own = self.baseUrl.slice(0, -1);
    return sender.origin === undefined || sender.origin === own ? { zone: 'wallet' } : undefined;
  }
  return pageOf(sender, self.baseUrl.startsWith('moz-extension:'));
}

function pageOf(sender: Sender, isFirefox: boolean): Sending | undefined {
  const { documentId: document, documentLifecycle, frameId } = sender;
  const address = new URL(sender.url ?? '');
  const { origin } = address;
  const tab = sender.tab?.id;
  if (sender.origin !== origin || !isSiteAddress(address)) return undefined;
  if (frameId !== 0 || tab === undefined || tab < 0) return undefined;
  if (!isFirefox && (!document || documentLifecycle === undefined)) return undefined;
  return { zone: 'page', origin, tab, ...(document ? { document } : {}) };
}

/** Answers a method that was asked for by name. What it gets is unchecked. */
export type Door = (method: string, request: unknown) => Promise<unknown>;

export interface RouterDependencies {
  self: Self;
  doors: { wallet: Door; page: SiteDoor };
  /** A bug of ours surfaced. */
  report: (error: unknown) => void;
}

/**
 * The listener for `runtime.onMessage`. Which door a message comes to is settled by its sender; one that is at the wrong door
 * is refused. It is not async: for a message that is not ours it returns `undefined` at once, so that it never answers for
 * somebody else.
 */
export function createRouter({ self, doors, report }: RouterDependencies) {
  const fromWallet = async (method: string, request: unknown, sender: Sender): Promise<Reply> => {
    try {
      if (callerOf(self, sender)?.zone !== 'wallet') throw new AppError('UNAUTHORIZED', undefined);
      return { ok: true, value: await doors.wallet(method, request) };
    } catch (error) {
      if (!(error instanceof AppError)) report(error);
      return { ok: false, error: toWireError(error) };
    }
  };
  return (message: unknown, sender: Sender): Promise<Reply | SiteReply> | undefined => {
    if (isCall(message)) return fromWallet(message.method, message.request, sender);
    if (!isSiteCall(message)) return undefined;
    const caller = callerOf(self, sender);
    if (caller?.zone === 'page') return doors.page(caller, message);
    return Promise.resolve({ ok: false, error: siteError('not-connected') });
  };
}
