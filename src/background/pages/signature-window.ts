import { invalid } from '../../core/errors.ts';

/** How long a signature that trades, or opens streams, can be used at most, in ms (R30). */
export const LONGEST_SIGNATURE_MS = 5000;

/**
 * For how long what is signed is valid, in ms: as the page says, else as usual, but never longer than that where it trades.
 * @throws INVALID_INPUT at `window` if the page says more.
 */
export function signatureWindow(trades: boolean, asked: number | undefined, usual: number): number {
  if (!trades) return asked ?? usual;
  if (asked !== undefined && asked > LONGEST_SIGNATURE_MS) {
    throw invalid('window', 'maximum', String(LONGEST_SIGNATURE_MS));
  }
  return asked ?? Math.min(usual, LONGEST_SIGNATURE_MS);
}
