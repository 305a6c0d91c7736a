import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SiteOutcome, SiteReply } from '../../../src/messaging/wire.ts';
import { createCarrier } from '../../../src/provider/carrier.ts';
import type { ToPage } from '../../../src/provider/page-wire.ts';

interface Sent {
  id: string;
  method: string;
  params: unknown;
}
const ORIGIN = 'https://desk.example.com';
const done: SiteOutcome = { ok: true, value: 5 };
const dropped = new Error('The message port closed before a response was received.');

/** A bridge before a background that answers with these, one after the other, and then not at all. */
function bridge(...answers: (SiteReply | Error | undefined)[]) {
  const sent: Sent[] = [];
  const told: ToPage[] = [];
  let alive = true;
  let ids = 0;
  const carrier = createCarrier({
    origin: ORIGIN,
    send: async (message) => {
      sent.push(message as Sent);
      const answer = alive ? answers.shift() : new Error('Extension context invalidated.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    alive: () => alive,
    tell: (message) => told.push(message),
    randomId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  carrier.open();
  told.length = 0;
  const die = () => {
    alive = false;
  };
  return { carrier, sent, told, die };
}
const call = (key: number, params: unknown = {}) => ({ key: `${key}`, method: 'send', params });
const push = (id: string) => ({ channel: 'buckle-site-answer', id, reply: done }) as const;
const event = (name: string, origin = ORIGIN) =>
  ({ channel: 'buckle-site-event', origin, name, data: {} }) as const;
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a call', () => {
  it('is carried with an id of the bridge’s own, and its answer under the page’s key', async () => {
    const { carrier, sent, told } = bridge(done);
    const params = { instruction: 'balanceQuery' };
    carrier.fromPage(call(7, params));
    await settle();
    expect(sent).toEqual([{ channel: 'buckle-site', id: 'id-1', method: 'send', params }]);
    expect(told).toEqual([{ key: '7', id: 'id-1', reply: done }]);
  });

  it('R25: is asked again under the same id as long as the background drops it', async () => {
    const { carrier, sent, told } = bridge(dropped, undefined, dropped, done);
    carrier.fromPage(call(1));
    await settle(5000);
    expect(sent.map(({ id }) => id)).toEqual(['id-1', 'id-1', 'id-1', 'id-1']);
    expect(told).toEqual([{ key: '1', id: 'id-1', reply: done }]);
  });

  it('R25: that waits is answered by a push, once, however often it is pushed', async () => {
    const { carrier, told } = bridge({ waiting: true });
    carrier.fromPage(call(1));
    await settle();
    expect(carrier.fromBackground(push('id-1'))).toBe(true);
    expect(carrier.fromBackground(push('id-1'))).toBe(true);
    await settle(60_000);
    expect(told).toEqual([{ key: '1', id: 'id-1', reply: done }]);
  });

  it('keeps an answer that overtakes the word that it waits', async () => {
    let reply: (value: unknown) => void = () => undefined;
    const told: ToPage[] = [];
    const carrier = createCarrier({
      origin: ORIGIN,
      send: () =>
        new Promise((resolve) => {
          reply = resolve;
        }),
      alive: () => true,
      tell: (message) => told.push(message),
      randomId: () => 'id-1',
    });
    carrier.open();
    carrier.fromPage(call(1));
    expect(carrier.fromBackground(push('id-1'))).toBe(true);
    reply({ waiting: true });
    await settle(60_000);
    expect(told.slice(1)).toEqual([{ key: '1', id: 'id-1', reply: done }]);
  });

  it('that waits has its page told so, and that it was decided, before the background hears that it was told', async () => {
    const { carrier, told } = bridge({ waiting: true, turn: 1 });
    carrier.fromPage(call(1));
    await settle();
    expect(told).toEqual([{ key: '1', turn: 1 }]);
    const decided = { channel: 'buckle-site-answer', id: 'id-1', turn: 2 } as const;
    expect(carrier.fromBackground(decided)).toBe(true);
    expect(told.slice(1)).toEqual([{ key: '1', turn: 2 }]);
    expect(carrier.fromBackground({ ...decided, id: 'id-2' })).toBe(false);
    carrier.fromBackground(push('id-1'));
    expect(carrier.fromBackground(decided)).toBe(false);
  });

  it('that waits is asked for now and then, never more than ten seconds apart', async () => {
    const waiting = Array.from({ length: 12 }, () => ({ waiting: true }) as const);
    const { carrier, sent, told } = bridge(...waiting, done);
    carrier.fromPage(call(1));
    await settle(105_000);
    expect(sent.length).toBe(13);
    expect(told).toEqual([{ key: '1', id: 'id-1', reply: done }]);
  });

  it('R15: that is posted again is not made again', async () => {
    const { carrier, sent } = bridge(done, done, done);
    for (const key of [1, 2, 1, 2]) carrier.fromPage(call(key));
    await settle();
    expect(sent.map(({ id }) => id)).toEqual(['id-1', 'id-2']);
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['a cycle', cycle],
    ['NaN', { quantity: Number.NaN }],
    ['a number beyond all', { deep: [Number.POSITIVE_INFINITY] }],
    ['a bigint', { orderId: 5n }],
    ['more than 65,536 characters', { reason: 'x'.repeat(65_536) }],
  ])('R21: with %s is refused and not sent', async (_name, params) => {
    const { carrier, sent, told } = bridge(done);
    carrier.fromPage(call(1, params));
    await settle();
    expect(sent).toEqual([]);
    expect(told).toEqual([{ key: '1', id: 'id-1', reply: undefined }]);
  });

  it('R10: carries prototype names as what they are: names', async () => {
    const { carrier, sent } = bridge(done);
    const params = JSON.parse('{"__proto__":{"a":1},"constructor":"x","toString":"y"}');
    carrier.fromPage({ key: '1', method: '__proto__', params });
    await settle();
    expect(JSON.stringify(sent[0]?.params)).toBe(JSON.stringify(params));
    expect({}).not.toHaveProperty('a');
  });
});

describe('what else the background says', () => {
  it('R15: takes no answer to what it has not asked', async () => {
    const { carrier, told } = bridge({ waiting: true });
    carrier.fromPage(call(1));
    await settle();
    expect(carrier.fromBackground(push('id-2'))).toBe(false);
    expect(told).toEqual([]);
  });

  it('passes events on that are for this origin', () => {
    const { carrier, told } = bridge();
    carrier.fromBackground(event('lock'));
    carrier.fromBackground(event('unlock', 'https://other.example.com'));
    expect(told).toEqual([event('lock')]);
  });

  it('is quiet after a disconnect until it is opened again', async () => {
    const { carrier, sent, told } = bridge({ waiting: true }, done);
    carrier.fromPage(call(1));
    await settle();
    carrier.fromBackground(event('disconnect'));
    carrier.fromPage(call(2));
    await settle(60_000);
    expect(sent.length).toBe(1);
    expect(told).toEqual([event('disconnect')]);
    carrier.open();
    carrier.fromPage(call(3));
    await settle();
    expect(told.slice(1)).toEqual([{ state: 'fresh' }, { key: '3', id: 'id-2', reply: done }]);
  });
});

describe('the end of a page and of the extension', () => {
  it('drops what waits when the page is left, and tells it so in case it comes back', async () => {
    const { carrier, sent, told } = bridge({ waiting: true }, { waiting: true });
    carrier.fromPage(call(1));
    carrier.fromPage(call(2));
    await settle();
    carrier.leave();
    await settle(60_000);
    const cancels = sent.slice(2).map(({ method, params }) => [method, params]);
    expect(cancels).toEqual([
      ['cancel', { id: 'id-1' }],
      ['cancel', { id: 'id-2' }],
    ]);
    expect(told).toEqual([{ state: 'fresh' }]);
  });

  it('tells the page that the extension is gone instead of letting it wait', async () => {
    const { carrier, told, die } = bridge({ waiting: true });
    carrier.fromPage(call(1));
    await settle();
    die();
    await settle(60_000);
    expect(told).toEqual([{ state: 'lost' }]);
  });

  it('answers whether it is there, as long as it is', () => {
    const { carrier, told, die } = bridge();
    carrier.fromPage({ ping: true });
    die();
    carrier.fromPage({ ping: true });
    expect(told).toEqual([{ state: 'pong' }]);
  });
});
