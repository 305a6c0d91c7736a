import { expect, it } from 'vitest';
import {
  generateKeyPair,
  isKeyOf,
  keyFromSeed,
  unwrapAccountKey,
  wrapAccountKey,
} from '../../../src/vault/account-keys.ts';
import { randomBytes } from '../../../src/vault/aes.ts';
import { type DataKeys, deriveKeys, importRoot } from '../../../src/vault/keys.ts';
import { keyPair } from './fixtures.ts';

const ID = '5a3f1a4e-6f0e-4b63-9d2c-0a4b2b8f3c11';
const OTHER = '8a1f5a4e-6f0e-4b63-9d2c-0a4b2b8f3c11';

const newKeys = async (): Promise<DataKeys> => deriveKeys(await importRoot(randomBytes(32)), ID);

it('a wrapped key opens only as what it was wrapped as', async () => {
  const { wrapping } = await newKeys();
  const { key, apiKey } = await generateKeyPair();
  const place = { vaultId: ID, id: ID, apiKey };
  const entry = await wrapAccountKey(wrapping, key, place);
  const unwrapped = await unwrapAccountKey(wrapping, entry, place);
  expect(unwrapped && (await isKeyOf(unwrapped, apiKey))).toBe(true);
  const others = [{ vaultId: OTHER }, { id: OTHER }, { apiKey: keyPair(1).apiKey }];
  for (const other of others) {
    expect(await unwrapAccountKey(wrapping, entry, { ...place, ...other })).toBeUndefined();
  }
  expect(await unwrapAccountKey(wrapping, { ...entry, version: 2 }, place)).toBeUndefined();
  expect(await unwrapAccountKey((await newKeys()).wrapping, entry, place)).toBeUndefined();
});

it('a key is not wrapped under the API key of another', async () => {
  const { wrapping } = await newKeys();
  const key = await keyFromSeed(new Uint8Array(keyPair(1).seed));
  const place = { vaultId: ID, id: ID, apiKey: keyPair(2).apiKey };
  await expect(wrapAccountKey(wrapping, key, place)).rejects.toThrow('not the key of this account');
});

it('no key that is kept can be extracted, and each does its own work only', async () => {
  const keys = await newKeys();
  const { key, apiKey } = await generateKeyPair();
  const place = { vaultId: ID, id: ID, apiKey };
  const signing = await unwrapAccountKey(
    keys.wrapping,
    await wrapAccountKey(keys.wrapping, key, place),
    place,
  );
  const root = await importRoot(randomBytes(32));
  const kept = [root, keys.wrapping, keys.sealing, keys.authentication, signing];
  expect(kept.map((one) => one?.extractable)).toEqual([false, false, false, false, false]);
  expect(kept.map((one) => one?.usages.join())).toEqual([
    'deriveKey',
    'wrapKey,unwrapKey',
    'encrypt,decrypt',
    'sign,verify',
    'sign',
  ]);
});
