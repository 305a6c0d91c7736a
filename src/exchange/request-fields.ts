import type * as v from 'valibot';
import { field } from './schema.ts';

/** How a value of a request is asked for, read off its schema. */
export type FieldKind =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'flag' }
  /** Positive, in plain digits. */
  | { readonly kind: 'amount' }
  /** Digits as text. */
  | { readonly kind: 'id' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** A market, an asset or a network, by the exchange's name: no space around it can be meant. */
  | { readonly kind: 'name' }
  /** Just as it is typed. */
  | { readonly kind: 'text' }
  /** One of several, such as an amount or a percentage. */
  | { readonly kind: 'either'; readonly of: readonly FieldKind[] };

/** A field of a request. */
export interface RequestField {
  readonly name: string;
  readonly optional: boolean;
  readonly kind: FieldKind;
}

/** A rule between fields: the field that is refused where it is broken, and why. */
export interface RequestRule {
  readonly at: string;
  readonly refusal: string;
}

// valibot's types hide what a schema is made of; its documentation describes it, and each part is looked at before it is used.

const partOf = (whole: object, name: string): unknown => Reflect.get(whole, name);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isSchema = (value: unknown): value is v.GenericSchema =>
  isObject(value) && partOf(value, 'kind') === 'schema';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Everything that stands in a schema's pipe, those of the schemas that it begins with included. */
const pipeOf = (schema: v.GenericSchema): readonly object[] =>
  listOf(partOf(schema, 'pipe')).flatMap((item) => {
    if (isSchema(item)) return item === schema ? [] : pipeOf(item);
    return isObject(item) ? [item] : [];
  });

/** The tightest bound of that kind, or `otherwise`. */
function boundOf(schema: v.GenericSchema, type: string, otherwise: number): number {
  const bounds = pipeOf(schema).flatMap((action) => {
    const bound = partOf(action, type === partOf(action, 'type') ? 'requirement' : '');
    return typeof bound === 'number' ? [bound] : [];
  });
  return type === 'max_value' ? Math.min(otherwise, ...bounds) : Math.max(otherwise, ...bounds);
}

const KNOWN: ReadonlyMap<unknown, FieldKind> = new Map<unknown, FieldKind>([
  [field.amount, { kind: 'amount' }],
  [field.id, { kind: 'id' }],
  [field.symbol, { kind: 'name' }],
  [field.blockchain, { kind: 'name' }],
]);

function kindOf(schema: v.GenericSchema): FieldKind {
  const known = KNOWN.get(schema);
  if (known) return known;
  const options = listOf(partOf(schema, 'options'));
  switch (schema.type) {
    case 'picklist':
      return { kind: 'choice', options: options.map(String) };
    case 'boolean':
      return { kind: 'flag' };
    case 'number':
      return {
        kind: 'integer',
        min: boundOf(schema, 'min_value', 0),
        max: boundOf(schema, 'max_value', Number.MAX_SAFE_INTEGER),
      };
    case 'string':
      return { kind: 'text' };
    case 'union':
      return { kind: 'either', of: options.filter(isSchema).map(kindOf) };
    default:
      throw new RangeError(`no way is known to ask for ${schema.type}`);
  }
}

/** The fields of a request, in the order of its schema. @throws RangeError for a kind that nobody could type. */
export function requestFields(params: v.GenericSchema): readonly RequestField[] {
  const entries = partOf(params, 'entries');
  if (!isObject(entries)) throw new RangeError('a request is an object');
  return Object.entries(entries).map(([name, schema]) => {
    if (!isSchema(schema)) throw new RangeError(`${name} has no schema`);
    const wrapped = schema.type === 'optional' ? partOf(schema, 'wrapped') : undefined;
    return {
      name,
      optional: wrapped !== undefined,
      kind: kindOf(isSchema(wrapped) ? wrapped : schema),
    };
  });
}

/** The rules between the fields of a request, each as often as it is made. */
export const requestRules = (params: v.GenericSchema): readonly RequestRule[] =>
  pipeOf(params).flatMap((action) => {
    const [at, refusal] = [partOf(action, 'at'), partOf(action, 'refusal')];
    return typeof at === 'string' && typeof refusal === 'string' ? [{ at, refusal }] : [];
  });
