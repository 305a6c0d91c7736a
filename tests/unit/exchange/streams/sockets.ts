import type { After, Socket } from '../../../../src/exchange/streams/connection.ts';

/** Time that passes when a test says so, and what waits for it. */
export function createTimers(start = 1_760_000_000_000) {
  let time = start;
  let waiting: { at: number; work: () => void }[] = [];
  const after: After = (ms, work) => {
    const entry = { at: time + ms, work };
    waiting.push(entry);
    return () => {
      waiting = waiting.filter((each) => each !== entry);
    };
  };
  /** Everything that can go on without time passing: signing takes several turns. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn += 1) await new Promise((done) => setImmediate(done));
  };
  return {
    now: () => time,
    after,
    settle,
    waiting: () => waiting.length,
    async pass(ms: number): Promise<void> {
      await settle();
      const end = time + ms;
      for (;;) {
        const [next] = waiting.toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > end) break;
        time = next.at;
        waiting = waiting.filter((each) => each !== next);
        next.work();
        await settle();
      }
      time = end;
    },
  };
}

type Listener = (message: { data: unknown }) => void;

/** A socket whose other end is the test. */
export interface FakeSocket extends Socket {
  readonly url: string;
  readonly sent: string[];
  closed: boolean;
  open(): void;
  say(message: unknown): void;
  /** It is broken, or the other end closed it. */
  break(how?: 'close' | 'error'): void;
}

export function createFakeSocket(url: string): FakeSocket {
  const listeners = new Map<string, Listener[]>();
  const emit = (type: string, data?: unknown): void => {
    for (const listener of listeners.get(type) ?? []) listener({ data });
  };
  const socket: FakeSocket = {
    url,
    sent: [],
    closed: false,
    addEventListener(type: string, listener: Listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
    send: (text) => void socket.sent.push(text),
    close() {
      if (socket.closed) return;
      socket.closed = true;
      emit('close');
    },
    open: () => emit('open'),
    say: (message) =>
      emit('message', typeof message === 'string' ? message : JSON.stringify(message)),
    break(how = 'close') {
      if (how === 'error') emit('error');
      socket.close();
    },
  };
  return socket;
}
