import { describe, expect, it } from 'vitest';
import { createTransport } from '../../../../src/background/network/transport.ts';
import { API } from '../../../../src/exchange/client.ts';

const URL = `${API}/api/v1/order`;
const POST = {
  method: 'POST',
  body: '{"price":"1.50"}',
  headers: { 'Content-Type': 'text/plain' },
};

interface Sent {
  body: string;
  streamed: boolean;
  duplex: unknown;
}

async function world(
  options: {
    streams?: boolean;
    known?: string;
    statuses?: number[];
    type?: string;
    learns?: string;
  } = {},
) {
  const { streams = true, known, statuses = [], type = 'application/json', learns } = options;
  const sent: Sent[] = [];
  const kept: string[] = [];
  const transport = createTransport({
    fetch: async (_url, init) => {
      const streamed = init.body instanceof ReadableStream;
      const body = init.body ? await new Response(init.body).text() : '';
      sent.push({ body, streamed, duplex: Reflect.get(init, 'duplex') });
      const headers = { 'content-type': type };
      return new Response('{}', { status: statuses.shift() ?? 200, headers });
    },
    streams,
    onTiming: (listener) => {
      if (learns === undefined) return;
      listener({ name: 'https://elsewhere.example/', nextHopProtocol: 'h3' });
      listener({ name: `${API}/api/v1/time`, nextHopProtocol: learns });
    },
    memory: {
      get: async () => known,
      set: async (protocol) => void kept.push(protocol),
    },
  });
  return { transport, sent, kept };
}

describe('sending so that the browser cannot send it again', () => {
  it.each([
    ['streams over HTTP/2', { learns: 'h2' }, true],
    ['streams over HTTP/3', { learns: 'h3' }, true],
    ['streams where an earlier worker saw HTTP/2', { known: 'h2' }, true],
    ['sends text over HTTP/1.1, which takes no stream', { learns: 'http/1.1' }, false],
    ['believes the newest connection', { known: 'h2', learns: 'http/1.1' }, false],
    ['sends text while it does not know', {}, false],
    ['sends text where the browser cannot stream', { learns: 'h2', streams: false }, false],
  ])('%s', async (_name, options, streamed) => {
    const { transport, sent } = await world(options);
    await transport(URL, POST);
    const duplex = streamed ? 'half' : undefined;
    expect(sent).toEqual([{ body: POST.body, streamed, duplex }]);
  });

  it('leaves what has no body alone', async () => {
    const { transport, sent } = await world({ learns: 'h2' });
    await transport(`${API}/api/v1/time`, { method: 'GET' });
    expect(sent).toEqual([{ body: '', streamed: false, duplex: undefined }]);
  });

  it('tells the next worker what it learnt', async () => {
    const { transport, kept } = await world({ learns: 'h2' });
    await transport(`${API}/api/v1/time`, { method: 'GET' });
    expect(kept).toEqual(['h2']);
  });

  it('streams no more after a refusal that is not in the form of the exchange, and remembers it', async () => {
    const { transport, sent, kept } = await world({
      learns: 'h2',
      statuses: [400],
      type: 'text/html',
    });
    expect((await transport(URL, POST)).status).toBe(400);
    await transport(URL, POST);
    expect(sent.map(({ streamed }) => streamed)).toEqual([true, false]);
    expect(kept).toEqual(['h2', 'no-streams']);
    const next = await world({ known: 'no-streams', learns: 'h2' });
    await next.transport(URL, POST);
    expect(next.sent.map(({ streamed }) => streamed)).toEqual([false]);
    expect(next.kept).toEqual([]);
  });

  it.each([400, 403, 429])("goes on streaming after the exchange's own %i", async (status) => {
    const { transport, sent } = await world({ learns: 'h2', statuses: [status] });
    await transport(URL, POST);
    await transport(URL, POST);
    expect(sent.map(({ streamed }) => streamed)).toEqual([true, true]);
  });

  it('sends text instead if the exchange insists on a length', async () => {
    const { transport, sent } = await world({ learns: 'h2', statuses: [411, 200] });
    expect((await transport(URL, POST)).status).toBe(200);
    await transport(URL, POST);
    expect(sent.map(({ streamed }) => streamed)).toEqual([true, false, false]);
  });

  it.each([400, 401, 408, 429, 500, 503])('sends nothing again after a %i', async (status) => {
    const { transport, sent } = await world({ learns: 'h2', statuses: [status] });
    expect((await transport(URL, POST)).status).toBe(status);
    expect(sent).toHaveLength(1);
  });
});
