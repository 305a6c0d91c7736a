import type { Account } from './accounts.ts';
import { authenticate } from './auth.ts';
import {
  balanceFeed,
  type Feed,
  type FeedSource,
  positionFeed,
  positionsAtFirst,
  publicFeed,
} from './feeds.ts';
import { Refusal } from './refusal.ts';
import { type OrderEvent, orderFrame, type Stamp } from './stream-frames.ts';
import { error, isPrivate, parseRequest, type StreamRequest } from './stream-requests.ts';

/** One client's WebSocket, as the exchange sees it. */
export interface ConnectionPort {
  send(text: string): void;
  /** With a close frame of that code, or cut off without a word. */
  close(code?: number): void;
}

/** What a connection tells the exchange. */
export interface PracticeConnection {
  receive(text: string): void;
  gone(): void;
}

/** Looks at connections, and what goes wrong with them. */
export interface StreamControls {
  /** What each connection is subscribed to, the oldest connection first; whose it is if anything of it is private. */
  connections(): readonly { streams: readonly string[]; apiKey: string | undefined }[];
  /** How many data messages were sent so far. */
  sent(): number;
  /** Break every connection without a word. */
  cut(): void;
  /** Close every connection with a close frame, as the exchange does when it shuts down. */
  shutDown(): void;
  /** Lose the next so many data messages, or those of streams that match. */
  swallow(count: number, stream?: RegExp): void;
  /** Tell every connection of an error. */
  fail(code: number, message: string): void;
  /** Refuse the signature of the next so many subscriptions. */
  refuseSignatures(times: number): void;
  /** Let everything that is connected now hear nothing more, as if the line were dead; `resume` sends what has piled up. */
  pause(): void;
  resume(): void;
}

interface Connection {
  readonly port: ConnectionPort;
  /** Whose each stream is; nobody's if it is public. */
  readonly streams: Map<string, Account | undefined>;
  /** What piled up while nothing gets through. */
  held: string[] | undefined;
}

interface RunningFeed {
  readonly stream: string;
  readonly account: Account | undefined;
  readonly feed: Feed;
  at: number;
}

/** The WebSocket side of the exchange: who hears what. Nothing in here waits: `flush` says what is due. */
export function createStreams(
  source: FeedSource,
  options: { now(): number; accountOf(apiKey: string): Account | undefined },
) {
  const { now, accountOf } = options;
  const connections = new Set<Connection>();
  const feeds = new Map<string, RunningFeed>();
  let swallowing: { left: number; stream: RegExp }[] = [];
  let refusing = 0;
  let sent = 0;

  const say = (connection: Connection, text: string): void => {
    if (connection.held) connection.held.push(text);
    else connection.port.send(text);
  };

  function push(connection: Connection, stream: string, data: object): void {
    const lost = swallowing.find(({ left, stream: which }) => left > 0 && which.test(stream));
    if (lost) {
      lost.left -= 1;
      return;
    }
    sent += 1;
    say(connection, JSON.stringify({ stream, data }));
  }

  function publish(stream: string, account: Account | undefined, data: object): void {
    for (const connection of connections) {
      const { streams } = connection;
      if (streams.has(stream) && streams.get(stream) === account) push(connection, stream, data);
    }
  }

  const feedKey = (stream: string, account: Account | undefined): string =>
    `${stream} ${account?.apiKey ?? ''}`;

  function feedOf(stream: string, account: Account | undefined): Feed | undefined {
    if (!account) return publicFeed(source, stream);
    if (stream === 'account.balanceUpdate') return balanceFeed(source, account);
    const [, positions, market] = /^account\.(positionUpdate)(?:\.(.+))?$/.exec(stream) ?? [];
    return positions ? positionFeed(source, account, market) : undefined;
  }

  /** Start the feeds that somebody hears, stop those that nobody does. */
  function tend(): void {
    const wanted = new Set<string>();
    for (const { streams } of connections) {
      for (const [stream, account] of streams) {
        const key = feedKey(stream, account);
        wanted.add(key);
        if (feeds.has(key)) continue;
        const feed = feedOf(stream, account);
        if (feed) feeds.set(key, { stream, account, feed, at: Number.NEGATIVE_INFINITY });
      }
    }
    for (const key of feeds.keys()) if (!wanted.has(key)) feeds.delete(key);
  }

  function flush(): void {
    if (connections.size === 0) return;
    for (const running of feeds.values()) {
      if (now() - running.at < running.feed.period) continue;
      running.at = now();
      for (const data of running.feed.next()) publish(running.stream, running.account, data);
    }
  }

  /** Whose private streams the frame opens. Code and text of a bad signature are documented nowhere. */
  function signer({ signature }: StreamRequest): Account | undefined {
    if (refusing > 0) {
      refusing -= 1;
      return undefined;
    }
    const [apiKey = '', signed = '', timestamp = '', window = ''] = signature;
    const credentials = { apiKey, signature: signed, timestamp, window };
    try {
      authenticate(credentials, 'subscribe', [{}], source.clock(), 400);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return undefined;
    }
    return accountOf(apiKey);
  }

  function obey(connection: Connection, frame: StreamRequest): void {
    const { method, params } = frame;
    if (method === 'UNSUBSCRIBE') {
      for (const stream of params) connection.streams.delete(stream);
      tend();
      return;
    }
    const needsKey = params.some(isPrivate);
    const account = needsKey ? signer(frame) : undefined;
    if (needsKey && !account) {
      say(connection, error(4003, 'Invalid signature'));
      return;
    }
    flush(); // what happened before is nothing new to who comes now
    for (const stream of params) {
      connection.streams.set(stream, isPrivate(stream) ? account : undefined);
    }
    tend();
    for (const stream of params) {
      const [, positions, market] = /^account\.(positionUpdate)(?:\.(.+))?$/.exec(stream) ?? [];
      if (!positions || !account) continue;
      for (const data of positionsAtFirst(source, account, market)) push(connection, stream, data);
    }
  }

  const controls: StreamControls = {
    connections: () =>
      [...connections].map(({ streams }) => ({
        streams: [...streams.keys()],
        apiKey: [...streams.values()].find(Boolean)?.apiKey,
      })),
    sent: () => sent,
    cut: () => {
      for (const { port } of connections) port.close();
    },
    shutDown: () => {
      for (const { port } of connections) port.close(1001);
    },
    swallow(count, stream = /./) {
      swallowing = [...swallowing.filter(({ left }) => left > 0), { left: count, stream }];
    },
    fail(code, message) {
      for (const connection of connections) say(connection, error(code, message));
    },
    refuseSignatures(times) {
      refusing = times;
    },
    pause() {
      for (const connection of connections) connection.held ??= [];
    },
    resume() {
      for (const connection of connections) {
        const held = connection.held ?? [];
        connection.held = undefined;
        for (const text of held) connection.port.send(text);
      }
    },
  };

  return {
    controls,
    flush,
    connect(port: ConnectionPort): PracticeConnection {
      const connection: Connection = { port, streams: new Map(), held: undefined };
      connections.add(connection);
      return {
        receive(text) {
          const frame = parseRequest(text);
          if (typeof frame === 'string') say(connection, frame);
          else obey(connection, frame);
        },
        gone() {
          connections.delete(connection);
          tend();
        },
      };
    },
    /** Told at once, unlike what feeds say. */
    orderChanged(event: OrderEvent): void {
      if (connections.size === 0) return;
      const { account, market } = event.order;
      const stamp: Stamp = source.stamp();
      const data = orderFrame(event, stamp);
      publish('account.orderUpdate', account, data);
      publish(`account.orderUpdate.${market.symbol}`, account, data);
    },
  };
}
