import { describe, expect, it } from 'vitest';
import { createConnection } from '../../../../src/exchange/streams/connection.ts';
import { createFakeSocket, createTimers, type FakeSocket } from './sockets.ts';

const HELLO = JSON.stringify({ method: 'SUBSCRIBE', params: ['ticker.SOL_USDC'] });
const tick = { stream: 'ticker.SOL_USDC', data: { c: '1' } };

function world(options: { refuses?: () => boolean; subscribe?: () => Promise<string[]> } = {}) {
  const timers = createTimers();
  const sockets: FakeSocket[] = [];
  const states: string[] = [];
  const heard: unknown[] = [];
  const refusals: unknown[] = [];
  let signed = 0;
  const connection = createConnection({
    open(url) {
      if (options.refuses?.()) throw new Error('refused');
      const socket = createFakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    ...{ after: timers.after, now: timers.now, random: () => 1 },
    subscribe:
      options.subscribe ??
      (async () => {
        signed += 1;
        return [`${HELLO} ${signed}`];
      }),
    heard: (stream, data) => heard.push([stream, data]),
    changed: (state) => states.push(state),
    refused: (code, message) => refusals.push([code, message]),
  });
  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket');
    return socket;
  };
  const opened = async (): Promise<FakeSocket> => {
    last().open();
    await timers.settle();
    return last();
  };
  return { ...timers, connection, sockets, states, heard, refusals, last, opened };
}

describe('a connection', () => {
  it('subscribes once it is open, and takes silence for success', async () => {
    const { connection, last, opened, states, pass } = world();
    expect([connection.state, last().url]).toEqual(['connecting', 'wss://ws.backpack.exchange']);
    const socket = await opened();
    expect(socket.sent).toEqual([`${HELLO} 1`]);
    await pass(900);
    expect(connection.state).toBe('connecting');
    await pass(100);
    expect([connection.state, states]).toEqual(['live', ['live']]);
  });

  it('is live with the first that it hears', async () => {
    const { connection, opened, heard } = world();
    (await opened()).say(tick);
    expect([connection.state, heard]).toEqual(['live', [['ticker.SOL_USDC', { c: '1' }]]]);
  });

  it.each([
    ['closed', (socket: FakeSocket) => socket.break()],
    ['broken', (socket: FakeSocket) => socket.break('error')],
  ])('comes back when it is %s, subscribed afresh', async (_name, broken) => {
    const { connection, sockets, opened, states, pass } = world();
    broken(await opened());
    expect([connection.state, sockets.length]).toEqual(['down', 1]);
    await pass(500);
    const socket = await opened();
    expect(socket.sent).toEqual([`${HELLO} 2`]);
    socket.say(tick);
    expect([sockets.length, states]).toEqual([2, ['down', 'live']]);
  });

  it('waits longer and longer, and less again once it was live for a while', async () => {
    const { sockets, last, opened, pass } = world();
    const pauses: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const count = sockets.length;
      last().break();
      let waited = 0;
      while (sockets.length === count) {
        await pass(100);
        waited += 100;
      }
      pauses.push(waited);
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    const socket = await opened();
    socket.say(tick);
    await pass(4000);
    socket.say(tick);
    await pass(7000);
    socket.break();
    await pass(500);
    expect(sockets).toHaveLength(10);
  });

  it('tells what the exchange refuses, and begins anew', async () => {
    const { connection, opened, refusals, states, pass } = world();
    const socket = await opened();
    socket.say({ id: null, error: { code: 4003, message: 'Invalid signature' } });
    expect([refusals, states, socket.closed]).toEqual([
      [[4003, 'Invalid signature']],
      ['down'],
      true,
    ]);
    await pass(500);
    (await opened()).say(tick);
    expect(connection.state).toBe('live');
  });

  it.each<[string, () => ReturnType<typeof world>]>([
    ['an address that the browser refuses', () => world({ refuses: () => true })],
    ['no signature', () => world({ subscribe: () => Promise.reject(new Error('locked')) })],
    ['a server that never opens it', () => world()],
  ])('is down with %s', async (name, make) => {
    const { connection, sockets, opened, pass } = make();
    if (name === 'no signature') await opened();
    if (name.startsWith('a server')) await pass(10_000);
    expect(connection.state).toBe('down');
    expect(sockets.every(({ closed }) => closed)).toBe(true);
  });

  it('notices a line that is dead: a ticker that was heard and is no more', async () => {
    const { connection, opened, pass } = world();
    const socket = await opened();
    socket.say(tick);
    for (let i = 0; i < 30; i += 1) {
      await pass(1000);
      socket.say(tick);
    }
    expect(connection.state).toBe('live');
    await pass(14_000);
    expect(connection.state).toBe('live');
    await pass(7_000);
    expect([connection.state, socket.closed]).toEqual(['down', true]);
  });

  it('does not mind hours of silence where no ticker was heard', async () => {
    const { connection, opened, pass } = world();
    const socket = await opened();
    socket.say({ stream: 'account.orderUpdate', data: {} });
    await pass(3_600_000);
    expect([connection.state, socket.closed]).toEqual(['live', false]);
  });

  it('makes nothing of what cannot be read', async () => {
    const { connection, opened, heard, states } = world();
    const socket = await opened();
    for (const odd of ['{', 'null', '7', '[]', '"text"', '{"stream":5}', '{"error":"x"}', '{}']) {
      socket.say(odd);
    }
    expect([connection.state, heard, states]).toEqual(['connecting', [], []]);
    socket.say('{"stream":"account.rfqUpdate","data":{"R":9007199254740993}}');
    expect(heard).toEqual([['account.rfqUpdate', { R: '9007199254740993' }]]);
  });

  it('says more once it has subscribed, and not before', async () => {
    const { connection, last, opened } = world();
    connection.send('too early');
    const socket = await opened();
    connection.send('more');
    expect(socket.sent).toEqual([`${HELLO} 1`, 'more']);
    last().break();
    connection.send('too late');
    expect(socket.sent).toHaveLength(2);
  });

  it('hurries when somebody looks, and only then', async () => {
    const { connection, sockets, last, opened } = world();
    await opened();
    connection.hurry();
    expect(sockets).toHaveLength(1);
    last().break();
    connection.hurry();
    expect(sockets).toHaveLength(2);
  });

  it('is closed for good: no socket, no timer, no word', async () => {
    const { connection, sockets, last, opened, states, heard, waiting, pass } = world();
    const socket = await opened();
    socket.say(tick);
    connection.close();
    socket.say(tick);
    connection.hurry();
    await pass(60_000);
    expect([sockets.length, last().closed, waiting()]).toEqual([1, true, 0]);
    expect([states, heard.length]).toEqual([['live'], 1]);
  });

  it('sends nothing that was signed while it was being closed', async () => {
    let signed = (_frames: string[]): void => undefined;
    const { connection, last, settle } = world({
      subscribe: () => new Promise((done) => (signed = done)),
    });
    last().open();
    connection.close();
    signed(['frame']);
    await settle();
    expect(last().sent).toEqual([]);
  });
});
