import documentation from '../vectors/instructions.json' with { type: 'json' };

/**
 * What the exchange documents, as copied into `tests/vectors/instructions.json`: paths, params and the shapes of answers. A
 * shape is a type (`decimal`, `text`, `integer`, `number`, `boolean`, `naive`) or some words of an enumeration (`Bid|Ask`), with
 * a `?` where it may be missing; `[shape]` is a list, `{"*": shape}` a map, `{"oneOf": shapes}` a choice, `null` no body.
 */
export interface Documented {
  readonly instruction: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly answer: Shape;
  readonly batch?: boolean;
  readonly paged?: boolean;
  readonly accepted?: boolean;
}
export type Shape = string | null | readonly Shape[] | { readonly [key: string]: Shape };

export const names: readonly string[] = documentation.names;
export const endpoints = documentation.endpoints as readonly Documented[];
export const samples: readonly (readonly [string, unknown])[] = Object.entries(
  documentation.samples,
);

export const isOptional = (shape: unknown): boolean =>
  typeof shape === 'string' && shape.endsWith('?');
const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);

/** How an example is to differ from the plain one. */
export interface Twist {
  /** What becomes of fields that may be missing. */
  readonly optional?: 'null' | 'missing';
  /** Fields and words that nobody has heard of yet. */
  readonly unknown?: boolean;
}

const LEAVES: Readonly<Record<string, unknown>> = {
  text: '114575813313101824',
  decimal: '0.000000000000000001',
  integer: 7,
  number: 1.5,
  boolean: true,
  naive: '2025-09-11T20:10:40.699',
};

/** An answer of this shape. */
export function exampleOf(shape: Shape, twist: Twist = {}): unknown {
  if (shape === null) return undefined;
  if (typeof shape === 'string') {
    const type = shape.replace('?', '');
    return LEAVES[type] ?? (twist.unknown ? 'SomethingNew' : type.split('|')[0]);
  }
  if (isList(shape)) return shape.map((each) => exampleOf(each, twist));
  const { '*': each, oneOf } = shape;
  if (each !== undefined) return { USDC: exampleOf(each, twist), '0G': exampleOf(each, twist) };
  if (oneOf !== undefined && oneOf !== null && typeof oneOf === 'object')
    return exampleOf(isList(oneOf) ? (oneOf[0] ?? null) : oneOf, twist);
  const members = Object.entries(shape).flatMap(([key, inner]) => {
    if (!isOptional(inner) || twist.optional === undefined) return [[key, exampleOf(inner, twist)]];
    return twist.optional === 'null' ? [[key, null]] : [];
  });
  return { ...Object.fromEntries(members), ...(twist.unknown ? { brandNew: { a: [1] } } : {}) };
}

/** The alternatives of a shape, each by itself. */
export function alternativesOf(shape: Shape): readonly Shape[] {
  if (shape === null || typeof shape === 'string') return [shape];
  if (isList(shape)) return alternativesOf(shape[0] ?? null).map((each) => [each]);
  const { oneOf } = shape;
  return oneOf !== undefined && oneOf !== null && typeof oneOf === 'object' && isList(oneOf)
    ? oneOf
    : [shape];
}

/** A practice answer with its documented optional fields taken away or made null, and others added. */
export function twisted(value: unknown, shape: Shape, twist: Twist): unknown {
  if (shape === null || typeof shape === 'string') return value;
  if (Array.isArray(value))
    return value.map((each) => twisted(each, isList(shape) ? (shape[0] ?? null) : shape, twist));
  if (typeof value !== 'object' || value === null || isList(shape)) return value;
  const { '*': each, oneOf } = shape;
  const inner = (key: string): Shape =>
    each ?? (typeof oneOf === 'object' ? 'text?' : (shape[key] ?? 'text'));
  const members = Object.entries(value).flatMap(([key, own]) => {
    const documented = inner(key);
    const isKept = oneOf !== undefined || !isOptional(documented) || twist.optional === undefined;
    if (isKept) return [[key, twisted(own, documented, twist)]];
    return twist.optional === 'null' ? [[key, null]] : [];
  });
  const isMap = each !== undefined;
  const more = twist.unknown && !isMap ? { brandNew: { a: [1] } } : {};
  return { ...Object.fromEntries(members), ...more };
}

/** Every leaf of a value as `path: text`, sorted. Numbers and their texts read the same. */
export function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${value}`];
  return Object.entries(value)
    .flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`))
    .sort();
}
