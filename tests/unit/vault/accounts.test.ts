import { createPublicKey, verify as nodeVerify } from 'node:crypto';
import { verifyAsync } from '@noble/ed25519';
import { describe, expect, it, vi } from 'vitest';
import { fromBase64, utf8 } from '../../../src/core/bytes.ts';
import { keyPair, PASSWORD, world, worldWithAccount } from './fixtures.ts';

vi.mock('hash-wasm', () => import('../quick-argon2id.ts'));

const TEXT = 'instruction=balanceQuery&timestamp=1614550000000&window=5000';

const bytes = (base64: string) => fromBase64(base64) ?? new Uint8Array();
const verifies = (signature: string, apiKey: string) =>
  verifyAsync(bytes(signature), utf8(TEXT), bytes(apiKey));

describe('importing an account', () => {
  it('keeps it over a lock, and signs with its key', async () => {
    const { vault, account, clock } = await worldWithAccount();
    const { apiKey } = keyPair(1);
    expect(account).toMatchObject({
      label: 'Main',
      apiKey,
      status: 'unregistered',
      createdAt: clock.now,
    });
    await vault.lock();
    await vault.unlock(PASSWORD);
    expect(await vault.accounts()).toEqual([account]);
    const signature = await (await vault.signerFor(account.id))(TEXT);
    expect(await verifies(signature, apiKey)).toBe(true);
  });

  it('signs as node:crypto verifies, for the 64-byte form of a secret too', async () => {
    const { vault } = await world();
    await vault.create(PASSWORD);
    const { seed, apiKey } = keyPair(3);
    const secret = Buffer.concat([seed, Buffer.from(apiKey, 'base64')]).toString('base64');
    const { id } = await vault.importAccount({ label: ' Desk ', apiKey, secret });
    const signature = await (await vault.signerFor(id))(TEXT);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes(apiKey)]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(nodeVerify(null, utf8(TEXT), publicKey, bytes(signature))).toBe(true);
    expect((await vault.accounts()).map(({ label }) => label)).toEqual(['Desk']);
  });

  const one = keyPair(1);
  const two = keyPair(2);
  const b64 = (...parts: Uint8Array[]) => Buffer.concat(parts).toString('base64');
  it.each([
    ['no name', { label: '  ' }, 'label', 'required'],
    ['a name too long', { label: 'x'.repeat(65) }, 'label', 'maximum'],
    ['a line break in the name', { label: 'a\nb' }, 'label', 'character'],
    ['a name that turns the text around', { label: 'a\u202eb' }, 'label', 'character'],
    ['no API key', { apiKey: '' }, 'apiKey', 'required'],
    ['a short API key', { apiKey: b64(two.seed.subarray(1)) }, 'apiKey', 'api-key-format'],
    ['an API key in hex', { apiKey: '00'.repeat(32) }, 'apiKey', 'api-key-format'],
    ['no secret', { secret: '' }, 'secret', 'required'],
    ['a secret in hex with 0x', { secret: `0x${'ab'.repeat(32)}` }, 'secret', 'secret-alphabet'],
    ['a secret in base64url', { secret: `${'-'.repeat(43)}=` }, 'secret', 'secret-alphabet'],
    ['a secret without padding', { secret: two.secret.slice(0, -1) }, 'secret', 'secret-alphabet'],
    ['a secret with a space', { secret: ` ${two.secret}` }, 'secret', 'secret-alphabet'],
    ['a secret of 31 bytes', { secret: b64(two.seed.subarray(1)) }, 'secret', 'secret-length'],
    [
      'a secret of 33 bytes',
      { secret: b64(two.seed, new Uint8Array(1)) },
      'secret',
      'secret-length',
    ],
    [
      'halves that disagree',
      { secret: b64(two.seed, bytes(one.apiKey)) },
      'secret',
      'secret-halves',
    ],
    ['the secret of another key', { secret: one.secret }, 'apiKey', 'api-key-mismatch'],
    ['the API key of another secret', { apiKey: keyPair(9).apiKey }, 'apiKey', 'api-key-mismatch'],
    ['an account that is there', one, 'apiKey', 'account-exists'],
  ])('refuses %s and changes nothing', async (_name, wrong, path, reason) => {
    const { vault, record, written } = await worldWithAccount();
    const before = await record();
    const writes = written.length;
    const input = { label: 'Second', apiKey: two.apiKey, secret: two.secret, ...wrong };
    const refusal = await vault.importAccount(input).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', data: { path, reason } });
    expect(JSON.stringify(refusal)).not.toContain(two.secret.slice(0, 12));
    expect(await record()).toEqual(before);
    expect(written).toHaveLength(writes);
  });

  it('keeps all of several that come at once', async () => {
    const { vault, record } = await worldWithAccount();
    const numbers = [2, 3, 4, 5];
    await Promise.all(numbers.map((n) => vault.importAccount({ label: `${n}`, ...keyPair(n) })));
    const labels = (await vault.accounts()).map(({ label }) => label);
    expect(labels.sort()).toEqual(['2', '3', '4', '5', 'Main']);
    expect((await record()).revision).toBe(6);
  });

  it('keeps both of two that two workers write at once', async () => {
    const { vault, restart, account } = await worldWithAccount();
    const other = restart();
    expect(await other.status()).toBe('unlocked');
    await Promise.all([
      vault.importAccount({ label: 'A', ...keyPair(2) }),
      other.importAccount({ label: 'B', ...keyPair(3) }),
    ]);
    await vault.renameAccount(account.id, 'First');
    const labels = (await vault.accounts()).map(({ label }) => label);
    expect(labels.sort()).toEqual(['A', 'B', 'First']);
  });
});

describe('accounts', () => {
  it('generates a key pair that signs for the API key it shows', async () => {
    const { vault } = await world();
    await vault.create(PASSWORD);
    const first = await vault.generateAccount({ label: 'One' });
    const second = await vault.generateAccount({ label: 'Two' });
    expect(first).toMatchObject({ label: 'One', status: 'unregistered' });
    expect(first.apiKey).not.toBe(second.apiKey);
    const signature = await (await vault.signerFor(first.id))(TEXT);
    expect(await verifies(signature, first.apiKey)).toBe(true);
    expect(await verifies(signature, second.apiKey)).toBe(false);
  });

  it('sign each with its own key', async () => {
    const { vault, account } = await worldWithAccount();
    const second = await vault.importAccount({ label: 'Second', ...keyPair(2) });
    const signatures = [
      await (await vault.signerFor(account.id))(TEXT),
      await (await vault.signerFor(second.id))(TEXT),
    ];
    expect(await verifies(signatures[0] ?? '', account.apiKey)).toBe(true);
    expect(await verifies(signatures[1] ?? '', second.apiKey)).toBe(true);
    expect(signatures[0]).not.toBe(signatures[1]);
  });

  it('are activated, renamed and removed for good', async () => {
    const { vault, account, restart, record } = await worldWithAccount();
    const second = await vault.importAccount({ label: 'Second', ...keyPair(2) });
    expect(await vault.activateAccount(account.id)).toEqual({ ...account, status: 'active' });
    expect(await vault.renameAccount(account.id, ' Desk ')).toMatchObject({
      label: 'Desk',
      status: 'active',
    });
    const sign = await vault.signerFor(second.id);
    await vault.removeAccount(second.id);
    await expect(sign(TEXT)).rejects.toMatchObject({ data: { path: 'account' } });
    expect((await record()).keys).toHaveLength(1);
    expect((await restart().accounts()).map(({ label }) => label)).toEqual(['Desk']);
    expect(await vault.importAccount({ label: 'Again', ...keyPair(2) })).toMatchObject({
      label: 'Again',
    });
  });

  it('that are not there are named as such', async () => {
    const { vault } = await worldWithAccount();
    const id = '5a3f1a4e-6f0e-4b63-9d2c-0a4b2b8f3c11';
    const refused = { code: 'INVALID_INPUT', data: { path: 'account', reason: 'required' } };
    await expect(vault.signerFor(id)).rejects.toMatchObject(refused);
    await expect(vault.activateAccount(id)).rejects.toMatchObject(refused);
    await expect(vault.renameAccount(id, 'x')).rejects.toMatchObject(refused);
    await expect(vault.removeAccount(id)).rejects.toMatchObject(refused);
    await expect(vault.signerFor('__proto__')).rejects.toMatchObject(refused);
  });

  it('are not to be had while locked', async () => {
    const { vault, account } = await worldWithAccount();
    await vault.lock();
    await expect(vault.accounts()).rejects.toThrow('LOCKED');
    await expect(vault.signerFor(account.id)).rejects.toThrow('LOCKED');
    await expect(vault.importAccount({ label: 'x', ...keyPair(2) })).rejects.toThrow('LOCKED');
    await expect(vault.generateAccount({ label: 'x' })).rejects.toThrow('LOCKED');
    await expect(vault.activateAccount(account.id)).rejects.toThrow('LOCKED');
    await expect(vault.renameAccount(account.id, 'x')).rejects.toThrow('LOCKED');
    await expect(vault.removeAccount(account.id)).rejects.toThrow('LOCKED');
  });
});
