import { Output, viewOf } from './bytes.ts';

const MAGIC = 'mozLz40\0';
const HEADER = MAGIC.length + 4;

export const isMozLz4 = (bytes: Uint8Array): boolean =>
  bytes.length >= HEADER && Buffer.from(bytes.subarray(0, MAGIC.length)).toString() === MAGIC;

/**
 * A file that Firefox compressed (`.jsonlz4`, `.baklz4`, `.lz4`, `.mozlz4`): the magic, the length of the content as 32 bits, one
 * LZ4 block.
 * @returns as much as there is, and whether that is all.
 */
export function unMozLz4(file: Uint8Array): { bytes: Uint8Array; whole: boolean } {
  const length = viewOf(file).getUint32(MAGIC.length, true);
  const bytes = unLz4(file.subarray(HEADER));
  return { bytes, whole: bytes.length === length };
}

/**
 * The content of an LZ4 block, as far as it goes.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function unLz4(block: Uint8Array): Uint8Array {
  const output = new Output();
  let at = 0;
  const longer = (nibble: number): number => {
    let value = nibble;
    if (nibble < 15) return value;
    for (let byte = 255; byte === 255; at++) {
      byte = block[at] ?? 0;
      value += byte;
    }
    return value;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = longer(token >> 4);
    if (at + literals > block.length) break;
    output.append(block, at, literals);
    at += literals;
    if (at >= block.length) break; // the last sequence has no match
    const distance = (block[at] ?? 0) + (block[at + 1] ?? 0) * 256;
    at += 2;
    if (!output.repeat(distance, longer(token & 15) + 4)) break;
  }
  return output.written.slice();
}
