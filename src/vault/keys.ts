import { type Bytes, utf8 } from '../core/bytes.ts';

export const DATA_KEY_LENGTH = 32;

/** What a data key is used as. None is extractable, and each can do its own work only. */
export interface DataKeys {
  /** AES-256-GCM: wraps and unwraps account keys. */
  readonly wrapping: CryptoKey;
  /** AES-256-GCM: encrypts and decrypts private data. */
  readonly sealing: CryptoKey;
  /** HMAC-SHA-256: authenticates the record. */
  readonly authentication: CryptoKey;
}

/** The raw data key as a key that can only be derived from. */
export const importRoot = (dataKey: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey']);

/** HKDF-SHA-256 with the vault id as salt and one info text for each purpose. */
export async function deriveKeys(root: CryptoKey, vaultId: string): Promise<DataKeys> {
  const hkdf = (purpose: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: utf8(vaultId),
    info: utf8(`buckle-vault/1/${purpose}`),
  });
  const aes = { name: 'AES-GCM', length: 256 };
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const { subtle } = crypto;
  const [wrapping, sealing, authentication] = await Promise.all([
    subtle.deriveKey(hkdf('wrapping'), root, aes, false, ['wrapKey', 'unwrapKey']),
    subtle.deriveKey(hkdf('sealing'), root, aes, false, ['encrypt', 'decrypt']),
    subtle.deriveKey(hkdf('authentication'), root, hmac, false, ['sign', 'verify']),
  ]);
  return { wrapping, sealing, authentication };
}
