import {
  type Buckle,
  type BuckleError,
  type BuckleErrorReason,
  type BuckleEventName,
  CLIENT_METHODS,
} from './api.ts';
import type { ToBridge, ToPage } from './page-wire.ts';

/** How often the bridge is asked whether it is still there while something waits, and how often it may not answer. */
const PING_MS = 3000;
const MISSED = 3;

// Taken before any script of a connected page could change them.
const { assign, entries, freeze } = Object;
const { Promise: Pledge, setTimeout: later } = globalThis;
const randomKey = crypto.randomUUID.bind(crypto);

interface Waiting {
  method: string;
  /** Even: it changes something and may have left. Odd: nothing has left, for it changes nothing or waits. The newest that was heard. */
  turn: number;
  resolve: (value?: unknown) => void;
  reject: (error: unknown) => void;
}

type Failure = Pick<BuckleError, 'code' | 'reason' | 'data'>;
type Listener = (data: unknown) => void;

const failure = (code: number, reason: BuckleErrorReason, data: Failure['data'] = {}): Failure => ({
  code,
  reason,
  data,
});
const NOT_CONNECTED = failure(4100, 'not-connected');
const DISCONNECTED = failure(4900, 'disconnected');
const OUTCOME_UNKNOWN = failure(5001, 'outcome-unknown');
const NOT_PLAIN = failure(-32602, 'invalid-params', { path: 'params', reason: 'wrong-type' });

/** Its message is what a developer reads first: `Buckle: invalid-params, path price, reason tick, limit 0.01`. */
function errorOf(why: Failure, id?: string): Error {
  const details = entries(why.data).map(([name, value]) => `, ${name} ${value}`);
  return assign(new Error(`Buckle: ${why.reason}${details.join('')}`), why, {
    name: 'BuckleError',
    id,
  });
}

const lossOf = ({ turn }: Waiting): Failure => (turn % 2 ? DISCONNECTED : OUTCOME_UNKNOWN);

/**
 * The page's side: `window.buckle`, and what the bridge's messages are given to.
 * @param post - Posts to the bridge. @throws for what cannot be copied: functions, for one.
 */
export function createProvider(post: (message: ToBridge) => void) {
  const waiting = new Map<string, Waiting>();
  const listeners = new Set<readonly [BuckleEventName, Listener]>();
  /** Why no call can be made now. */
  let down: Failure | undefined;
  let missed = 0;
  let isWatching = false;

  /** Ends all that waits: as `why` says, or well where it says nothing. */
  const endAll = (why: (call: Waiting) => Failure | undefined): void => {
    for (const call of waiting.values()) {
      const failed = why(call);
      if (failed) call.reject(errorOf(failed));
      else call.resolve();
    }
    waiting.clear();
  };

  /** A bridge that was taken away says nothing, so it is asked as long as something waits for it. */
  const watch = (): void => {
    if (missed >= MISSED) {
      down = DISCONNECTED;
      endAll(lossOf);
    }
    isWatching = waiting.size > 0;
    if (!isWatching) return;
    missed += 1;
    post({ ping: true });
    later(watch, PING_MS);
  };

  const ask = (method: string, params = {}, turn = 1): Promise<unknown> =>
    new Pledge((resolve, reject) => {
      if (down) return reject(errorOf(down));
      const key = randomKey();
      try {
        post({ key, method, params });
      } catch {
        return reject(errorOf(NOT_PLAIN));
      }
      waiting.set(key, { method, turn, resolve, reject });
      if (isWatching) return;
      missed = 0;
      isWatching = true;
      later(watch, PING_MS);
    });

  /** What the bridge says. */
  const fromBridge = (message: ToPage): void => {
    missed = 0;
    if (message.state) {
      if (message.state === 'lost') down = DISCONNECTED;
      else if (message.state === 'fresh' || down === DISCONNECTED) down = undefined;
      if (message.state !== 'pong') endAll(lossOf);
    } else if ('name' in message) {
      const { name, data } = message;
      if (name === 'disconnect') {
        down = NOT_CONNECTED;
        // What nobody had decided was answered before this was said.
        endAll(({ method, turn }) => {
          if (method === name) return undefined;
          return turn % 2 ? NOT_CONNECTED : OUTCOME_UNKNOWN;
        });
      }
      // Each by itself: one listener's error is not another's.
      for (const [wanted, listener] of listeners) if (wanted === name) later(listener, 0, data);
    } else {
      const { key, id, reply, turn } = message;
      const call = waiting.get(key);
      if (turn) {
        if (call && turn > call.turn) call.turn = turn;
        return;
      }
      waiting.delete(key);
      if (reply?.ok) call?.resolve(reply.value);
      else call?.reject(errorOf(reply ? reply.error : NOT_PLAIN, id));
    }
  };

  const send = (instruction: string, params?: unknown, options?: object): Promise<unknown> =>
    ask('send', { ...options, instruction, params }, /Query(All)?$/.test(instruction) ? 1 : 0);
  const client = Object.fromEntries(
    entries(CLIENT_METHODS).map(([name, instruction]) => [name, send.bind(0, instruction)]),
  );
  const provider = freeze({
    connect: (request: object) => ask('connect', request),
    disconnect: () => ask('disconnect'),
    permissions: () => ask('permissions'),
    send,
    sign: (instruction: unknown, params?: unknown, options?: object) =>
      ask('sign', { ...options, instruction, params }),
    signBatch: (orders: unknown, options?: object) => ask('signBatch', { ...options, orders }),
    signSubscription: (streams: unknown, options?: object) =>
      ask('signSubscription', { ...options, streams }),
    on(name: BuckleEventName, listener: Listener) {
      const heard = [name, listener] as const;
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    client: freeze(client),
  });
  // Its methods take what a page gives as it is, for the background to check; to the page they have the types of `Buckle`.
  return { provider: provider as unknown as Buckle, fromBridge };
}
