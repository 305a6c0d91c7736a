import { writeFile } from 'node:fs/promises';
import { readContent, zip } from '../package/archive.ts';
import { complaints } from '../package/lint.ts';
import { BUILDS, ownVersion, packageName, sha256, sourcePackage } from '../package/packages.ts';
import { isChanged } from '../package/source.ts';
import { buildHash } from '../package/stamp.ts';
import { buildFor } from './build.ts';

// npm run package: what is handed to the shops, in dist/. The same bytes from any clone of the same commit.

const version = await ownVersion();
const sums: string[] = [];

async function write(name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`dist/${name}`, bytes);
  sums.push(`${sha256(bytes)}  ${name}`);
}

if (await isChanged('.')) {
  console.log('These sources have changes that are not committed: nobody else can build the same.');
}
for (const { browser, kind } of BUILDS) {
  console.log(`Building for ${kind} …`);
  if (!(await buildFor(browser))) throw new Error(`the build for ${browser} failed`);
  const content = await readContent(`dist/${kind}`);
  await write(packageName(kind, version), zip(content));
  console.log(`  build ${buildHash(content)}`);
}
console.log('Checking what Mozilla checks (web-ext lint) …');
const found = await complaints('dist/firefox');
if (found.length > 0) throw new Error(`web-ext lint: ${found.join('; ')}`);
await write(packageName('source', version), await sourcePackage());
await writeFile('dist/SHA256SUMS', `${sums.join('\n')}\n`);
console.log(`\nIn dist/, with SHA256SUMS:\n${sums.join('\n')}`);
