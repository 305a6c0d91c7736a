import { constants, inflateRawSync } from 'node:zlib';

const FIXED_HEADER = 10;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const HEADER_CHECKSUM = 2;

/**
 * Every gzip stream in these bytes, wherever it starts and whatever comes after it; one that is cut off as far as it goes.
 * @see RFC 1952
 */
export function* gzipStreams(bytes: Uint8Array): Generator<Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = Buffer.from([0x1f, 0x8b, 0x08]);
  for (let at = buffer.indexOf(magic); at >= 0; at = buffer.indexOf(magic, at + 1)) {
    const content = inflate(buffer.subarray(at));
    if (content) yield content;
  }
}

function inflate(stream: Buffer): Uint8Array | undefined {
  try {
    // Node refuses a gzip stream that something follows, so its header is taken off here.
    return inflateRawSync(stream.subarray(headerLength(stream)), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 1 << 26,
    });
  } catch {
    return undefined; // three bytes that only look like the start of one
  }
}

function headerLength(stream: Buffer): number {
  const flags = stream[3] ?? 0;
  let at = FIXED_HEADER;
  if (flags & EXTRA) at += 2 + stream.readUInt16LE(at);
  for (const text of [NAME, COMMENT]) if (flags & text) at = stream.indexOf(0, at) + 1;
  return flags & HEADER_CHECKSUM ? at + 2 : at;
}
