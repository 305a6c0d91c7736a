import { AppError, invalid } from './errors.ts';

/** What a param may be: everything else has no unambiguous text. `null` and `undefined` mean "not given". */
export type ParamValue = string | number | boolean | null | undefined;
export type Params = Readonly<Record<string, ParamValue>>;

/** The params of a request; a list of them for a batch. */
export type RequestParams = Params | readonly Params[];

/** The longest validity the exchange takes, in ms. */
const MAX_WINDOW = 60_000;

/**
 * The text that is signed: `instruction=<name>`, then the params that are present, keys in code-unit order, values
 * unescaped, then timestamp and window, joined by `&`.
 * @param timestamp - Unix ms, sent as `X-Timestamp`.
 * @param window - validity in ms, 1 to 60000, sent as `X-Window`.
 * @throws INVALID_INPUT if a value cannot be carried unambiguously.
 * @see backpack-exchange/bpx-api-client client/src/lib.rs `build_signee_query`
 */
export function canonicalString(
  instruction: string,
  params: Params,
  timestamp: number,
  window: number,
): string {
  return stamped(canonicalRequest(instruction, params), timestamp, window);
}

/**
 * The text that is signed for a batch: each order with its own `instruction=`, in array order, timestamp and window once.
 * A batch of one signs like a single order.
 * @throws INVALID_INPUT for an empty list, or as `canonicalString`.
 * @see https://docs.backpack.exchange/ "Signing requests", the batch example
 */
export function canonicalBatch(
  instruction: string,
  list: readonly Params[],
  timestamp: number,
  window: number,
): string {
  return stamped(canonicalRequest(instruction, list), timestamp, window);
}

/** The part of the signed text that is known before sending: all of it but timestamp and window. */
export function canonicalRequest(instruction: string, params: RequestParams): string {
  if (!/^[a-z][A-Za-z]*$/.test(instruction)) throw invalid('instruction', 'character');
  if (!isList(params)) return single(instruction, params, '');
  if (params.length === 0) throw invalid('', 'required');
  // Not `map`, which would leave a hole as an empty text.
  return Array.from(params, (order, i) => single(instruction, order, `${i}.`)).join('&');
}

/** Is it a batch? */
export const isList = <P extends Params>(params: P | readonly P[]): params is readonly P[] =>
  Array.isArray(params);

/** The params of each: of every request of a batch in order, else of the one. */
export const listOf = <P extends Params>(params: P | readonly P[]): readonly P[] =>
  isList(params) ? params : [params];

function single(instruction: string, params: Params, path: string): string {
  if (typeof params !== 'object' || params === null) throw invalid(path, 'wrong-type');
  const present = Object.entries(params)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = present.map(([key, value]) => `${name(key, path)}=${text(value, path + key)}`);
  return [`instruction=${instruction}`, ...pairs].join('&');
}

function stamped(request: string, timestamp: number, window: number): string {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw invalid('timestamp', 'wrong-type');
  if (!Number.isSafeInteger(window) || window < 1 || window > MAX_WINDOW) {
    throw invalid('window', 'maximum', String(MAX_WINDOW));
  }
  return `${request}&timestamp=${timestamp}&window=${window}`;
}

/** Reserved names would read as the fixed parts of the text; the rest of the alphabet is that of the exchange's keys. */
function name(key: string, path: string): string {
  const reserved = key === 'instruction' || key === 'timestamp' || key === 'window';
  if (reserved || !/^[A-Za-z][A-Za-z0-9]*$/.test(key)) {
    // Only a harmless key is named in the error: it came from outside.
    throw invalid(/^\w{1,40}$/.test(key) ? path + key : path, 'unknown-key');
  }
  return key;
}

/**
 * Base64 that ends in its padding, as an issued two-factor token does: the one place for an `=` in a value. The text stays
 * unambiguous: such an `=` is followed by `&` or the end, which no name begins with, so the first `=` of a pair still ends its
 * name and no other stands before anything.
 */
const PADDED_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

function text(value: unknown, path: string): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw invalid(path, 'number-format');
    return String(value);
  }
  if (typeof value !== 'string')
    throw new AppError('INVALID_INPUT', { path, reason: 'wrong-type' });
  // `&` and `=` make the text ambiguous; `"` and `\` are read differently by different clients of the exchange.
  const plain = PADDED_BASE64.test(value) ? value.replace(/=+$/, '') : value;
  if (!value.isWellFormed() || /[&="\\\p{Cc}\u2028\u2029]/u.test(plain)) {
    throw invalid(path, 'character');
  }
  return value;
}
