import type { WireError } from '../core/errors.ts';

const NAMES_IT = /two[\s_-]*factor|\b2fa\b|authenticator/i;
const OFF = /disabled|unavailable|not (?:currently )?(?:available|supported)/i;
const REFUSED = /invalid|incorrect|wrong|failed|expired|mismatch|not (?:valid|correct|accepted)/i;

/**
 * Is this a refusal for want of a second factor? `needed`: none was given, or its text does not say what is wrong with it;
 * `wrong`: the one given was not accepted; `disabled`: the exchange takes none through its API. Sources disagree on the code
 * and the status, so the exchange's words count as well.
 */
export function twoFactorOf(error: WireError): 'needed' | 'wrong' | 'disabled' | undefined {
  if (error.code !== 'EXCHANGE') return undefined;
  const { status, code, message } = error.data;
  // A timeout leaves its fate open, and too many requests say nothing about the code.
  if (status < 400 || status > 499 || status === 408 || status === 429) return undefined;
  if (code !== 'INVALID_TWO_FACTOR_CODE' && !NAMES_IT.test(message)) return undefined;
  if (OFF.test(message)) return 'disabled';
  return REFUSED.test(message) ? 'wrong' : 'needed';
}
