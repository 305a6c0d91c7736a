import { argon2id } from 'hash-wasm';
import type { Bytes } from '../core/bytes.ts';
import type { KdfParameters } from './kdf.ts';

/** 32 bytes of Argon2id. The caller wipes them. A file of its own: it is read when a password is first used. @see RFC 9106 */
export const argon2 = (
  password: Bytes,
  salt: Bytes,
  { memoryKiB, iterations, parallelism }: KdfParameters,
): Promise<Uint8Array> =>
  argon2id({
    ...{ password, salt, iterations, parallelism },
    memorySize: memoryKiB,
    hashLength: 32,
    outputType: 'binary',
  });
