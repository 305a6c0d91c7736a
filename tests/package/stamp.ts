import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, readContent } from './archive.ts';

/** Where a page says which build it belongs to: empty in the sources, filled in once everything else is written. */
const PLACE = /(<meta name="buckle-build" content=")[0-9a-f]*(")/;

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const isPage = (file: string): boolean => file.endsWith('.html');

/** The page with this in the place of the build's hash. */
const withBuild = (page: Uint8Array, build: string): string =>
  Buffer.from(page).toString('utf8').replace(PLACE, `$1${build}$2`);

/**
 * What a build is called: the SHA-256, in hex, of what `sha256sum` says of its files, in the order of their paths. The pages
 * say it themselves, so they are taken without it.
 */
export function buildHash(content: Content): string {
  const lines = [...content].map(([file, bytes]) => {
    const text = isPage(file) ? withBuild(bytes, '') : bytes;
    return `${sha256(text)}  ${file}\n`;
  });
  return sha256(lines.join(''));
}

/** Writes into the pages of a finished build what it is called. @throws if a page has no place for it. */
export async function stamp(folder: string): Promise<void> {
  const content = await readContent(folder);
  const build = buildHash(content);
  for (const [file, bytes] of content) {
    if (!isPage(file)) continue;
    const page = withBuild(bytes, build);
    if (!page.includes(build)) throw new Error(`${file} has no place for the build's hash`);
    await writeFile(join(folder, file), page);
  }
}
