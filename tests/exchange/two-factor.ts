import { createHash } from 'node:crypto';
import { sameAddress } from './addresses.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * What an address that is not exempt meets. Each was reported by some source; which one is true today is not known.
 * - `exempt`: nothing, no code is needed.
 * - `code`: INVALID_TWO_FACTOR_CODE until `twoFactorToken` is the app's six digits.
 * - `issued`: the same, but `twoFactorToken` must be one that `issueTwoFactorToken` gave; digits are refused.
 * - `text`: like `code`, but refused as FORBIDDEN, so that only the text tells.
 * - `disabled`: refused for good, whatever is sent.
 */
export type TwoFactorMode = 'exempt' | 'code' | 'issued' | 'text' | 'disabled';

export interface TwoFactor {
  /** `status` is that of INVALID_TWO_FACTOR_CODE: 400 unless said otherwise. */
  setMode(mode: TwoFactorMode, options: { status?: 400 | 403 }): void;
  setExempt(apiKey: string, addresses: readonly string[]): void;
  isExempt(apiKey: string, address: string): boolean;
  appCode(apiKey: string): string;
  emailCode(apiKey: string): string;
  /** A token for the app's code or the one sent by e-mail; both must be right where both are given. */
  issue(apiKey: string, given: { app: string | undefined; email: string | undefined }): string;
  /** @throws Refusal unless the withdrawal may go ahead with this token. */
  check(apiKey: string, address: string, token: string | undefined): void;
  /** An issued token is good for one withdrawal. Six digits stay good: tests have one right code. */
  spend(token: string | undefined): void;
}

const TOKEN_LIFE_MS = 300_000;
const DISABLED = 'Two factor tokens are currently disabled through the API';

export function createTwoFactor(seed: number, now: () => number): TwoFactor {
  const digest = (text: string): Buffer =>
    createHash('sha256').update(`practice two factor ${seed} ${text}`).digest();
  const digits = (text: string): string =>
    String(digest(text).readUInt32BE() % 1_000_000).padStart(6, '0');
  const appCode = (apiKey: string): string => digits(`app ${apiKey}`);
  const emailCode = (apiKey: string): string => digits(`email ${apiKey}`);
  const issued = new Map<string, { apiKey: string; expires: number }>();
  const exempt = new Map<string, readonly string[]>();
  let mode: TwoFactorMode = 'exempt';
  let status = 400;
  let count = 0;

  const isExempt = (apiKey: string, address: string): boolean =>
    (exempt.get(apiKey) ?? []).some((known) => sameAddress(known, address));
  const forbidden = (message: string): Refusal => refuse('FORBIDDEN', message, 403);

  function isGood(apiKey: string, token: string): boolean {
    if (mode !== 'issued') return token === appCode(apiKey);
    const known = issued.get(token);
    return known !== undefined && known.apiKey === apiKey && now() < known.expires;
  }

  return {
    setMode(chosen, options) {
      mode = chosen;
      status = options.status ?? 400;
    },
    setExempt(apiKey, addresses) {
      exempt.set(apiKey, addresses);
    },
    isExempt,
    appCode,
    emailCode,
    issue(apiKey, { app, email }) {
      if (mode === 'disabled') throw forbidden(DISABLED);
      if (app === undefined && email === undefined)
        throw refuse('INVALID_CLIENT_REQUEST', 'Must specify app or email');
      if ((app ?? appCode(apiKey)) !== appCode(apiKey))
        throw refuse('INVALID_TWO_FACTOR_CODE', 'Invalid two factor code', status);
      if ((email ?? emailCode(apiKey)) !== emailCode(apiKey))
        throw refuse('INVALID_TWO_FACTOR_CODE', 'Invalid email code', status);
      count += 1;
      const token = digest(`token ${apiKey} ${count}`).toString('base64');
      issued.set(token, { apiKey, expires: now() + TOKEN_LIFE_MS });
      return token;
    },
    check(apiKey, address, token) {
      if (mode === 'exempt' || isExempt(apiKey, address)) return;
      if (mode === 'disabled')
        throw forbidden(`${DISABLED}. Withdraw to an address of your address book that is exempt.`);
      if (token !== undefined && isGood(apiKey, token)) return;
      if (mode === 'text')
        throw forbidden(
          token === undefined
            ? 'Two factor authentication is required for this address'
            : 'Two factor authentication failed',
        );
      throw refuse(
        'INVALID_TWO_FACTOR_CODE',
        token === undefined ? 'Two factor code is required' : 'Invalid two factor code',
        status,
      );
    },
    spend(token) {
      if (token !== undefined) issued.delete(token);
    },
  };
}
