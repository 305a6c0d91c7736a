import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type Content, readContent, unzip } from '../package/archive.ts';
import { compare } from '../package/compare.ts';
import { ownVersion, packageOf, sha256, sourcePackage } from '../package/packages.ts';
import { sourceFiles } from '../package/source.ts';
import { buildHash } from '../package/stamp.ts';
import { runTool } from './tool.ts';

// npm run verify -- FILE|FOLDER: is that package, or that installed extension, what these sources build?

interface Given {
  content: Content;
  /** Of a file. */
  bytes?: Uint8Array;
}

class Refusal extends Error {}

function unpacked(path: string, bytes: Uint8Array): Content {
  try {
    return unzip(bytes);
  } catch {
    throw new Refusal(`${path} is no zip file, or a damaged one.`);
  }
}

async function read(path: string): Promise<Given> {
  if (!existsSync(path)) throw new Refusal(`There is no ${path}.`);
  if ((await stat(path)).isDirectory()) return { content: await readContent(path) };
  const bytes = await readFile(path);
  return { content: unpacked(path, bytes), bytes };
}

function manifestIn(path: string, { content }: Given): Record<string, unknown> {
  const bytes = content.get('manifest.json');
  if (!bytes) {
    throw new Refusal(
      `${path} has no manifest.json at its top: this is no package of Buckle's, nor a folder with one.`,
    );
  }
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new Refusal(`The manifest.json of ${path} cannot be read.`);
  }
}

/** A fresh build, apart from what lies in `dist`. */
async function built(kind: 'chrome' | 'firefox'): Promise<string> {
  const folder = `out/verify/${kind}`;
  console.log(`Building for ${kind} …`);
  const args = ['build', '--mode', kind, '--outDir', folder, '--logLevel', 'warn'];
  if (!(await runTool('vite', args))) throw new Refusal('The build failed.');
  return folder;
}

async function verify(path: string): Promise<string[]> {
  const given = await read(path);
  const manifest = manifestIn(path, given);
  const version = await ownVersion();
  if (manifest.version !== version) {
    throw new Refusal(
      `${path} is version ${manifest.version}, these sources are version ${version}: compare with the sources of the same version.`,
    );
  }
  const isSource = given.content.has('package.json');
  const kind = manifest.browser_specific_settings ? 'firefox' : 'chrome';
  const folder = isSource ? '.' : await built(kind);
  const ours = await readContent(folder, isSource ? await sourceFiles('.') : undefined);
  const { difference, passed } = compare(ours, given.content);
  if (difference) throw new Refusal(`${path} is NOT what these sources build: ${difference}.`);
  const says = [`${path} is what these sources ${isSource ? 'are' : 'build'}: ${ours.size} files.`];
  for (const file of passed) says.push(`  added or written anew by a browser: ${file}`);
  if (!isSource) says.push(`  build   ${buildHash(ours)}`);
  if (given.bytes) {
    says.push(`  sha256  ${sha256(given.bytes)}`);
    const packed = isSource ? await sourcePackage() : await packageOf(folder);
    const same = sha256(packed) === sha256(given.bytes);
    says.push(same ? '  the same, byte for byte' : '  the same files, packed in another way');
  }
  return says;
}

try {
  const [path, ...more] = process.argv.slice(2);
  if (path === undefined || more.length > 0) {
    throw new Refusal('Say what to verify: npm run verify -- FILE or FOLDER');
  }
  console.log((await verify(path)).join('\n'));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exit(1);
}
