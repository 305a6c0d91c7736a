import { unparsable } from './refusal.ts';

/** Where a value was written: a query knows only text, a JSON body knows types. */
export type Source = 'query' | 'body';

/** One parameter: its type as named in parse errors, and a reader that throws {@link Mismatch}. */
export interface Field<T> {
  readonly type: string;
  readonly optional: boolean;
  read(value: unknown, source: Source): T;
}
export type Shape = Readonly<Record<string, Field<unknown>>>;
export type Read<S extends Shape> = { [K in keyof S]: S[K] extends Field<infer T> ? T : never };
/** The parameters as they enter the signed string: those that were given, untouched. */
export type SignedParams = Readonly<Record<string, string | number | boolean>>;

class Mismatch extends Error {}

const field = <T>(type: string, read: Field<T>['read']): Field<T> => ({
  type,
  optional: false,
  read,
});
const expected = (type: string, value: unknown): Mismatch =>
  new Mismatch(`Expected input type "${type}", found ${JSON.stringify(value)}.`);
const invalid = (type: string, why: string): Mismatch =>
  new Mismatch(`failed to parse "${type}": ${why}`);

function whole(type: string, min: number, max: number): Field<number> {
  return field(type, (value, source) => {
    if (source === 'query' && !/^-?(0|[1-9]\d*)$/.test(String(value)))
      throw invalid(type, 'invalid digit found in string');
    if (source === 'body' && !Number.isInteger(value)) throw expected(type, value);
    const number = Number(value);
    if (number < min || number > max) throw invalid(type, 'number out of range');
    return number;
  });
}

export const text = field('string', (value) => {
  if (typeof value !== 'string') throw expected('string', value);
  return value;
});
/** A decimal in text. A JSON number is refused: whether the exchange takes one is documented nowhere. */
export const decimal = field('string(decimal)', (value) => {
  if (typeof value !== 'string') throw expected('string(decimal)', value);
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw invalid('string(decimal)', 'Invalid decimal');
  return value;
});
/** A size as an amount or as a share of the position, such as `50%`. */
export const decimalOrPercent = field('string', (value) => {
  if (typeof value !== 'string') throw expected('string', value);
  if (!/^\d+(\.\d+)?%?$/.test(value)) throw invalid('string', 'Invalid decimal');
  return value;
});
export const flag = field('boolean', (value, source) => {
  if (source === 'body' && typeof value === 'boolean') return value;
  if (source === 'query' && (value === 'true' || value === 'false')) return value === 'true';
  throw expected('boolean', value);
});
/** No longer than so many characters. */
export const textUpTo = (max: number): Field<string> =>
  field('string', (value, source) => {
    const given = text.read(value, source);
    if (given.length > max) throw invalid('string', `longer than ${max} characters`);
    return given;
  });
/** An id in a query: some are beyond what a number holds. */
export const u64Id = field('integer(uint64)', (value) => {
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value) || BigInt(value) >= 2n ** 64n)
    throw invalid('integer(uint64)', 'invalid digit found in string');
  return value;
});
export const u16 = whole('integer(uint16)', 0, 0xffff);
export const u32 = whole('integer(uint32)', 0, 0xffffffff);
export const i32 = whole('integer(int32)', -(2 ** 31), 2 ** 31 - 1);
export const u64 = whole('integer(uint64)', 0, Number.MAX_SAFE_INTEGER);
export const i64 = whole('integer(int64)', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const upTo = (max: number): Field<number> => whole('integer(uint64)', 0, max);

export function oneOf<const T extends string>(type: string, ...values: T[]): Field<T> {
  return field(type, (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw invalid(type, 'Expect a valid enumeration value.');
    return found;
  });
}
export const optional = <T>(inner: Field<T>): Field<T | undefined> => ({
  ...inner,
  optional: true,
});

interface Parsed<S extends Shape> {
  readonly params: Read<S>;
  readonly signed: SignedParams;
}

function parse<S extends Shape>(
  shape: S,
  given: Readonly<Record<string, unknown>>,
  source: Source,
  fault: (name: string, reason: string) => Error,
): Parsed<S> {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(shape, name)) throw fault(name, `unknown field \`${name}\``);
  const params: Record<string, unknown> = {};
  const signed: Record<string, string | number | boolean> = {};
  for (const [name, { type, optional, read }] of Object.entries(shape)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null) {
      if (!optional) throw fault(name, `Type "${type}" expects an input value.`);
      continue;
    }
    try {
      params[name] = read(value, source);
    } catch (error) {
      throw error instanceof Mismatch ? fault(name, error.message) : error;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      signed[name] = value;
  }
  return { params: params as Read<S>, signed };
}

export function parseQuery<S extends Shape>(shape: S, query: URLSearchParams): Parsed<S> {
  const given: Record<string, unknown> = Object.create(null);
  for (const [name, value] of query) {
    if (name in given)
      throw unparsable(`failed to parse parameter \`${name}\`: given more than once`);
    given[name] = value;
  }
  return parse(shape, given, 'query', (name, reason) =>
    unparsable(`failed to parse parameter \`${name}\`: ${reason}`),
  );
}

export function parseObject<S extends Shape>(type: string, shape: S, value: unknown): Parsed<S> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unparsable(`parse request payload error: ${expected(type, value).message}`);
  return parse(shape, { ...value }, 'body', (name, reason) =>
    unparsable(
      `parse request payload error: failed to parse "${type}": ${reason} (field \`${name}\`)`,
    ),
  );
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw unparsable('parse request payload error: expected value at line 1 column 1');
  }
}
