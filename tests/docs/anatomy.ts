import { readdirSync } from 'node:fs';
import type * as v from 'valibot';
import { decimal, field } from '../../src/exchange/schema.ts';

/** What valibot keeps inside a schema, as far as documents need it. */
export interface Anatomy {
  type: string;
  kind: string;
  entries?: Record<string, Anatomy>;
  wrapped?: Anatomy;
  item?: Anatomy;
  value?: Anatomy;
  literal?: unknown;
  options?: readonly (Anatomy | string | number)[];
  pipe?: readonly { kind: string; type: string; requirement?: unknown }[];
}

/** valibot's types hide what a schema is made of, its documentation describes it. */
export const anatomyOf = (schema: v.GenericSchema): Anatomy => schema as unknown as Anatomy;

/** `orderExecute` → `OrderExecute`. */
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const isObject = (value: unknown): value is Anatomy =>
  typeof value === 'object' && value !== null && 'entries' in value;

/** The shapes of answers that the source gives a name to. */
export async function namedShapes(): Promise<ReadonlyMap<unknown, string>> {
  const names = new Map<unknown, string>([
    [decimal, 'Decimal'],
    [field.amount, 'Decimal'],
  ]);
  const types = readdirSync('src/exchange').filter((name) => /types\.ts$/.test(name));
  const answers = readdirSync('src/exchange/answers').map((name) => `answers/${name}`);
  for (const file of [...types, ...answers]) {
    const exported: Record<string, unknown> = await import(
      /* @vite-ignore */ `../../src/exchange/${file}`
    );
    for (const [name, value] of Object.entries(exported)) {
      if (isObject(value)) names.set(value, pascal(name));
    }
  }
  return names;
}

/** Fields of requests that need more than their type, in words. */
export const FIELD_NOTES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [field.amount, 'a positive amount in plain digits: `"0.10"`'],
  [field.id, 'an id of the exchange, digits as text'],
  [field.symbol, 'a market or an asset: `"SOL_USDC"`'],
  [field.u32, 'a whole number from 0 to 4294967295'],
  [field.count, 'a whole number'],
  [field.blockchain, 'a network by the exchange’s name: `"Solana"`, `"HyperEVM"`'],
  [
    field.clientText,
    'free text, at most 255 characters, without `&`, `=`, `"`, `\\\\` and control characters',
  ],
  [field.address, 'visible characters, at most 255, without `&`, `=`, `"` and `\\\\`'],
  [field.code, 'letters and digits'],
]);

const isOptional = ({ type }: Anatomy): boolean => /^(optional|nullish|undefinedable)$/.test(type);

export interface Field {
  name: string;
  schema: Anatomy;
  optional: boolean;
}

/** The fields of an object, each without what makes it optional. */
export const fieldsOf = (object: Anatomy): Field[] =>
  Object.entries(object.entries ?? {}).map(([name, schema]) => ({
    name,
    schema: isOptional(schema) && schema.wrapped ? schema.wrapped : schema,
    optional: isOptional(schema),
  }));

/** Does a check stand in this schema's pipe that turns what came into something else? */
export const isTransformed = ({ pipe = [] }: Anatomy): boolean =>
  pipe.some(({ kind }) => kind === 'transformation');
