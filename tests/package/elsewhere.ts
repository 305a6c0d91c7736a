import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runTool } from '../run/tool.ts';
import { readContent } from './archive.ts';
import { compare } from './compare.ts';
import { packageOf, sha256 } from './packages.ts';

/** Another depth than this folder's, and a name that has to be escaped in many places. */
const FOLDER = 'out/elsewhere/a second copy';
/** All that a build reads. */
const INPUTS = [
  'vite.config.ts',
  'tsconfig.json',
  'tests/package',
  'src',
  'public',
  'package.json',
];

/** Where the surroundings of a build can differ from one computer to the next, all of it differs. */
const SURROUNDINGS = { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
const PRIVATE_UMASK = 0o077;

/** Folders of the packages that ship: all that the lock file does not mark as for development only. */
async function shippedPackages(): Promise<string[]> {
  const lock: { packages: Record<string, { dev?: boolean; optional?: boolean }> } = JSON.parse(
    await readFile('package-lock.json', 'utf8'),
  );
  const shipped = Object.entries(lock.packages).filter(
    ([, { dev, optional }]) => !dev && !optional,
  );
  return shipped.map(([path]) => path).filter((path) => path !== '');
}

async function copySources(): Promise<void> {
  await rm('out/elsewhere', { recursive: true, force: true });
  for (const path of [...INPUTS, 'manifest.json', ...(await shippedPackages())]) {
    const to = join(FOLDER, path);
    await mkdir(dirname(to), { recursive: true });
    await cp(path, to, { recursive: true });
  }
}

/**
 * Builds a copy of the sources, with copies of the packages that ship, in another folder, time zone, language and umask, and
 * holds its package against that of the build in `dist`.
 * @returns How they differ; `undefined` if they are the same bytes.
 */
export async function differsElsewhere(kind: 'chrome' | 'firefox'): Promise<string | undefined> {
  const umask = process.umask(PRIVATE_UMASK);
  try {
    await copySources();
    const args = ['build', '--mode', kind, '--logLevel', 'warn'];
    const built = await runTool('vite', args, { cwd: FOLDER, env: SURROUNDINGS });
    if (!built) return 'the copy does not build';
  } finally {
    process.umask(umask);
  }
  const [here, there] = [`dist/${kind}`, join(FOLDER, 'dist', kind)];
  const { difference } = compare(await readContent(here), await readContent(there));
  if (difference !== undefined) return `a build elsewhere is another: ${difference}`;
  const same = sha256(await packageOf(here)) === sha256(await packageOf(there));
  return same ? undefined : 'the same files make another package';
}
