import { type Bytes, utf8 } from '../core/bytes.ts';
import { invalid } from '../core/errors.ts';

/** The cost of Argon2id. @see RFC 9106 section 3.1 */
export interface KdfParameters {
  memoryKiB: number;
  iterations: number;
  parallelism: number;
}

/** What a new keyslot costs, and the least that is accepted when reading one. */
export interface KdfPolicy {
  parameters: KdfParameters;
  floor: KdfParameters;
}

const ARGON2ID_64_MIB: KdfParameters = { memoryKiB: 65_536, iterations: 3, parallelism: 1 };

export const DEFAULT_KDF: KdfPolicy = { parameters: ARGON2ID_64_MIB, floor: ARGON2ID_64_MIB };

/** The most that is accepted when reading: an edited record must not be able to hang or crash the browser. */
export const KDF_CEILING: KdfParameters = { memoryKiB: 1_048_576, iterations: 64, parallelism: 16 };

export const SALT_LENGTH = 16;
export const PASSWORD_MIN_LENGTH = 8;

/** @throws INVALID_INPUT password-short under 8 characters. */
export function assertPassword(password: string): string {
  // Counted as it is used: by code points, normalised.
  if (Array.from(password.normalize('NFKC')).length < PASSWORD_MIN_LENGTH) {
    throw invalid('password', 'password-short', String(PASSWORD_MIN_LENGTH));
  }
  return password;
}

/** Does `parameters` cost an attacker less than `standard`, in memory or in passes? */
export const isWeaker = (parameters: KdfParameters, standard: KdfParameters): boolean =>
  parameters.memoryKiB < standard.memoryKiB || parameters.iterations < standard.iterations;

/** The higher of each cost: raising one must never lower another. */
export const stronger = (a: KdfParameters, b: KdfParameters): KdfParameters => ({
  memoryKiB: Math.max(a.memoryKiB, b.memoryKiB),
  iterations: Math.max(a.iterations, b.iterations),
  parallelism: Math.max(a.parallelism, b.parallelism),
});

/**
 * 32 bytes from a password. It is normalised first (NFKC), because keyboards write the same letter in different ways.
 * The caller wipes the result.
 */
export async function stretch(
  password: string,
  salt: Bytes,
  parameters: KdfParameters,
): Promise<Bytes> {
  const { argon2 } = await import('./argon2.ts');
  const bytes = utf8(password.normalize('NFKC'));
  try {
    const key = await argon2(bytes, salt, parameters);
    const copy = new Uint8Array(key);
    key.fill(0);
    return copy;
  } finally {
    bytes.fill(0);
  }
}
