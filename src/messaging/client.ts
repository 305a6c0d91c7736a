import * as v from 'valibot';
import { AppError, type ErrorCode } from '../core/errors.ts';
import {
  type ReplyOf,
  type RequestOf,
  type WalletEvent,
  type WalletMethod,
  walletContract,
  walletEvent,
} from './contract.ts';
import { isEventMessage, isReply, type Reply, WALLET_CHANNEL } from './wire.ts';

/** Asks the background and yields its checked reply. @throws the AppError that the background answered with. */
export type WalletCall = <M extends WalletMethod>(
  method: M,
  request: RequestOf<M>,
) => Promise<ReplyOf<M>>;

/** The part of `browser.runtime` that messages need. */
export interface Runtime {
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: {
    addListener(listener: Listener): void;
    removeListener(listener: Listener): void;
  };
}

/** `tab`: the sender is something in a tab, such as a content script. The background is in none. */
type Listener = (message: unknown, sender: { tab?: unknown }) => undefined;

/** What the browser said instead of a reply, in words that differ with browser and moment. */
interface Dropped {
  dropped: unknown;
}

/** Before each time that a message is asked again, in ms: a background that is going down can take the second with it. */
const PAUSES_MS = [0, 100, 400];

/**
 * A background that was stopped between the message and its reply drops the reply. Every message may be asked again: reads
 * change nothing, and what changes something carries an id under which asking twice is asking once.
 */
const REPEATABLE: ReadonlySet<WalletMethod> = new Set<WalletMethod>([
  'session.open',
  'session.unlock',
  'session.lock',
  'session.touch',
  'exchange.read',
  'exchange.market',
  'requests.prepare',
  'requests.prepareEdit',
  'requests.send',
  'requests.edit',
  'requests.list',
  'drafts.read',
  'drafts.write',
  'settings.write',
  'accounts.verify',
  'accounts.select',
  'sites.list',
  'sites.expect',
  'sites.connect',
  'approvals.list',
  'approvals.approve',
  'approvals.reject',
  'approvals.rejectAll',
  'log.read',
  'log.verify',
  'live.watch',
  'live.leave',
  'rate.read',
]);

/** The first asking may have sent something: a refusal of the second (locked meanwhile) must not read as "nothing was sent". */
const SENDING: ReadonlySet<WalletMethod> = new Set<WalletMethod>([
  'requests.send',
  'requests.edit',
  'approvals.approve',
]);

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function createWalletCall(runtime: Runtime): WalletCall {
  const once = async (method: WalletMethod, request: unknown): Promise<Reply | Dropped> => {
    try {
      const reply = await runtime.sendMessage({ channel: WALLET_CHANNEL, method, request });
      return isReply(reply) ? reply : { dropped: new Error('no reply came') };
    } catch (error) {
      return { dropped: error };
    }
  };
  const asked = async (method: WalletMethod, request: unknown): Promise<unknown> => {
    const first = await once(method, request);
    let last = first;
    for (const pause of REPEATABLE.has(method) ? PAUSES_MS : []) {
      if (!('dropped' in last)) break;
      await sleep(pause);
      last = await once(method, request);
    }
    if ('dropped' in last) throw last.dropped;
    if (last.ok) return last.value;
    if ('dropped' in first && SENDING.has(method)) throw first.dropped;
    throw new AppError<ErrorCode>(last.error.code, last.error.data);
  };
  return async (method, request) => {
    const value = await asked(method, request);
    return v.parse(walletContract[method].reply, value) as ReplyOf<typeof method>;
  };
}

/** Calls `listener` for each event of the background, and of nobody else; returns the way to stop. */
export function listen(runtime: Runtime, listener: (event: WalletEvent) => void): () => void {
  const onMessage: Listener = (message, { tab }) => {
    if (tab === undefined && isEventMessage(message)) listener(v.parse(walletEvent, message.event));
    return undefined;
  };
  runtime.onMessage.addListener(onMessage);
  return () => runtime.onMessage.removeListener(onMessage);
}
