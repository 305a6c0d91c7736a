/** What an address may be made of: whole numbers, bytes, lists, and maps by number. */
export type Item = number | Uint8Array | readonly Item[] | ReadonlyMap<number, Item>;

/** The tag before bytes that hold CBOR of their own. Addresses have no other. */
const ENCODED_CBOR = 24;

type Read<T> = { value: T; next: number };

/** The number in an item's head: in the first byte itself, or in the 1, 2 or 4 bytes that follow it. */
function head(bytes: Uint8Array, at: number): Read<number> | undefined {
  const low = (bytes[at] ?? 0xff) & 0x1f;
  if (low < 24) return { value: low, next: at + 1 };
  const length = [1, 2, 4][low - 24];
  if (length === undefined || at + 1 + length > bytes.length) return undefined;
  const value = bytes
    .subarray(at + 1, at + 1 + length)
    .reduce((total, byte) => total * 256 + byte, 0);
  return { value, next: at + 1 + length };
}

function items(bytes: Uint8Array, from: number, count: number): Read<Item[]> | undefined {
  const value: Item[] = [];
  let next = from;
  while (value.length < count) {
    const one = item(bytes, next);
    if (!one) return undefined;
    value.push(one.value);
    next = one.next;
  }
  return { value, next };
}

function map(bytes: Uint8Array, from: number, count: number): Read<Item> | undefined {
  const flat = items(bytes, from, count * 2);
  if (!flat) return undefined;
  const value = new Map<number, Item>();
  for (let index = 0; index < count; index += 1) {
    const [key, entry] = flat.value.slice(index * 2);
    if (typeof key !== 'number' || entry === undefined) return undefined;
    value.set(key, entry);
  }
  return { value, next: flat.next };
}

function item(bytes: Uint8Array, at: number): Read<Item> | undefined {
  const first = head(bytes, at);
  if (!first) return undefined;
  const { value, next } = first;
  switch ((bytes[at] ?? 0) >> 5) {
    case 0:
      return first;
    case 2:
      // Where fewer are left, `next` lies beyond the end, and nothing more can be read.
      return { value: bytes.subarray(next, next + value), next: next + value };
    case 4:
      return items(bytes, next, value);
    case 5:
      return map(bytes, next, value);
    case 6:
      return value === ENCODED_CBOR ? item(bytes, next) : undefined;
    default:
      return undefined;
  }
}

/** The one item that fills `bytes`. `undefined` for anything else. @see RFC 8949 */
export function cborItem(bytes: Uint8Array): Item | undefined {
  const read = item(bytes, 0);
  return read?.next === bytes.length ? read.value : undefined;
}
