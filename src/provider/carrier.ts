import {
  SITE_ANSWER_CHANNEL,
  SITE_CHANNEL,
  SITE_EVENT_CHANNEL,
  type SiteAnswer,
  type SiteCall,
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
  message: SiteCall;
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
  alive: () => unknown;
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
    // Zero times what JSON has no number for is not zero.
    if (typeof value === 'number' && value * 0 !== 0) throw 0;
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
    let reply: SiteReply | undefined;
    try {
      reply = (await send(call.message)) as SiteReply | undefined;
    } catch {
      if (!alive()) {
        close();
        tell({ state: 'lost' });
      }
    }
    if (!calls.has(call.id)) return;
    if (reply && 'ok' in reply) return end(call, reply);
    if (reply?.turn) tell({ key: call.key, turn: reply.turn });
    // What waits is pushed once it is decided, and asked for in case the push got lost.
    const pause = (reply ? 1000 : 50) * 2 ** call.asked;
    call.asked += 1;
    call.timer = setTimeout(ask, Math.min(pause, LONGEST_PAUSE_MS), call);
  };

  return {
    open,
    fromPage(message) {
      if (!isOpen || !alive()) return;
      if (message.ping) return tell({ state: 'pong' });
      const { key } = message;
      if (keys.has(key)) return;
      if (keys.size > REMEMBERED) keys.clear();
      keys.add(key);
      // Whatever it is, it is sent as text, so that it is answered.
      const method = `${message.method}`;
      const id = randomId();
      const asking: SiteCall = { channel: SITE_CHANNEL, id, method, params: undefined };
      const call: Call = { key, id, message: asking, asked: 0 };
      calls.set(id, call);
      try {
        asking.params = plainCopy(message.params);
        void ask(call);
      } catch {
        end(call);
      }
    },
    fromBackground(message) {
      // A tab may have gone elsewhere since the background looked at it.
      if (message.channel === SITE_EVENT_CHANNEL && message.origin === origin) {
        tell(message);
        if (message.name === 'disconnect') close();
      }
      if (message.channel !== SITE_ANSWER_CHANNEL) return false;
      const { id, reply, turn } = message;
      const call = calls.get(id);
      if (!call) return !turn && pushed.has(id);
      if (turn) tell({ key: call.key, turn });
      else {
        pushed.add(id);
        end(call, reply);
      }
      return true;
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
