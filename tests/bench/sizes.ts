import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readContent, zip } from '../package/archive.ts';

const IMPORT = /(?:from|import)\s*["']([^"']+\.js)["']/g;

/** A module of a build and all that it imports, as paths inside the folder. */
async function modulesFrom(folder: string, entries: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const code = await readFile(join(folder, path), 'utf8');
    for (const [, target = ''] of code.matchAll(IMPORT)) {
      waiting.push(target.startsWith('/') ? target.slice(1) : posix.join(dirname(path), target));
    }
  }
  return seen;
}

async function gzipSize(folder: string, entries: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of await modulesFrom(folder, entries)) {
    bytes += gzipSync(await readFile(join(folder, path)), { level: 9 }).length;
  }
  return bytes;
}

/** Sizes of a build in bytes: its zip, and what its popup and its worker load, each file gzipped. */
export async function sizesOf(folder: string) {
  const popup = await readFile(join(folder, 'src/ui/popup/index.html'), 'utf8');
  const scripts = [...popup.matchAll(/<script[^>]*src="\/?([^"]+)"/g)].map(([, src = '']) => src);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const injected = ['content/bridge.js', 'content/provider.js'].map((file) =>
    readFile(join(folder, file)),
  );
  return {
    /** What a page of a connected site loads, as it is; any other page loads nothing. */
    injected: (await Promise.all(injected)).reduce((sum, { length }) => sum + length, 0),
    zip: zip(await readContent(folder)).length,
    popupScript: await gzipSize(folder, scripts),
    workerScript: await gzipSize(folder, [String(manifest.background.service_worker)]),
  };
}
