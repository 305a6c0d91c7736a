import { Output } from './bytes.ts';

/** No browser keeps a larger value in one piece; a length beyond it is no length. */
const LONGEST = 1 << 28;

/**
 * Decodes a raw Snappy stream that may start at this offset, as far as it goes: what is cut off or damaged yields what
 * was before it, for a scan must see that too.
 * @returns the length that the stream claims; undefined if nothing was decoded.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unsnappy(source: Uint8Array, start: number, output: Output): number | undefined {
  output.clear();
  let claimed = 0;
  let at = start;
  for (let shift = 0; ; shift += 7) {
    const byte = source[at++];
    if (byte === undefined || shift > 28) return undefined;
    claimed += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (claimed === 0 || claimed > LONGEST) return undefined;
  while (output.length < claimed && at < source.length) {
    const tag = source[at++] ?? 0;
    const kind = tag & 3;
    const size = tag >> 2;
    if (kind === 0) {
      const extra = size < 60 ? 0 : size - 59;
      const wanted = (extra === 0 ? size : number(source, at, extra)) + 1;
      at += extra;
      const count = Math.min(wanted, source.length - at, claimed - output.length);
      if (count > 0) output.append(source, at, count);
      if (count < wanted) break;
      at += count;
    } else {
      const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
      if (at + width > source.length) break;
      const low = number(source, at, width);
      const distance = kind === 1 ? low + ((tag >> 5) << 8) : low;
      const wanted = kind === 1 ? (size & 7) + 4 : size + 1;
      at += width;
      if (!output.repeat(distance, Math.min(wanted, claimed - output.length))) break;
    }
  }
  return output.length > 0 ? claimed : undefined;
}

/** Little-endian, one to four bytes. */
function number(source: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value += (source[at + index] ?? 0) * 256 ** index;
  return value;
}

/** The whole of a Snappy stream. @throws if it is cut off or damaged. */
export function unsnappyWhole(source: Uint8Array): Uint8Array {
  const output = new Output();
  const claimed = unsnappy(source, 0, output);
  if (claimed !== output.length) throw new Error('a Snappy stream is damaged');
  return output.written.slice();
}
