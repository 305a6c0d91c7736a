import type * as v from 'valibot';
import { AppError, isAppError } from '../core/errors.ts';
import { parseExactly } from './json.ts';
import { decodeAnswer } from './schema.ts';

/** An answer as it came: the body is read as text first, since errors are JSON only sometimes. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

const parsed = (text: string): unknown => {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
};

const looksLikeHtml = (text: string): boolean => /^\s*</.test(text);

/** The exchange's refusal in its own words, or BAD_ANSWER if a proxy or a fault spoke instead. */
export function refusal({ status, text }: RawAnswer): AppError {
  const content = parsed(text);
  if (typeof content === 'object' && content !== null && 'code' in content) {
    const message = 'message' in content ? String(content.message) : '';
    return new AppError('EXCHANGE', {
      status,
      code: String(content.code).slice(0, 60),
      message: message.slice(0, 300),
    });
  }
  if (looksLikeHtml(text)) return new AppError('BAD_ANSWER', { status, kind: 'html' });
  return new AppError('EXCHANGE', { status, code: '', message: text.trim().slice(0, 300) });
}

/** The checked content of an answer. @throws EXCHANGE for a refusal, BAD_ANSWER for what is not the exchange's API. */
export function contentOf<S extends v.GenericSchema>(raw: RawAnswer, schema: S): v.InferOutput<S> {
  const { status, text } = raw;
  if (status < 200 || status > 299) throw refusal(raw);
  if (text === '') return decodeAnswer(schema, undefined, status);
  const content = parsed(text);
  if (content !== undefined) return decodeAnswer(schema, content, status);
  throw new AppError('BAD_ANSWER', { status, kind: looksLikeHtml(text) ? 'html' : 'json' });
}

/** The body as JSON; `undefined` if it is empty or not JSON. */
export const parsedContent = (raw: RawAnswer): unknown => parsed(raw.text);

/** Does the exchange call our timestamp too old? Its code for that is not documented, its words are. */
export const isExpired = (error: unknown): boolean =>
  isAppError(error, 'EXCHANGE') && /request has expired/i.test(error.data.message);

/**
 * Is it certain that the exchange did not do what was asked? Only a 4xx says so; a timeout, whatever its status, does not.
 * @see backpack-exchange docs, "Errors": TIMEOUT leaves an order's fate open
 */
export function isCertainRefusal(raw: RawAnswer): boolean {
  if (raw.status < 400 || raw.status > 499 || raw.status === 408) return false;
  const error = refusal(raw);
  return !(isAppError(error, 'EXCHANGE') && error.data.code === 'TIMEOUT');
}
