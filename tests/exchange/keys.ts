import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface KeyPair {
  /** base64 of the 32-byte public key, sent as `X-API-Key`. */
  readonly apiKey: string;
  /** base64 of the 32-byte seed. */
  readonly secret: string;
  /** base64 of seed and public key, the 64-byte form of the same secret. */
  readonly secret64: string;
}

const seedOf = (seedNumber: number): Buffer =>
  createHash('sha256').update(`practice exchange key ${seedNumber}`).digest();

export const privateKey = (secret: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, Buffer.from(secret, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  });

/** The same pair for the same number, on every machine. Worthless: anyone can compute it. */
export function keyPair(seedNumber: number): KeyPair {
  const seed = seedOf(seedNumber);
  const secret = seed.toString('base64');
  const spki = createPublicKey(privateKey(secret)).export({ format: 'der', type: 'spki' });
  const raw = spki.subarray(-32);
  return {
    apiKey: raw.toString('base64'),
    secret,
    secret64: Buffer.concat([seed, raw]).toString('base64'),
  };
}
