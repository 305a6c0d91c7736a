import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/exchange/answer.ts';
import { createExchange } from '../../../src/exchange/client.ts';
import type { Entry } from '../../../src/exchange/instructions/entry.ts';
import {
  entryOf,
  type Instruction,
  instructions,
  isChanging,
  isRead,
} from '../../../src/exchange/instructions/index.ts';
import { createRateBucket } from '../../../src/exchange/rate.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';
import { createPracticeExchange } from '../../exchange/exchange.ts';
import {
  alternativesOf,
  type Documented,
  endpoints,
  exampleOf,
  isOptional,
  leavesOf,
  names,
  samples,
  type Twist,
  twisted,
} from '../../instructions/documented.ts';
import { BAGGAGE, type Stop, tour } from '../../instructions/tour.ts';
import vectors from '../../vectors/signing.json' with { type: 'json' };
import { createVirtualClock, fetchFrom, identityOf } from '../background/world.ts';

const table = Object.entries(instructions) as [Instruction, Entry][];
const documentedOf = (name: string): Documented => {
  const found = endpoints.find(({ instruction, batch }) => instruction === name && !batch);
  if (!found) throw new Error(`${name} is not documented`);
  return found;
};
const decoded = (name: string, answer: unknown): unknown => {
  const text = answer === undefined ? '' : JSON.stringify(answer);
  return contentOf({ status: 200, headers: new Headers(), text }, entryOf(name).answer);
};
/** What the schema of params knows, rules between fields aside. */
const keysOf = ({ params }: Entry): string[] => Object.keys(Reflect.get(params, 'entries'));

describe('the instruction table', () => {
  /** Signed for the WebSocket: it has no endpoint, so the streams hold it, not the table. */
  const WITHOUT_ENDPOINT = ['subscribe'];

  it('has every documented instruction and no other', () => {
    expect(table.map(([name]) => name).sort()).toEqual(
      names.filter((name) => !WITHOUT_ENDPOINT.includes(name)),
    );
  });

  it.each(table)('%s is asked where and how it is documented', (name, entry) => {
    const { method, path, params, paged } = documentedOf(name);
    expect({ method: entry.method, path: entry.path }).toEqual({ method, path });
    expect(entry.paged ?? false).toBe(paged ?? false);
    // How a nested object is signed is documented nowhere; a token goes along only as the request is stamped.
    const apart = ['recipientInformation', 'twoFactorToken'];
    const known = Object.keys(params).filter((key) => !apart.includes(key));
    expect(keysOf(entry).sort()).toEqual(known.sort());
    for (const key of known.filter((each) => !isOptional(params[each]))) {
      expect(v.is(entry.params, Object.fromEntries(known.map((k) => [k, undefined]))), key).toBe(
        false,
      );
    }
  });

  it.each(table)(
    '%s says what may become of it if and only if it changes something',
    (name, entry) => {
      expect(entry.outcome !== undefined).toBe(isChanging(name));
      expect(entry.scope === 'read').toBe(isRead(name));
      if (entry.method === 'GET') expect(entry.scope).toBe('read');
    },
  );

  it.each(table.filter(([, { outcome }]) => outcome === 'byClientId'))(
    '%s is found by an id of the caller’s, which its params have',
    (_name, entry) =>
      expect(keysOf(entry).some((key) => key === 'clientId' || key === 'clientStrategyId')).toBe(
        true,
      ),
  );
});

const TWISTS: readonly [string, Twist][] = [
  ['in full', {}],
  ['with nulls', { optional: 'null' }],
  ['with fields missing', { optional: 'missing' }],
  ['with unknown fields and words', { unknown: true }],
];

describe('documented answers', () => {
  const cases = endpoints
    .filter(({ answer, batch }) => answer !== null && !batch)
    .flatMap(({ instruction, answer }) =>
      alternativesOf(answer).flatMap((shape, number) =>
        TWISTS.map(([how, twist]) => [instruction, number, how, exampleOf(shape, twist)] as const),
      ),
    );

  it.each(cases)('of %s (%d) are taken %s, and nothing of them is lost', (name, _n, _how, answer) =>
    expect(leavesOf(decoded(name, answer))).toEqual(leavesOf(answer)),
  );
  it.each(samples)('of %s, as recorded, are taken whole', (name, answer) =>
    expect(leavesOf(decoded(name, answer))).toEqual(leavesOf(answer)),
  );

  it('of a batch are taken, placed and refused alike', () => {
    const { answer } = endpoints.find(({ batch }) => batch) ?? documentedOf('');
    for (const shape of alternativesOf(answer).flatMap((each) =>
      alternativesOf((each as readonly [Documented['answer']])[0]),
    )) {
      const example = [exampleOf(shape)];
      const schema = instructions.orderExecute.batch?.answer ?? v.never();
      expect(leavesOf(v.parse(schema, example))).toEqual(leavesOf(example));
    }
  });

  it.each(table.filter(([name]) => documentedOf(name).answer === null))(
    '%s has no body: any other answer proves nothing',
    (name) => {
      expect(decoded(name, undefined)).toBeUndefined();
      expect(() => decoded(name, { status: 'ok' })).toThrow('BAD_ANSWER');
    },
  );

  it.each(endpoints.filter(({ accepted }) => accepted).map(({ instruction }) => instruction))(
    '%s may be taken without an answer',
    (name) => expect(decoded(name, undefined)).toBeUndefined(),
  );

  it('keep ids beyond 2^53 that come as numbers', () => {
    const text = '[{"id":9007199254740993,"symbol":"BTC","quantity":1e-8}]';
    const answer = { status: 200, headers: new Headers(), text };
    expect(contentOf(answer, entryOf('dustHistoryQueryAll').answer)).toEqual([
      { id: '9007199254740993', symbol: 'BTC', quantity: '0.00000001' },
    ]);
  });

  it.each(table.filter(([name]) => documentedOf(name).answer !== null))(
    '%s takes no answer of another shape',
    (name) => {
      for (const wrong of [[{ other: 1 }], { USDC: 'much' }, 'done', 7]) {
        expect(() => decoded(name, wrong)).toThrow('BAD_ANSWER');
      }
    },
  );
});

describe('params', () => {
  const known = vectors.filter(
    ({ instruction, params }) =>
      Object.hasOwn(instructions, instruction) &&
      !Array.isArray(params) &&
      // A number for an id is the document's own slip, which a text signs alike; a token is never among the params.
      !('orderId' in params && typeof params.orderId === 'number') &&
      !('twoFactorToken' in params),
  );

  it('are there in vectors', () => expect(known.length).toBeGreaterThanOrEqual(24));
  it.each(known)('of the vector “$name” are taken as they are', ({ instruction, params }) => {
    const present = Object.fromEntries(Object.entries(params).filter(([, each]) => each !== null));
    expect(decodeParams(entryOf(instruction).params, present)).toEqual(present);
  });
});

describe('once through the practice exchange', () => {
  async function travel() {
    const clock = createVirtualClock();
    const practice = createPracticeExchange({ seed: 3, now: clock.now });
    const identity = identityOf(3);
    practice.addAccount({ apiKey: identity.apiKey, balances: BAGGAGE });
    const { now, sleep } = clock;
    const exchange = createExchange({
      fetch: fetchFrom(practice, clock),
      now,
      monotonic: now,
      sleep: (ms) => sleep(ms),
      random: () => 0,
      online: () => true,
      rate: createRateBucket({ now, sleep }),
      clockMemory: { get: async () => ({ offsetMs: 0, at: now() }), set: async () => undefined },
    });
    const seen = new Map<Instruction, unknown>();
    const answers: [name: Instruction, raw: unknown][] = [];
    const code = {
      instruction: 'issueTwoFactorToken' as const,
      params: () => ({ app: practice.twoFactorCode(identity.apiKey) }),
    };
    const stops: readonly Stop[] = [...tour, code];
    for (const stop of stops) {
      const happened = stop.before?.(practice, identity.apiKey, seen);
      const entry = entryOf(stop.instruction);
      const params = decodeParams(entry.params, stop.params(seen, happened));
      const request = { instruction: stop.instruction, entry, params, window: 5000 };
      const raw = await exchange.transmit(await exchange.stamp(identity, request, 'wallet'));
      const answer = contentOf(raw, entry.answer);
      if (entry.scope === 'read') seen.set(stop.instruction, answer);
      answers.push([stop.instruction, raw.text === '' ? undefined : JSON.parse(raw.text)]);
      expect(raw.headers.has('x-total'), stop.instruction).toBe(entry.paged ?? false);
    }
    return answers;
  }

  it('every instruction is answered, and each answer is taken whole, twisted as it may be', async () => {
    const answers = await travel();
    const visited = new Set(answers.map(([name]) => name));
    expect(table.map(([name]) => name).filter((name) => !visited.has(name))).toEqual([]);
    for (const [name, answer] of answers) {
      const { answer: shape } = documentedOf(name);
      expect(answer, name).not.toEqual([]);
      for (const [how, twist] of TWISTS) {
        const given = twisted(answer, shape, twist);
        expect(leavesOf(decoded(name, given)), `${name} ${how}`).toEqual(leavesOf(given));
      }
    }
  });
});
