import { fromBase58 } from './base58.ts';
import { bech32Bytes, prefixOf } from './bech32.ts';
import { cborItem, type Item } from './cbor.ts';
import { CHECKSUMMED, refuse, type Verdict } from './verdict.ts';

const HASH_BYTES = 28;
/** Header's high half: two hashes (payment and stake) for 0–3, payment alone for 6 and 7. Pointers (4, 5) are retired. */
const HASHES: readonly number[] = [2, 2, 2, 2, 0, 0, 1, 1];
const MAINNET = 1;
/** Key of the attribute that names a network other than the main one. */
const NETWORK_MAGIC = 2;

/** @see CIP-19 */
function shelley(address: string): Verdict {
  const bytes = bech32Bytes(address);
  if (typeof bytes === 'string') return refuse(bytes);
  const header = bytes[0] ?? 0xff;
  const hashes = HASHES[header >> 4];
  if (!hashes) return refuse('format');
  if (bytes.length !== 1 + hashes * HASH_BYTES) return refuse('length');
  return (header & 0x0f) === MAINNET ? CHECKSUMMED : refuse('testnet');
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const isNumber = (item: Item | undefined): item is number => typeof item === 'number';

/** What is inside the checksum: the hash, attributes by number, the kind of address. */
function byronContent(payload: Uint8Array): Verdict {
  const content = cborItem(payload);
  if (!Array.isArray(content) || content.length !== 3) return refuse('format');
  const [hash, attributes, kind] = content;
  if (!(hash instanceof Uint8Array) || !(attributes instanceof Map) || !isNumber(kind)) {
    return refuse('format');
  }
  if (hash.length !== HASH_BYTES) return refuse('length');
  return attributes.has(NETWORK_MAGIC) ? refuse('testnet') : CHECKSUMMED;
}

/** Base58 of a pair: the content as bytes, and their CRC-32. */
function byron(bytes: Uint8Array): Verdict {
  const pair = cborItem(bytes);
  if (!Array.isArray(pair) || pair.length !== 2) return refuse('format');
  const [payload, crc] = pair;
  if (!(payload instanceof Uint8Array) || !isNumber(crc)) return refuse('format');
  return crc32(payload) === crc ? byronContent(payload) : refuse('checksum');
}

/** Payment addresses of the Shelley era, `addr1…`, and of the Byron era, `Ae2…` and `DdzFF…`. */
export function cardano(address: string): Verdict {
  const prefix = prefixOf(address);
  if (prefix === 'addr') return shelley(address);
  if (prefix === 'addr_test') return refuse('testnet');
  const bytes = fromBase58(address);
  return bytes ? byron(bytes) : refuse('format');
}
