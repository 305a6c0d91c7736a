import { verifyAsync } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bytes,
  fromBase64,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from '../../../src/core/bytes.ts';
import { canonicalBatch, canonicalString, type Params } from '../../../src/core/canonical.ts';
import { publicKeyOf, seedFromSecret } from '../../../src/core/seed.ts';
import { assertApiKey, createSigner, pkcs8Of, signedHeaders } from '../../../src/core/signing.ts';
import rfc8032 from '../../vectors/rfc8032.json' with { type: 'json' };
import vectors from '../../vectors/signing.json' with { type: 'json' };

const fromHex = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, 'hex'));
const importKey = (seed: Bytes) =>
  crypto.subtle.importKey('pkcs8', pkcs8Of(seed), 'Ed25519', false, ['sign']);

describe('the vectors of RFC 8032', () => {
  it.each(rfc8032)('$name', async ({ seed, publicKey, message, signature }) => {
    expect(toHex(await publicKeyOf(fromHex(seed)))).toBe(publicKey);
    const key = await importKey(fromHex(seed));
    const signed = await crypto.subtle.sign('Ed25519', key, fromHex(message));
    expect(toHex(new Uint8Array(signed))).toBe(signature);
  });

  it.each(rfc8032.slice(0, 2))('$name, as text', async ({ seed, message, signature }) => {
    const sign = createSigner(await importKey(fromHex(seed)));
    expect(await sign(fromUtf8(fromHex(message)))).toBe(toBase64(fromHex(signature)));
  });
});

describe('the vectors of independent programs', () => {
  it('are all here', () => expect(vectors).toHaveLength(31));

  it.each(vectors)('$name', async (vector) => {
    const { instruction, timestamp, window, canonical, signatureBase64, publicKeyBase64 } = vector;
    const params: unknown = vector.params;
    const text = Array.isArray(params)
      ? canonicalBatch(instruction, params as Params[], timestamp, window)
      : canonicalString(instruction, params as Params, timestamp, window);
    expect(text).toBe(canonical);

    const seed = await seedFromSecret(vector.secretSeedBase64);
    expect(toBase64(await publicKeyOf(seed))).toBe(publicKeyBase64);
    const signature = await createSigner(await importKey(seed))(text);
    expect(signature).toBe(signatureBase64);
    const wsSignature = vector.wsSignature ?? [
      publicKeyBase64,
      signature,
      `${timestamp}`,
      `${window}`,
    ];
    expect(wsSignature).toEqual([publicKeyBase64, signature, `${timestamp}`, `${window}`]);
    if (vector.headers) {
      expect(signedHeaders(publicKeyBase64, signature, timestamp, window)).toEqual(vector.headers);
    }
    if (vector.secretExpandedBase64) {
      expect(await seedFromSecret(vector.secretExpandedBase64)).toEqual(seed);
    }
  });
});

describe('an API secret', () => {
  it.each([
    ['nothing', '', 'required'],
    ['one byte short', toBase64(new Uint8Array(31)), 'secret-length'],
    ['one byte long', toBase64(new Uint8Array(33)), 'secret-length'],
    ['63 bytes', toBase64(new Uint8Array(63)), 'secret-length'],
    ['65 bytes', toBase64(new Uint8Array(65)), 'secret-length'],
    ['another alphabet', `${'_'.repeat(43)}=`, 'secret-alphabet'],
    ['hexadecimal of odd form', 'zz'.repeat(33), 'secret-alphabet'],
    ['a line break at its end', `${toBase64(new Uint8Array(32))}\n`, 'secret-alphabet'],
    ['halves that disagree', toBase64(new Uint8Array(64).fill(7)), 'secret-halves'],
  ])('of %s is refused', async (_name, secret, reason) => {
    const refusal = await seedFromSecret(secret).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', data: { path: 'secret', reason } });
    expect(`${refusal} ${JSON.stringify(refusal)}`).not.toContain(secret || 'nothing');
  });

  it('with one bit of its second half changed is refused', async () => {
    const seed = new Uint8Array(32).fill(9);
    const whole = new Uint8Array([...seed, ...(await publicKeyOf(seed))]);
    expect(await seedFromSecret(toBase64(whole))).toEqual(seed);
    for (let i = 32; i < 64; i += 1) {
      const changed = whole.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      await expect(seedFromSecret(toBase64(changed))).rejects.toMatchObject({
        data: { reason: 'secret-halves' },
      });
    }
  });
});

describe('an API key', () => {
  it('is base64 of 32 bytes', () => {
    const apiKey = toBase64(new Uint8Array(32).fill(200));
    expect(assertApiKey(apiKey)).toBe(apiKey);
  });

  it.each([
    ['', 'required'],
    ['abc', 'api-key-format'],
    [toBase64(new Uint8Array(31)), 'api-key-format'],
    [toBase64(new Uint8Array(33)), 'api-key-format'],
    ['00'.repeat(32), 'api-key-format'],
  ])('is not %j', (apiKey, reason) =>
    expect(() => assertApiKey(apiKey)).toThrow(
      expect.objectContaining({ data: { path: 'apiKey', reason } }),
    ),
  );
});

describe('a signature', () => {
  it('verifies with noble for any seed and text', async () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(seeds, fc.string({ unit: 'grapheme' }), async (bytes, text) => {
        const seed = new Uint8Array(bytes);
        const signature = fromBase64(await createSigner(await importKey(seed))(text));
        expect(signature).toHaveLength(64);
        expect(await verifyAsync(signature ?? seed, utf8(text), await publicKeyOf(seed))).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('cannot be made of a seed of another length', async () => {
    await expect(publicKeyOf(new Uint8Array(31))).rejects.toThrow(RangeError);
    expect(() => pkcs8Of(new Uint8Array(33))).toThrow(RangeError);
  });
});
