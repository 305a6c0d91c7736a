export const error = (code: number, message: string): string =>
  JSON.stringify({ id: null, error: { code, message } });
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const PUBLIC =
  /^(bookTicker|depth(\.(200|600|1000)ms)?|kline\.\w+|markPrice|ticker|trade|openInterest)\.[\w.]+$|^liquidation$/;
const PRIVATE = /^account\.((order|position|rfq)Update(\.[\w.]+)?|balanceUpdate)$/;

/** What a client asks for. */
export interface StreamRequest {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly params: readonly string[];
  readonly signature: readonly string[];
}

export const isPrivate = (stream: string): boolean => PRIVATE.test(stream);

/** A frame that makes sense, or the error that answers one that does not. */
export function parseRequest(text: string): StreamRequest | string {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return error(4002, 'Parse error');
  }
  if (typeof message !== 'object' || message === null) return error(4002, 'Parse error');
  const { method, params, signature }: { method?: unknown; params?: unknown; signature?: unknown } =
    message;
  if ((method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') || !isTexts(params))
    return error(4002, 'Parse error');
  if (signature !== undefined && !(isTexts(signature) && signature.length === 4))
    return error(4002, 'Parse error');
  if (!params.every((name) => PUBLIC.test(name) || PRIVATE.test(name)))
    return error(4006, 'Invalid stream');
  return { method, params, signature: signature ?? [] };
}
