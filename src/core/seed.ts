import { getPublicKeyAsync } from '@noble/ed25519';
import { assertLength, type Bytes, equalBytes, fromBase64 } from './bytes.ts';
import { invalid } from './errors.ts';
import { PUBLIC_KEY_LENGTH, SEED_LENGTH } from './signing.ts';

/** The 32-byte Ed25519 public key of a seed. @see RFC 8032 section 5.1.5 */
export async function publicKeyOf(seed: Bytes): Promise<Bytes> {
  return new Uint8Array(await getPublicKeyAsync(assertLength(seed, SEED_LENGTH, 'seed')));
}

/**
 * The 32-byte seed in an API secret: base64 of the seed, or of seed and public key (64 bytes, as NaCl and Go hold it).
 * The caller wipes the result.
 * @throws INVALID_INPUT at `secret`: required, secret-alphabet, secret-length, secret-halves.
 */
export async function seedFromSecret(secret: string): Promise<Bytes> {
  if (secret === '') throw invalid('secret', 'required');
  const bytes = fromBase64(secret);
  if (bytes === undefined) throw invalid('secret', 'secret-alphabet');
  const seed = bytes.slice(0, SEED_LENGTH);
  try {
    if (bytes.length === SEED_LENGTH) return seed.slice();
    if (bytes.length !== SEED_LENGTH + PUBLIC_KEY_LENGTH) throw invalid('secret', 'secret-length');
    if (!equalBytes(bytes.subarray(SEED_LENGTH), await publicKeyOf(seed))) {
      throw invalid('secret', 'secret-halves');
    }
    return seed.slice();
  } finally {
    bytes.fill(0);
    seed.fill(0);
  }
}
