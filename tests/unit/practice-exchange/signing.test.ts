import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticate, signedText } from '../../exchange/auth.ts';
import { keyPair, privateKey } from '../../exchange/keys.ts';
import type { SignedParams } from '../../exchange/params.ts';
import vectors from '../../vectors/signing.json' with { type: 'json' };

/** null stands for "not given". */
const given = (params: object): SignedParams =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
const listOf = (params: object): SignedParams[] => [params].flat().map(given);

describe('the signing vectors', () => {
  it('are all there', () => expect(vectors.length).toBeGreaterThanOrEqual(31));

  it.each(vectors)('$name', (vector) => {
    const { instruction, params, timestamp, window } = vector;
    const list = listOf(params);
    const text = signedText(instruction, list, timestamp, window);
    expect(text).toBe(vector.canonical);
    const key = privateKey(vector.secretSeedBase64);
    expect(sign(null, Buffer.from(text), key).toString('base64')).toBe(vector.signatureBase64);
    const credentials = {
      apiKey: vector.publicKeyBase64,
      signature: vector.signatureBase64,
      timestamp: String(timestamp),
      window: String(window),
    };
    expect(() => authenticate(credentials, instruction, list, timestamp, 400)).not.toThrow();
    const altered = list.map((one) => ({ ...one, symbol: 'XRP_USDC' }));
    expect(() => authenticate(credentials, instruction, altered, timestamp, 400)).toThrow(
      'Invalid signature',
    );
  });
});

it('gives the same key pair for the same number', () => {
  expect(keyPair(7)).toEqual(keyPair(7));
  expect(keyPair(7).apiKey).not.toBe(keyPair(8).apiKey);
  expect(Buffer.from(keyPair(7).secret, 'base64')).toHaveLength(32);
  const both = Buffer.from(keyPair(7).secret64, 'base64');
  expect(both.subarray(0, 32).toString('base64')).toBe(keyPair(7).secret);
  expect(both.subarray(32).toString('base64')).toBe(keyPair(7).apiKey);
});
