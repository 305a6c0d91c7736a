import { expect, it } from 'vitest';
import { randomBytes } from '../../../src/vault/aes.ts';
import { openPasswordSlot, sealPasswordSlot } from '../../../src/vault/keyslots.ts';
import { CHEAP_KDF, PASSWORD } from './fixtures.ts';

const VAULT = '5a3f1a4e-6f0e-4b63-9d2c-0a4b2b8f3c11';
const OTHER = '8a1f5a4e-6f0e-4b63-9d2c-0a4b2b8f3c11';

it('opens only in its vault, under its id and at its cost; a wrong password is no error', async () => {
  const dataKey = randomBytes(32);
  const slot = await sealPasswordSlot(VAULT, dataKey, PASSWORD, CHEAP_KDF.parameters);
  expect(await openPasswordSlot(VAULT, slot, PASSWORD)).toEqual(dataKey);
  for (const wrong of ['', 'wrong password']) {
    expect(await openPasswordSlot(VAULT, slot, wrong)).toBeUndefined();
  }
  expect(await openPasswordSlot(OTHER, slot, PASSWORD)).toBeUndefined();
  expect(await openPasswordSlot(VAULT, { ...slot, id: OTHER }, PASSWORD)).toBeUndefined();
  const costlier = { ...slot, kdf: { ...slot.kdf, iterations: 2 } };
  expect(await openPasswordSlot(VAULT, costlier, PASSWORD)).toBeUndefined();
});

it('throws for what no schema has checked', async () => {
  const slot = await sealPasswordSlot(VAULT, randomBytes(32), PASSWORD, CHEAP_KDF.parameters);
  const opening = openPasswordSlot(VAULT, { ...slot, wrapped: 'not base64' }, PASSWORD);
  await expect(opening).rejects.toThrow(TypeError);
});
