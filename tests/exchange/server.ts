import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { createCertificates } from './certificates.ts';
import type { PracticeExchange } from './exchange.ts';

/** How often streams say what is due. */
const TICK_MS = 50;

export interface PracticeServer {
  readonly port: number;
  /** base64 of the SHA-256 of the server's public key. */
  readonly spki: string;
  /** base64 of the test authority's certificate. */
  readonly caDerBase64: string;
  /** Go offline: break every connection and every attempt at a new one. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Other hosts at the same port: a browser can be told of one port only for all of TLS. */
export interface OtherHosts {
  readonly names: readonly string[];
  /** @param host - Which of them was asked. */
  answer(host: string, request: AnyRequest, response: AnyResponse): void;
}

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

export async function bodyOf(request: AnyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

const hostOf = ({ headers }: AnyRequest): string =>
  String(headers[':authority'] ?? headers.host ?? '').replace(/:\d+$/, '');

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );

/** Break the connection that a request came on, with whatever else is under way on it. */
const cutOff = (request: AnyRequest): void => {
  if ('stream' in request) request.stream.session?.destroy();
  else request.socket.destroy();
};

async function carry(
  exchange: PracticeExchange,
  request: AnyRequest,
  response: AnyResponse,
): Promise<void> {
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return; // the client went away
  const { method = 'GET', url = '/', headers } = request;
  const outcome = exchange.handle({ method, url, headers: flat(headers), body });
  if (outcome.delayMs > 0) await wait(outcome.delayMs);
  if (outcome.kind === 'dropped') {
    cutOff(request);
    return;
  }
  response.writeHead(outcome.response.status, outcome.response.headers);
  response.end(outcome.response.body);
}

/**
 * Serve the exchange on 127.0.0.1 with TLS and WebSocket, under certificates for its real host names.
 * @param options.http2 - Speak HTTP/2 to who offers it, else HTTP/1.1 to everyone.
 * @param options.others - Who answers for other host names at the same port.
 */
export async function startServer(
  exchange: PracticeExchange,
  options: { port?: number; http2?: boolean; others?: OtherHosts } = {},
): Promise<PracticeServer> {
  const { others } = options;
  const { key, cert, spki, caDerBase64 } = await createCertificates(others?.names);
  const connections = new Set<Socket>();
  let offline = false;

  const listener = (request: AnyRequest, response: AnyResponse): void => {
    const host = hostOf(request);
    if (others?.names.includes(host)) others.answer(host, request, response);
    else void carry(exchange, request, response);
  };
  const server = options.http2
    ? createSecureServer({ key, cert, allowHTTP1: true }, listener)
    : createServer({ key, cert }, listener);
  server.on('connection', (socket: Socket) => {
    if (offline) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened));
  });
  sockets.on('connection', (socket) => {
    const connection = exchange.connect({
      send: (text) => socket.send(text),
      close: (code) => (code === undefined ? socket.terminate() : socket.close(code)),
    });
    socket.on('message', (data) => connection.receive(String(data)));
    socket.on('close', () => connection.gone());
    socket.on('error', () => socket.terminate());
  });
  const ticking = setInterval(() => exchange.tick(), TICK_MS);

  const breakAll = () => {
    for (const socket of connections) socket.destroy();
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    port,
    spki,
    caDerBase64,
    cut() {
      offline = true;
      breakAll();
    },
    restore() {
      offline = false;
    },
    async close() {
      clearInterval(ticking);
      exchange.streams.shutDown();
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      breakAll();
      await closed;
    },
  };
}
