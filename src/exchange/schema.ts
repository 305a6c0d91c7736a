import * as v from 'valibot';
import { type Decimal, toDecimal } from '../core/decimal.ts';
import { AppError, type InvalidReason } from '../core/errors.ts';

/** A decimal in an answer: text, or a number where a source has been seen to send one. Yields plain text. */
export const decimal = v.pipe(
  v.union([v.string(), v.number()]),
  v.rawTransform(({ dataset, addIssue, NEVER }): Decimal => {
    const value = toDecimal(dataset.value);
    if (value !== undefined) return value;
    addIssue({ message: 'not a decimal' });
    return NEVER;
  }),
);

/** An optional field of an answer: the exchange sends `null` as often as it leaves the key out. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);

/** An id of the exchange's, always text: some are beyond 2^53, and some come as a number. */
export const idText = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

/** A time of a history: UTC text without a zone, text with one, or Unix ms. Read with `utcTime`. */
export const moment = v.union([v.string(), v.number()]);

/** One schema for several keys of an object. */
export const each = <S extends v.GenericSchema, K extends string>(
  schema: S,
  ...keys: readonly K[]
): Record<K, S> => Object.fromEntries(keys.map((key) => [key, schema])) as Record<K, S>;

/**
 * A rule that holds between a request's fields; broken, it is the field at `path` that is refused. For pipes after an
 * object's schema.
 */
export const rule = <T extends object>(
  path: string & keyof T,
  refusal: InvalidReason,
  holds: (given: T) => boolean,
) => ({
  ...v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed || holds(dataset.value)) return;
    const input = dataset.value as Record<string, unknown>;
    addIssue({
      message: refusal,
      path: [{ type: 'object', origin: 'value', input, key: path, value: input[path] }],
    });
  }),
  // For whoever looks at a schema instead of using it.
  at: path,
  refusal,
});

/** Is exactly one of the two given? */
export const one = (a: unknown, b: unknown): boolean => (a === undefined) !== (b === undefined);
/** Are both given, or neither? */
export const both = (a: unknown, b: unknown): boolean => (a === undefined) === (b === undefined);

/** Is what the first means nothing without given as well? */
export const needs = (a: unknown, b: unknown): boolean => a === undefined || b !== undefined;

const reason = (code: InvalidReason): InvalidReason => code;

/** Fields of requests. Each narrows what the signed text may hold; a failing check's message is an `InvalidReason`. */
export const field = {
  /** A market or an asset, such as `SOL_USDC_PERP`, `AAPL.US_USDC_PERP`, `0G`. */
  symbol: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._]{0,63}$/, reason('character'))),
  /** An id of the exchange's: digits as text, some beyond 2^53. */
  id: v.pipe(v.string(), v.regex(/^\d{1,24}$/, reason('number-format'))),
  /** A positive amount in plain digits: `"0.10"`. */
  amount: v.pipe(
    v.string(),
    v.regex(/^\d{1,24}(?:\.\d{1,24})?$/, reason('number-format')),
    v.check((text) => /[1-9]/.test(text), reason('minimum')),
  ),
  u16: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
  u32: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  side: v.picklist(['Bid', 'Ask']),
  marketType: v.picklist(['SPOT', 'PERP', 'IPERP', 'DATED', 'PREDICTION', 'RFQ']),
  orderStatus: v.picklist([
    'Cancelled',
    'Expired',
    'Filled',
    'New',
    'PartiallyFilled',
    'TriggerPending',
    'TriggerFailed',
  ]),
  selfTradePrevention: v.picklist(['RejectTaker', 'RejectMaker', 'RejectBoth']),
  timeInForce: v.picklist(['GTC', 'IOC', 'FOK']),
  /** By the exchange's name, case included, such as `HyperEVM` or `0G`. New ones come, so no list. */
  blockchain: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,40}$/, reason('character'))),
  /** A reference of the caller's own: free text, but for what the signed text cannot carry and what nobody sees in it. */
  clientText: v.pipe(
    v.string(),
    v.nonEmpty(reason('required')),
    v.maxLength(255, reason('too-long')),
    v.regex(/^[^&="\\\p{Cc}\p{Cf}\u2028\u2029]*$/u, reason('character')),
  ),
  /** Where money goes, just as it was given: visible characters, but for what the signed text cannot carry. */
  address: v.pipe(
    v.string(),
    v.nonEmpty(reason('required')),
    v.regex(/^(?:(?![&="\\])[\x21-\x7e]){1,255}$/, reason('character')),
  ),
  /** A code that a person read off an app or an e-mail. */
  code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,64}$/, reason('character'))),
};

const REASONS: ReadonlySet<string> = new Set<InvalidReason>([
  'character',
  'conflict',
  'minimum',
  'number-format',
  'required',
  'too-long',
]);

/** Is a check's message a reason that there are words for? */
export const isReason = (message: string): message is InvalidReason => REASONS.has(message);

/** The path of the first issue, dots between keys. Keys from outside are named only where they are harmless. */
export function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = issue.path?.map((item) => String(item.key)) ?? [];
  return keys.map((key) => (/^\w{1,40}$/.test(key) ? key : '?')).join('.');
}

/**
 * A request's params, checked.
 * @throws INVALID_INPUT with the path of the first thing that is wrong, unknown keys included.
 */
export function decodeParams<S extends v.GenericSchema>(
  schema: S,
  params: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, params, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = pathOf(issue);
  if (issue.type === 'strict_object') {
    // Valibot says `never` for a key that should not be, and `undefined` received for one that is missing.
    const missing = issue.received === 'undefined';
    throw new AppError('INVALID_INPUT', { path, reason: missing ? 'required' : 'unknown-key' });
  }
  const found = isReason(issue.message) ? issue.message : undefined;
  throw new AppError('INVALID_INPUT', { path, reason: found ?? 'wrong-type' });
}

const isEmpty = (content: unknown): boolean =>
  content === undefined ||
  content === null ||
  (typeof content === 'object' && Object.keys(content).length === 0);

/** An answer's content, checked. @throws BAD_ANSWER with the path of the first thing that is wrong. */
export function decodeAnswer<S extends v.GenericSchema>(
  schema: S,
  content: unknown,
  status: number,
): v.InferOutput<S> {
  const result = v.safeParse(schema, content, { abortEarly: true });
  if (result.success) return result.output;
  // A key that nobody registered is answered like this: right status, no content.
  if (isEmpty(content)) throw new AppError('BAD_ANSWER', { status, kind: 'empty' });
  throw new AppError('BAD_ANSWER', { status, kind: 'shape', path: pathOf(result.issues[0]) });
}
