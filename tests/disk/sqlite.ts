import { concat, viewOf } from './bytes.ts';

const MAGIC = 'SQLite format 3\0';
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const LEAF_INDEX = 0x0a;
const LEAF_TABLE = 0x0d;
const INTERIOR_INDEX = 0x02;

export const isSqlite = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;

/**
 * The records of every table and index page, in use or not, each put together from the overflow pages it was cut into.
 * @param wal - the write-ahead log beside the database: its pages take the place of the database's, old ones are read too.
 * @see https://www.sqlite.org/fileformat2.html
 */
export function* sqliteRecords(file: Uint8Array, wal?: Uint8Array): Generator<Uint8Array> {
  const header = viewOf(file);
  const pageSize = header.getUint16(16) === 1 ? 65_536 : header.getUint16(16);
  const usable = pageSize - (file[20] ?? 0);
  const images: Uint8Array[] = [];
  const latest = new Map<number, Uint8Array>();
  for (let at = 0; at + pageSize <= file.length; at += pageSize) {
    const image = file.subarray(at, at + pageSize);
    images.push(image);
    latest.set(images.length, image);
  }
  for (const { number, image, current } of frames(wal, pageSize)) {
    images.push(image);
    if (current) latest.set(number, image);
  }
  const first = new Set([images[0], latest.get(1)]);
  for (const image of images) yield* recordsOf(image, first.has(image) ? 100 : 0, usable, latest);
}

function* frames(wal: Uint8Array | undefined, pageSize: number) {
  if (!wal || wal.length < WAL_HEADER) return;
  const view = viewOf(wal);
  const salt = view.getBigUint64(16);
  const step = FRAME_HEADER + pageSize;
  for (let at = WAL_HEADER; at + step <= wal.length; at += step) {
    const image = wal.subarray(at + FRAME_HEADER, at + step);
    yield { number: view.getUint32(at), image, current: view.getBigUint64(at + 8) === salt };
  }
}

function* recordsOf(
  page: Uint8Array,
  start: number,
  usable: number,
  pages: ReadonlyMap<number, Uint8Array>,
): Generator<Uint8Array> {
  const type = page[start];
  if (type !== LEAF_TABLE && type !== LEAF_INDEX && type !== INTERIOR_INDEX) return;
  const view = viewOf(page);
  const cells = view.getUint16(start + 3);
  const pointers = start + (type === INTERIOR_INDEX ? 12 : 8);
  for (let at = pointers; at < Math.min(pointers + 2 * cells, usable - 1); at += 2) {
    const cell = view.getUint16(at) + (type === INTERIOR_INDEX ? 4 : 0);
    const size = varintOf(page, cell);
    const body = type === LEAF_TABLE && size ? varintOf(page, size.next) : size;
    if (!size || !body || size.value === 0) continue;
    yield payload(page, body.next, size.value, type === LEAF_TABLE, usable, pages);
  }
}

/** As much of a payload as its page and the chain of overflow pages hold. */
function payload(
  page: Uint8Array,
  start: number,
  size: number,
  isTable: boolean,
  usable: number,
  pages: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return page.subarray(start, Math.min(start + size, usable));
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fit = least + ((size - least) % (usable - 4));
  const local = fit <= most ? fit : least;
  const parts = [page.subarray(start, start + local)];
  const next = (from: Uint8Array, at: number): number =>
    at + 4 <= from.length ? viewOf(from).getUint32(at) : 0;
  let left = size - local;
  let number = next(page, start + local);
  for (const seen = new Set<number>(); left > 0 && !seen.has(number); ) {
    const overflow = pages.get(number);
    if (!overflow) break;
    seen.add(number);
    parts.push(overflow.subarray(4, 4 + Math.min(left, usable - 4)));
    left -= usable - 4;
    number = next(overflow, 0);
  }
  return concat(parts);
}

/** SQLite's own: the highest bits first, and nine bytes at most. */
function varintOf(bytes: Uint8Array, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start; at < start + 8; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return { value: value * 256 + (bytes[start + 8] ?? 0), next: start + 9 };
}

/** The texts and blobs of a record. */
export function* fieldsOf(record: Uint8Array): Generator<Uint8Array> {
  const header = varintOf(record, 0);
  if (!header || header.value > record.length) return;
  let body = header.value;
  for (let at = header.next; at < header.value; ) {
    const serial = varintOf(record, at);
    if (!serial) return;
    at = serial.next;
    const size = sizeOf(serial.value);
    if (serial.value >= 12 && size > 0) yield record.subarray(body, body + size);
    body += size;
  }
}

const FIXED = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];
const sizeOf = (serial: number): number => FIXED[serial] ?? Math.floor((serial - 12) / 2);
