import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOf } from '../package/archive.ts';
import { Output } from './bytes.ts';
import { type Needle, Searcher } from './search.ts';
import { unsnappy } from './snappy.ts';
import { type ProfileFile, type View, viewsOf } from './views.ts';

export interface Finding {
  needle: string;
  /** "storage/default/…/idb/1.sqlite (SQLite, Snappy)". */
  where: string;
  /** It lies there in plain sight. */
  raw: boolean;
}

export interface Scan {
  findings: Finding[];
  /** Files that could not be looked into, and why. */
  unreadable: string[];
  files: number;
}

/** Looks for the needles in every file of a profile, through everything that the browsers compress with. */
export async function scanProfile(folder: string, needles: readonly Needle[]): Promise<Scan> {
  const searcher = new Searcher(needles);
  const scan: Scan = { findings: [], unreadable: [], files: 0 };
  for (const path of await filesOf(folder)) {
    const file = await load(folder, path);
    if (!file) continue;
    scan.files++;
    const { findings, unreadable } = searchFile(file, searcher);
    scan.findings.push(...findings);
    if (unreadable !== undefined) scan.unreadable.push(`${path}: ${unreadable}`);
  }
  return scan;
}

/** A browser that runs deletes files under the scan's feet. */
async function load(folder: string, path: string): Promise<ProfileFile | undefined> {
  const bytes = await unlessGone(join(folder, path));
  return bytes && { path, bytes, wal: await unlessGone(join(folder, `${path}-wal`)) };
}

async function unlessGone(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Everything in one file; `unreadable` says why it could not be looked through to its end. */
export function searchFile(
  file: ProfileFile,
  searcher: Searcher,
): { findings: Finding[]; unreadable?: string } {
  const found = new Map<string, Finding>();
  const note = (needle: Needle, how: string): void => {
    const where = `${file.path} (${how})`;
    found.set(`${needle.name}\n${where}`, { needle: needle.name, where, raw: how === 'raw' });
  };
  try {
    for (const view of viewsOf(file)) {
      searcher.find(view.bytes, (needle) => note(needle, view.how));
      searchValues(view, searcher, note);
    }
  } catch (error) {
    return { findings: [...found.values()], unreadable: String(error) };
  }
  return { findings: [...found.values()] };
}

const output = new Output();

function searchValues(
  { how, bytes, values }: View,
  searcher: Searcher,
  note: (needle: Needle, how: string) => void,
): void {
  const end = { anywhere: bytes.length, 'at the start': 1, nowhere: 0 }[values ?? 'nowhere'];
  for (let at = 0; at < end; at++) {
    unsnappy(bytes, at, output);
    if (output.length < searcher.shortest) continue;
    searcher.find(output.written, (needle) => note(needle, `${how}, Snappy`));
  }
}
