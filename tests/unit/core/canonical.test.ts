import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalBatch,
  canonicalRequest,
  canonicalString,
  type Params,
} from '../../../src/core/canonical.ts';
import { runs } from '../runs.ts';

const AT = 1_700_000_000_000;

describe('the text that is signed', () => {
  it.each<[string, Params, string]>([
    ['no params', {}, ''],
    ['keys in code-unit order', { b: 1, a: 2, B: 3, aa: 4, a1: 5 }, '&B=3&a=2&a1=5&aa=4&b=1'],
    [
      'trailing zeros kept',
      { quantity: '1.500', symbol: 'SOL_USDC' },
      '&quantity=1.500&symbol=SOL_USDC',
    ],
    [
      'booleans in lower case',
      { postOnly: true, reduceOnly: false },
      '&postOnly=true&reduceOnly=false',
    ],
    ['what is not given left out', { a: null, b: undefined, c: '' }, '&c='],
    [
      'whole numbers plain',
      { a: 0, b: -0, c: -5, d: Number.MAX_SAFE_INTEGER },
      '&a=0&b=0&c=-5&d=9007199254740991',
    ],
    [
      'the padding of base64, as an issued token has it',
      { quantity: '1', twoFactorToken: 'c2Vj+/==', zone: 'YWI=' },
      '&quantity=1&twoFactorToken=c2Vj+/==&zone=YWI=',
    ],
    [
      'text beyond ASCII as it is',
      { note: 'Grüße 🦀 50% a+b/c, d' },
      '&note=Grüße 🦀 50% a+b/c, d',
    ],
  ])('has %s', (_name, params, middle) =>
    expect(canonicalString('orderExecute', params, AT, 5000)).toBe(
      `instruction=orderExecute${middle}&timestamp=${AT}&window=5000`,
    ),
  );

  it('does not show what a prototype adds', () => {
    const params = Object.create({ quantity: '9' }) as Params;
    expect(canonicalRequest('withdraw', params)).toBe('instruction=withdraw');
  });

  it('repeats the instruction for each order of a batch, in their order', () => {
    expect(canonicalBatch('orderExecute', [{ b: 1, a: 2 }, { a: 1 }], AT, 1)).toBe(
      `instruction=orderExecute&a=2&b=1&instruction=orderExecute&a=1&timestamp=${AT}&window=1`,
    );
    expect(canonicalBatch('orderExecute', [{ a: 1 }], AT, 1)).toBe(
      canonicalString('orderExecute', { a: 1 }, AT, 1),
    );
  });
});

const refused = (path: string, reason: string) =>
  expect.objectContaining({
    code: 'INVALID_INPUT',
    data: expect.objectContaining({ path, reason }),
  });

describe('refused is', () => {
  it.each<[string, unknown, string]>([
    ['a value that could pose as another parameter', 'x&quantity=9', 'character'],
    ['an equals sign', 'a=b', 'character'],
    ['an equals sign alone', '=', 'character'],
    ['padding that base64 has no room for', 'abcd=', 'character'],
    ['padding of three', 'a===', 'character'],
    ['padding in the middle', 'YWI=YWI=', 'character'],
    ['padding after what is no base64', 'a-c=', 'character'],
    ['padding before a separator', 'YWI=&a=1', 'character'],
    ['a double quote', 'a"b', 'character'],
    ['a backslash', 'a\\b', 'character'],
    ['a line break', 'a\nb', 'character'],
    ['a NUL', 'a\0b', 'character'],
    ['a C1 control', 'a\u0085b', 'character'],
    ['a line separator', 'a\u2028b', 'character'],
    ['half a surrogate pair', 'a\ud83d', 'character'],
    ['a fraction', 1.5, 'number-format'],
    ['a number too large to be exact', 2 ** 53, 'number-format'],
    ['no number', Number.NaN, 'number-format'],
    ['infinity', Number.POSITIVE_INFINITY, 'number-format'],
    ['an object', {}, 'wrong-type'],
    ['a list', ['a'], 'wrong-type'],
    ['a big integer', 1n, 'wrong-type'],
    ['a function', () => 'x', 'wrong-type'],
    ['a boxed text', Object('x'), 'wrong-type'],
  ])('%s', (_name, value, reason) => {
    const params = { address: value } as Params;
    expect(() => canonicalString('withdraw', params, AT, 5000)).toThrow(refused('address', reason));
    expect(() => canonicalBatch('withdraw', [{}, params], AT, 5000)).toThrow(
      refused('1.address', reason),
    );
  });

  it.each(['instruction', 'timestamp', 'window'])('the reserved name %s', (key) =>
    expect(() => canonicalRequest('withdraw', { [key]: 'x' })).toThrow(refused(key, 'unknown-key')),
  );

  it.each(['', 'a b', 'a&b', 'a=b', '1a', 'ä', '__proto__', 'a.b', 'x'.repeat(9).concat('=1')])(
    'the name %j',
    (key) => {
      const params = JSON.parse(`{${JSON.stringify(key)}:"x"}`) as Params;
      expect(() => canonicalRequest('withdraw', params)).toThrow('INVALID_INPUT');
    },
  );

  it.each(['', 'Withdraw', 'with draw', 'withdraw&a=b', 'withdraw=', '2fa', 'a_b'])(
    'the instruction %j',
    (instruction) =>
      expect(() => canonicalRequest(instruction, {})).toThrow(refused('instruction', 'character')),
  );

  it('an empty batch, a batch in a batch, and a batch with a hole', () => {
    expect(() => canonicalBatch('orderExecute', [], AT, 5000)).toThrow(refused('', 'required'));
    const nested = [[{ a: 1 }]] as unknown as Params[];
    expect(() => canonicalBatch('orderExecute', nested, AT, 5000)).toThrow('INVALID_INPUT');
    const sparse = [{ a: 1 }];
    sparse[2] = { a: 2 };
    expect(() => canonicalBatch('orderExecute', sparse, AT, 5000)).toThrow(
      refused('1.', 'wrong-type'),
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('the timestamp %d', (timestamp) =>
    expect(() => canonicalString('withdraw', {}, timestamp, 5000)).toThrow(
      refused('timestamp', 'wrong-type'),
    ),
  );

  it.each([0, -1, 60_001, 1.5, Number.NaN])('the window %d', (window) =>
    expect(() => canonicalString('withdraw', {}, AT, window)).toThrow(refused('window', 'maximum')),
  );
});

/** Texts that try: separators, names of the fixed parts, neighbours of keys. */
const spiteful = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    '&',
    '=',
    '&a=1',
    'a=1',
    '&instruction=b',
    '&timestamp=1&window=2',
    '1',
    'true',
    'YWI=',
    'YQ==',
    'aa==',
    'aaa=',
  ),
  fc.stringMatching(/^[a-c&=1]{0,6}$/),
);
const value = fc.oneof(spiteful, fc.integer(), fc.boolean(), fc.constantFrom(null, undefined));
const key = fc.oneof(fc.constantFrom('a', 'b', 'aa', 'A', 'ab', 'orderId', 'window'), spiteful);
const params = fc.dictionary(key, value, { maxKeys: 4 });
const request = fc.record({
  instruction: fc.constantFrom('withdraw', 'withdrawA', 'orderExecute'),
  params: fc.oneof(params, fc.array(params, { maxLength: 3 })),
});

/** What a request says, as the exchange decodes it: texts by name, one list for each order. */
function meaning(instruction: string, list: Params | readonly Params[]): string {
  const orders = Array.isArray(list) ? list : [list];
  return JSON.stringify([
    instruction,
    orders.map((order: Params) =>
      Object.entries(order)
        .filter(([, given]) => given !== null && given !== undefined)
        .map(([name, given]) => [name, String(given)])
        .sort(),
    ),
  ]);
}

const textOf = (instruction: string, list: Params | readonly Params[]): string | undefined => {
  try {
    return canonicalRequest(instruction, list);
  } catch {
    return undefined;
  }
};

describe('R21: two accepted requests give the same text only if they say the same', () => {
  it('for any two requests', () => {
    fc.assert(
      fc.property(request, request, (a, b) => {
        const [textA, textB] = [textOf(a.instruction, a.params), textOf(b.instruction, b.params)];
        fc.pre(textA !== undefined && textB !== undefined);
        const isSame = meaning(a.instruction, a.params) === meaning(b.instruction, b.params);
        expect(textA === textB).toBe(isSame);
      }),
      { numRuns: runs(150, 2000) },
    );
  });

  it('because an accepted text can be read back', () => {
    let accepted = 0;
    fc.assert(
      fc.property(request, ({ instruction, params: list }) => {
        const text = textOf(instruction, list);
        if (text === undefined) return;
        accepted += 1;
        const orders: [string, string][][] = [];
        for (const pair of text.split('&')) {
          const [name = '', given = '', ...more] = pair.split('=');
          // Nothing but the padding of base64 at the very end of a value.
          expect(['', '=', '==']).toContain(more.map((rest) => `=${rest}`).join(''));
          if (name === 'instruction') orders.push([]);
          else orders.at(-1)?.push([name, given + '='.repeat(more.length)]);
        }
        const said = JSON.stringify([instruction, orders.map((order) => order.sort())]);
        expect(said).toBe(meaning(instruction, list));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('and time and window are read apart from the params', () => {
    fc.assert(
      fc.property(
        params,
        fc.nat(),
        fc.integer({ min: 1, max: 60_000 }),
        (given, timestamp, window) => {
          const request = textOf('withdraw', given);
          fc.pre(request !== undefined);
          const text = canonicalString('withdraw', given, timestamp, window);
          expect(text).toBe(`${request}&timestamp=${timestamp}&window=${window}`);
          expect(text.match(/timestamp=/g)).toHaveLength(1);
        },
      ),
    );
  });
});
