import { sign } from 'node:crypto';
import type { BalancesGiven } from './accounts.ts';
import { signedText } from './auth.ts';
import type { PracticeExchange, PracticeOutcome, PracticeRequest } from './exchange.ts';
import { type KeyPair, keyPair, privateKey } from './keys.ts';
import type { SignedParams } from './params.ts';

export interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly instruction: string;
  /** Sent in the query for GET, else as the JSON body; an array is a batch. */
  readonly params?: SignedParams | readonly SignedParams[];
  readonly timestamp: number;
  readonly window?: number;
}

/** A signed request by the exchange's own reading of the rules: a second client to test against. */
export function signedRequest(keys: KeyPair, parts: RequestParts): PracticeRequest {
  const { method, path, instruction, params = {}, timestamp, window = 5000 } = parts;
  const list = Array.isArray(params) ? params : [params];
  const message = signedText(instruction, list, timestamp, window);
  const query = new URLSearchParams(
    Object.entries(method === 'GET' ? params : {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  return {
    method,
    url: query === '' ? path : `${path}?${query}`,
    headers: {
      'x-api-key': keys.apiKey,
      'x-signature': sign(null, Buffer.from(message), privateKey(keys.secret)).toString('base64'),
      'x-timestamp': String(timestamp),
      'x-window': String(window),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    body: method === 'GET' ? '' : JSON.stringify(params),
  };
}

/** What a trader in tests usually starts with. */
export const plenty: BalancesGiven = {
  USDC: { available: '10000' },
  SOL: { available: '50', staked: '5' },
  BTC: { available: '0.5' },
};

export interface SeededAccount extends KeyPair {
  /** Sign at the given time and send. */
  send(parts: RequestParts): PracticeOutcome;
}

/** Register the key pair of this number and give it balances. */
export function seedAccount(
  exchange: PracticeExchange,
  options: { keyNumber?: number; balances?: BalancesGiven; readOnly?: boolean } = {},
): SeededAccount {
  const { keyNumber = 1, balances = plenty, readOnly = false } = options;
  const keys = keyPair(keyNumber);
  exchange.addAccount({ apiKey: keys.apiKey, balances, readOnly });
  return { ...keys, send: (parts) => exchange.handle(signedRequest(keys, parts)) };
}
