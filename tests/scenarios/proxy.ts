import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

/** An HTTP proxy on 127.0.0.1 that lets every host be one server: it sees who is asked for, and nothing of what is said. */
export interface HttpProxy {
  readonly port: number;
  /** The hosts and ports that tunnels were asked to, in order, such as `api.backpack.exchange:443`. */
  readonly asked: readonly string[];
  /** Where tunnels to the exchange lead from now on. */
  leadTo(port: number): void;
  /** Refuse every tunnel, break those that are open. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startProxy(): Promise<HttpProxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  let target = 0;
  let isCut = false;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    return socket;
  };
  const server = createServer((_request, response) => response.writeHead(502).end());
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, from: Socket, head: Buffer) => {
    const host = request.url ?? '';
    asked.push(host);
    if (isCut || !host.endsWith('.backpack.exchange:443')) {
      from.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const to = keep(
      connect(target, '127.0.0.1', () => {
        from.write('HTTP/1.1 200 Connection established\r\n\r\n');
        to.write(head);
        to.pipe(from).pipe(to);
      }),
    );
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    asked,
    leadTo(port) {
      target = port;
    },
    cut() {
      isCut = true;
      breakAll();
    },
    restore() {
      isCut = false;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      breakAll();
      await closed;
    },
  };
}
