import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { canonicalRequest, type Params } from '../../../src/core/canonical.ts';
import { AppError } from '../../../src/core/errors.ts';
import { entryOf } from '../../../src/exchange/instructions/index.ts';
import { decodeParams } from '../../../src/exchange/schema.ts';
import { EXAMPLES } from '../../docs/examples.ts';
import { type Documented, endpoints } from '../../instructions/documented.ts';
import { runs } from '../runs.ts';

/** Whatever a page might send for a field, good and bad; little enough of each that two requests often agree. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  integer: fc.constantFrom(0, 1, 7, 2 ** 53, '7'),
  decimal: fc.constantFrom('1', '1.0', '0.50', '1e5', '1&side=Ask', 1),
  text: fc.constantFrom(
    '7',
    '07',
    'SOL',
    'USDC',
    'Solana',
    'SOL&quantity=9',
    'a=b',
    'x y',
    '50%',
    'é',
  ),
};
const anyOf = (shape: unknown): fc.Arbitrary<unknown> => {
  const type = String(shape).replace('?', '');
  return VALUES[type] ?? fc.constantFrom(...type.split('|'), `${type}&x=1`);
};

interface Asked {
  readonly instruction: string;
  readonly params: object;
}

/** A request that would be accepted, with up to three of its fields set to something else, or taken away. */
function asked({ instruction, params }: Documented): fc.Arbitrary<Asked> {
  const fields = Object.entries(params)
    .filter(([, shape]) => typeof shape === 'string')
    .map(([key, shape]) => fc.tuple(fc.constant(key), fc.option(anyOf(shape), { nil: undefined })));
  const changes =
    fields.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...fields), { maxLength: 3 });
  const base = EXAMPLES[instruction] ?? { app: '123456' };
  return changes.map((list) => {
    const members = Object.entries({ ...base, ...Object.fromEntries(list) });
    return {
      instruction,
      params: Object.fromEntries(members.filter(([, each]) => each !== undefined)),
    };
  });
}

/** The params if they are accepted. */
function accepted({ instruction, params }: Asked): Params | undefined {
  try {
    return decodeParams(entryOf(instruction).params, params);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
const sorted = (params: Params): unknown =>
  Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));

describe('R21: the signed text of every instruction', () => {
  it.each(endpoints.filter(({ batch }) => !batch))(
    'two accepted requests of $instruction read the same only if they agree',
    (documented) => {
      let compared = 0;
      fc.assert(
        fc.property(asked(documented), asked(documented), (one, other) => {
          const [a, b] = [accepted(one), accepted(other)];
          if (a === undefined || b === undefined) return;
          compared += 1;
          const isSame =
            canonicalRequest(one.instruction, a) === canonicalRequest(other.instruction, b);
          const agree = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
          expect(isSame).toBe(agree);
        }),
        { numRuns: runs(100, 400) },
      );
      expect(compared).toBeGreaterThan(runs(5, 20));
    },
  );

  it('no value that is accepted, of any instruction, poses as another parameter', () => {
    const any = fc.constantFrom(...endpoints.filter(({ batch }) => !batch)).chain(asked);
    fc.assert(
      fc.property(any, (request) => {
        const params = accepted(request);
        if (params === undefined) return;
        const [first, ...pairs] = canonicalRequest(request.instruction, params).split('&');
        expect(first).toBe(`instruction=${request.instruction}`);
        expect(pairs.map((pair) => pair.split('=')[0])).toEqual(Object.keys(params).sort());
      }),
      { numRuns: runs(500, 3000) },
    );
  });

  it.each(endpoints)(
    '$instruction refuses a key that is not documented',
    ({ instruction, params }) => {
      for (const key of ['sneaked', 'instruction', 'timestamp', 'window', '__proto__']) {
        const given = JSON.parse(`{"${key}":"1"}`) as object;
        expect(Object.hasOwn(params, key)).toBe(false);
        expect(v.is(entryOf(instruction).params, given)).toBe(false);
      }
    },
  );
});
