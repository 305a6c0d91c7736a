import { parseExactly } from '../json.ts';

const STREAMS = 'wss://ws.backpack.exchange';

/** The part of a WebSocket that is used. */
export interface Socket {
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (message: { data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

/** Calls back after so many ms; what it returns takes that back. */
export type After = (ms: number, work: () => void) => () => void;

export type ConnectionState = 'connecting' | 'live' | 'down';

export interface ConnectionDependencies {
  /** May throw: so does Firefox where it refuses a connection. */
  open: (url: string) => Socket;
  after: After;
  now: () => number;
  /** 0 to 1, for jitter. */
  random: () => number;
  /** The frames to begin with, signed afresh: asked for at each opening. */
  subscribe: () => Promise<readonly string[]>;
  /** Told of each message of a stream. */
  heard: (stream: string, data: unknown) => void;
  changed: (state: ConnectionState) => void;
  /** Told of the exchange's own word when it refuses something; the connection is made anew after it. */
  refused?: (code: number, message: string) => void;
}

export interface Connection {
  readonly state: ConnectionState;
  /** Says something more to a connection that has subscribed. One that has not gets it from `subscribe`. */
  send(frame: string): void;
  /** There may be a network again: does not wait any longer. */
  hurry(): void;
  close(): void;
}

/** Success is silent: a subscription that nothing was said against for so long stands. */
const SETTLE_MS = 1_000;
const OPENING_MS = 10_000;
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Live for so long, it begins again with the shortest pause. */
const STEADY_MS = 10_000;
const WATCH_MS = 5_000;
/** A ticker speaks each second. Silent for so long, the line is dead. */
const SILENCE_MS = 15_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function parsed(data: unknown): Record<string, unknown> {
  if (typeof data !== 'string') return {};
  try {
    const message = parseExactly(data);
    return isRecord(message) ? message : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/**
 * One WebSocket to the exchange that comes back by itself, until it is closed. A dead line shows nowhere: private streams may
 * be silent for hours, and browsers answer the exchange's pings without a word. So a ticker is to be among what is subscribed
 * to: once one was heard, its silence is the end of the connection.
 */
export function createConnection(deps: ConnectionDependencies): Connection {
  const { after, now, random } = deps;
  let state: ConnectionState = 'connecting';
  let socket: Socket | undefined;
  /** Of the socket there is now: what an earlier one still says is nothing to us. */
  let turn = 0;
  let attempt = 0;
  let liveAt: number | undefined;
  let heardAt = 0;
  let hasPulse = false;
  let subscribed = false;
  let closed = false;
  const timers = new Set<() => void>();

  const later = (ms: number, work: () => void): void => {
    const cancel = after(ms, () => {
      timers.delete(cancel);
      work();
    });
    timers.add(cancel);
  };

  const become = (next: ConnectionState): void => {
    if (state === next) return;
    state = next;
    deps.changed(next);
  };

  /** Lets go of the socket, which must not say anything more. */
  const release = (): void => {
    turn += 1;
    for (const cancel of timers) cancel();
    timers.clear();
    const old = socket;
    socket = undefined;
    subscribed = false;
    hasPulse = false;
    old?.close();
  };

  const lost = (): void => {
    release();
    if (liveAt !== undefined && now() - liveAt >= STEADY_MS) attempt = 0;
    liveAt = undefined;
    become('down');
    const pause = Math.min(SHORTEST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
    attempt += 1;
    later(pause * (0.5 + random() / 2), connect);
  };

  const live = (): void => {
    if (state === 'live') return;
    liveAt = now();
    become('live');
  };

  const watch = (): void => {
    if (hasPulse && now() - heardAt > SILENCE_MS) lost();
    else later(WATCH_MS, watch);
  };

  const received = (data: unknown): void => {
    heardAt = now();
    const { stream, data: content, error } = parsed(data);
    if (typeof stream === 'string') {
      if (subscribed) live();
      if (stream.startsWith('ticker.')) hasPulse = true;
      deps.heard(stream, content);
    } else if (isRecord(error)) {
      deps.refused?.(Number(error.code), String(error.message));
      lost();
    }
  };

  const subscribe = async (mine: number): Promise<void> => {
    const frames = await deps.subscribe();
    if (mine !== turn) return;
    for (const frame of frames) socket?.send(frame);
    subscribed = true;
    later(SETTLE_MS, live);
  };

  function connect(): void {
    release();
    const mine = turn;
    const only = (work: () => void) => () => {
      if (mine === turn) work();
    };
    try {
      socket = deps.open(STREAMS);
    } catch {
      lost();
      return;
    }
    heardAt = now();
    later(OPENING_MS, () => {
      if (!subscribed) lost();
    });
    later(WATCH_MS, watch);
    socket.addEventListener(
      'open',
      only(() => void subscribe(mine).catch(only(lost))),
    );
    socket.addEventListener('message', ({ data }) => only(() => received(data))());
    socket.addEventListener('close', only(lost));
    socket.addEventListener('error', only(lost));
  }

  connect();
  return {
    get state() {
      return state;
    },
    send(frame) {
      if (subscribed) socket?.send(frame);
    },
    hurry() {
      if (!closed && socket === undefined) connect();
    },
    close() {
      closed = true;
      release();
    },
  };
}
