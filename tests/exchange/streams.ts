import { authenticate } from './auth.ts';
import { Refusal } from './refusal.ts';

const error = (code: number, message: string): string =>
  JSON.stringify({ id: null, error: { code, message } });
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const PUBLIC =
  /^(bookTicker|depth(\.(200|600|1000)ms)?|kline\.\w+|markPrice|ticker|trade|openInterest)\.[\w.]+$|^liquidation$/;
const PRIVATE = /^account\.((order|position|rfq)Update(\.[\w.]+)?|balanceUpdate)$/;

/**
 * The answer to one frame from a client, or undefined: a good subscription is met with silence. Private streams
 * need a fresh signature, four strings. The code and text of a bad one are documented nowhere.
 */
export function answerFrame(
  frame: string,
  clock: number,
  isRegistered: (apiKey: string) => boolean,
): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(frame);
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
  if (method === 'UNSUBSCRIBE' || !params.some((name) => PRIVATE.test(name))) return undefined;
  const [apiKey = '', signed = '', timestamp = '', window = ''] = signature ?? [];
  try {
    authenticate({ apiKey, signature: signed, timestamp, window }, 'subscribe', [{}], clock, 400);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return error(4003, 'Invalid signature');
  }
  return isRegistered(apiKey) ? undefined : error(4003, 'Invalid signature');
}
