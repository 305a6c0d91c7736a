import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** Every file below a folder, as sorted paths with forward slashes. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The folder as one zip file, the same bytes for the same content. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const tree: Zippable = {};
  for (const file of await filesOf(folder)) {
    const bytes = await readFile(join(folder, file));
    tree[file] = [bytes, { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs: 0o644 << 16 }];
  }
  return zipSync(tree);
}

export async function packFolder(folder: string, file: string): Promise<void> {
  await writeFile(file, await zipFolder(folder));
}
