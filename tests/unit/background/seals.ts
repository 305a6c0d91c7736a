import type { Seals } from '../../../src/background/records/seals.ts';
import { toBase64, utf8 } from '../../../src/core/bytes.ts';
import { AppError } from '../../../src/core/errors.ts';

export interface FakeSeals extends Seals {
  locked: boolean;
}

/** Seals that only mark their place and never give the same box twice; what the vault's seals do is tested there. */
export function createFakeSeals(): FakeSeals {
  let boxes = 0;
  const seals: FakeSeals = {
    locked: false,
    async seal(purpose, recordId, value) {
      if (seals.locked) throw new AppError('LOCKED', undefined);
      boxes += 1;
      return {
        place: `${purpose} ${recordId}`,
        nonce: boxes,
        text: toBase64(utf8(JSON.stringify(value))),
      };
    },
    async open(purpose, recordId, sealed) {
      if (seals.locked) throw new AppError('LOCKED', undefined);
      const { place, text } = (sealed ?? {}) as { place?: string; text?: string };
      if (place !== `${purpose} ${recordId}` || text === undefined) {
        throw new AppError('VAULT_DAMAGED', undefined);
      }
      return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as unknown;
    },
  };
  return seals;
}
