import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { viewOf } from './bytes.ts';

// Without a keyring Chromium on Linux encrypts with a key that everybody knows. So it is in tests.
const KEY = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
const IV = Buffer.alloc(16, ' ');
const PREFIX = 'v10';

export const isEncrypted = (bytes: Uint8Array): boolean =>
  /^v1[01]$/.test(Buffer.from(bytes.subarray(0, PREFIX.length)).toString('latin1'));

/** @throws if it was encrypted with another key. */
export function decrypt(bytes: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-128-cbc', KEY, IV);
  return Buffer.concat([decipher.update(bytes.subarray(PREFIX.length)), decipher.final()]);
}

const SESSION_HEADER = 8;

/** Does this look like one of Chromium's encrypted session files (`Sessions_Encrypted/Session_…`)? */
export const isEncryptedSession = (file: Uint8Array): boolean =>
  Buffer.from(file.subarray(0, 4)).toString('latin1') === 'SNSS' &&
  isEncrypted(file.subarray(SESSION_HEADER + 4));

/** Its commands, each after its length as 32 bits, in the clear. A command that was cut off by a crash is left out. */
export function* sessionCommands(file: Uint8Array): Generator<Uint8Array> {
  const view = viewOf(file);
  for (let at = SESSION_HEADER; at + 4 <= file.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > file.length) return;
    yield decrypt(file.subarray(at + 4, end));
    at = end;
  }
}
