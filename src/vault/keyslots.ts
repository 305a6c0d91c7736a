import * as v from 'valibot';
import { type Bytes, toBase64 } from '../core/bytes.ts';
import {
  associated,
  checkedBytes,
  decrypt,
  encrypt,
  IV_LENGTH,
  importAesKey,
  randomBytes,
  TAG_LENGTH,
} from './aes.ts';
import { base64, positive, uuid } from './fields.ts';
import { KDF_CEILING, type KdfParameters, SALT_LENGTH, stretch } from './kdf.ts';
import { DATA_KEY_LENGTH } from './keys.ts';

const slotFields = {
  id: uuid,
  iv: base64(IV_LENGTH),
  wrapped: base64(DATA_KEY_LENGTH + TAG_LENGTH),
};

const passwordSlot = v.strictObject({
  ...slotFields,
  kind: v.literal('password'),
  kdf: v.pipe(
    v.strictObject({
      name: v.literal('argon2id'),
      memoryKiB: v.pipe(positive, v.maxValue(KDF_CEILING.memoryKiB)),
      iterations: v.pipe(positive, v.maxValue(KDF_CEILING.iterations)),
      parallelism: v.pipe(positive, v.maxValue(KDF_CEILING.parallelism)),
      salt: base64(SALT_LENGTH),
    }),
    // Argon2 is not defined below this (RFC 9106 section 3.1).
    v.check(({ memoryKiB, parallelism }) => memoryKiB >= 8 * parallelism),
  ),
});

/** Ways in that this version does not open but must keep: their own parameters are flat texts and numbers. */
const otherSlot = v.objectWithRest(
  { ...slotFields, kind: v.picklist(['passkey', 'recovery']) },
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
);

export const keyslot = v.union([passwordSlot, otherSlot]);
export type Keyslot = v.InferOutput<typeof keyslot>;
export type PasswordSlot = v.InferOutput<typeof passwordSlot>;

export const isPasswordSlot = (slot: Keyslot): slot is PasswordSlot => slot.kind === 'password';

function slotData(vaultId: string, id: string, kdf: PasswordSlot['kdf']): Bytes {
  const { name, memoryKiB, iterations, parallelism, salt } = kdf;
  const cost = [name, memoryKiB, iterations, parallelism, salt] as const;
  return associated('buckle-vault', 1, vaultId, 'keyslot', id, 'password', ...cost);
}

/** Wraps the data key for a password, with a new id, salt and IV. */
export async function sealPasswordSlot(
  vaultId: string,
  dataKey: Bytes,
  password: string,
  { memoryKiB, iterations, parallelism }: KdfParameters,
): Promise<PasswordSlot> {
  const salt = randomBytes(SALT_LENGTH);
  const cost = { memoryKiB, iterations, parallelism };
  const kdf = { name: 'argon2id', ...cost, salt: toBase64(salt) } as const;
  const id = crypto.randomUUID();
  const raw = await stretch(password, salt, cost);
  try {
    const key = await importAesKey(raw, ['encrypt']);
    const { iv, data } = await encrypt(key, dataKey, slotData(vaultId, id, kdf));
    return { id, kind: 'password', kdf, iv, wrapped: data };
  } finally {
    raw.fill(0);
  }
}

/**
 * The raw data key in a slot, or `undefined` if this password does not open it: a wrong password is not an error here.
 * The caller wipes the result.
 */
export async function openPasswordSlot(
  vaultId: string,
  slot: PasswordSlot,
  password: string,
): Promise<Bytes | undefined> {
  // Argon2id is not asked: hash-wasm takes no empty password, and no slot was made with one.
  if (password === '') return undefined;
  const raw = await stretch(password, checkedBytes(slot.kdf.salt), slot.kdf);
  try {
    const key = await importAesKey(raw, ['decrypt']);
    const box = { iv: slot.iv, data: slot.wrapped };
    return await decrypt(key, box, slotData(vaultId, slot.id, slot.kdf));
  } finally {
    raw.fill(0);
  }
}
