import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SignedParams } from './params.ts';
import { Refusal, refuse } from './refusal.ts';

const DEFAULT_WINDOW_MS = '5000';
const LARGEST_WINDOW_MS = 60_000;
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface Credentials {
  readonly apiKey: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly window: string;
}

/**
 * The text a request must be signed over, rebuilt from what arrived: each set of params after its instruction,
 * then timestamp and window once. More than one set is a batch.
 */
export function signedText(
  instruction: string,
  list: readonly SignedParams[],
  timestamp: string | number,
  window: string | number,
): string {
  const parts = list.map((params) => {
    const names = Object.keys(params).sort();
    return [`instruction=${instruction}`, ...names.map((name) => `${name}=${params[name]}`)];
  });
  return [...parts.flat(), `timestamp=${timestamp}`, `window=${window}`].join('&');
}

/** @throws Refusal 401 when a header is missing; what they hold is looked at later, by {@link authenticate}. */
export function credentialsOf(headers: Readonly<Record<string, string>>): Credentials {
  const apiKey = headers['x-api-key'];
  const signature = headers['x-signature'];
  const timestamp = headers['x-timestamp'];
  if (!apiKey || !signature || !timestamp)
    throw new Refusal(401, 'UNAUTHORIZED', 'Missing authentication headers');
  return { apiKey, signature, timestamp, window: headers['x-window'] ?? DEFAULT_WINDOW_MS };
}

/** Standard base64 with padding of exactly so many bytes, or undefined. */
function decode(value: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === length && bytes.toString('base64') === value ? bytes : undefined;
}

const keys = new Map<string, KeyObject>();
function publicKey(apiKey: string): KeyObject {
  const known = keys.get(apiKey);
  if (known) return known;
  const raw = decode(apiKey, 32);
  if (!raw) throw refuse('INVALID_CLIENT_REQUEST', 'Invalid X-API-Key header');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, raw]),
    format: 'der',
    type: 'spki',
  });
  keys.set(apiKey, key);
  return key;
}

/** Is `signature` that key's over `text`? */
export type Verify = (apiKey: string, text: string, signature: Buffer) => boolean;

export const verifyEd25519: Verify = (apiKey, text, signature) =>
  verify(null, Buffer.from(text, 'utf8'), publicKey(apiKey), signature);

/**
 * Check window, clock and signature. A timestamp may lie as far ahead of the clock as the window is long; the real
 * bound is documented nowhere.
 * @throws Refusal with the exchange's status and text.
 */
export function authenticate(
  credentials: Credentials,
  instruction: string,
  list: readonly SignedParams[],
  clock: number,
  expiredStatus: number,
  isSigned: Verify = verifyEd25519,
): void {
  const { timestamp, window } = credentials;
  if (!/^\d{1,15}$/.test(timestamp))
    throw refuse('INVALID_CLIENT_REQUEST', 'Invalid X-Timestamp header');
  if (!/^[1-9]\d{0,9}$/.test(window) || Number(window) > LARGEST_WINDOW_MS)
    throw refuse('INVALID_CLIENT_REQUEST', 'Invalid X-Window header');
  const signature = decode(credentials.signature, 64);
  if (!signature) throw refuse('INVALID_CLIENT_REQUEST', 'Invalid X-Signature header');
  if (Math.abs(clock - Number(timestamp)) > Number(window))
    throw refuse('INVALID_CLIENT_REQUEST', 'Request has expired', expiredStatus);
  if (!isSigned(credentials.apiKey, signedText(instruction, list, timestamp, window), signature))
    throw refuse('INVALID_CLIENT_REQUEST', 'Invalid signature');
}
