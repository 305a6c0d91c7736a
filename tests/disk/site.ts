import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface Site {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  close(): Promise<void>;
}

const page = (text: string): string =>
  `<!doctype html><title>A site</title><input id="note"><p>${text}</p>`;

/**
 * A site whose pages a browser may keep in its cache: `/plain`, and `/packed` sent with gzip. Each has a text field, `#note`, which a
 * restored session fills again.
 */
export async function startSite(texts: { plain: string; packed: string }): Promise<Site> {
  const server = createServer(({ url }, response) => {
    const headers = { 'content-type': 'text/html', 'cache-control': 'max-age=86400' };
    if (url === '/plain') response.writeHead(200, headers).end(page(texts.plain));
    else if (url === '/packed')
      response
        .writeHead(200, { ...headers, 'content-encoding': 'gzip' })
        .end(gzipSync(page(texts.packed)));
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the site has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
