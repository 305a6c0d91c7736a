import {
  SITE_ANSWER_CHANNEL,
  SITE_CHANNEL,
  SITE_EVENT_CHANNEL,
  type SiteAnswer,
  type SiteEventMessage,
  type SiteOutcome,
  type SiteReply,
} from '../messaging/wire.ts';
import type { ToBridge, ToPage } from './page-wire.ts';

/** The longest time between two askings of a call that is not answered yet, in ms. */
const LONGEST_PAUSE_MS = 10_000;
/** As many characters may the params of a call have as JSON. The background holds calls to the same. */
const MOST = 65_536;
const REMEMBERED = 1000;

interface Call {
  key: string;
  id: string;
  method: string;
  params: unknown;
  /** How often it was asked so far. */
  asked: number;
  timer?: ReturnType<typeof setTimeout>;
}

export interface CarrierDependencies {
  /** Of this document. */
  origin: string;
  /** Asks the background. Rejects, or yields nothing, if it was stopped before it answered. */
  send: (message: unknown) => Promise<unknown>;
  /** Is the extension that this script belongs to still there? */
  alive: () => boolean;
  tell: (message: ToPage) => void;
  randomId: () => string;
}

export interface Carrier {
  /** Something that the page said: anything at all. */
  fromPage(message: ToBridge): void;
  /** Something that the background said. `true`: taken, it need not be said again. */
  fromBackground(message: SiteAnswer | SiteEventMessage): boolean;
  /** The page is left: what is not decided yet is dropped. */
  leave(): void;
  /** Takes calls, from now on and again after the site was disconnected. */
  open(): void;
}

/** Plain JSON, copied. @throws whatever, for cycles, for numbers that JSON has not, for more than `MOST` characters */
function plainCopy(params: unknown): unknown {
  const text = JSON.stringify(params ?? null, (_key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw 0;
    return value;
  });
  if (text.length > MOST) throw 0;
  return JSON.parse(text);
}

/**
 * Carries a page's calls to the background and what comes back, and decides nothing. A call keeps one id until it is answered,
 * however often it has to be asked: asking twice with one id is asking once.
 */
export function createCarrier(deps: CarrierDependencies): Carrier {
  const { origin, send, alive, tell, randomId } = deps;
  const calls = new Map<string, Call>();
  /** Calls that a push has ended: one that is pushed again is acknowledged again. */
  const pushed = new Set<string>();
  /** Keys that the page has used lately: a message that comes again is one that somebody posts again. */
  const keys = new Set<string>();
  let isOpen = false;

  const end = ({ id, key, timer }: Call, reply?: SiteOutcome): void => {
    clearTimeout(timer);
    if (calls.delete(id)) tell({ key, id, reply });
  };

  const close = (): void => {
    isOpen = false;
    for (const { timer } of calls.values()) clearTimeout(timer);
    calls.clear();
  };

  const open = (): void => {
    if (isOpen) return;
    isOpen = true;
    tell({ state: 'fresh' });
  };

  const ask = async (call: Call): Promise<void> => {
    const { id, method, params } = call;
    let reply: SiteReply | undefined;
    try {
      reply = (await send({ channel: SITE_CHANNEL, id, method, params })) as SiteReply | undefined;
    } catch {
      if (!alive()) {
        close();
        tell({ state: 'lost' });
      }
    }
    if (!calls.has(id)) return;
    if (reply && 'ok' in reply) {
      end(call, reply);
      return;
    }
    // What waits is pushed once it is decided, and asked for in case the push got lost.
    const pause = (reply ? 1000 : 50) * 2 ** call.asked;
    call.asked += 1;
    call.timer = setTimeout(ask, Math.min(pause, LONGEST_PAUSE_MS), call);
  };

  return {
    open,
    fromPage(message) {
      if (!isOpen || !alive()) return;
      if (message.ping) {
        tell({ state: 'pong' });
        return;
      }
      const { key } = message;
      if (keys.has(key)) return;
      if (keys.size > REMEMBERED) keys.clear();
      keys.add(key);
      // Whatever it is, it is sent as text, so that it is answered.
      const method = `${message.method}`;
      const call: Call = { key, id: randomId(), method, params: undefined, asked: 0 };
      calls.set(call.id, call);
      try {
        call.params = plainCopy(message.params);
        void ask(call);
      } catch {
        end(call);
      }
    },
    fromBackground(message) {
      // A tab may have gone elsewhere since the background looked at it.
      if (message.channel === SITE_EVENT_CHANNEL && message.origin === origin) {
        const { name, data } = message;
        tell({ name, data });
        if (name === 'disconnect') close();
      }
      if (message.channel !== SITE_ANSWER_CHANNEL) return false;
      const { id, reply } = message;
      const call = calls.get(id);
      if (call) {
        pushed.add(id);
        end(call, reply);
      }
      return pushed.has(id);
    },
    leave() {
      for (const id of calls.keys()) {
        const cancel = { channel: SITE_CHANNEL, id: randomId(), method: 'cancel', params: { id } };
        send(cancel).catch(() => undefined);
      }
      // A page that comes back finds its calls ended and may make new ones.
      close();
      open();
    },
  };
}
