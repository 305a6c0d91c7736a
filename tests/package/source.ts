import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filesOf } from './archive.ts';

/** Never part of the sources: what is installed, built or measured. */
const MADE = new Set(['.git', 'node_modules', 'dist', 'out']);

/** In a clone what git knows; in a folder that was unpacked from a source package all that was in it. Sorted. */
export async function sourceFiles(root: string): Promise<string[]> {
  if (existsSync(join(root, '.git'))) {
    const listed = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root });
    return listed.stdout.split('\0').filter(Boolean).sort();
  }
  const entries = await readdir(root, { withFileTypes: true });
  const found = entries.flatMap(async (entry) => {
    if (MADE.has(entry.name)) return [];
    if (!entry.isDirectory()) return [entry.name];
    return (await filesOf(join(root, entry.name))).map((file) => `${entry.name}/${file}`);
  });
  return (await Promise.all(found)).flat().sort();
}

/** Whether a clone holds changes that nobody else has: what is built from it cannot be built from the commit. */
export async function isChanged(root: string): Promise<boolean> {
  if (!existsSync(join(root, '.git'))) return false;
  const { stdout } = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: root });
  return stdout !== '';
}
