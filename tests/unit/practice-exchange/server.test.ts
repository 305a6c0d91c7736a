import { Agent, request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createPracticeExchange, type PracticeRequest } from '../../exchange/exchange.ts';
import { type KeyPair, keyPair } from '../../exchange/keys.ts';
import { type SeededAccount, seedAccount, signedRequest } from '../../exchange/seed-account.ts';
import { type PracticeServer, startServer } from '../../exchange/server.ts';
import { bid } from './harness.ts';

const exchange = createPracticeExchange();
let server: PracticeServer;
let account: SeededAccount;
let ca: string;

beforeAll(async () => {
  server = await startServer(exchange);
  account = seedAccount(exchange);
  ca = `-----BEGIN CERTIFICATE-----\n${server.caDerBase64}\n-----END CERTIFICATE-----`;
});
afterAll(() => server.close());

const at = (host: string) => ({
  host: '127.0.0.1',
  port: server.port,
  servername: host,
  ca,
});

function over({ method, url, headers, body }: PracticeRequest) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const host = 'api.backpack.exchange';
    const sent = request({
      ...at(host),
      method,
      path: url,
      headers: { host, ...headers },
      agent: false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.end(body);
  });
}
const ping = { method: 'GET', url: '/api/v1/ping', headers: {}, body: '' };

describe('behind TLS', () => {
  it('answers under a certificate for its name that the test authority signed', async () => {
    expect(await over(ping)).toEqual({ status: 200, text: 'pong' });
    expect(Buffer.from(server.spki, 'base64')).toHaveLength(32);
  });
  it('takes a signed order', async () => {
    const parts = { method: 'POST', path: '/api/v1/order', instruction: 'orderExecute' };
    const timestamp = Date.now();
    const answer = await over(signedRequest(account, { ...parts, params: bid(), timestamp }));
    expect(answer.status).toBe(200);
    expect(exchange.openOrders(account.apiKey)).toMatchObject([
      { symbol: 'SOL_USDC', price: '140' },
    ]);
  });
  it('cuts a connection, and waits when told', async () => {
    exchange.faults.add({ kind: 'drop-before' });
    await expect(over(ping)).rejects.toThrow(/hang up|ECONNRESET/);
    exchange.faults.add({ kind: 'delay', delayMs: 60 });
    const start = performance.now();
    await over(ping);
    expect(performance.now() - start).toBeGreaterThan(50);
  });
  it('goes offline and comes back', async () => {
    server.cut();
    await expect(over(ping)).rejects.toThrow();
    server.restore();
    expect((await over(ping)).status).toBe(200);
  });
});

describe('the WebSocket', () => {
  const talk = (frames: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const agent = new Agent(at('ws.backpack.exchange'));
      const socket = new WebSocket(`wss://127.0.0.1:${server.port}`, { agent });
      const answers: string[] = [];
      socket.on('error', reject);
      socket.on('message', (data) => answers.push(String(data)));
      socket.on('open', () => {
        for (const frame of frames) socket.send(frame);
        socket.ping();
      });
      socket.on('pong', () => socket.close());
      socket.on('close', () => resolve(answers));
    });
  const subscribe = (keys: KeyPair, timestamp: number) => {
    const parts = { method: 'GET', path: '/', instruction: 'subscribe', timestamp };
    const { headers } = signedRequest(keys, parts);
    const names = ['x-api-key', 'x-signature', 'x-timestamp', 'x-window'];
    const signature = names.map((name) => headers[name]);
    return JSON.stringify({ method: 'SUBSCRIBE', params: ['account.orderUpdate'], signature });
  };

  it('meets good subscriptions with silence', async () => {
    const open = JSON.stringify({ method: 'SUBSCRIBE', params: ['depth.SOL_USDC'] });
    expect(await talk([open, subscribe(account, Date.now())])).toEqual([]);
  });
  it('says what is wrong with bad ones', async () => {
    const unsigned = JSON.stringify({ method: 'SUBSCRIBE', params: ['account.orderUpdate'] });
    const unknown = JSON.stringify({ method: 'SUBSCRIBE', params: ['nonsense.SOL_USDC'] });
    const expired = subscribe(account, Date.now() - 9000);
    const stranger = subscribe(keyPair(99), Date.now());
    const answers = await talk(['{', unknown, unsigned, expired, stranger]);
    const codes = answers.map((text) => JSON.parse(text).error.code);
    expect(codes).toEqual([4002, 4006, 4003, 4003, 4003]);
  });
});
