import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { createCertificates } from './certificates.ts';
import type { PracticeExchange } from './exchange.ts';

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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );

async function carry(
  exchange: PracticeExchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return; // the client went away
  const { method = 'GET', url = '/', headers } = request;
  const outcome = exchange.handle({ method, url, headers: flat(headers), body });
  if (outcome.delayMs > 0) await wait(outcome.delayMs);
  if (outcome.kind === 'dropped') {
    request.socket.destroy();
    return;
  }
  response.writeHead(outcome.response.status, outcome.response.headers);
  response.end(outcome.response.body);
}

/** Serve the exchange on 127.0.0.1 with TLS and WebSocket, under certificates for its real host names. */
export async function startServer(
  exchange: PracticeExchange,
  options: { port?: number } = {},
): Promise<PracticeServer> {
  const { key, cert, spki, caDerBase64 } = await createCertificates();
  const connections = new Set<Socket>();
  let offline = false;

  const server = createServer({ key, cert }, (request, response) => {
    void carry(exchange, request, response);
  });
  server.on('connection', (socket: Socket) => {
    if (offline) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const answer = exchange.frame(String(data));
      if (answer !== undefined) socket.send(answer);
    });
  });

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
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      breakAll();
      await closed;
    },
  };
}
