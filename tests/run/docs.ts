import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tableTypes, withTableTypes } from '../docs/api-types.ts';
import { instructionDocs } from '../docs/instructions.ts';
import { reference } from '../docs/reference.ts';
import { takePictures } from '../store/pictures.ts';
import { ensureBrowsers } from './browsers.ts';
import { ensureBuilt } from './build.ts';

// npm run docs: writes what the instruction table says into the public types, the reference and the list of
// instructions. With `--pictures` it takes those of README and of the shops anew, in Chromium.

const API = 'src/provider/api.ts';
const source = withTableTypes(await readFile(API, 'utf8'), await tableTypes());
await writeFile(API, source);
await mkdir('docs', { recursive: true });
await writeFile('docs/api.md', await reference(source));
await writeFile('docs/instructions.md', await instructionDocs());

if (process.argv.includes('--pictures')) {
  await ensureBrowsers(['chromium']);
  await ensureBuilt('chromium');
  await takePictures();
}
