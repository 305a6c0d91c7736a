import { concat, varint, viewOf } from './bytes.ts';
import { unsnappyWhole } from './snappy.ts';

// The two kinds of files in which LevelDB keeps data: logs, and tables written from them.

const LOG_BLOCK = 32_768;
const LOG_HEADER = 7;
const FIRST_OR_FULL = new Set([1, 2]);
const CONTINUED = new Set([3, 4]);

/**
 * The records of a log (`000003.log`, `MANIFEST-000001`), one after the other, put together from the blocks they were cut into. What
 * is zero or cut off ends a block.
 * @see https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
export function logRecords(file: Uint8Array): Uint8Array {
  const view = viewOf(file);
  const parts: Uint8Array[] = [];
  for (let block = 0; block < file.length; block += LOG_BLOCK) {
    const end = Math.min(block + LOG_BLOCK, file.length);
    for (let at = block; at + LOG_HEADER <= end; ) {
      const length = view.getUint16(at + 4, true);
      const type = file[at + 6] ?? 0;
      if (!FIRST_OR_FULL.has(type) && !CONTINUED.has(type)) break;
      at += LOG_HEADER;
      parts.push(file.subarray(at, Math.min(at + length, end)));
      at += length;
    }
  }
  return concat(parts);
}

const FOOTER = 48;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

export const isTable = (file: Uint8Array): boolean =>
  file.length >= FOOTER && MAGIC.every((byte, index) => file[file.length - 8 + index] === byte);

/**
 * The entries of a table (`000005.ldb`), each with its whole key, one after the other.
 * @throws if a block is damaged or compressed in a way that is not known here.
 * @see https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
export function tableEntries(file: Uint8Array): Uint8Array {
  const footer = file.length - FOOTER;
  const metaindex = handle(file, footer);
  const index = handle(file, metaindex.next);
  const parts: Uint8Array[] = [];
  for (const { value } of entries(block(file, index))) {
    for (const entry of entries(block(file, handle(value, 0)))) parts.push(entry.key, entry.value);
  }
  return concat(parts);
}

interface Handle {
  offset: number;
  size: number;
  next: number;
}

function number(bytes: Uint8Array, at: number): { value: number; next: number } {
  const found = varint(bytes, at);
  if (!found) throw new Error('a LevelDB table is cut off');
  return found;
}

function handle(bytes: Uint8Array, at: number): Handle {
  const offset = number(bytes, at);
  const size = number(bytes, offset.next);
  return { offset: offset.value, size: size.value, next: size.next };
}

function block(file: Uint8Array, { offset, size }: Handle): Uint8Array {
  const content = file.subarray(offset, offset + size);
  const compression = file[offset + size];
  if (content.length < size) throw new Error('a LevelDB table is cut off');
  if (compression === 0) return content;
  if (compression === 1) return unsnappyWhole(content);
  throw new Error(`a LevelDB block has compression ${compression}`);
}

/** A key is kept as what it shares with the one before it, and the rest. */
function* entries(content: Uint8Array): Generator<{ key: Uint8Array; value: Uint8Array }> {
  const restarts = viewOf(content).getUint32(content.length - 4, true);
  const end = content.length - 4 - 4 * restarts;
  let last: Uint8Array = new Uint8Array();
  for (let at = 0; at < end; ) {
    const shared = number(content, at);
    const rest = number(content, shared.next);
    const size = number(content, rest.next);
    const valueAt = size.next + rest.value;
    const key = concat([last.subarray(0, shared.value), content.subarray(size.next, valueAt)]);
    at = valueAt + size.value;
    yield { key, value: content.subarray(valueAt, at) };
    last = key;
  }
}
