import * as v from 'valibot';
import { fromUtf8, utf8 } from '../core/bytes.ts';
import { associated, decrypt, encrypt, IV_LENGTH } from './aes.ts';
import { base64 } from './fields.ts';

const SEALED_FORMAT = 'buckle-sealed/1';

const sealed = v.strictObject({
  format: v.literal(SEALED_FORMAT),
  iv: base64(IV_LENGTH),
  data: base64(),
});
/** Private data at rest: JSON under the sealing key, bound to its vault, purpose and record. */
export type Sealed = v.InferOutput<typeof sealed>;

const place = (vaultId: string, purpose: string, recordId: string) =>
  associated(SEALED_FORMAT, vaultId, purpose, recordId);

export async function sealValue(
  sealing: CryptoKey,
  vaultId: string,
  [purpose, recordId]: readonly [string, string],
  value: unknown,
): Promise<Sealed> {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('a JSON value expected');
  const box = await encrypt(sealing, utf8(text), place(vaultId, purpose, recordId));
  return { format: SEALED_FORMAT, ...box };
}

/** The value in a box, or `undefined` if it is not what was sealed there. (No sealed value is `undefined`.) */
export async function openValue(
  sealing: CryptoKey,
  vaultId: string,
  [purpose, recordId]: readonly [string, string],
  box: unknown,
): Promise<unknown> {
  const decoded = v.safeParse(sealed, box);
  if (!decoded.success) return undefined;
  const plain = await decrypt(sealing, decoded.output, place(vaultId, purpose, recordId));
  return plain && JSON.parse(fromUtf8(plain));
}
