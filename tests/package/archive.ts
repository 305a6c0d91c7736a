import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { unzipSync, type Zippable, zipSync } from 'fflate';

/** What a package holds: bytes by path, with forward slashes, in the order of the paths. */
export type Content = ReadonlyMap<string, Uint8Array>;

const PLAIN = 0o644;
const RUNNABLE = 0o755;

/** Every file below a folder, as sorted paths with forward slashes. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** These files of a folder, or all of them. */
export async function readContent(folder: string, files?: readonly string[]): Promise<Content> {
  const content = new Map<string, Uint8Array>();
  for (const file of files ?? (await filesOf(folder))) {
    content.set(file, await readFile(join(folder, file)));
  }
  return content;
}

/** Scripts that name their own interpreter. What the file system says of rights is the computer's, and not in every archive. */
const isRunnable = (bytes: Uint8Array): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

/**
 * The content as one zip file: the same bytes for the same content, whatever the folder, the time, the time zone, the
 * language and the rights of the files it came from.
 */
export function zip(content: Content): Uint8Array {
  const tree: Zippable = {};
  for (const [file, bytes] of content) {
    const attrs = (isRunnable(bytes) ? RUNNABLE : PLAIN) << 16;
    // A zip holds local time without its zone: this is read in the zone that it is written in.
    tree[file] = [bytes, { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs }];
  }
  return zipSync(tree);
}

const CRX = 'Cr24';
const CRX_LENGTH_AT = 8;
const CRX_HEADER = 12;

/** Where the zip begins in a file of Chrome's own form, which has signatures before it; 0 in a plain zip. */
function zipStart(bytes: Uint8Array): number {
  if (Buffer.from(bytes.subarray(0, CRX.length)).toString('latin1') !== CRX) return 0;
  return CRX_HEADER + Buffer.from(bytes).readUInt32LE(CRX_LENGTH_AT);
}

/** @throws if it is no zip, or a damaged one. */
export function unzip(bytes: Uint8Array): Content {
  const files = Object.entries(unzipSync(bytes.subarray(zipStart(bytes))));
  return new Map(
    files.filter(([path]) => !path.endsWith('/')).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
